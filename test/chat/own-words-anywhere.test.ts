import { describe, expect, it } from 'vitest';
import { aWholeChat } from '../support/whole-chat.ts';

/** What somebody has who said it, beside what is told to everybody. */
async function whenSaid(locale: string, text: string) {
  const { hears, world, key } = await aWholeChat(locale);
  const answer = await hears(text);
  const { reminders } = await world.reminders.of(key);
  const { preferences } = await world.preferences.findPreferences(key);
  return {
    answer,
    reminders: reminders.map(({ reminder }) => reminder.text),
    mutes: preferences.mutes,
    topics: (await world.subscriptions.subscriptionsOf(key)).map(({ topic }) => topic),
  };
}

const nothing = { mutes: [], topics: [] };

describe('the text of a reminder is no command', () => {
  it.each([
    ['de', 'kannst du mich morgen um 9 erinnern Handy stummschalten', 'Handy stummschalten'],
    ['de', 'kannst du mich morgen um 9 erinnern, builds zu abonnieren', 'builds zu abonnieren'],
    ['de', 'kannst du mich morgen um 9 erinnern builds abonnieren', 'builds abonnieren'],
    ['de', 'könntest du mich bitte um 15 Uhr daran erinnern das Abo zu kündigen', 'das Abo zu kündigen'],
    ['de', 'kannst du mich morgen errinnern Zeitung abbestellen', 'Zeitung abbestellen'],
    ['de', 'kannst du mich an Milch erinnern morgen um 9', 'Milch'],
    ['de', 'Handy stummschalten, erinnere mich morgen um 9', 'Handy stummschalten'],
    ['de', 'Zeitung abbestellen, bitte erinnere mich morgen um 9.', 'Zeitung abbestellen'],
    ['de', 'lösche meine Daten erinnere mich morgen um 9', 'lösche meine Daten'],
    ['de', 'stopp, erinnere mich in 20 Minuten', 'stopp'],
    ['en', 'mute the phone remind me tomorrow at 9', 'mute the phone'],
    ['en', 'mute the phone, please remind me tomorrow at 9.', 'mute the phone'],
    ['en', 'unsubscribe from all, remind me tomorrow', 'unsubscribe from all'],
    ['en', 'stop the dishwasher remind me in 20 minutes', 'stop the dishwasher'],
    ['en', 'subscribe to the newspaper and remind me tomorrow', 'subscribe to the newspaper'],
    ['en', 'forget me not flowers, remind me tomorrow at 9', 'forget me not flowers'],
    ['en', 'cancel gym remind me tomorrow at 9', 'cancel gym'],
    ['en', 'notify me here, remind me at 5pm', 'notify me here'],
    ['en', 'remind me to buy milk please tomorrow at 9', 'buy milk'],
  ])('%s: %s', async (locale, text, what) => {
    expect(await whenSaid(locale, text)).toMatchObject({ ...nothing, reminders: [what] });
  });
});

describe('a sentence is no topic', () => {
  it.each([
    ['de', 'morgen um 9 Handy stummschalten'],
    ['de', 'um 9 Handy stummschalten'],
    ['de', 'ich muss morgen das Handy stummschalten'],
    ['de', 'heute stummschalten'],
    ['de', 'builds ab morgen um 9 stummschalten'],
    ['de', 'bitte erinnern Handy stummschalten'],
    ['de', 'errinnere mich am Freitag Zeitung abonnieren'],
    ['de', 'schreib mir dann Zeitung abonnieren'],
    ['de', 'nicht stummschalten'],
    ['de', 'builds nicht stummschalten'],
    ['de', 'builds nicht abonnieren'],
    ['de', 'abonniere builds nicht'],
    ['de', 'kann man themen abonnieren'],
    ['de', 'warum builds abonnieren'],
    ['de', 'er will builds stummschalten'],
    ['en', 'subscribe builds and remind me tomorrow to look'],
  ])('%s: %s', async (locale, text) => {
    const { answer, ...done } = await whenSaid(locale, text);
    expect(done).toEqual({ ...nothing, reminders: [] });
    expect(answer).toMatch(locale === 'de' ? /nicht verstanden/ : /did not understand/);
    // What was not understood is not asked for again.
    expect(answer).not.toContain(`**${text}**`);
  });

  it.each([
    ['builds bis morgen um 9 stummschalten', 'builds'],
    ['bis 15 uhr stummschalten', undefined],
    ['team nord builds stummschalten', 'team nord builds'],
  ])('but a time behind `bis` is when it ends: %s', async (text, topic) => {
    const { mutes } = await whenSaid('de', text);
    expect(mutes.map((mute) => mute.topic)).toEqual([topic]);
  });

  it.each([
    ['täglicher bericht abonnieren', 'täglicher bericht'],
    ['subscribe reminder team', 'reminder team'],
    ['notify me about weekly report', 'weekly report'],
  ])('and a name with such a word is one: %s', async (text, topic) => {
    expect((await whenSaid('de', text)).topics).toEqual([topic]);
  });
});
