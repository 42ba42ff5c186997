import { describe, expect, it } from 'vitest';
import { aWholeChat } from '../../support/whole-chat.ts';

async function withTwo(locale: string) {
  const chat = await aWholeChat(locale);
  await chat.hears('remind me tomorrow at 9am of milk');
  await chat.hears('remind me every day at 8am of bread');
  return chat;
}

describe('a reminder and its number', () => {
  it.each([
    ['en', 'reminder 1', 'milk'],
    ['en', 'Reminder #2?', 'bread'],
    ['en', 'show me reminder 2', 'bread'],
    ['en', 'reminder 1 please', 'milk'],
    ['de', 'erinnerung 1', 'milk'],
    ['de', 'Erinnerung Nr. 2', 'bread'],
    ['de', 'zeig mir erinnerung 2', 'bread'],
  ])('%s: shows that one, and sets none: %s', async (locale, text, what) => {
    const chat = await withTwo(locale);
    const said = await chat.hears(text);
    expect(said).toMatch(locale === 'de' ? /^Deine Erinnerungen/ : /^Your reminders/);
    expect(['milk', 'bread'].filter((one) => said.includes(one))).toEqual([what]);
    expect(JSON.stringify(chat.replies.at(-1))).toContain(`cancel reminder ${what === 'milk' ? 1 : 2}`);
    expect((await chat.world.reminders.of(chat.key)).reminders.length).toBe(2);
  });

  it('says so where there is none, or none any more', async () => {
    const chat = await withTwo('en');
    expect(await chat.hears('reminder 5')).toContain('There is no reminder 5.');
    await chat.hears('cancel reminder 1');
    expect(await chat.hears('reminder 1')).toContain('There is no reminder 1.');
  });

  it.each([
    ['reminder 12 bottles of milk tomorrow', '12 bottles of milk'],
    ['erinnerung 1000000000 Euro morgen', '1000000000 Euro'],
  ])('is something else where more is said: %s', async (text, what) => {
    const chat = await withTwo('en');
    expect(await chat.hears(text)).toContain(`Reminder **3** is set: ${what}`);
  });
});
