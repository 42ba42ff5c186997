import { describe, expect, it } from 'vitest';
import { answer } from '../../shared/chat/answer.ts';
import { exportMyData } from '../../shared/chat/commands/privacy/export-my-data.ts';
import { conversationKey, notificationId } from '../../shared/domain/ids.ts';
import { minutes, seconds } from '../../shared/domain/time.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { aNote, noteLayout } from '../support/notes.ts';
import { newsOf } from '../support/reading.ts';
import { aWorld } from '../support/world.ts';

/** The document that was handed over as a file. */
function documentOf(replies: ReturnType<typeof aChat>['replies']): { readonly [name: string]: unknown } {
  const url = replies.at(-1)?.attachments?.[0]?.contentUrl ?? '';
  return JSON.parse(Buffer.from(url.split(',')[1] ?? '', 'base64').toString());
}

describe('export my data', () => {
  it('hands over everything as a file where the channel shows one', async () => {
    const chat = aChat();
    const webchat = { channelId: 'webchat', from: { id: 'dl_ana', name: 'Ana' } };
    await chat.says('subscribe builds', webchat);
    await chat.world.publish(anEvent({ data: { to: { user: 'dl_ana' }, text: 'hi' } }));
    await chat.world.run();
    expect(await chat.hears('export my data', webchat)).toBe(
      'This is everything that I have stored about you, as a file.\n',
    );
    const [file] = chat.replies.at(-1)?.attachments ?? [];
    expect(file).toMatchObject({ contentType: 'application/json', name: 'notifier-2026-11-23.json' });
    expect(documentOf(chat.replies)).toMatchObject({
      format: 'notifier-export/1',
      person: { id: 'dl_ana', name: 'Ana' },
      conversations: [
        {
          channelId: 'webchat',
          user: { id: 'dl_ana' },
          subscriptions: [{ topic: 'builds' }],
          deliveries: [{ kind: 'Notification', outcome: 'delivered' }],
        },
      ],
    });
  });

  it('hands over as it is stored what a kind left behind that is not there any more', async () => {
    const world = aWorld();
    const chat = aChat({ world });
    const webchat = { channelId: 'webchat', from: { id: 'dl_ana', name: 'Ana' } };
    await chat.says('hello', webchat);
    await world.records(noteLayout).put(aNote({ conversation: conversationKey('webchat', 'a:1') }));
    await chat.says('export my data', webchat);
    expect(documentOf(chat.replies)).toMatchObject({
      conversations: [{ formerKinds: [{ kind: 'notes', key: 'plan', value: { text: 'grün' } }] }],
    });
  });

  it.each(['msteams', 'sms', 'telegram'])('hands over a link where %s takes no file', async (channelId) => {
    const asked: string[] = [];
    const world = aWorld();
    const linkToExport = async ({ key }: { readonly key: string }) => {
      asked.push(key);
      return 'https://notifier.example/api/export/k';
    };
    const commands = [exportMyData({ ...world, linkToExport })];
    const chat = aChat({
      world,
      more: { answer: answer({ ...world, defaultTimeZone: 'UTC', commands, offers: [] }) },
    });
    await chat.says('export my data', { channelId });
    const said = JSON.stringify(chat.replies.at(-1));
    expect(said).toContain('https://notifier.example/api/export/k');
    expect(said).toContain('opens for ten minutes');
    expect(said).not.toContain('notifier-export/1');
    expect(asked).toEqual([conversationKey(channelId, 'a:1')]);
  });

  it('says so where the app does not know its own address', async () => {
    const world = aWorld();
    const commands = [exportMyData(world)];
    const more = { answer: answer({ ...world, defaultTimeZone: 'UTC', commands, offers: [] }) };
    expect(await aChat({ world, more }).hears('export my data')).toContain('I cannot hand files over here');
  });

  it('says nothing of it where others read along', async () => {
    const chat = aChat();
    const group = {
      conversation: { id: '19:group', conversationType: 'groupChat', isGroup: true, name: '' },
    };
    expect(await chat.hears('export my data', group)).toContain('in a chat with me alone');
  });
});

describe('forget me', () => {
  it('says what would go, and does nothing until it is meant', async () => {
    const chat = aChat();
    await chat.says('subscribe builds');
    expect(await chat.hears('forget me')).toContain('Say **yes**, or **forget me now** at any time.');
    const card = chat.replies.at(-1)?.attachments?.[0]?.content;
    expect(card).toMatchObject({
      body: [
        { type: 'TextBlock' },
        { actions: [{ title: 'Yes, forget me', data: { notifier: 'forget me now' } }, { title: 'No' }] },
      ],
    });
    expect(await chat.hears('forget me tomorrow')).toContain('Do you want that?');
    expect(await chat.world.subscriptions.subscriptionsOf(chat.key)).toHaveLength(1);
  });

  it('forgets at the press of the button, in the middle of a dialog too, and keeps nothing of that turn', async () => {
    const chat = aChat();
    await chat.says('subscribe builds');
    await chat.says('book travel');
    expect(await chat.hears('', { value: { notifier: 'forget me now' } })).toContain('I forget you now');
    await chat.world.run(chat.world.clock.now() + seconds(1));
    expect(await chat.world.conversations.findConversation(chat.key)).toBeUndefined();
    expect(await chat.world.findPerson({ user: '29:ana' })).toBeUndefined();
    expect(await chat.world.subscriptions.subscriptionsOf(chat.key)).toEqual([]);
    expect((await chat.world.turns.loadTurns(chat.place)).tag).toBeUndefined();
    expect((await chat.world.ledger.findDesk(chat.key)).windowsTag).toBeUndefined();
  });

  it('the same activity again forgets once more and brings nobody back', async () => {
    const chat = aChat();
    await chat.says('hello there');
    await chat.says('forget me now', { id: 'the-one' });
    await chat.world.run(chat.world.clock.now() + seconds(1));
    await chat.says('forget me now', { id: 'the-one' });
    await chat.world.run(chat.world.clock.now() + seconds(1));
    expect(await chat.world.conversations.findConversation(chat.key)).toBeUndefined();
    expect(await chat.world.findPerson({ user: '29:ana' })).toBeUndefined();
  });

  it('whoever writes again is greeted as somebody new', async () => {
    const chat = aChat();
    await chat.says('hello');
    await chat.says('subscribe builds');
    await chat.says('forget me now');
    await chat.world.run(chat.world.clock.now() + seconds(1));
    expect(await chat.hears('hello')).toContain('Hello Ana, good to meet you!');
    chat.world.clock.advance(minutes(3));
    await chat.world.sweep();
    await chat.world.run(chat.world.clock.now() + seconds(1));
    expect(await chat.hears('subscriptions')).toContain('You have no subscriptions yet');
    expect(await chat.world.conversations.findConversation(chat.key)).toBeDefined();
  });

  it('in a group takes what is the person’s own, and leaves the group what is its', async () => {
    const chat = aChat({ conversationId: '19:group' });
    const group = {
      conversation: { id: '19:group', conversationType: 'groupChat', isGroup: true, name: '' },
    };
    await chat.says('subscribe builds', group);
    await chat.says('forget me now', group);
    await chat.world.run(chat.world.clock.now() + seconds(1));
    expect(await chat.world.subscriptions.subscriptionsOf(chat.key)).toHaveLength(1);
    expect(await chat.world.conversations.findConversation(chat.key)).not.toHaveProperty('user');
    expect(await chat.world.findPerson({ user: '29:ana' })).toBeUndefined();
  });
});

describe('snoozing a notification', () => {
  const button = async (chat: ReturnType<typeof aChat>) => {
    await chat.says('hello there');
    const event = anEvent({ data: { to: { user: '29:ana' }, text: 'The canteen closes' } });
    await chat.world.publish(event);
    await chat.world.run();
    return `snooze notification ${notificationId(event.source, event.id)} for 1 hour`;
  };
  const shown = (chat: ReturnType<typeof aChat>) =>
    chat.world.channel.requests.filter(({ message }) => newsOf(message) === 'The canteen closes');

  it('brings it once more an hour later, once, however often it is pressed', async () => {
    const chat = aChat();
    const notifier = await button(chat);
    expect(await chat.hears('', { value: { notifier } })).toMatch(/^Done\. I bring that once more/);
    chat.world.clock.advance(minutes(1));
    expect(await chat.hears('', { value: { notifier } })).toMatch(
      /^That is put off already: .*in 59 minutes/,
    );
    chat.world.clock.advance(minutes(58));
    await chat.world.run(chat.world.clock.now());
    expect(shown(chat)).toHaveLength(1);
    await chat.world.run(chat.world.clock.now() + minutes(5));
    expect(shown(chat)).toHaveLength(2);
    await chat.world.run();
    expect(shown(chat)).toHaveLength(2);
    const again = JSON.stringify(shown(chat)[1]?.message.card);
    expect(again).toContain('You asked to see this once more.');
    // And off it goes again, by the button of the second one.
    const [next] = /snooze notification [\w-]{43} for 1 hour/.exec(again) ?? [];
    expect(next).not.toBe(notifier);
    await chat.says('', { value: { notifier: next } });
    await chat.world.run(chat.world.clock.now() + minutes(61));
    expect(shown(chat)).toHaveLength(3);
  });

  it('tells nobody what was told to others', async () => {
    const chat = aChat();
    const notifier = await button(chat);
    const bob = aChat({ world: chat.world, conversationId: 'a:2' });
    const said = await bob.hears('', { id: 'b1', from: { id: '29:bob', name: 'Bob' }, value: { notifier } });
    expect(said).toContain('I do not have that notification any more.');
    await chat.world.run();
    expect(shown(chat)).toHaveLength(1);
  });

  it('leaves a question open instead', async () => {
    const chat = aChat();
    await chat.says('hello there');
    const event = anEvent({
      type: 'survey.requested',
      data: { to: { user: '29:ana' }, question: 'How?', choices: ['a', 'b'], delivery: { mode: 'adHoc' } },
    });
    await chat.world.publish(event);
    await chat.world.run();
    const id = notificationId(event.source, event.id);
    expect(await chat.hears(`snooze notification ${id} for 1 hour`)).toContain('stays open until you answer');
    expect(JSON.stringify(chat.world.channel.requests.at(-1))).not.toContain('snooze notification');
    expect(await chat.hears(`snooze notification ${id} for ever`)).toContain('do not understand until when');
  });
});

describe('subscriptions', () => {
  it('a topic that comes with a wider one is explained, with both ways out', async () => {
    const chat = aChat();
    await chat.says('subscribe builds');
    expect(await chat.hears('unsubscribe builds/web')).toBe(
      'You are not subscribed to **builds/web** by itself: it comes with **builds**. You can unsubscribe from **builds** as a whole, or mute **builds/web** alone.',
    );
    const offered = chat.replies.at(-1)?.suggestedActions?.actions.map(({ value }) => value);
    expect(offered).toEqual(['unsubscribe builds', 'mute builds/web']);
    expect(await chat.hears('unsubscribe builds/web/eu')).toContain('it comes with **builds**');
    await chat.says('unsubscribe builds');
    expect(await chat.hears('unsubscribe builds/web')).toBe('You were not subscribed to **builds/web**.');
  });

  it('in a channel of a team only whoever installed the bot or owns the team changes them', async () => {
    const chat = aChat({ conversationId: '19:general' });
    const channel = {
      conversation: { id: '19:general', conversationType: 'channel', isGroup: true, name: '' },
      channelData: { team: { id: '19:general', name: 'Team' } },
    };
    const elsewhere = { ...channel, conversation: { ...channel.conversation, id: '19:other' } };
    const bob = { from: { id: '29:bob', name: 'Bob *B*' } };
    const ana = { from: { id: '29:ana', name: 'Ana' } };
    await chat.says('', { ...channel, ...bob, type: 'installationUpdate', action: 'add', id: 'i1' });
    expect(await chat.hears('subscribe builds', { ...channel, ...ana })).toContain(
      'Only **Bob \\*B\\***, who installed me, or an owner of the team can change what is told here.',
    );
    // Who spoke first in another channel of the team is not who installed it there.
    expect(await chat.hears('subscribe builds', { ...elsewhere, ...ana })).toContain('who installed me');
    expect(await chat.hears('subscribe builds', { ...elsewhere, ...bob })).toContain('Done.');
    expect(await chat.hears('unsubscribe all', { ...elsewhere, ...ana })).toContain('who installed me');
    const other = conversationKey('msteams', '19:other');
    expect(await chat.world.subscriptions.subscriptionsOf(other)).toHaveLength(1);
    chat.world.rosters.has({ id: '29:cleo', isOwner: true }, { id: '29:ana', isOwner: false });
    const cleo = { from: { id: '29:cleo', name: 'Cleo' } };
    expect(await chat.hears('subscribe canteen', { ...elsewhere, ...cleo })).toContain('Done.');
    expect(await chat.hears('unsubscribe all', { ...elsewhere, ...ana })).toContain('who installed me');
    chat.world.rosters.next({ kind: 'away' });
    expect(await chat.hears('unsubscribe all', { ...elsewhere, ...cleo })).toContain('who installed me');
  });

  it('where nobody is known to have installed the bot only owners change them, and everybody where the roster names none', async () => {
    const chat = aChat({ conversationId: '19:general' });
    const from = (name: string) => ({
      conversation: { id: '19:general', conversationType: 'channel', isGroup: true, name: '' },
      from: { id: `29:${name}`, name },
    });
    expect(await chat.hears('subscribe builds', from('ana'))).toContain('Done.');
    expect(await chat.hears('subscribe canteen', from('bob'))).toContain('Done.');
    chat.world.rosters.has({ id: '29:cleo', isOwner: true });
    expect(await chat.hears('unsubscribe all', from('ana'))).toContain(
      'Only whoever installed me or an owner of the team can change what is told here.',
    );
    expect(await chat.hears('unsubscribe all', from('cleo'))).toContain('2');
    expect(await chat.hears('subscriptions', from('ana'))).not.toContain('only');
  });

  it('in a chat of several it is up to who installed the bot, and to everybody where that is not known', async () => {
    const chat = aChat({ conversationId: '19:chat' });
    const from = (name: string) => ({
      conversation: { id: '19:chat', conversationType: 'groupChat', isGroup: true, name: '' },
      from: { id: `29:${name}`, name },
    });
    expect(await chat.hears('subscribe builds', from('ana'))).toContain('Done.');
    await chat.says('', { ...from('bob'), type: 'installationUpdate', action: 'add', id: 'i1' });
    expect(await chat.hears('subscribe canteen', from('ana'))).toContain(
      'Only **bob**, who installed me, can change what is told here.',
    );
    expect(await chat.hears('subscribe canteen', from('bob'))).toContain('Done.');
    expect(chat.world.rosters.asked).toEqual([]);
  });
});
