import { describe, expect, it } from 'vitest';
import { fromActivity } from '../../shared/adapters/bot/activity/sighting.ts';
import { answeringInvokes } from '../../shared/chat/invokes.ts';
import type { Activity } from '../../shared/domain/conversation/activity.ts';
import type { TurnContext } from '../../shared/ports/conversation/turn-context.ts';
import { StoreUnavailable } from '../../shared/ports/store-errors.ts';
import { aChat } from '../support/chat.ts';
import { RecordingLog } from '../support/fakes/recording-log.ts';

const cannot = expect.stringContaining('Write "help" to me');
const kann = expect.stringContaining('Schreib mir **hilfe**');

/** A client's request, as it arrives, and the response that the bot gave to it. */
async function asked(
  fields: Partial<Activity>,
  chat = aChat({ more: { wait: () => new Promise(() => {}) } }),
) {
  const before = chat.replies.length;
  await chat.says('', { type: 'invoke', ...fields });
  const news = chat.replies.slice(before);
  return {
    responses: news.filter(({ type }) => type === 'invokeResponse').map(({ value }) => value),
    said: news.filter(({ type }) => type === 'message').map(({ text }) => text),
    chat,
  };
}

const universal = (value: unknown) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value,
});
const dialog = { task: { type: 'message', value: cannot } };
const noPreview = { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] } };
const execute = (data: object, trigger = 'manual') => ({
  name: 'adaptiveCard/action',
  value: { action: { type: 'Action.Execute', verb: 'ack', data }, trigger },
});

describe('a request of a client', () => {
  it.each<[string, unknown]>([
    ['adaptiveCard/action', universal(cannot)],
    ['task/fetch', dialog],
    ['task/submit', dialog],
    ['message/fetchTask', dialog],
    ['message/submitAction', undefined],
    ['composeExtension/query', { composeExtension: { type: 'message', text: cannot } }],
    ['composeExtension/querySettingUrl', { composeExtension: { type: 'message', text: cannot } }],
    ['composeExtension/queryLink', noPreview],
    ['composeExtension/anonymousQueryLink', noPreview],
    ['composeExtension/selectItem', noPreview],
    ['composeExtension/fetchTask', dialog],
    ['composeExtension/submitAction', dialog],
    ['composeExtension/setting', undefined],
    ['composeExtension/onCardButtonClicked', undefined],
    ['composeExtension/ofTomorrow', { composeExtension: { type: 'message', text: cannot } }],
    ['config/fetch', { responseType: 'config', config: { type: 'message', value: cannot } }],
    ['config/submit', { responseType: 'config', config: { type: 'message', value: cannot } }],
    [
      'tab/fetch',
      {
        tab: {
          type: 'continue',
          value: {
            cards: [{ card: expect.objectContaining({ body: [expect.objectContaining({ text: cannot })] }) }],
          },
        },
      },
    ],
    ['tab/submit', { tab: expect.objectContaining({ type: 'continue' }) }],
    [
      'application/search',
      {
        statusCode: 200,
        type: 'application/vnd.microsoft.search.searchResponse',
        value: { results: [] },
      },
    ],
    ['signin/tokenExchange', { failureDetail: cannot }],
    ['signin/verifyState', undefined],
    ['signin/failure', undefined],
    ['handoff/action', undefined],
    ['of/tomorrow', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ])('%s gets the answer that it wants, and nothing is said besides', async (name, body) => {
    for (const value of [undefined, null, 'text', 5, [], {}, { action: null }, { action: { data: 'x' } }]) {
      const { responses, said } = await asked({ name, value });
      expect(responses).toEqual([{ status: 200, ...(body === undefined ? {} : { body }) }]);
      expect(said).toEqual([]);
    }
  });

  it('without a name is answered too', async () => {
    expect((await asked({})).responses).toEqual([{ status: 200 }]);
  });

  it.each(['fileConsent/invoke', 'suggestedAction/submit', 'actionableMessage/executeAction'])(
    '%s, whose answer nobody sees, is answered in the conversation',
    async (name) => {
      const { responses, said } = await asked({ name, value: { action: 'accept' } });
      expect(responses).toEqual([{ status: 200 }]);
      expect(said.at(-1)).toContain('That button belongs to the service');
    },
  );

  it('is answered in the language of the client, else in that of the conversation', async () => {
    const first = await asked({ ...execute({}), locale: 'de-DE' });
    const second = await asked(execute({}), first.chat);
    expect([...first.responses, ...second.responses]).toEqual([
      { status: 200, body: universal(kann) },
      { status: 200, body: universal(kann) },
    ]);
  });

  it('of a sign-in that nobody began has the names by which the client knows it', async () => {
    const value = { id: '1', connectionName: 'graph', token: 'secret' };
    expect((await asked({ name: 'signin/tokenExchange', value })).responses).toEqual([
      { status: 200, body: { id: '1', connectionName: 'graph', failureDetail: cannot } },
    ]);
  });

  it('that it makes by itself is answered with no words, and makes nobody known', async () => {
    const { responses, said, chat } = await asked(execute({ notifier: 'subscribe builds' }, 'automatic'));
    expect([responses, said]).toEqual([[{ status: 200, body: universal('') }], []]);
    expect((await chat.world.conversations.listConversations({ limit: 1 })).items).toEqual([]);
    expect((await chat.state()).turns).toEqual([]);
  });

  it.each(['composeExtension/query', 'tab/fetch', 'application/search', 'of/tomorrow'])(
    '%s comes from where the bot need not be: nobody becomes known by it',
    async (name) => {
      const { chat } = await asked({ name, value: {} });
      expect((await chat.world.conversations.listConversations({ limit: 1 })).items).toEqual([]);
    },
  );

  it('made by a press is a sign of the person', async () => {
    const { chat } = await asked(execute({}));
    expect((await chat.world.conversations.listConversations({ limit: 2 })).items).toHaveLength(1);
  });

  it('that presses a button of ours does what the button says, once', async () => {
    const press = execute({ notifier: 'subscribe builds', notifierPress: 'of a message' });
    const { responses, said, chat } = await asked(press);
    expect(responses).toEqual([{ status: 200, body: universal('The answer is in our conversation.') }]);
    expect(said.at(-1)).toContain('what happens on **builds**');
    expect((await asked(press, chat)).said).toEqual([]);
  });

  it('that erases a person erases them', async () => {
    const { chat, said } = await asked(execute({ notifier: 'forget me now' }));
    expect(said).toEqual([expect.stringContaining('I forget you now')]);
    expect((await chat.world.conversations.findConversation(chat.key))?.suppressed).toBe('forgotten');
  });

  it('is answered without the store', async () => {
    for (const capture of [
      () => Promise.reject(new StoreUnavailable('a test', new Error('503'))),
      // Never comes back.
      () => new Promise<never>(() => {}),
    ]) {
      const log = new RecordingLog();
      const waits: number[] = [];
      const responses: unknown[] = [];
      const logic = answeringInvokes(
        {
          sight: fromActivity,
          capture,
          log,
          wait: async (delay) => waits.push(delay),
        },
        async () => {
          throw new Error('nothing is said');
        },
      );
      const activity = {
        type: 'invoke',
        channelId: 'msteams',
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        conversation: { id: 'a:1', conversationType: 'personal' },
        from: { id: '29:ana' },
        recipient: { id: '28:bot' },
        ...execute({}),
      };
      // Only what the logic uses of a turn.
      await logic({
        activity,
        sendActivity: async (reply: Partial<Activity>) => responses.push(reply.value),
      } as unknown as TurnContext);
      expect([responses, waits]).toEqual([[{ status: 200, body: universal(cannot) }], [2000]]);
    }
  });
});
