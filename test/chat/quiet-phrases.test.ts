import { describe, expect, it } from 'vitest';
import { hours, minutes } from '../../shared/domain/time.ts';
import { aWholeChat } from '../support/whole-chat.ts';

async function mutesOf(chat: Awaited<ReturnType<typeof aWholeChat>>) {
  return (await chat.world.preferences.findPreferences(chat.key)).preferences.mutes;
}

describe('mute', () => {
  it.each([
    ['mute builds 2 hours', { topic: 'builds', until: hours(2) }],
    ['mute builds 1h 30m', { topic: 'builds', until: minutes(90) }],
    ['mute 1 hour and 30 minutes', { until: minutes(90) }],
    ['stumm builds 2 Stunden', { topic: 'builds', until: hours(2) }],
    ['mute builds forever', { topic: 'builds' }],
    ['mute until further notice', {}],
    ['stumm builds für immer', { topic: 'builds' }],
    ['stumm bis auf weiteres', {}],
    ['mute now', {}],
    ['mute build 12', { topic: 'build 12' }],
  ])('%j', async (text, { topic, until }: { topic?: string; until?: number }) => {
    const chat = await aWholeChat();
    await chat.hears(text);
    const end = until === undefined ? undefined : chat.world.clock.now() + until;
    expect(await mutesOf(chat)).toEqual([
      { ...(topic === undefined ? {} : { topic }), ...(end === undefined ? {} : { until: end }) },
    ]);
  });

  it.each([
    ['en', 'mute for 0 hours', '"for 0 hours" is no time to come: a mute ends later than now.'],
    ['en', 'mute 0 minutes', '"0 minutes" is no time to come'],
    ['en', 'mute until yesterday', '"until yesterday" is no time to come'],
    ['en', 'mute for -1 hour', 'I do not understand "for -1 hour" as a time.'],
    ['en', 'mute until 25:00', 'There is no such time of day: hours go from 0 to 24'],
    ['en', 'mute until 30 february', 'February has no 30th.'],
    ['en', 'mute until', 'I do not understand "until" as a time.'],
    ['en', 'mute 90', 'I do not understand "90" as a time.'],
    ['de', 'stumm für 0 Stunden', '„für 0 Stunden“ liegt nicht in der Zukunft'],
    ['de', 'stumm bis gestern', '„bis gestern“ liegt nicht in der Zukunft'],
    ['de', 'stumm bis 25 Uhr', 'Diese Uhrzeit gibt es nicht'],
  ])(
    '%s: %j is refused with the rule, mutes nothing, and shows no time that a machine writes',
    async (locale, text, heard) => {
      const chat = await aWholeChat(locale);
      const said = await chat.hears(text);
      expect(said).toContain(heard);
      expect(said).not.toMatch(/\d{4}-\d{2}-\d{2}T/);
      expect(await mutesOf(chat)).toEqual([]);
    },
  );
});

it.each([
  ['en', 'quiet hours 25:00', 'quiet hours 22:00-07:00'],
  ['en', 'quiet hours 22-22', 'two different times of day, from 0:00 to 24:00'],
  ['de', 'ruhezeit 25:00', 'ruhezeit 22:00-07:00'],
  ['de', 'ruhezeit', 'ruhezeit 22:00-07:00'],
  ['de', 'ruhezeit 22-22', 'zwei verschiedene Uhrzeiten von 0:00 bis 24:00'],
])('%s: %j is answered with the rule and an example in their language', async (locale, text, heard) => {
  const said = await (await aWholeChat(locale)).hears(text);
  expect(said).toContain(heard);
  if (locale === 'de') expect(said).not.toContain('quiet');
});

describe('advice in German', () => {
  it.each([
    'ruhezeit 25:00',
    'ruhezeit',
    'zeitzone Nirgendwo',
    'zeitzone',
    'stumm bis',
    'laut a//b',
    'abonniere',
    'abos',
    'abbestellen',
    'erinnerungen',
    'verschiebe 9 morgen',
    'verschiebe 10 Minuten',
    'erledigt',
    'webhooks',
    'webhook anlegen a b',
    'hilfe webhook',
    'stopp',
    'weitermachen',
    'fhjdksl',
  ])('is given in commands as they are said in German: %j', async (text) => {
    const chat = await aWholeChat('de');
    const said = await chat.hears(text);
    const advised =
      said
        .split('You can say')
        .join('')
        .match(/\*\*[^*<>]+\*\*/g) ?? [];
    const command = advised.map((one) => one.slice(2, -2));
    expect(command.filter((one) => chat.answer.inWordsOf(one, 'de') !== one)).toEqual([]);
  });
});

describe.each([
  ['en', 'mute', 'unmute', ['404', 'now', 'thanks', 'please', 'friday']],
  ['de', 'stumm', 'laut', ['404', 'jetzt', 'sofort', 'danke', 'bitte', 'freitag']],
])('%s: a word that reads as something else', (locale, mute, unmute, words) => {
  it.each(words)('is the topic where somebody subscribes to one of that name: %s', async (word) => {
    const chat = await aWholeChat(locale);
    await chat.hears(`subscribe ${word} please`);
    await chat.hears(`${mute} ${word}`);
    expect(await mutesOf(chat)).toEqual([{ topic: word }]);
    await chat.hears(mute);
    await chat.hears(`${unmute} ${word}`);
    expect(await mutesOf(chat)).toEqual([{}]);
  });

  it.each(words)(
    'costs a read of the subscriptions, and what says no such word costs none: %s',
    async (word) => {
      const chat = await aWholeChat(locale);
      let reads = 0;
      const { subscriptionsOf } = chat.world.subscriptions;
      chat.world.subscriptions.subscriptionsOf = (key) => {
        reads += 1;
        return subscriptionsOf(key);
      };
      for (const text of [mute, `${mute} builds`, `${mute} builds 2h`]) await chat.hears(text);
      expect(reads).toBe(0);
      await chat.hears(`${mute} ${word}`);
      expect(reads).toBe(1);
    },
  );
});

it.each([
  ['en', 'mute thanks', 'Shall I mute everything?', 'yes'],
  ['en', 'mute thank you.', 'Shall I mute everything?', 'yes'],
  ['en', 'mute thanks a lot', 'Shall I mute everything?', 'yes'],
  ['de', 'stumm vielen dank', 'Soll ich alles stummschalten?', 'ja'],
  ['de', 'stumm danke', 'Soll ich alles stummschalten?', 'ja'],
])('%s: %j mutes everything only where that is said once more', async (locale, text, heard, yes) => {
  const chat = await aWholeChat(locale);
  expect(await chat.hears(text)).toContain(heard);
  expect(await mutesOf(chat)).toEqual([]);
  await chat.hears(yes);
  expect(await mutesOf(chat)).toEqual([{}]);
});

it.each(['mute, thanks', 'mute please', 'stumm, danke', 'stumm bitte', 'mute now', 'stumm sofort'])(
  'everything is meant by %j',
  async (text) => {
    const chat = await aWholeChat();
    await chat.hears(text);
    expect(await mutesOf(chat)).toEqual([{}]);
  },
);

it.each([
  ['en', 'mute tomorrow', 'does not say until when'],
  ['en', 'mute tonight', 'does not say until when'],
  ['en', 'mute friday at 9', 'does not say until when'],
  ['en', 'mute weekends', 'does not say until when'],
  ['de', 'stumm morgen', 'sagt nicht, bis wann'],
  ['de', 'stumm ab 18 Uhr', 'sagt nicht, bis wann'],
])('%s: a time that is no end mutes nothing, and no topic of its name: %s', async (locale, text, heard) => {
  const chat = await aWholeChat(locale);
  expect(await chat.hears(text)).toContain(heard);
  expect(await mutesOf(chat)).toEqual([]);
});
