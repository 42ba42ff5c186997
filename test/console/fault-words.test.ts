import { beforeEach, describe, expect, it } from 'vitest';
import { germanFaults as german } from '../../dev/console/test/held.ts';
import type { Fault } from '../../shared/domain/fault.ts';
import { days } from '../../shared/domain/time.ts';
import { aConversation } from '../support/builders.ts';
import { aWorld } from '../support/world.ts';
import { aWriteConsole } from '../support/write-console.ts';

const OVER = 'x'.repeat(300_000);
const deep = (levels: number): object => (levels === 0 ? {} : { a: deep(levels - 1) });
const card = (more: object) => ({ to: { everyone: true }, card: { type: 'AdaptiveCard', ...more } });
const text = (more: object) => ({ to: { everyone: true }, text: 'Hi', ...more });

/** Whatever an author may write by the form, in JSON or in an address. */
const messages: readonly object[] = [
  {},
  { to: { everyone: true } },
  { to: [], text: 'Hi' },
  { to: { user: '' }, text: 'Hi' },
  { to: { except: true }, text: 'Hi' },
  { to: [{ except: true }], text: 'Hi' },
  { to: { topic: 'a//b' }, text: 'Hi' },
  text({ to: 7 }),
  text({ to: Array.from({ length: 1001 }, () => ({ everyone: true })) }),
  text({ except: { everyone: true } }),
  text({ text: '' }),
  text({ text: ' \u200b ' }),
  text({ text: 7 }),
  text({ text: OVER }),
  text({ text: '[x](javascript:alert(1))' }),
  text({ text: '@everyone' }),
  text({ crad: {} }),
  text({ card: { type: 'Card' } }),
  card({ body: [{ type: 'Image', url: 'javascript:x' }] }),
  card({ actions: [{ type: 'Action.Submit', data: { notifier: 'x' } }] }),
  card({ actions: [{ type: 'Action.Submit', data: 'x' }] }),
  card({ actions: [{ type: 'Action.Execute' }] }),
  card({ refresh: {} }),
  card({ body: [{ type: 'Input.ChoiceSet', 'choices.data': { type: 'Data.Query' } }] }),
  card({ body: [{ msteams: { type: 'imBack' } }] }),
  card({
    msteams: { entities: [{ type: 'mention', mentioned: { id: 'x', conversationIdentityType: 'channel' } }] },
  }),
  card({ body: [deep(60)] }),
  card({ body: Array.from({ length: 50_000 }, () => 1) }),
  text({ delivery: { mode: 'later' } }),
  text({ delivery: { mood: 'adHoc' } }),
  text({ delivery: { maxWait: 'soon' } }),
  text({ delivery: { urgent: 'yes' } }),
  text({ delivery: { key: '' } }),
  text({ delivery: { key: 'k'.repeat(201) } }),
  text({ delivery: { key: '\ud800' } }),
  text({ delivery: { last: true } }),
  text({ delivery: { onRepeat: 'new' } }),
  text({ delivery: { at: 'tomorrow' } }),
  text({ delivery: { at: { local: 'tomorrow' } } }),
  text({ delivery: { expiresAt: 'never' } }),
];

describe('what an author is refused', () => {
  let world: ReturnType<typeof aWorld>;
  let ask: ReturnType<typeof aWriteConsole>['ask'];

  beforeEach(async () => {
    world = aWorld();
    ({ ask } = aWriteConsole(world));
    await world.knows(aConversation({ user: { id: '29:bob' } }));
  });

  async function faultsOf(asked: string, options: Parameters<typeof ask>[1]): Promise<readonly Fault[]> {
    const answer = await ask(asked, options);
    return 'code' in answer ? answer.faults : ((answer.body as { faults?: readonly Fault[] }).faults ?? []);
  }

  /** Faults that the page could not say in German. */
  const unsaid = (faults: readonly Fault[]) =>
    faults.filter(({ rule = '', values = {} }) => {
      const said = Object.hasOwn(german.rules, rule) ? german.rules[rule]?.(values) : undefined;
      return said === undefined || /undefined|null/.test(said);
    });

  it.each(messages.map((data, number) => ({ number, data })))(
    'has a rule that is said in German: message $number',
    async ({ data }) => {
      const body = { type: 'notification.requested', data };
      for (const route of ['POST preview', 'POST dry-run', 'POST notifications']) {
        const faults = await faultsOf(route, { body, key: '1' });
        expect(faults, route).not.toEqual([]);
        expect(unsaid(faults), route).toEqual([]);
      }
    },
  );

  it('is so for what clients would not understand of a card', async () => {
    const body = [
      { type: 'TextBlok' },
      { type: 'TextBlock', txt: 1 },
      { type: 'Image', url: 'x' },
      { type: '?' },
    ];
    const message = { type: 'notification.requested', data: card({ body }) };
    const answer = await ask('POST preview', { body: message });
    const { faults, warnings } = (answer as { readonly body: Record<string, readonly Fault[]> }).body;
    expect([faults?.length, warnings?.length]).toEqual([3, 2]);
    expect(unsaid([...(faults ?? []), ...(warnings ?? [])])).toEqual([]);
  });

  it('is so for a time that cannot be, and for what is no message', async () => {
    const soon = world.clock.now() + days(2);
    const at = (instant: number) => new Date(instant).toISOString();
    const bodies = [
      { type: 'notification.requested', data: text({ delivery: { at: at(soon + days(400)) } }) },
      { type: 'notification.requested', data: text({ delivery: { at: at(soon), expiresAt: at(soon - 1) } }) },
      { type: 'notification.request', data: {} },
    ];
    for (const body of bodies) {
      for (const route of ['POST preview', 'POST notifications']) {
        const faults = await faultsOf(route, { body, key: '1' });
        expect(faults).toHaveLength(1);
        expect(unsaid(faults)).toEqual([]);
      }
    }
    for (const body of [undefined, {}, { type: 'x' }, { type: 1, data: 1, more: 1 }]) {
      const faults = await faultsOf('POST notifications', { body, key: '1' });
      expect(faults).not.toEqual([]);
      expect(unsaid(faults)).toEqual([]);
    }
  });

  it('is so for drafts, lists, keys and versions, and their titles too', async () => {
    const message = { type: 'notification.requested', data: text({}) };
    const entries = (count: number) => Array.from({ length: count }, (_none, one) => `${one}@x.example`);
    await ask('POST notifications', { body: message, key: 'one' });
    await ask('POST drafts', { body: { name: 'x', content: {} } });
    await ask('PUT audiences/there', { body: { entries: '29:bob' } });
    const asked: readonly (readonly [string, Parameters<typeof ask>[1]])[] = [
      ['POST drafts', { body: {} }],
      ['POST drafts', { body: { name: '', content: {} } }],
      ['POST drafts', { body: { name: 'n'.repeat(201), content: 7 } }],
      ['POST drafts', { body: { name: 'x', content: { text: OVER } } }],
      ['PUT drafts/nosuch', { body: { name: 'x', content: {} } }],
      ['PUT drafts/draft-1', { body: { name: 'x', content: {} } }],
      ['PUT drafts/draft-1', { body: { name: 'x', content: {} }, ifMatch: '"other"' }],
      ['PUT audiences/a%20%2F%2F', { body: { entries: '29:bob' } }],
      ['PUT audiences/there', { body: { entries: '29:bob' } }],
      ['PUT audiences/new', { body: {} }],
      ['PUT audiences/new', { body: { entries: '' } }],
      ['PUT audiences/new', { body: { entries: entries(100_001) } }],
      ['PUT audiences/new', { body: { entries: ['', 'a\u0001b', '\ud800', 'x'.repeat(2000)] } }],
      ['GET audiences/nosuch', {}],
      ['POST notifications', { body: message }],
      ['POST notifications', { body: { ...message, data: text({ text: 'Ho' }) }, key: 'one' }],
      ['POST test', { body: { message, to: 'x' }, key: '1' }],
      [`DELETE notifications/${'n'.repeat(43)}`, { role: 'author' }],
    ];
    for (const [route, options] of asked) {
      const answer = await ask(route, options);
      if (!('code' in answer)) throw new Error(`${route} is answered`);
      expect(answer.faults, route).not.toEqual([]);
      expect(unsaid(answer.faults), route).toEqual([]);
      // What the page says by the status needs no words of its own.
      if ([403, 404, 412].includes(answer.status)) continue;
      expect(german.problems[answer.code]?.({}), `${route}: ${answer.code}`).toBeDefined();
    }
  });
});
