import { beforeEach, describe, expect, it } from 'vitest';
import { conversationKey, tenantKey } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { aConversation, anEvent, aTopic } from '../../support/builders.ts';
import { aChat } from '../../support/chat.ts';
import { everyCommand } from '../../support/every-command.ts';
import { newsOf } from '../../support/reading.ts';
import { aWorld, type World } from '../../support/world.ts';

const OBJECT_ID = '5b6f1a10-0000-4000-8000-00000000000a';
const ANA = { id: '29:ana', name: 'Ana', aadObjectId: OBJECT_ID };
const key = (id: string, channelId = 'msteams') => conversationKey(channelId, id);
const COPILOT = { entities: [{ type: 'ProductInfo', id: 'COPILOT' }] };
const INSTALL = { type: 'installationUpdate', action: 'add' } as const;
const gone = {
  result: { kind: 'failed', code: 'ConversationNotFound', status: 404, surelyNotSent: true },
} as const;

/** What somebody says in a conversation, and the fields of its activity. */
function at(id: string, fields: object = {}) {
  return {
    conversation: { id, conversationType: 'personal', isGroup: false, name: '', tenantId: 'contoso' },
    from: ANA,
    ...fields,
  };
}

/** A world in which everything can be said. */
async function aTalk() {
  const world = aWorld();
  const { answer } = await everyCommand(world);
  return { ...aChat({ world, more: { answer } }), world };
}

describe('a person with several conversations', () => {
  let chat: Awaited<ReturnType<typeof aTalk>>;
  let world: World;

  beforeEach(async () => {
    chat = await aTalk();
    world = chat.world;
  });

  const tell = async (to: unknown, text: string) => {
    await world.publish(anEvent({ data: { to, text } }));
    await world.run(world.clock.now() + minutes(2));
    return world.channel.shown.flatMap(({ conversationId, message }) =>
      newsOf(message).startsWith(text) ? [conversationId] : [],
    );
  };

  it('is told a broadcast once, in the default session', async () => {
    for (const id of ['a:default', 'a:session-1', 'a:session-2']) await chat.says('hello', at(id));
    expect(await tell({ everyone: true }, 'news')).toEqual(['a:default']);
    expect((await world.conversations.listConversations({ limit: 10 })).items).toHaveLength(1);
  });

  it('takes for the default one where the bot was installed, and is told there whatever was met first', async () => {
    await chat.says('hello', at('a:session-1'));
    await chat.says('', at('a:default', INSTALL));
    expect(await tell({ everyone: true }, 'news')).toEqual(['a:default']);
  });

  it('has their wishes in each of them', async () => {
    await chat.says('hello', at('a:default'));
    await chat.says('subscribe builds', at('a:session-1'));
    expect(await chat.hears('subscriptions', at('a:default'))).toContain('builds');
    expect(await tell({ topic: 'builds' }, 'green')).toEqual(['a:default']);
    await chat.says('mute', at('a:session-2'));
    expect(await tell({ everyone: true }, 'quiet')).toEqual([]);
    expect(await chat.hears('status', at('a:default'))).toMatch(/muted/i);
  });

  it('is told in Teams, never in Copilot, unless nothing else is known', async () => {
    await chat.says('hello', at('a:copilot', COPILOT));
    expect(await tell({ everyone: true }, 'one')).toEqual(['a:copilot']);
    await chat.says('hello', at('a:default'));
    expect(await tell({ everyone: true }, 'two')).toEqual(['a:default']);
    await chat.says('hello', at('a:copilot', COPILOT));
    expect(await tell({ everyone: true }, 'three')).toEqual(['a:default']);
  });

  it('is told where they say so, and refused in Copilot with the reason', async () => {
    await chat.says('hello', at('a:default'));
    await chat.says('hello', at('a:session-1'));
    expect(await chat.hears('notify me here', at('a:session-1'))).toMatch(/here from now on/);
    expect(await tell({ everyone: true }, 'one')).toEqual(['a:session-1']);
    expect(
      await chat.hears('benachrichtige mich hier', at('a:copilot', { ...COPILOT, locale: 'de' })),
    ).toMatch(/Copilot/);
    expect(await tell({ everyone: true }, 'two')).toEqual(['a:session-1']);
    expect(await chat.hears('notify me here', at('a:session-1'))).toMatch(/already/);
    await chat.says('', at('a:default', INSTALL));
    expect(await tell({ everyone: true }, 'three')).toEqual(['a:session-1']);
    await chat.says('notify me here', at('a:default'));
    expect(await tell({ everyone: true }, 'four')).toEqual(['a:default']);
  });

  it('who removed the bot from one chat before both were known to be theirs is told in the other', async () => {
    const elsewhere = { channelId: 'telegram', from: { id: 'telegram-ana', aadObjectId: OBJECT_ID } };
    const stranger = { from: { id: ANA.id, name: ANA.name } };
    await chat.says('hello', at('a:default', stranger));
    await chat.says('hello', at('t:1', elsewhere));
    await chat.says('', at('t:1', { ...elsewhere, type: 'installationUpdate', action: 'remove' }));
    await chat.says('hello', at('a:default'));
    const told = await tell([{ user: ANA.id }, { conversation: key('t:1', 'telegram') }], 'news');
    expect(told).toHaveLength(1);
  });

  it('keeps each dialog where it was begun, and waits only for the one of where it is told', async () => {
    await chat.says('hello', at('a:default'));
    await chat.says('book travel', at('a:session-1'));
    expect(await tell({ everyone: true }, 'now')).toEqual(['a:default']);
    await chat.says('notify me here', at('a:session-1'));
    expect(await tell({ everyone: true }, 'later')).toEqual([]);
    await chat.says('cancel', at('a:session-1'));
    await world.run(world.clock.now() + minutes(1));
    expect(world.channel.textsIn('a:session-1').join()).toContain('later');
  });

  it('waits for the dialog of where it is told, whatever they say elsewhere', async () => {
    await chat.says('hello', at('a:default'));
    await chat.says('notify me here', at('a:session-1'));
    await chat.says('book travel', at('a:session-1'));
    await chat.says('hello', at('a:session-2'));
    expect(await tell({ everyone: true }, 'later')).toEqual([]);
    await chat.says('cancel', at('a:session-1'));
    await world.run(world.clock.now() + minutes(1));
    expect(world.channel.textsIn('a:session-1').join()).toContain('later');
  });

  it('is told where they are, and wants what they wanted, when the chat is replaced', async () => {
    await chat.says('subscribe builds', at('a:old'));
    await chat.says('quiet hours 22:00-07:00', at('a:old'));
    world.channel.next('a:old', gone);
    const opened = `personal-with-${ANA.aadObjectId}`;
    expect(await tell({ topic: 'builds' }, 'green')).toEqual([opened]);
    expect(await tell({ everyone: true }, 'news')).toEqual([opened]);
    expect(await chat.hears('subscriptions', at(opened))).toContain('builds');
    expect(await chat.hears('quiet hours', at(opened))).toContain('22:00-07:00');
    expect(await tell({ conversation: key('a:old') }, 'by the old key')).toEqual([opened]);
  });

  it('falls back to another of theirs before the channel is asked for one', async () => {
    await chat.says('hello', at('a:default'));
    await chat.says('hello', at('a:session-1'));
    await chat.says('notify me here', at('a:session-1'));
    world.channel.next('a:session-1', gone);
    expect(await tell({ everyone: true }, 'news')).toEqual(['a:default']);
    expect(world.channel.creations).toEqual([]);
  });

  it('is told in the very conversation that is named, once, and where that is gone as ever', async () => {
    await chat.says('hello', at('a:default'));
    await chat.says('hello', at('a:session-1'));
    const to = [{ user: OBJECT_ID.toUpperCase() }, { conversation: key('a:session-1') }, { everyone: true }];
    expect(await tell(to, 'there')).toEqual(['a:session-1']);
    world.channel.next('a:session-1', gone);
    expect(await tell({ conversation: key('a:session-1') }, 'anywhere')).toEqual(['a:default']);
  });

  it('is found by the object id in capitals', async () => {
    await chat.says('hello', at('a:default'));
    expect(await tell({ user: OBJECT_ID.toUpperCase() }, 'hello')).toEqual(['a:default']);
  });

  it('is told by the new bot, when the bot goes by another name', async () => {
    await chat.says('subscribe builds', at('a:old'));
    await chat.says('hello', at('a:new', { recipient: { id: '28:another', name: 'Notifier' } }));
    expect(await tell({ topic: 'builds' }, 'green')).toEqual(['a:new']);
  });

  it('writes nothing when they say something in any of them that changes nothing', async () => {
    for (const id of ['a:default', 'a:session-1', 'a:default', 'a:session-1'])
      await chat.says('hello', at(id));
    const before = world.watch.calls.length;
    const capture = (id: string) =>
      world.capture({
        change: 'seen',
        speaker: ANA,
        reference: {
          channelId: 'msteams',
          serviceUrl: 'https://smba.trafficmanager.net/emea/',
          conversationId: id,
          conversationType: 'personal',
          tenantId: 'contoso',
          bot: { id: '28:bot', name: 'Notifier' },
          user: ANA,
        },
      });
    await capture('a:default');
    await capture('a:session-1');
    const reads = /^(findAddressee|findConversation|findPerson|findPlace|provenBy)$/;
    expect(world.watch.calls.slice(before).filter(({ method }) => !reads.test(method))).toEqual([]);
  });
});

describe('people whom the former release has met', () => {
  const record = (id: string, minute: number) => {
    const built = aConversation({ conversationId: id, user: ANA });
    return { ...built, capturedAt: built.capturedAt + minutes(minute) };
  };

  /** Somebody with three conversations and wishes in each, as their rows lie there. */
  async function upgraded() {
    const chat = await aTalk();
    const { world } = chat;
    const tenant = tenantKey({ tenantId: 'contoso', channelId: 'msteams' });
    const ids = ['a:2', 'a:1', 'a:3'];
    for (const [index, id] of ids.entries()) {
      await world.conversations.saveConversation(record(id, id === 'a:1' ? 0 : index + 1));
      const topic = aTopic(`topic-${id.slice(2)}`);
      await world.subscriptions.subscribe({ conversation: key(id), tenant, topic, since: world.clock.now() });
    }
    await world.preferences.savePreferences(key('a:2'), {
      mutes: [{ topic: aTopic('noise') }],
      quietHours: { from: 0, to: 60 },
    });
    const reminder = (id: string, text: string) =>
      world.createReminder({
        conversation: key(id),
        id: `turn-${text}`,
        text,
        schedule: { at: world.clock.now() + minutes(30), zone: 'UTC' },
      });
    await reminder('a:1', 'first');
    await reminder('a:2', 'second');
    return { chat, world };
  }

  const reads = (world: World) => world.channel.shown.map(({ message }) => newsOf(message));

  it('are one person with all wishes from their first word on, and hear of their reminders’ numbers', async () => {
    const { chat, world } = await upgraded();
    const said = await chat.hears('subscriptions', at('a:3'));
    for (const topic of ['topic-1', 'topic-2', 'topic-3']) expect(said).toContain(topic);
    expect(said).toMatch(/1 is now \*\*2\*\*: second/);
    expect((await world.conversations.listConversations({ limit: 10 })).items.map((one) => one.key)).toEqual([
      key('a:1'),
    ]);
    const { preferences } = await world.preferences.findPreferences(key('a:1'));
    expect(preferences).toEqual({ mutes: [{ topic: 'noise' }], quietHours: { from: 0, to: 60 } });
    world.clock.advance(minutes(29));
    await world.fire();
    await world.run(world.clock.now() + minutes(5));
    expect(reads(world).filter((text) => /first|second/.test(text) && !/is now/.test(text))).toHaveLength(2);
  });

  it('are one person from the first lookup on', async () => {
    const { world } = await upgraded();
    await world.publish(anEvent({ data: { to: { user: OBJECT_ID }, text: 'found' } }));
    await world.run(world.clock.now() + seconds(30));
    await world.publish(anEvent({ data: { to: { everyone: true }, text: 'all' } }));
    await world.run(world.clock.now() + seconds(30));
    expect(reads(world).filter((text) => /found|all/.test(text))).toHaveLength(2);
    // Nobody spoke to whom it could be answered.
    expect(reads(world).filter((text) => /1 is now \*\*2\*\*: second/.test(text))).toHaveLength(1);
  });

  it('are told once what was under way to several of their conversations', async () => {
    const { chat, world } = await upgraded();
    await world.publish(
      anEvent({ data: { to: ['a:2', 'a:3'].map((id) => ({ conversation: key(id) })), text: 'under way' } }),
    );
    await chat.says('hello', at('a:1'));
    await world.run(world.clock.now() + minutes(5));
    expect(reads(world).filter((text) => text.startsWith('under way'))).toHaveLength(1);
  });

  it('are merged again where a worker of that release wrote meanwhile', async () => {
    const { chat, world } = await upgraded();
    await chat.says('hello', at('a:1'));
    await world.conversations.saveConversation(record('a:2', 9));
    const tenant = tenantKey({ tenantId: 'contoso', channelId: 'msteams' });
    const late = { conversation: key('a:2'), tenant, topic: aTopic('late'), since: world.clock.now() };
    await world.subscriptions.subscribe(late);
    await world.publish(anEvent({ data: { to: { everyone: true }, text: 'all' } }));
    await world.run(world.clock.now() + minutes(5));
    expect(reads(world).filter((text) => text.startsWith('all'))).toHaveLength(1);
    expect(await chat.hears('subscriptions', at('a:2'))).toContain('late');
    expect(await world.conversations.findConversation(key('a:2'))).toBeUndefined();
  });

  it('are never one person with somebody of another object id', async () => {
    const { chat, world } = await upgraded();
    const bob = { id: ANA.id, name: 'Bob', aadObjectId: OBJECT_ID.replace(/a$/, 'b') };
    await chat.says('hello', { ...at('a:bob'), from: bob });
    await chat.says('hello', at('a:1'));
    const homes = await Promise.all(['a:1', 'a:bob'].map((id) => world.addressees.findAddressee(key(id))));
    expect(homes.map(({ record: one }) => one?.user?.aadObjectId)).toEqual([
      ANA.aadObjectId,
      bob.aadObjectId,
    ]);
  });

  it('keep their conversation where somebody of another object id is heard in it', async () => {
    const { chat, world } = await upgraded();
    const bob = { id: '29:bob', name: 'Bob', aadObjectId: OBJECT_ID.replace(/a$/, 'b') };
    await chat.says('subscribe canteen', { ...at('a:bob'), from: bob });
    await chat.says('hello', at('a:1'));
    await chat.says('hello', at('a:bob'));
    expect(await world.addressees.findAddressee(key('a:bob'))).toMatchObject({ record: { user: bob } });
    expect((await world.addressees.findAddressee(key('a:bob'))).belongsTo).toBeUndefined();
    expect((await world.subscriptions.subscriptionsOf(key('a:bob'))).map(({ topic }) => topic)).toEqual([
      'canteen',
    ]);
  });
});
