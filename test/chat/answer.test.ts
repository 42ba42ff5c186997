import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, greeting } from '../../shared/chat/answer.ts';
import { editDistance } from '../../shared/domain/edit-distance.ts';
import { vouchesForAll } from '../../shared/domain/identity/vouching.ts';
import { topicOffers } from '../../shared/kinds/catalog.ts';
import { aConversation, aTopic } from '../support/builders.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { ScriptedRoster } from '../support/fakes/scripted-roster.ts';
import { inMemoryStores } from '../support/fakes/stores/in-memory-stores.ts';

function aChat() {
  const clock = new FakeClock();
  const stores = inMemoryStores({ clock });
  const { subscriptions, topicActivity } = stores;
  const conversation = aConversation();
  const reply = answer({
    ...stores,
    offers: topicOffers,
    clock,
    defaultTimeZone: 'UTC',
    vouching: vouchesForAll,
    roster: async () => new ScriptedRoster(),
  });
  return {
    clock,
    topicActivity,
    subscriptions,
    conversation,
    says: (text: string) => reply({ id: 'turn', at: clock.now(), conversation, text, locale: 'en' }),
  };
}

describe('what people say', () => {
  it('is understood in any case', async () => {
    const chat = aChat();
    expect((await chat.says('HELP')).text).toBe((await chat.says('help')).text);
    expect((await chat.says('Subscribe Builds/Web')).text).toContain('**builds/web**');
  });

  it('help lists every command', async () => {
    const { text } = await aChat().says('help');
    for (const command of ['help', 'topics', 'subscribe', 'unsubscribe', 'subscriptions', 'status'])
      expect(text).toContain(command);
  });

  it('subscribes, lists and unsubscribes', async () => {
    const chat = aChat();
    expect((await chat.says('subscriptions')).text).toContain('no subscriptions yet');
    await chat.says('subscribe builds');
    expect((await chat.says('subscribe builds')).text).toContain('already');
    await chat.says('subscribe prices');
    expect((await chat.says('subscriptions')).text).toContain('- **builds**\n- **prices**');
    expect((await chat.says('unsubscribe builds')).text).toContain('no longer');
    expect((await chat.says('unsubscribe builds')).text).toContain('were not subscribed');
    expect((await chat.says('unsubscribe all')).text).toContain('one subscription');
    expect(await chat.subscriptions.subscriptionsOf(chat.conversation.key)).toEqual([]);
  });

  it('topics tells what went out lately', async () => {
    const chat = aChat();
    await chat.topicActivity.noteTopic(aTopic('builds/web'), chat.clock.now());
    await chat.topicActivity.noteTopic(aTopic('builds/api'), chat.clock.now());
    await chat.topicActivity.noteTopic(aTopic('builds/api'), chat.clock.now());
    const { text, suggestions } = await chat.says('topics');
    expect(text).toContain('**builds**: All builds (3 messages in the last seven days)');
    expect(text).toContain('- **builds/api**: 2 messages\n- **builds/web**: one message');
    expect(suggestions).toEqual(['subscribe builds', 'subscribe builds/api', 'subscribe builds/web']);
  });

  it('that is no topic gets its rule', async () => {
    expect((await aChat().says('subscribe //')).text).toContain('parted by "/"');
    for (const text of ['subscribe', 'subscribe all', 'subscribe to everything'])
      expect((await aChat().says(text)).text, text).toContain('Which topic?');
  });

  it.each([
    ['hepl', 'help'],
    ['subscribr builds', 'subscribe builds'],
    ['subscripton', 'subscriptions'],
    ['staus', 'status'],
  ])('%j is answered with the nearest command', async (said, meant) => {
    expect((await aChat().says(said)).suggestions?.[0]).toBe(meant);
  });

  it('gets a kind answer, whatever it is', async () => {
    const chat = aChat();
    expect((await chat.says('what is the weather like')).text).toContain('**help**');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const { text: said } = await chat.says(text);
        expect(said.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the greeting', () => {
  it('says that the person can be reached from now on', () => {
    const conversation = aConversation({ user: { id: 'u', name: 'Ana' } });
    expect(greeting({ locale: 'en', conversation }).text).toContain(
      'Hello Ana, good to meet you! I know where to reach you now',
    );
  });

  it('is not formatted by a name', () => {
    const conversation = aConversation({ user: { id: 'u', name: '[x](http://evil) *A*' } });
    expect(greeting({ locale: 'en', conversation }).text).toContain('\\[x\\]\\(http://evil\\) \\*A\\*');
  });

  it('in a group names nobody', () => {
    const conversation = aConversation({ conversationType: 'groupChat', user: { id: 'u', name: 'Ana' } });
    expect(greeting({ locale: 'en', conversation, speaker: { id: 'u', name: 'Ana' } }).text).toContain(
      'Hello, good to meet you',
    );
  });
});

it('an edit is a letter added, dropped, changed or swapped', () => {
  expect([
    editDistance('help', 'help'),
    editDistance('hepl', 'help'),
    editDistance('hel', 'help'),
    editDistance('', 'ab'),
  ]).toEqual([0, 1, 1, 2]);
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => editDistance(a, b) === editDistance(b, a)));
});
