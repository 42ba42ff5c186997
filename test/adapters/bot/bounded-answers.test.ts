import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseActivity } from '../../../shared/adapters/bot/activity/inbound-activity.ts';
import { type Bot, createBot } from '../../../shared/adapters/bot/bot.ts';
import {
  channelErrorCode,
  failureMeaning,
} from '../../../shared/adapters/bot/connector/channel-error-code.ts';
import { MOST_BODY_BYTES } from '../../../shared/adapters/bot/connector/exchange.ts';
import {
  parseRetryAfter,
  toCreateResult,
  toSendResult,
} from '../../../shared/adapters/bot/connector/send-result.ts';
import { Unauthenticated } from '../../../shared/adapters/bot/token/authentication-errors.ts';
import { publicCloud } from '../../../shared/adapters/bot/token/channel-cloud.ts';
import { InboundTokens } from '../../../shared/adapters/bot/token/inbound-tokens.ts';
import { OutboundTokens } from '../../../shared/adapters/bot/token/outbound-tokens.ts';
import { LONGEST_CODE, LONGEST_ID, LONGEST_URL } from '../../../shared/domain/conversation/channel-text.ts';
import { parseLearned } from '../../../shared/domain/delivery/learned.ts';
import { days, hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { type FakeConnector, startConnector } from '../../support/connector.ts';
import { aMessage, aReference, localBot } from '../../support/connector-bot.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const clock = { now: () => now };
const id = (length: number) => 'x'.repeat(length);
const answer = (status: number, body: unknown) =>
  ({ kind: 'answered', status, body: typeof body === 'string' ? body : JSON.stringify(body) }) as const;

/** Ids that name nothing: too long, not writable as UTF-8, or with control characters. */
const unusable: readonly (readonly [string, string])[] = [
  ['900 kB', id(900_000)],
  ['one character more than fits', id(LONGEST_ID + 1)],
  ['a lone surrogate', 'a\ud800b'],
  ['a line feed', 'a\nb'],
  ['a null', '\u0000'],
  ['a delete', 'a\u007f'],
  ['a C1 control', 'a\u0085'],
  ['nothing', ''],
];

describe('everything from outside that is stored or queued has a bound:', () => {
  it('the bounds are these', () => {
    expect({ LONGEST_ID, LONGEST_URL, LONGEST_CODE, MOST_BODY_BYTES }).toEqual({
      LONGEST_ID: 1024,
      LONGEST_URL: 2048,
      LONGEST_CODE: 100,
      MOST_BODY_BYTES: 1_048_576,
    });
  });

  it.each(unusable)('the id of a sent activity (%s)', (_what, activityId) => {
    expect(toSendResult(answer(201, { id: activityId }), now)).toEqual({ kind: 'sent' });
  });

  it('the longest id is kept as it is', () => {
    expect(toSendResult(answer(201, { id: id(LONGEST_ID) }), now)).toEqual({
      kind: 'sent',
      activityId: id(LONGEST_ID),
    });
  });

  it.each(unusable)('the id of a created conversation (%s)', (_what, conversationId) => {
    expect(toCreateResult(answer(201, { id: conversationId }), now)).toMatchObject({
      kind: 'failed',
      code: 'no-conversation-id',
    });
  });

  it.each(unusable)('the id of the message that a conversation began with (%s)', (_what, activityId) => {
    expect(toCreateResult(answer(201, { id: 'a:1', activityId }), now)).toEqual({
      kind: 'created',
      conversationId: 'a:1',
    });
  });

  it('the service URL of a created conversation', () => {
    const serviceUrl = `https://smba.trafficmanager.net/${id(LONGEST_URL)}`;
    expect(toCreateResult(answer(201, { id: 'a:1', serviceUrl }), now)).toEqual({
      kind: 'created',
      conversationId: 'a:1',
    });
  });

  it('the code of a refusal, the network’s as well, and its words', () => {
    expect(channelErrorCode(403, JSON.stringify({ error: { code: id(65) } }))).toBe('http-403');
    expect(channelErrorCode(400, JSON.stringify({ error: { code: 'Bad Argument' } }))).toBe('BadArgument');
    const unanswered = { kind: 'unanswered', code: id(5000), written: true } as const;
    expect(toSendResult(unanswered, now)).toMatchObject({ code: id(LONGEST_CODE) });
    const late = `${id(2000)} Failed to decrypt conversation id`;
    expect(failureMeaning(JSON.stringify({ error: { code: 'BadArgument', message: late } }))).toBeUndefined();
  });

  it('what the channel asks to wait for', () => {
    expect(parseRetryAfter('999999999', now)).toBe(days(1));
    expect(parseRetryAfter(`Sun, 22 Nov 2026 10:00:07 GMT${' '.repeat(5000)}`, now)).toBeUndefined();
  });

  it('what a message of a former release carries', () => {
    const carried = (told: object) =>
      parseLearned({ kind: 'answer', attempts: 1, at: now, answer: told }) ?? expect.fail('it is read');
    expect(carried({ kind: 'sent', activityId: id(900_000) })).toMatchObject({ answer: { kind: 'sent' } });
    expect(JSON.stringify(carried({ kind: 'sent', activityId: id(900_000) })).length).toBeLessThan(200);
    const failed = carried({ kind: 'failed', code: id(9000), meaning: id(9000), surelyNotSent: true });
    expect(JSON.stringify(failed).length).toBeLessThan(300);
    const begun = (inPlaceOf: unknown) => carried({ kind: 'sent', shownIn: 'a:1', inPlaceOf });
    for (const which of ['one', 'all']) expect(begun(which)).toMatchObject({ answer: { inPlaceOf: which } });
    for (const other of ['two', 1, {}]) expect(JSON.stringify(begun(other))).not.toContain('inPlaceOf');
  });

  it('the ids and the service URL of an activity that comes in; ids that are longer are left out, names are cut', () => {
    const url = 'https://smba.trafficmanager.net/';
    const faultsOf = (changes: object) => {
      const parsed = parseActivity(aMessage(url, changes), 'bot');
      return parsed.ok ? [] : parsed.faults.map(({ path }) => path);
    };
    expect(faultsOf({ conversation: { id: id(LONGEST_ID) } })).toEqual([]);
    expect(faultsOf({ conversation: { id: id(LONGEST_ID + 1) } })).toEqual(['conversation.id']);
    expect(faultsOf({ from: { id: id(LONGEST_ID + 1) } })).toEqual(['from.id']);
    expect(faultsOf({ channelId: id(LONGEST_ID + 1) })).toEqual(['channelId']);
    expect(faultsOf({ serviceUrl: `${url}${id(LONGEST_URL)}` })).toEqual(['serviceUrl']);
    const named = parseActivity(aMessage(url, { id: id(5000), from: { id: 'a', name: id(5000) } }), 'bot');
    expect(named.ok && [named.value.id, named.value.from.name]).toEqual([undefined, id(256)]);
  });

  it('the token of a request that comes in, before it is looked at', async () => {
    const keys = { find: () => expect.fail('no key is looked for') };
    // Only what is asked for before a key.
    const tokens = new InboundTokens('app', { cloud: publicCloud, clock, keys: keys as never });
    await expect(tokens.check(`Bearer ${id(16 * 1024)}`)).rejects.toThrow(Unauthenticated);
  });

  it.each([
    ['an endless life', Number.POSITIVE_INFINITY],
    ['no end', Number.NaN],
    ['a life of a hundred years', now + days(36_500)],
  ])('the life of a token that goes out (%s)', async (_what, expiresOnTimestamp) => {
    let at = now;
    let asked = 0;
    const credential = {
      getToken: async () => {
        asked += 1;
        return { token: `token-${asked}`, expiresOnTimestamp };
      },
    };
    const tokens = new OutboundTokens(() => credential, { now: () => at });
    await tokens.get('x');
    at += hours(28) - seconds(30);
    expect(await tokens.get('x')).toBe('token-2');
  });

  it.each(['', 'a\nb', id(16_385)])('a token that goes out: no header can carry "%.9s"', async (token) => {
    const credential = { getToken: async () => ({ token, expiresOnTimestamp: now + minutes(60) }) };
    await expect(new OutboundTokens(() => credential, clock).get('x')).rejects.toThrow('could be had');
  });
});

describe('a confirmed send is confirmed, whatever its body, over a real connection:', () => {
  let connector: FakeConnector;
  let bot: Bot;
  beforeEach(async () => {
    connector = await startConnector();
    bot = createBot(localBot({ sendTimeout: seconds(1) }));
  });
  afterEach(async () => {
    await connector.close();
    await bot.close();
  });

  it.each([
    ['an id of 900 kB', { status: 200, body: { id: id(900_000) } }],
    ['a body of 3 MB', { status: 200, body: { id: 'a', more: id(3_000_000) } }],
    ['garbage', { status: 200, body: '{"id":' }],
    ['an id with a lone surrogate', { status: 200, body: '{"id":"\\ud800"}' }],
    ['an id with control characters', { status: 200, body: { id: 'a\u0007' } }],
    ['JSON of 900 kB of brackets', { status: 200, body: '['.repeat(900_000) }],
    ['a body that trickles for longer than the timeout', 'trickle'],
  ] as const)('%s', async (_what, behaviour) => {
    connector.next(behaviour);
    expect(await bot.messenger.sendActivity(aReference(connector.url), { text: 'Hello' })).toEqual({
      kind: 'sent',
    });
    expect(connector.requests).toHaveLength(1);
  });
});
