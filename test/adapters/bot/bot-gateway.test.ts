import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bot, createBot } from '../../../shared/adapters/bot/bot.ts';
import { ChannelError } from '../../../shared/adapters/bot/connector/channel-error.ts';
import type { TurnContext } from '../../../shared/ports/conversation/turn-context.ts';
import { type FakeConnector, startConnector } from '../../support/connector.ts';
import {
  aMessage,
  countedLogic,
  localBot,
  loopbackNotTrusted,
  RecordedLog,
} from '../../support/connector-bot.ts';

const hello = { type: 'message', text: 'hello' };

let connector: FakeConnector;
let log: RecordedLog;
let bot: Bot;
const bots: Bot[] = [];

beforeEach(async () => {
  connector = await startConnector();
  log = new RecordedLog();
  bot = createBot(localBot({ log }));
  bots.push(bot);
});
afterEach(async () => {
  await connector.close();
  await Promise.all(bots.splice(0).map((each) => each.close()));
});

async function post(body: unknown, then?: (context: TurnContext) => Promise<unknown>, to = bot) {
  const { calls, logic } = countedLogic(then);
  const answer = await to.gateway.process({ headers: {}, body }, logic);
  return { ...answer, turns: calls.length };
}

describe('a body that is no activity is answered 400, and no turn begins:', () => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a list', []],
    ['a list of activities', [{ type: 'message' }]],
    ['a text', 'message'],
    ['a number', 5],
  ])('%s', async (_what, body) => {
    expect(await post(body)).toMatchObject({
      status: 400,
      turns: 0,
      body: {
        error: { code: 'BadRequest' },
        faults: [{ path: '', message: 'must be an activity: a JSON object' }],
      },
    });
  });

  it('an empty object, with every field that is missing', async () => {
    expect(await post({})).toMatchObject({
      status: 400,
      body: {
        faults: ['type', 'channelId', 'serviceUrl', 'conversation.id', 'from.id'].map((path) => ({
          path,
          message: 'is required and must be a non-empty string',
        })),
      },
    });
    expect(log.lines).toMatchObject([{ event: 'activity.refused', status: 400 }]);
  });

  it.each([
    ['type', { type: undefined }],
    ['type', { type: 5 }],
    ['channelId', { channelId: '' }],
    ['serviceUrl', { serviceUrl: null }],
    ['conversation.id', { conversation: undefined }],
    ['conversation.id', { conversation: 'a:conversation' }],
    ['conversation.id', { conversation: { id: 5 } }],
    ['conversation.id', { conversation: { id: 'a\ud800' } }],
    ['from.id', { from: undefined }],
    ['from.id', { from: { name: 'Ada' } }],
    ['from.id', { from: { id: '' } }],
  ])('one without a usable %s', async (path, changes) => {
    const answer = await post(aMessage(connector.url, changes));
    expect(answer).toMatchObject({ status: 400, turns: 0, body: { faults: [{ path }] } });
  });
});

it('answers 403 for a service URL that is not trusted, and sends nothing there', async () => {
  const strict = createBot(localBot({ log, trustedServiceUrls: loopbackNotTrusted }));
  bots.push(strict);
  const answer = await post(aMessage(connector.url), (context) => context.sendActivity(hello), strict);
  expect(answer).toMatchObject({ status: 403, turns: 0, body: { error: { code: 'UntrustedServiceUrl' } } });
  expect(connector.connections()).toBe(0);
});

describe('a turn', () => {
  it('replies to the activity in its conversation', async () => {
    const answer = await post(aMessage(connector.url), (context) => context.sendActivity(hello));
    expect(answer).toEqual({ status: 200, turns: 1 });
    expect(connector.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v3/conversations/a%3Aconversation%2Fwith%23odd%3Fletters/activities/activity-of-ada',
      },
    ]);
    expect(JSON.parse(connector.requests[0]?.body ?? '')).toMatchObject({
      text: 'hello',
      replyToId: 'activity-of-ada',
      from: { id: '28:bot' },
      recipient: { id: '29:ada' },
      conversation: { id: 'a:conversation/with#odd?letters' },
    });
  });

  it('whose reply the channel refuses fails with what the channel said', async () => {
    connector.next({ status: 429, headers: { 'retry-after': '2' } });
    const { logic } = countedLogic((context) => context.sendActivity(hello));
    const failure = bot.gateway.process({ headers: {}, body: aMessage(connector.url) }, logic);
    await expect(failure).rejects.toThrow(ChannelError);
    await expect(failure).rejects.toMatchObject({
      statusCode: 429,
      result: { retryAfter: 2000, surelyNotSent: true },
    });
    expect(connector.requests).toHaveLength(1);
  });

  it('whose logic fails hands the failure to the caller', async () => {
    const failure = new Error('a bug');
    await expect(post(aMessage(connector.url), () => Promise.reject(failure))).rejects.toBe(failure);
  });

  it('finds a recipient although the activity names none', async () => {
    let recipient = '';
    await post(aMessage(connector.url, { recipient: undefined }), async ({ activity }) => {
      recipient = activity.recipient.id;
    });
    expect(recipient).toBe('bot');
  });

  it('does not believe an activity that says who called', async () => {
    let caller: unknown = 'nobody asked';
    await post(aMessage(connector.url, { callerId: 'urn:botframework:azure' }), async ({ activity }) => {
      caller = 'callerId' in activity ? activity.callerId : undefined;
    });
    expect(caller).toBeUndefined();
  });

  it('gets dates as dates, and none that are none', async () => {
    const dates = { timestamp: '2026-11-22T10:00:00Z', localTimestamp: 'yesterday', expiration: 5 };
    let seen: unknown;
    await post(aMessage(connector.url, dates), async ({ activity }) => {
      seen = [activity.timestamp, activity.localTimestamp, activity.expiration];
    });
    expect(seen).toEqual([new Date('2026-11-22T10:00:00Z'), undefined, undefined]);
  });
});

describe('an invoke', () => {
  const invoke = () => aMessage(connector.url, { type: 'invoke', name: 'adaptiveCard/action' });

  it('is answered with what its handler says', async () => {
    const answer = await post(invoke(), (context) =>
      context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: { done: true } } }),
    );
    expect(answer).toEqual({ status: 200, body: { done: true }, turns: 1 });
    expect(connector.requests).toHaveLength(0);
  });

  it('that nobody handles is answered 501', async () => {
    expect(await post(invoke())).toEqual({ status: 501, turns: 1 });
  });
});

it('gives replies in the answer where they are asked for there', async () => {
  const body = aMessage(connector.url, { deliveryMode: 'expectReplies' });
  const answer = await post(body, (context) => context.sendActivity(hello));
  expect(answer).toMatchObject({ status: 200, body: { activities: [{ text: 'hello' }] } });
  expect(connector.requests).toHaveLength(0);
});
