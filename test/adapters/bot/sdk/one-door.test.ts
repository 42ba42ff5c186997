import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continuationOf } from '../../../../shared/adapters/bot/activity/continuation.ts';
import { parseActivity } from '../../../../shared/adapters/bot/activity/inbound-activity.ts';
import { createTurns as createAgents } from '../../../../shared/adapters/bot/sdk/agents/turns.ts';
import { createTurns as createBotbuilder } from '../../../../shared/adapters/bot/sdk/botbuilder/turns.ts';
import type { CreateTurns } from '../../../../shared/adapters/bot/sdk/sdk.ts';
import type { Activity } from '../../../../shared/domain/conversation/activity.ts';
import { aMessage, aReference } from '../../../support/connector-bot.ts';

const SERVICE_URL = 'https://smba.trafficmanager.net/emea/';
const sdks: readonly (readonly [string, CreateTurns])[] = [
  ['botbuilder', createBotbuilder],
  ['agents', createAgents],
];

/** What a turn that sends these does to the outside: its requests as they go over the wire, its answer, what it threw. */
async function run(createTurns: CreateTurns, activity: Activity, sends: readonly Partial<Activity>[]) {
  const wire: unknown[] = [];
  const ids: unknown[] = [];
  const post = async (...parts: readonly unknown[]) => {
    wire.push(parts.map(over));
    return { id: `sent-${wire.length}` };
  };
  const turns = createTurns(() => ({ sendToConversation: post, replyToActivity: post }));
  const answer = await turns.run(activity, async (context) => {
    for (const each of sends) ids.push(await context.sendActivity(each));
    ids.push(context.activity === activity);
  });
  return { wire, ids, answer: over(answer) };
}

/** As it is read on the other side. */
function over(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

function inbound(changes: object = {}): Activity {
  const read = parseActivity(aMessage(SERVICE_URL, changes), 'bot');
  if (!read.ok) throw new Error('no activity');
  return read.value;
}

const text = fc.oneof(fc.constantFrom('', '  ', '<at>x</at>', '1', '2026-11-29', 'a:b'), fc.string());
const outgoing: fc.Arbitrary<Partial<Activity>> = fc.record(
  {
    type: fc.constantFrom('message', 'message', 'typing', 'event'),
    text,
    summary: text,
    locale: fc.constantFrom('de', 'en-US'),
    attachments: fc.array(
      fc.record(
        { contentType: fc.constantFrom('text/html', ''), name: text, content: fc.jsonValue(), unknown: text },
        { requiredKeys: ['contentType'] },
      ),
      { maxLength: 2 },
    ),
    entities: fc.constantFrom(
      [{ type: 'activityTreatment', treatment: 'targeted' }],
      [{ type: 'ProductInfo', id: 'COPILOT' }],
      [{ type: '' }],
    ),
    suggestedActions: fc.record({
      to: fc.constant([]),
      actions: fc.array(fc.record({ type: fc.constant('imBack'), title: text, value: text }), {
        maxLength: 2,
      }),
    }),
    value: fc.jsonValue(),
  },
  { requiredKeys: ['type'] },
);
const heard = fc.record(
  {
    type: fc.constantFrom('message', 'invoke', 'conversationUpdate', 'installationUpdate', 'event'),
    channelId: fc.constantFrom('msteams', 'directline', 'webchat', 'msteams:COPILOT', ':x', ':', 'emulator'),
    id: fc.constantFrom('activity-1', '', undefined),
    locale: fc.constantFrom('de-DE', undefined),
    deliveryMode: fc.constantFrom('expectReplies', undefined, undefined),
    entities: fc.constantFrom([{ type: 'ProductInfo', id: 'COPILOT' }], [null, 5], [{ type: 7 }], 'x'),
    recipient: fc.constantFrom({ id: '28:bot' }, { id: '28:bot', role: 'agenticUser' }, undefined),
    text,
  },
  { requiredKeys: [] },
);

describe('both SDKs', () => {
  it('put the same on the wire and give the same answer, whatever comes in and goes out', async () => {
    await fc.assert(
      fc.asyncProperty(heard, fc.array(outgoing, { maxLength: 3 }), async (changes, sends) => {
        const [first, second] = await Promise.all(
          sdks.map(([, createTurns]) => run(createTurns, inbound(changes), sends)),
        );
        expect(second).toEqual(first);
      }),
      { numRuns: 400 },
    );
  });

  it('put the same on the wire of a turn that nobody’s message began', async () => {
    const references = [
      aReference(SERVICE_URL),
      aReference(SERVICE_URL, { locale: 'de-DE', conversationName: 'Builds' }),
      aReference(SERVICE_URL, { conversationType: 'groupChat', conversationId: '19:g@thread.v2' }),
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...references), outgoing, async (reference, sent) => {
        const [first, second] = await Promise.all(
          sdks.map(([, createTurns]) => run(createTurns, continuationOf(reference), [sent])),
        );
        expect(second).toEqual(first);
        expect(first?.wire).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe.each(sdks)('%s', (_name, createTurns) => {
  it('tells nobody of an error, and hands it on as it is', async () => {
    const failure = new TypeError('a bug');
    const wire: unknown[] = [];
    const post = async (...parts: readonly unknown[]) => {
      wire.push(parts);
      return { id: '' };
    };
    const turns = createTurns(() => ({ sendToConversation: post, replyToActivity: post }));
    await expect(turns.run(inbound(), () => Promise.reject(failure))).rejects.toBe(failure);
    expect(wire).toEqual([]);
  });

  it('hands on what the channel said of a send', async () => {
    const refusal = new Error('refused');
    const refuse = () => Promise.reject(refusal);
    const turns = createTurns(() => ({ sendToConversation: refuse, replyToActivity: refuse }));
    const sending = turns.run(inbound(), async (context) => {
      await context.sendActivity({ type: 'message', text: 'x' });
    });
    await expect(sending).rejects.toBe(refusal);
  });

  it('asks for a client of the service URL before the logic is called', async () => {
    const refusal = new Error('not trusted');
    let called = false;
    const turns = createTurns((serviceUrl) => {
      expect(serviceUrl).toBe(SERVICE_URL);
      throw refusal;
    });
    const running = turns.run(inbound(), async () => {
      called = true;
    });
    await expect(running).rejects.toBe(refusal);
    expect(called).toBe(false);
  });

  it('gives an empty id where the channel gives none', async () => {
    const post = async () => ({ id: '' });
    const turns = createTurns(() => ({ sendToConversation: post, replyToActivity: post }));
    let sent: unknown;
    await turns.run(inbound(), async (context) => {
      sent = await context.sendActivity({ type: 'message', text: 'x' });
    });
    expect(sent).toEqual({ id: '' });
  });
});
