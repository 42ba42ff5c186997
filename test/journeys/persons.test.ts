import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { cardOf, newsOf } from '../support/reading.ts';
import { ChatPerson, eventually } from './person.ts';

/** Two who are always there, on Teams. */
const ANA = '29:1zJm7XkQ2pTfR9sVbNcYdWeLaUgHoIxKt4v0Ana';
const BEN = '29:1kQw8RtYuIoPaSdFgHjKlZxCvBnM3e5r7t9yBen';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({
    channelArgs: ['--no-limits'],
    env: { NOTIFIER_REQUESTS_PER_SECOND: '200', NOTIFIER_BURST: '1000/1s' },
  });
});

afterAll(() => stack?.stop());

const api = (path: string) => `${stack.addresses.functions}/api/${path}`;

function channel(): string {
  const { channel: address } = stack.addresses;
  if (address === undefined) throw new Error('this stack has no channel');
  return address;
}

async function control(path: string, body: object): Promise<void> {
  const answer = await fetch(`${channel()}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(201);
}

const recipient = z.object({ state: z.string(), attempts: z.number().optional() });
const report = z.object({ recipients: z.array(recipient).optional() });

/** Publishes a notification to somebody, and gives its one recipient when that is over. */
async function tell(user: string, text: string, delivery: object = {}) {
  const published = await fetch(api('events'), {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({
      specversion: '1.0',
      type: 'notification.requested',
      source: 'urn:journey:persons',
      id: randomUUID(),
      data: { to: { user }, text, delivery: { mode: 'adHoc', ...delivery } },
    }),
  });
  const { ids } = z.object({ ids: z.array(z.string()) }).parse(await published.json());
  const rowOf = async () => {
    const answer = await fetch(api(`notifications/${ids[0]}?recipients=1`));
    return report.parse(await answer.json()).recipients?.[0];
  };
  await eventually(`the end of "${text}"`, async () => {
    const state = (await rowOf())?.state;
    return state === 'delivered' || state === 'unconfirmed';
  });
  return rowOf();
}

const rooms = z.object({ conversations: z.array(z.object({ id: z.string(), name: z.string().optional() })) });
const attachment = z.object({ content: z.unknown().optional() });
const message = z.object({ text: z.string().optional(), attachments: z.array(attachment).optional() });
const shown = z.object({ shown: z.array(message) });

/** What somebody reads in their sessions, one list for each. */
async function sessionsOf(person: string): Promise<readonly (readonly string[])[]> {
  const { conversations } = rooms.parse(await (await fetch(`${channel()}/conversations`)).json());
  const sessions = conversations.filter(({ id }) => id.startsWith('a:session-') && id.includes(person));
  return Promise.all(
    sessions.map(async ({ id }) => {
      const answer = await fetch(`${channel()}/transcript?conversation=${encodeURIComponent(id)}`);
      return shown.parse(await answer.json()).shown.map((one) => newsOf({ ...one, card: cardOf(one) }));
    }),
  );
}

/** Somebody who has a chat with the bot, which the channel has lost since; it begins another one with a message only. */
async function whoMoved(id: string, name: string): Promise<void> {
  const person = await ChatPerson.arrives(channel(), id);
  await person.says('hello');
  await person.hears('Hello');
  for (const act of ['insist', 'replace']) await control('/chats', { user: name, act });
}

describe('somebody whose chats begin with a message', () => {
  it('reads what comes in one new session, whose first message is the notification', async () => {
    await whoMoved(ANA, 'ana');
    expect(await tell(ANA, 'first')).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(await tell(ANA, 'second')).toMatchObject({ state: 'delivered', attempts: 1 });
    const [session = [], ...others] = await sessionsOf('ana');
    expect(session).toEqual(['first', 'second']);
    expect(others).toEqual([]);
  });

  it('reads it once where nobody knows whether the session was begun', async () => {
    await whoMoved(BEN, 'ben');
    // The creation without a message is refused whatever is wrong; the one with it is made, and its answer is lost.
    await control('/faults', { on: 'create', kind: 'reset-after', count: 2 });
    expect(await tell(BEN, 'once', { onUnconfirmed: 'park' })).toMatchObject({ state: 'unconfirmed' });
    expect((await sessionsOf('ben')).flat()).toEqual(['once']);
  });
});
