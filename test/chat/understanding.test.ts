import { describe, expect, it } from 'vitest';
import { spoken } from '../../shared/chat/understanding/heard.ts';
import type { Activity } from '../../shared/domain/conversation/activity.ts';
import { minutes } from '../../shared/domain/time.ts';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { commandsOn } from '../support/reading.ts';
import { aWorld } from '../support/world.ts';

async function everything() {
  const world = aWorld();
  const chat = aChat({ world, more: { answer: (await everyCommand(world)).answer } });
  await chat.says('hello');
  return chat;
}

const { answer: read } = await everyCommand(aWorld());

describe('words that people use', () => {
  it.each([
    ['/start', 'help'],
    ['/help', 'help'],
    ['/help@Notifier', 'help'],
    ['get started', 'help'],
    ['Who are you?', 'help'],
    ['was kannst du?', 'help'],
    ['hilfe', 'help'],
    ['stop', 'stop'],
    ['STOP', 'stop'],
    ['Stopp!', 'stop'],
    ['turn off notifications', 'stop'],
    ['Benachrichtigungen aus', 'stop'],
    ['unsubscribe', 'unsubscribe'],
    ['list my reminders', 'reminders'],
    ['zeig meine Erinnerungen', 'reminders'],
    ['show topics', 'topics'],
    ['Themen', 'topics'],
    ['please subscribe me to builds', 'subscribe'],
    ['subscribe builds please', 'subscribe'],
    ['could you subscribe me to builds, please?', 'subscribe'],
    ['abonniere builds', 'subscribe'],
    ['builds abonnieren', 'subscribe'],
    ['bestelle builds ab', 'unsubscribe'],
    ['meine Abos', 'subscriptions'],
    ['erinnere mich morgen um 9 an den Zahnarzt', 'remind me'],
    ['ich möchte erinnerungen', 'reminders'],
    ['lösche Erinnerung 3', 'cancel reminder'],
    ['ändere Erinnerung 3 morgen', 'edit reminder'],
    ['erledigt 3', 'done'],
    ['verschiebe 3 1 Stunde', 'snooze'],
    ['stumm für 2 Stunden', 'mute'],
    ['schalte builds stumm', 'mute'],
    ['laut', 'unmute'],
    ['Ruhezeit 22-7', 'quiet hours'],
    ['Zeitzone Berlin', 'timezone'],
    ['vergiss mich', 'forget me'],
    ['was habe ich verpasst?', 'missed'],
  ])('%j is %s', (said, command) => {
    expect(read.nameOf(spoken({ type: 'message', text: said } as Activity))).toBe(command);
  });

  it('each command has German words, and they lead back to it', async () => {
    const { names } = await everyCommand(aWorld());
    const others = names.filter((name) => !/^(?:show all|snooze notification|set reminder)$/.test(name));
    const german = others.map((name) => [name, read.inWordsOf(name, 'de-DE')] as const);
    expect(german.filter(([name, said]) => name === said)).toEqual([['status', 'status']]);
    for (const [name, said] of german) expect([said, read.nameOf(said)]).toEqual([said, name]);
    expect(read.inWordsOf('subscribe builds', 'de')).toBe('abonniere builds');
    expect(read.inWordsOf('subscribe builds', 'en')).toBe('subscribe builds');
    expect(read.inWordsOf('no command at all', 'de')).toBe('no command at all');
  });
});

const bot = { id: '28:bot', name: 'Notifier' };
const mention = (id: string, name: string, text?: string) => ({
  type: 'mention',
  mentioned: { id, name },
  ...(text === undefined ? {} : { text }),
});

describe('what channels put around words', () => {
  it.each<[string, Partial<Activity>, string]>([
    [
      'a mention of the bot',
      { text: '<at>Notifier</at> help', entities: [mention('28:bot', 'Notifier', '<at>Notifier</at>')] },
      'help',
    ],
    [
      'a mention without its text',
      { text: '<at>Notifier</at> help', entities: [mention('28:bot', 'Notifier')] },
      'help',
    ],
    ['a mention without any entity', { text: '<at>Notifier</at>&nbsp;help' }, 'help'],
    [
      'a mention of somebody else',
      { text: 'remind <at>Robin</at> me', entities: [mention('29:r', 'Robin', '<at>Robin</at>')] },
      'remind @Robin me',
    ],
    ['a quote', { text: '<quoted messageId="1750000000001"/> done' }, 'done'],
    ['marks that nobody sees', { text: '\u200b\u2066sto\u200dp\u2069\ufeff' }, 'stop'],
    [
      'a picture of several people',
      { text: 'remind me \u{1F468}\u200d\u{1F469} in 1 hour' },
      'remind me \u{1F468}\u200d\u{1F469} in 1 hour',
    ],
    ['spaces that do not break', { text: 'mute&nbsp;builds\u00a0for 1 hour' }, 'mute builds for 1 hour'],
    [
      'HTML beside it',
      { text: 'help', attachments: [{ contentType: 'text/html', content: '<div>help</div>' }] },
      'help',
    ],
    [
      'HTML alone',
      { text: '', attachments: [{ contentType: 'text/html', content: '<p>mute &amp; <b>run</b></p>' }] },
      'mute & run',
    ],
    [
      'HTML of a reply',
      {
        text: '',
        attachments: [
          {
            contentType: 'text/html',
            content:
              '<blockquote itemtype="http://schema.skype.com/Reply" itemid="1750000000001">Build failed</blockquote><p>done</p>',
          },
        ],
      },
      'done',
    ],
    ['quoted lines', { text: '> Build 512 failed\n> on main\n\nmute builds' }, 'mute builds'],
    ['a slash', { text: '/subscribe builds' }, 'subscribe builds'],
  ])('%s is no part of them', (_what, fields, said) => {
    expect(spoken({ type: 'message', recipient: bot, ...fields } as Activity)).toBe(said);
  });
});

describe('what is missing is asked for', () => {
  it('a reminder without a time asks when, with buttons, and is set by words of one’s own', async () => {
    const chat = await everything();
    expect(await chat.hears('remind me to buy milk')).toBe('When shall I remind you: buy milk?');
    const card = chat.replies.at(-1)?.attachments?.[0]?.content;
    expect(commandsOn(card)).toEqual([
      'set reminder "buy milk" in 3 hours',
      'set reminder "buy milk" today at 8pm',
      'set reminder "buy milk" tomorrow at 9am',
      'set reminder "buy milk" next monday at 9am',
    ]);
    expect(await chat.hears('soonish')).toContain('There is no time in it that I understand.');
    expect(await chat.hears('tomorrow at 5pm')).toContain('Reminder **1** is set: buy milk');
    await chat.says('', { value: { notifier: commandsOn(card)[2] } });
    expect(JSON.stringify(chat.replies.at(-1))).toContain('Reminder **2** is set: buy milk');
  });

  it('asks what, where only the time was said', async () => {
    const chat = await everything();
    expect(await chat.hears('remind me tomorrow at 9')).toBe('What shall I remind you of?');
    expect(await chat.hears('the dentist')).toContain('Reminder **1** is set: the dentist');
  });

  it('lets go of a question when something else is wanted, or when it is taken back', async () => {
    const chat = await everything();
    await chat.says('remind me to buy milk');
    expect(await chat.hears('subscribe builds')).toContain('**builds**');
    expect(await chat.hears('tomorrow at 9')).toContain('did not understand');
    await chat.says('remind me to buy milk');
    expect(await chat.hears('never mind')).toBe('All right.');
    await chat.says('remind me to buy milk');
    chat.world.clock.advance(minutes(61));
    expect(await chat.hears('tomorrow at 9')).toContain('did not understand');
  });

  it('edit, snooze, done and quiet hours by a button are answered, not typed', async () => {
    const chat = await everything();
    await chat.says('remind me to buy milk in 5 minutes');
    expect(await chat.hears('', { value: { notifier: 'edit reminder 1' } })).toBe(
      'When shall reminder 1 come?',
    );
    expect(await chat.hears('tomorrow at 9')).toContain('is moved');
    expect(await chat.hears('quiet hours')).toContain('From when to when');
    expect(await chat.hears('22-7')).toContain('**22:00-07:00**');
    expect(await chat.hears('done')).toContain('Which one?');
    expect(await chat.hears('1')).toBe('Done: buy milk');
    expect(await chat.hears('timezone')).toContain('timezone Berlin');
    expect(await chat.hears('Tokyo')).toContain('Asia/Tokyo');
  });

  it('in the middle of a dialog is asked first, and the dialog goes on behind it', async () => {
    const chat = await everything();
    await chat.says('book travel');
    expect(await chat.hears('remind me to buy milk')).toContain('When shall I remind you');
    const set = await chat.hears('tomorrow at 9');
    expect(set).toContain('Reminder **1** is set: buy milk');
    expect(set).toContain('Where do you want to go?');
  });

  it('a near miss keeps what stands behind it, and a press or a yes does it', async () => {
    const chat = await everything();
    expect(await chat.hears('subscibe builds')).toContain('**subscribe builds**');
    expect(chat.replies.at(-1)?.suggestedActions?.actions?.[0]).toMatchObject({ value: 'subscribe builds' });
    expect(await chat.hears('subscriptins')).toContain('Did you mean **subscriptions**?');
    expect(await chat.hears('yes')).toContain('You have no subscriptions');
  });

  it('yes to forget me forgets, and to nothing else', async () => {
    const chat = await everything();
    expect(await chat.hears('yes')).not.toContain('I forget you now');
    await chat.says('forget me');
    await chat.says('subscriptions');
    expect(await chat.hears('yes')).not.toContain('I forget you now');
    await chat.says('forget me');
    expect(await chat.hears('no')).toBe('All right.');
    await chat.says('forget me');
    expect(await chat.hears('yes')).toContain('I forget you now');
  });
});

describe('stop', () => {
  it('mutes everything, says how to come back, and leaves the booking for a day', async () => {
    const chat = await everything();
    await chat.says('book travel');
    const heard = await chat.hears('STOP');
    expect(heard).toContain('**unmute** brings me back');
    expect(heard).toContain('**resume** goes on with it');
    const { preferences } = await chat.world.preferences.findPreferences(chat.key);
    expect(preferences.mutes).toEqual([{}]);
    expect((await chat.state()).dialog).toBeUndefined();
    expect(await chat.hears('resume booking')).toContain('Where do you want to go?');
    expect(await chat.hears('unmute')).toContain('Nothing is muted');
  });
});
