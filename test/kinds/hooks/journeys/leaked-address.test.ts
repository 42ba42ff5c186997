import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../../../dev/stack/stack.ts';
import { ChatPerson, eventually } from '../../../journeys/person.ts';

/** So long the address is posted to, in real time; a night has a whole minute, and LEAK_SECONDS says otherwise. */
const SECONDS = Number(process.env.LEAK_SECONDS ?? (process.env.NIGHTLY === '1' ? 60 : 3));
const POSTS_A_SECOND = 100;
/** Told one by one in a minute, and ten times as many answered: `NOTIFIER_HOOK_RATE` as it is by default. */
const RATE = 60;

/** As the channel calls somebody who is always there. */
const BEN = '29:1kQw8RtYuIoPaSdFgHjKlZxCvBnM3e5r7t9yBen';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ channelArgs: ['--no-limits'], env: { NOTIFIER_BURST: '1000/1s' } });
});

afterAll(() => stack?.stop());

describe('an address that leaked', () => {
  it(`with 100 posts a second for ${SECONDS} s holds up nobody else`, { timeout: 240_000 }, async () => {
    const { channel, functions } = stack.addresses;
    if (channel === undefined) throw new Error('this stack has no channel');
    const ana = await ChatPerson.arrives(channel, 'ana');
    const ben = await ChatPerson.arrives(channel, BEN);
    await ben.says('hello');
    await ben.hears('Hello');
    await ana.says('create webhook alerts');
    await ana.hears('Here is the address');
    const [path] = /\/api\/hooks\/[\w.-]+/.exec((await ana.texts()).join('\n')) ?? [];
    const began = performance.now();
    const ticks = Array.from({ length: SECONDS * 10 }, (_none, tick) => tick);
    const answers = await Promise.all(
      ticks.map(async (tick) => {
        await wait(tick * 100);
        const numbers = Array.from({ length: POSTS_A_SECOND / 10 }, (_none, number) => number);
        const statuses = numbers.map((number) => post(`${functions}${path}`, `spam ${tick} ${number}.`));
        if (tick % 10 === 5) await publish(functions, ben.id, `for Ben ${tick}.`);
        return Promise.all(statuses);
      }),
    );
    const statuses = Map.groupBy(answers.flat(), (status) => status);
    const seconds = (performance.now() - began) / 1000;
    // The windows that may have begun: one, and one more for each minute that it took.
    const windows = 1 + Math.ceil(seconds / 60);
    const taken = statuses.get(200)?.length ?? 0;
    expect([...statuses.keys()].filter((status) => status !== 200 && status !== 429)).toEqual([]);
    expect(taken + (statuses.get(429)?.length ?? 0)).toBe(SECONDS * POSTS_A_SECOND);
    expect(taken).toBeLessThanOrEqual(RATE * 10 * windows);

    const wanted = ticks.filter((tick) => tick % 10 === 5).map((tick) => `for Ben ${tick}.`);
    const told = async () => (await ben.texts()).filter((text) => text.startsWith('for Ben '));
    await eventually('Ben to be told everything', async () => (await told()).length >= wanted.length);
    expect([...(await told())].sort()).toEqual([...wanted].sort());
    const spam = (await ana.texts()).filter((text) => text.startsWith('spam '));
    expect(spam.length).toBeGreaterThan(0);
    expect(spam.length).toBeLessThanOrEqual(RATE * windows);
  });
});

async function post(address: string, text: string): Promise<number> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

async function publish(functions: string, user: string, text: string): Promise<void> {
  const answer = await fetch(`${functions}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({
      ...{ specversion: '1.0', type: 'notification.requested', source: 'urn:journey:leak', id: randomUUID() },
      data: { to: { user }, text, delivery: { mode: 'adHoc' } },
    }),
  });
  expect(answer.status).toBe(202);
}
