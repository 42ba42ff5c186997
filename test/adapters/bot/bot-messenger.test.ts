import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bot, type BotSettings, createBot } from '../../../shared/adapters/bot/bot.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { calledOff } from '../../../shared/ports/delivery/messenger.ts';
import { type FakeConnector, startConnector } from '../../support/connector.ts';
import {
  APP_ID,
  aReference,
  fixedCredential,
  localBot,
  loopbackNotTrusted,
  securedBot,
} from '../../support/connector-bot.ts';

let connector: FakeConnector;
let bot: Bot;
const bots: Bot[] = [];
const nobody = { issuer: 'https://issuer.example', metadataUrl: 'http://127.0.0.1:9/' };

beforeEach(async () => {
  connector = await startConnector();
  bot = aBot();
});
afterEach(async () => {
  // The connector first: what hangs there would keep a bot's connections open.
  await connector.close();
  await Promise.all(bots.splice(0).map((each) => each.close()));
});

function aBot(changes: Partial<BotSettings> = {}): Bot {
  const made = createBot(securedBot(nobody, changes));
  bots.push(made);
  return made;
}

const send = (from = bot, reference = aReference(connector.url)) =>
  from.messenger.sendActivity(reference, { text: 'Hello' });

describe('a message', () => {
  it('that is called off at the last moment is no request', async () => {
    const sent = await bot.messenger.sendActivity(
      aReference(connector.url),
      { text: 'Hello' },
      async () => true,
    );
    expect(sent).toEqual(calledOff);
    expect(connector.requests).toEqual([]);
    const kept = await bot.messenger.sendActivity(
      aReference(connector.url),
      { text: 'Hello' },
      async () => false,
    );
    expect(kept).toMatchObject({ kind: 'sent' });
  });

  it('is one POST to the conversation, with the text unchanged and the token', async () => {
    const text = '  **Build** #42\n\nfailed — \u{1f6a8} <at>nobody</at> ';
    const result = await bot.messenger.sendActivity(aReference(connector.url), {
      text,
      summary: 'Build failed',
    });
    expect(result).toEqual({ kind: 'sent', activityId: 'activity-1' });
    expect(connector.requests).toHaveLength(1);
    const [request] = connector.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v3/conversations/a%3Aconversation/activities',
      headers: { authorization: 'Bearer outbound-token', 'content-type': 'application/json; charset=utf-8' },
    });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      type: 'message',
      text,
      textFormat: 'markdown',
      summary: 'Build failed',
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: { id: '28:bot', name: 'Notifier' },
      recipient: { id: '29:ada', name: 'Ada', aadObjectId: 'object-of-ada' },
      conversation: {
        id: 'a:conversation',
        name: '',
        isGroup: false,
        conversationType: 'personal',
        tenantId: 'tenant',
      },
    });
  });

  it('offers what may be said next as suggested actions', async () => {
    await bot.messenger.sendActivity(aReference(connector.url), {
      text: 'How was it?',
      suggestions: ['Great'],
    });
    expect(JSON.parse(connector.requests[0]?.body ?? '').suggestedActions).toEqual({
      to: [],
      actions: [{ type: 'imBack', title: 'Great', value: 'Great' }],
    });
  });

  it('carries a card as an attachment', async () => {
    const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Hi' }] };
    await bot.messenger.sendActivity(aReference(connector.url), { card, summary: 'Hi' });
    const sent = JSON.parse(connector.requests[0]?.body ?? '');
    expect(sent.attachments).toEqual([
      { contentType: 'application/vnd.microsoft.card.adaptive', content: card },
    ]);
    expect(sent).not.toHaveProperty('text');
    expect(sent.summary).toBe('Hi');
  });

  it('to a group names nobody as its recipient', async () => {
    await send(bot, aReference(connector.url, { conversationType: 'channel', conversationName: 'General' }));
    const sent = JSON.parse(connector.requests[0]?.body ?? '');
    expect(sent).not.toHaveProperty('recipient');
    expect(sent.conversation).toMatchObject({ isGroup: true, conversationType: 'channel', name: 'General' });
  });

  it.each([
    ['slashes, question marks and hashes', 'a/b\\c?d#e', 'a%2Fb%5Cc%3Fd%23e'],
    ['percent signs', '100%25', '100%2525'],
    ['a way up', '..', '%2E%2E'],
    ['line feeds', 'a\r\nhost: evil', 'a%0D%0Ahost%3A%20evil'],
    ['emoji', '\u{1f6a8}', '%F0%9F%9A%A8'],
    ['a lone surrogate', 'a\ud800', 'a%EF%BF%BD'],
  ])('keeps a conversation id with %s in its place in the path', async (_what, conversationId, encoded) => {
    expect(await send(bot, aReference(connector.url, { conversationId }))).toMatchObject({ kind: 'sent' });
    expect(connector.requests[0]?.path).toBe(`/v3/conversations/${encoded}/activities`);
  });

  it('goes below the path of the service URL', async () => {
    await send(bot, aReference(`${connector.url}/emea/tenant/`));
    await send(bot, aReference(`${connector.url}/emea/tenant`));
    expect(connector.requests.map(({ path }) => path)).toEqual([
      '/emea/tenant/v3/conversations/a%3Aconversation/activities',
      '/emea/tenant/v3/conversations/a%3Aconversation/activities',
    ]);
  });

  it('carries no token where there is no app id', async () => {
    const local = createBot(localBot());
    bots.push(local);
    expect(await send(local)).toMatchObject({ kind: 'sent' });
    expect(connector.requests[0]?.headers).not.toHaveProperty('authorization');
  });

  it('after another one takes a connection that is already there', async () => {
    for (let i = 0; i < 20; i += 1) await send();
    expect(connector.requests).toHaveLength(20);
    // Two by turns: a connection is free again one turn of the event loop after its answer.
    expect(connector.connections()).toBeLessThanOrEqual(2);
  });
});

describe('no token leaves to a stranger:', () => {
  it('a redirect is not followed', async () => {
    const elsewhere = await startConnector();
    for (const status of [301, 302, 303, 307, 308]) {
      connector.next({ status, headers: { location: `${elsewhere.url}/v3/conversations/x/activities` } });
      expect(await send()).toEqual({ kind: 'failed', status, code: 'redirect', surelyNotSent: true });
    }
    expect(connector.requests).toHaveLength(5);
    expect(elsewhere.requests).toHaveLength(0);
    await elsewhere.close();
  });

  it('a service URL that is not trusted gets no request, and no token is asked for', async () => {
    let asked = 0;
    const strict = aBot({
      trustedServiceUrls: loopbackNotTrusted,
      credential: {
        getToken: async (scope) => {
          asked += 1;
          return fixedCredential('secret').getToken(scope);
        },
      },
    });
    const reference = aReference(connector.url);
    expect(await strict.messenger.sendActivity(reference, { text: 'Hello' })).toEqual({ kind: 'untrusted' });
    const person = { ...reference, user: { id: '29:ada' } };
    expect(await strict.messenger.createConversation(person)).toEqual({ kind: 'untrusted' });
    expect(asked).toBe(0);
    expect(connector.connections()).toBe(0);
  });
});

describe('a conversation with a person', () => {
  const person = {
    channelId: 'msteams',
    tenantId: 'tenant',
    bot: { id: '28:bot', name: 'Notifier' },
    user: { id: '29:ada', name: 'Ada' },
  };
  const create = () => bot.messenger.createConversation({ ...person, serviceUrl: connector.url });

  it('is created by one POST', async () => {
    connector.next({ status: 201, body: { id: 'a:new', serviceUrl: connector.url } });
    expect(await create()).toEqual({ kind: 'created', conversationId: 'a:new', serviceUrl: connector.url });
    expect(connector.requests).toMatchObject([{ method: 'POST', path: '/v3/conversations' }]);
    expect(JSON.parse(connector.requests[0]?.body ?? '')).toEqual({
      isGroup: false,
      bot: { id: `28:${APP_ID}`, name: 'Notifier' },
      members: [{ id: '29:ada', name: 'Ada' }],
      tenantId: 'tenant',
      channelData: { tenant: { id: 'tenant' } },
    });
  });

  it('begins with a message by one POST, which names that message', async () => {
    connector.next({ status: 201, body: { id: 'a:session', activityId: '1750000000001' } });
    const first = { message: { text: 'Hello' }, isOff: async () => false };
    const begun = await bot.messenger.createConversation({ ...person, serviceUrl: connector.url }, first);
    expect(begun).toEqual({ kind: 'created', conversationId: 'a:session', activityId: '1750000000001' });
    expect(JSON.parse(connector.requests[0]?.body ?? '')).toMatchObject({
      members: [{ id: '29:ada', name: 'Ada' }],
      activity: { type: 'message', text: 'Hello', textFormat: 'markdown' },
    });
    expect(connector.requests).toHaveLength(1);
  });

  it('whose first message is called off at the last moment is no request', async () => {
    const first = { message: { text: 'Hello' }, isOff: async () => true };
    const begun = await bot.messenger.createConversation({ ...person, serviceUrl: connector.url }, first);
    expect(begun).toEqual(calledOff);
    expect(connector.requests).toEqual([]);
  });

  it('takes over no service URL that is not trusted', async () => {
    connector.next({ status: 201, body: { id: 'a:new', serviceUrl: 'https://evil.example/' } });
    expect(await create()).toEqual({ kind: 'created', conversationId: 'a:new' });
  });

  it.each([
    ['no id', { status: 201, body: {} }, { code: 'no-conversation-id', status: 201, surelyNotSent: false }],
    [
      'a refusal',
      { status: 403, body: { error: { code: 'BotDisabledByAdmin' } } },
      { code: 'BotDisabledByAdmin', status: 403, surelyNotSent: true },
    ],
    ['a reset', 'reset', { surelyNotSent: false }],
  ] as const)('is not created on %s', async (_what, behaviour, result) => {
    connector.next(behaviour);
    expect(await create()).toMatchObject({ kind: 'failed', ...result });
    expect(connector.requests).toHaveLength(1);
  });
});

describe('a token', () => {
  it('is asked for once by 64 sends that begin at the same moment', async () => {
    const scopes: (string | string[])[] = [];
    const busy = aBot({
      credential: {
        getToken: async (scope) => {
          scopes.push(scope);
          await new Promise((resolve) => setImmediate(resolve));
          return { token: 'shared', expiresOnTimestamp: Date.now() + minutes(60) };
        },
      },
    });
    const results = await Promise.all(Array.from({ length: 64 }, () => send(busy)));
    expect(results.every(({ kind }) => kind === 'sent')).toBe(true);
    expect(scopes).toEqual(['https://api.botframework.com/.default']);
    expect(new Set(connector.requests.map(({ headers }) => headers.authorization))).toEqual(
      new Set(['Bearer shared']),
    );
  });
});

it('throws for what is a bug and not the channel’s doing', async () => {
  const circular: { [name: string]: unknown } = { type: 'AdaptiveCard' };
  circular.self = circular;
  await expect(
    bot.messenger.sendActivity(aReference(connector.url), { card: circular, summary: '' }),
  ).rejects.toThrow(TypeError);
});
