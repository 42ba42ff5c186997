import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toStructured } from '../../../shared/domain/event/cloud-event.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { catalogOf } from '../../../shared/kinds/catalog.ts';
import { rendered } from '../../../shared/kinds/hooks/card/render.ts';
import { hookPostedSchema } from '../../../shared/kinds/hooks/hook-posted.ts';
import { wordsFor } from '../../../shared/kinds/hooks/words/words.ts';
import { checkEvent } from '../../../shared/use-cases/intake/check-event.ts';
import { aHook } from './a-hook.ts';

/** `npm run nightly` tries them all. */
const BODIES = process.env.NIGHTLY === undefined ? 2000 : 10_000;

/** The same numbers each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const NASTY = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '<a href="data:text/html,x">y</a>',
  '<at>everyone</at>',
  '@everyone @channel @here',
  '<!channel> <!here|here>',
  '**'.repeat(40),
  '_'.repeat(90),
  '`'.repeat(91),
  '[['.repeat(50),
  '](('.repeat(60),
  '<'.repeat(200),
  '&lt;'.repeat(40),
  '\u202egnp.exe',
  '\ud800',
  '\u0000\u0001',
  'https://evil.example/unsubscribe?token=x',
  'file:///etc/passwd',
  '> '.repeat(60),
  '- '.repeat(60),
  '|'.repeat(99),
  '[a]: javascript:x',
  '<b><i><u>'.repeat(30),
  '#'.repeat(50),
  '😀'.repeat(50),
  'forget me',
  '1. '.repeat(40),
  '{{DATE(x)}}',
  '\u0024{title}',
  'a'.repeat(3000),
  '<https://x|y|z>',
  '*_~`<@U1>`~_*',
  'http://user:secret@host.example/',
  'javascript\t:alert(1)',
  'jav&#x61;script:alert(1)',
  '</html>',
  '<code 23>',
];

const NAMES = [
  'title',
  'text',
  'summary',
  'sections',
  'facts',
  'attachments',
  'blocks',
  'embeds',
  'alerts',
  'groupKey',
  'version',
  'status',
  'type',
  '@type',
  'body',
  'content',
  'contentType',
  'potentialAction',
  'name',
  'value',
  'url',
  'card',
  'actions',
  'items',
  'columns',
  'rows',
  'cells',
  'inlines',
  'fields',
  'elements',
  'color',
  'themeColor',
  'fallback',
  '__proto__',
  'constructor',
  'toString',
  'notifier',
  'notifierPress',
  'data',
  'selectAction',
  'refresh',
  'authentication',
  'msteams',
  'entities',
  'mentioned',
  'id',
  'labels',
  'annotations',
  'event',
  'alert',
  'payload',
  'object_kind',
  'resource',
  'publisherId',
  'eventType',
  'schemaId',
  'Message',
  'TopicArn',
  'specversion',
  'source',
  'heartbeat',
  'monitor',
  'msg',
  'project',
  'user',
  'username',
  'correlationId',
  'images',
  'image',
  'heroImage',
  'targets',
  'uri',
  'image_url',
  'accessory',
  'user_id',
  'to',
  'delivery',
  'conversation',
  'everyone',
];

const TYPES = [
  'AdaptiveCard',
  'MessageCard',
  'message',
  'TextBlock',
  'Container',
  'ColumnSet',
  'FactSet',
  'Image',
  'Action.Submit',
  'Action.Execute',
  'Action.OpenUrl',
  'Action.ShowCard',
  'Input.Text',
  'Table',
  'RichTextBlock',
  'CodeBlock',
  'Carousel',
  'section',
  'header',
  'actions',
  'context',
  'rich_text',
  'mention',
  'HttpPOST',
  'OpenUri',
  'Notification',
  'SubscriptionConfirmation',
  'application/vnd.microsoft.card.adaptive',
];

/** What would act, ping, or lead anywhere but to a page. */
const LOUD =
  /"type":"(?:Action\.(?:Submit|Execute|Http)|Input\.)|"entities":|\]\(javascript:|"url":"(?!https?:|mailto:|tel:|msteams:)/;

const HEADERS = [
  'x-github-event',
  'x-gitlab-event',
  'x-event-key',
  'x-amz-sns-message-type',
  'aeg-event-type',
  'ce-id',
  'ce-type',
  'webhook-id',
  'user-agent',
  'content-encoding',
  'sentry-hook-resource',
];
const CONTENT_TYPES = [
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'text/html; charset=nonsense',
  '',
  'application/xml',
];

function hostile(random: () => number) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const value = (depth: number): unknown => {
    const kind = random();
    if (depth <= 0 || kind < 0.35) return pick(NASTY);
    if (kind < 0.45) return pick([null, true, 0, -1, 1e300, 2 ** 60, '', 'https://a.example/x', 42]);
    if (kind < 0.55) return pick(TYPES);
    if (kind < 0.75) return Array.from({ length: Math.floor(random() * 6) }, () => value(depth - 1));
    return object(depth - 1);
  };
  const object = (depth: number): object => {
    const own = JSON.parse('{}') as { [name: string]: unknown };
    if (random() < 0.5)
      Object.defineProperty(own, 'type', {
        value: pick(TYPES),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    for (let count = Math.floor(random() * 7); count > 0; count -= 1) {
      Object.defineProperty(own, pick(NAMES), {
        value: value(depth),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    return own;
  };
  const shape = random();
  const json = () => JSON.stringify(object(6));
  const text =
    shape < 0.6
      ? json()
      : shape < 0.65
        ? '['.repeat(1 + Math.floor(random() * 5000))
        : shape < 0.7
          ? `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`
          : shape < 0.75
            ? `payload=${encodeURIComponent(json().replaceAll('\\ud800', ''))}`
            : shape < 0.8
              ? json().slice(0, Math.floor(random() * 200))
              : shape < 0.85
                ? JSON.stringify({ text: pick(NASTY).repeat(1 + Math.floor(random() * 100)) })
                : shape < 0.9
                  ? JSON.stringify({
                      type: 'AdaptiveCard',
                      body: Array.from({ length: 400 }, () => ({
                        type: 'Container',
                        items: [{ type: 'TextBlock', text: pick(NASTY) }],
                      })),
                    })
                  : shape < 0.95
                    ? `--x\r\nContent-Disposition: form-data; name="data"\r\n\r\n${json()}\r\n--x--`
                    : Array.from({ length: 60 }, () => String.fromCharCode(Math.floor(random() * 256))).join(
                        '',
                      );
  const headers = Object.fromEntries(
    HEADERS.flatMap((name) =>
      random() < 0.06 ? [[name, pick(['push', 'gzip', 'br', 'x', ...NASTY.slice(0, 4)])]] : [],
    ),
  );
  const bytes = random() < 0.1 ? Buffer.from(text, 'latin1') : Buffer.from(text);
  const isPacked = random() < 0.05;
  return {
    bytes: isPacked ? gzipSync(bytes) : bytes,
    headers: {
      'content-type': pick(CONTENT_TYPES),
      ...headers,
      ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    },
  };
}

describe('hostile bodies', () => {
  const fetched = vi.fn(() => Promise.reject(new Error('nothing is fetched')));
  const { fetch } = globalThis;
  beforeEach(() => {
    globalThis.fetch = fetched;
  });
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  it(`are answered, reach nothing but their place, and are fit to be shown: ${BODIES} of them`, {
    timeout: 300_000,
  }, async () => {
    const hook = await aHook({ rate: { count: BODIES, window: seconds(60) } });
    const random = chance(4711);
    const kinds = catalogOf([]);
    const statuses = new Map<number, number>();
    const strays: unknown[] = [];
    for (let count = 0; count < BODIES; count += 1) {
      const { bytes, headers } = hostile(random);
      const { status } = await hook.post(bytes, headers);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      for (const event of hook.queued()) {
        const { to, message } = hookPostedSchema.parse(event.data);
        const checked = checkEvent(
          JSON.parse(JSON.stringify(toStructured(event))),
          { at: hook.world.clock.now() },
          kinds,
        );
        const shown = rendered(message, wordsFor('de'));
        const isSmall = JSON.stringify(shown.briefer ?? shown.card).length * 2 < 80 * 1024;
        const isHome = 'conversation' in to && to.conversation === hook.owner.key;
        const written = JSON.stringify(shown);
        const isSilent = !LOUD.test(written);
        if (!checked.ok || !isSmall || !isHome || !isSilent)
          strays.push(
            checked.ok
              ? { to, isSmall, isSilent, written: LOUD.exec(written)?.[0] ?? written.slice(0, 500) }
              : checked.faults,
          );
      }
    }
    expect(strays.slice(0, 3)).toEqual([]);
    expect([...statuses.keys()].sort()).toEqual(
      [200, 202, 400, 413].filter((status) => statuses.has(status)),
    );
    expect(statuses.get(200)).toBeGreaterThan(BODIES / 4);
    expect(fetched).not.toHaveBeenCalled();
  });
});
