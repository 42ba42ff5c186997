import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { ChatPerson, eventually } from './person.ts';

/** States of one key that run against each other over the whole stack: each with up to six. */
const KEYS = process.env.NIGHTLY === '1' ? 200 : 12;
const WITHIN_MS = 300_000;

/** Two who are always there, on a channel that changes messages as Teams does. */
const ANA = '29:1zJm7XkQ2pTfR9sVbNcYdWeLaUgHoIxKt4v0Ana';
const BEN = '29:1kQw8RtYuIoPaSdFgHjKlZxCvBnM3e5r7t9yBen';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({
    channelArgs: ['--no-limits'],
    env: {
      NOTIFIER_REQUESTS_PER_SECOND: '200',
      NOTIFIER_BURST: '1000/1s',
      // All of it goes to one person.
      NOTIFIER_THREAD_LIMITS: '200/1s',
    },
  });
});

afterAll(() => stack?.stop());

const api = (path: string) => `${stack.addresses.functions}/api/${path}`;

async function publish(events: readonly object[]): Promise<readonly string[]> {
  const answer = await fetch(api('events'), {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(events),
  });
  expect(answer.status).toBe(202);
  return ((await answer.json()) as { readonly ids: readonly string[] }).ids;
}

function state(to: object, text: string, delivery: object, sequence: number) {
  return {
    specversion: '1.0',
    type: 'notification.requested',
    source: 'urn:journey:living',
    id: randomUUID(),
    sequence,
    data: { to, text, delivery: { mode: 'adHoc', ...delivery } },
  };
}

async function outcomes(id: string): Promise<{ readonly [outcome: string]: number } | undefined> {
  const answer = await fetch(api(`notifications/${id}`));
  const report = (await answer.json()) as {
    readonly complete: boolean;
    readonly outcomes: { readonly [outcome: string]: number };
  };
  return report.complete ? report.outcomes : undefined;
}

describe('a message that lives', () => {
  it('goes red and turns green in the same card, and a broadcast is stopped and taken back', async () => {
    const { channel } = stack.addresses;
    if (channel === undefined) throw new Error('this stack has no channel');
    const ana = await ChatPerson.arrives(channel, ANA);
    await ana.says('subscribe builds/web');
    await ana.hears('');
    const build = (status: string) => ({
      specversion: '1.0',
      type: 'build.finished',
      source: 'urn:journey:builds',
      id: randomUUID(),
      data: { pipeline: 'web', number: 512, status },
    });
    const about = async () => (await ana.texts()).filter((text) => text.includes('#512'));
    const [red] = await publish([build('failed')]);
    await eventually('red', async () => (await about()).length === 1);
    await eventually('the report', async () => (await outcomes(red ?? ''))?.delivered === 1);
    const [green] = await publish([build('succeeded')]);
    await eventually('green', async () => (await outcomes(green ?? ''))?.updated === 1);
    expect(await about()).toEqual([expect.stringContaining('succeeded')]);

    const [broadcast] = await publish([state({ everyone: true }, 'The lift is **broken**', {}, 1)]);
    await ana.hears('The lift is');
    await fetch(api(`notifications/${broadcast}?recall=1`), { method: 'DELETE' });
    await eventually('the recall', async () => (await outcomes(broadcast ?? ''))?.recalled === 1);
    expect((await ana.texts()).filter((text) => text.includes('The lift'))).toEqual([]);
  });

  it(`shows the newest of up to six states at the end, ${KEYS} times, whatever order they come in`, async () => {
    const { channel } = stack.addresses;
    if (channel === undefined) throw new Error('this stack has no channel');
    const ben = await ChatPerson.arrives(channel, BEN);
    await ben.says('hello');
    await ben.hears('Hello');
    const keys = Array.from({ length: KEYS }, (_none, key) => key);
    const batches = keys.map((key) => {
      const states = Array.from({ length: 2 + (key % 5) }, (_no, number) =>
        state({ user: ben.id }, `key ${key} state ${number}.`, { key: `key ${key}` }, number),
      );
      // Another order each time, the newest neither first nor last for most.
      return states
        .map((one, place) => ({ one, by: (place * 7 + key * 3) % 11 }))
        .sort((a, b) => a.by - b.by);
    });
    const ids = await Promise.all(batches.map((batch) => publish(batch.map(({ one }) => one))));
    for (const id of ids.flat())
      await eventually(id, async () => (await outcomes(id)) !== undefined, WITHIN_MS);
    const texts = await ben.texts();
    for (const key of keys) {
      expect(texts.filter((text) => text.startsWith(`key ${key} `))).toEqual([
        `key ${key} state ${1 + (key % 5)}.`,
      ]);
    }
  }, 600_000);
});
