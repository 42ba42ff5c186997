import { describe, expect, it } from 'vitest';
import { hookStore } from '../../shared/kinds/hooks/hook.ts';
import { aWholeChat } from '../support/whole-chat.ts';

const { answer } = await aWholeChat();

describe('a command whose words stand behind its number', () => {
  it.each([
    ['reminder 1 change to tomorrow at 10', 'edit reminder'],
    ['reminder 1 edit', 'edit reminder'],
    ['Reminder #1 move friday', 'edit reminder'],
    ['reminder 1 to friday', 'edit reminder'],
    ['edit 1 tomorrow', 'edit reminder'],
    ['reminder 1 done', 'done'],
    ['mark 1 as done', 'done'],
    ['reminder 1 delete', 'cancel reminder'],
    ['cancel 1', 'cancel reminder'],
    ['reminder 1 snooze 10 minutes', 'snooze'],
    ['reminder 1 mute', 'mute reminder'],
    ['silence reminder 1', 'mute reminder'],
    ['reminder 1 unmute', 'unmute reminder'],
    ['erinnerung 1 ändern auf morgen', 'edit reminder'],
    ['Erinnerung 1 ändern', 'edit reminder'],
    ['erinnerung nr. 1 auf freitag 10 uhr verlegen', 'edit reminder'],
    ['erinnerung 1 auf freitag', 'edit reminder'],
    ['ändere 1 auf morgen', 'edit reminder'],
    ['erinnerung 1 erledigt', 'done'],
    ['1 ist erledigt!', 'done'],
    ['hake erinnerung 1 ab', 'done'],
    ['erinnerung 1 löschen', 'cancel reminder'],
    ['lösche 1', 'cancel reminder'],
    ['erinnerung 1 verschieben auf morgen', 'snooze'],
    ['erinnerung 1 um 10 minuten verschieben', 'snooze'],
    ['erinnerung 1 stummschalten', 'mute reminder'],
    ['stumm erinnerung 1', 'mute reminder'],
    ['erinnerung 1 nicht mehr stumm', 'unmute reminder'],
    ['webhook grafana erneuern', 'rotate webhook'],
    ['webhook grafana delete', 'delete webhook'],
  ])('%j is %s', (text, name) => {
    expect(answer.nameOf(text)).toBe(name);
  });

  it.each([
    ['reminder report change tomorrow at 9', 'remind me'],
    ['erinnerung Datei ändern morgen um 9', 'remind me'],
    ['erinnerung Bericht löschen morgen um 9', 'remind me'],
    ['erinnerung 1000000000 ändern', 'remind me'],
    ['erinnerung 1a ändern', 'remind me'],
    ['edit my profile', undefined],
    ['cancel the party', undefined],
    ['alles erledigt', undefined],
  ])('%j, in which there is no number of one, is %s', (text, name) => {
    expect(answer.nameOf(text)).toBe(name);
  });

  it.each([
    ['de', 'erinnere mich morgen um 9 an Milch', 'erinnerung 1 ändern auf morgen um 10', 'um 10:00'],
    ['de', 'erinnere mich morgen um 9 an Milch', 'Erinnerung 1 auf morgen um 10 ändern', 'um 10:00'],
    ['en', 'remind me tomorrow at 9am of milk', 'reminder 1 change to tomorrow at 10am', 'at 10:00 AM'],
  ])('%s: edits the reminder and makes no other: %j, then %j', async (locale, first, text, time) => {
    const chat = await aWholeChat(locale);
    await chat.hears(first);
    expect(await chat.hears(text)).toMatch(
      locale === 'de' ? /^Erinnerung \*\*1\*\* ist verlegt/ : /is moved/,
    );
    const { reminders } = await chat.world.reminders.of(chat.key);
    expect(reminders.length).toBe(1);
    expect(await chat.hears('reminders')).toContain(time);
  });
});

describe('a German verb whose particle stands at the end', () => {
  it.each([
    ['stumm aufheben', 'unmute'],
    ['stumm ausschalten', 'unmute'],
    ['stumm abschalten', 'unmute'],
    ['stummschaltung beenden', 'unmute'],
    ['hebe die Stummschaltung auf', 'unmute'],
    ['stumm builds aufheben', 'unmute'],
    ['stummschaltung von builds aufheben', 'unmute'],
    ['schalte builds laut', 'unmute'],
    ['schalte builds nicht mehr stumm', 'unmute'],
    ['abo kündigen', 'unsubscribe'],
    ['abo builds beenden', 'unsubscribe'],
    ['folge builds nicht mehr', 'unsubscribe'],
    ['melde mich ab von builds', 'unsubscribe'],
    ['melde mich an für builds', 'subscribe'],
    ['zeitzone ändern auf Berlin', 'timezone'],
    ['zeitzone auf Berlin ändern', 'timezone'],
    ['lege einen Webhook grafana an', 'create webhook'],
    ['stop following builds', 'unsubscribe'],
    ['turn off mute', 'unmute'],
  ])('%j is %s', (text, name) => {
    expect(answer.nameOf(text)).toBe(name);
  });

  it.each([
    ['stumm builds', 'stumm builds aufheben'],
    ['stumm', 'stumm aufheben'],
    ['stumm', 'stummschaltung beenden'],
    ['stumm schalten', 'wieder laut'],
    ['mute now', 'turn off mute'],
  ])('what %j muted, %j lets come again', async (mutes, unmutes) => {
    const chat = await aWholeChat('de');
    await chat.hears(mutes);
    expect((await chat.world.preferences.findPreferences(chat.key)).preferences.mutes.length).toBe(1);
    await chat.hears(unmutes);
    expect((await chat.world.preferences.findPreferences(chat.key)).preferences.mutes).toEqual([]);
  });

  it.each([
    ['de', 'ruhezeit aufheben'],
    ['de', 'schalte die Ruhezeit aus'],
    ['de', 'keine Ruhezeit'],
    ['en', 'turn off quiet hours'],
    ['en', 'remove quiet hours'],
    ['en', 'turn quiet hours off'],
  ])('%s: %j ends quiet hours', async (locale, text) => {
    const chat = await aWholeChat(locale);
    await chat.hears('quiet hours 22-7');
    await chat.hears(text);
    expect((await chat.world.preferences.findPreferences(chat.key)).preferences.quietHours).toBeUndefined();
  });
});

describe('what stands around a command', () => {
  it.each([
    ['subscribe builds please', 'builds'],
    ['subscribe builds!', 'builds'],
    ['abonniere builds bitte.', 'builds'],
  ])('is no part of its argument: %j', async (text, topic) => {
    const chat = await aWholeChat();
    await chat.hears(text);
    const own = await chat.world.subscriptions.subscriptionsOf(chat.key);
    expect(own.map((one) => one.topic)).toEqual([topic]);
  });

  it('is a part of what somebody says in their own words', async () => {
    const chat = await aWholeChat();
    await chat.hears('create webhook ci');
    await chat.hears('webhook ci secret say it please');
    const [hook] = await hookStore(chat.world).of(chat.key);
    expect(hook?.value.rules.secret).toBe('say it please');
  });

  it.each([
    ['tomorrow at 9am remind me to pay rent', 'pay rent'],
    ['in 20 minutes please remind me to stretch', 'stretch'],
    ['morgen um 9 erinnere mich an Miete', 'Miete'],
  ])('may be its time: %j', async (text, what) => {
    const chat = await aWholeChat();
    await chat.hears(text);
    const { reminders } = await chat.world.reminders.of(chat.key);
    expect(reminders.map(({ reminder }) => reminder.text)).toEqual([what]);
  });
});

it.each(['cancel reminder 1 and 2', 'lösche erinnerung 1, 2', 'mute reminder 1 tomorrow'])(
  '%j, which names more than one reminder, changes none',
  async (text) => {
    const chat = await aWholeChat();
    await chat.hears('remind me tomorrow at 9am to call');
    expect(await chat.hears(text)).toContain('Which one?');
    const { reminders } = await chat.world.reminders.of(chat.key);
    expect(reminders[0]?.reminder).toMatchObject({ state: 'open' });
    expect(reminders[0]?.reminder).not.toHaveProperty('isMuted');
  },
);

it('help of a command is of that with this name, not of another whose words begin so', async () => {
  const chat = await aWholeChat();
  expect(await chat.hears('help webhook')).toContain('Shows or changes what a webhook does');
});

describe('who wants no reminder', () => {
  it.each([
    ['en', 'stop reminding me'],
    ['en', 'stop reminding me about milk'],
    ['en', 'stop remind me'],
    ['en', "don't remind me tomorrow at 9"],
    ['en', 'do not remind me of milk tomorrow'],
    ['en', 'cancel the reminder'],
    ['en', 'cancel all reminders'],
    ['en', 'delete my reminders'],
    ['en', 'stop the reminder'],
    ['de', 'erinnere mich nicht mehr'],
    ['de', 'erinnere mich nicht mehr an milch'],
    ['de', 'erinnere mich nicht an milch morgen um 9'],
    ['de', 'hör auf mich an milch zu erinnern'],
    ['de', 'lösche alle erinnerungen'],
    ['de', 'erinnerungen löschen'],
  ])('%s: is asked which one, and gets no other: %s', async (locale, text) => {
    const chat = await aWholeChat(locale);
    await chat.hears('remind me tomorrow at 9am of milk');
    expect(await chat.hears(text)).toMatch(/^(?:Which one|Welche)\?/);
    expect(await chat.hears('1')).toMatch(/is cancelled: milk|ist gelöscht: milk/);
    const { reminders } = await chat.world.reminders.of(chat.key);
    expect(reminders.length).toBe(1);
  });

  it.each(['stop reminder 1', 'reminder 1 stop', 'stopp erinnerung 1', 'beende erinnerung 1'])(
    'and cancels it by its number: %s',
    async (text) => {
      const chat = await aWholeChat();
      await chat.hears('remind me tomorrow at 9am of milk');
      expect(await chat.hears(text)).toBe('Reminder 1 is cancelled: milk');
    },
  );

  it.each(['mute reminders', 'erinnerungen stummschalten'])('mutes no topic: %s', async (text) => {
    const { hears, answer } = await aWholeChat();
    expect(answer.nameOf(text)).toBe('mute reminder');
    expect(await hears(text)).toContain('Which one?');
  });
});
