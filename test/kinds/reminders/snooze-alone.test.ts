import { describe, expect, it } from 'vitest';
import { latestTold } from '../../../shared/kinds/reminders/model/latest-told.ts';
import { occurrences } from '../../../shared/kinds/reminders/reminder-occurrences.ts';
import { aWholeChat } from '../../support/whole-chat.ts';

/** Two reminders have come: to stretch at 9:01 and to drink at 9:02; it is 9:05. */
async function afterTwo(locale = 'en') {
  const chat = await aWholeChat(locale);
  await chat.hears('remind me to stretch in 1 minute');
  await chat.hears('remind me to drink in 2 minutes');
  await chat.passes(5);
  return chat;
}

describe('a snooze that names no reminder', () => {
  it.each([
    ['en', 'snooze 10 minutes', '9:15 AM', 'drink'],
    ['en', 'snooze 1 hour', '10:05 AM', 'drink'],
    ['en', 'snooze for 10 minutes please', '9:15 AM', 'drink'],
    ['en', 'snooze by 10 minutes', '9:15 AM', 'drink'],
    ['en', 'snooze until 5pm', '5:00 PM', 'drink'],
    ['en', 'postpone 10 minutes', '9:15 AM', 'drink'],
    ['en', 'snooze 1 10 minutes', '9:15 AM', 'stretch'],
    ['en', 'snooze 1 for 10 minutes', '9:15 AM', 'stretch'],
    ['en', 'snooze 1 by 10 minutes', '9:15 AM', 'stretch'],
    ['en', 'reminder 1 snooze 10 minutes', '9:15 AM', 'stretch'],
    ['de', 'verschiebe 10 Minuten', '9:15', 'drink'],
    ['de', 'verschiebe um 10 Minuten', '9:15', 'drink'],
    ['de', 'verschiebe auf 17 Uhr', '17:00', 'drink'],
    ['de', 'später 1 Stunde', '10:05', 'drink'],
    ['de', 'schlummern 10 Minuten', '9:15', 'drink'],
    ['de', 'verschiebe 1 um 10 Minuten', '9:15', 'stretch'],
    ['de', 'erinnerung 1 um 10 minuten verschieben', '9:15', 'stretch'],
  ])('%s: %j is until %s, of the one to %s', async (locale, text, time, what) => {
    const said = await (await afterTwo(locale)).hears(text);
    expect(said).toMatch(locale === 'de' ? /^Zurückgestellt bis/ : /^Snoozed until/);
    expect(said).toContain(time);
    expect(said.endsWith(what)).toBe(true);
  });

  it('with a number alone is of the reminder that has it', async () => {
    const chat = await afterTwo();
    expect(await chat.hears('snooze 1')).toBe('Until when shall I put it off?');
    expect(await chat.hears('10 minutes')).toMatch(/stretch$/);
  });

  it('is of the same one when it is said again, and of the one that was put off last', async () => {
    const chat = await afterTwo();
    await chat.hears('snooze 10 minutes');
    expect(await chat.hears('snooze 20 minutes')).toMatch(/9:25 AM.*drink$/);
    chat.world.clock.advance(1000);
    await chat.hears('snooze 1 30 minutes');
    expect(await chat.hears('snooze 5 minutes')).toMatch(/stretch$/);
  });

  it('asks which, where two came at once, and keeps the time', async () => {
    const chat = await aWholeChat();
    await chat.hears('remind me to call at 9:30');
    await chat.hears('remind me to write at 9:30');
    await chat.passes(40);
    expect(await chat.hears('snooze 10 minutes')).toContain('Which one?');
    expect(await chat.hears('2')).toMatch(/9:50 AM.*write$/);
  });

  it.each([
    ['en', 'snooze 10 minutes', 'No reminder has come that I could put off.'],
    ['de', 'verschiebe 10 Minuten', 'Es ist keine Erinnerung gekommen, die ich zurückstellen könnte.'],
  ])('%s: says so where none has come', async (locale, text, heard) => {
    const chat = await aWholeChat(locale);
    await chat.hears('remind me to call at 10:30');
    expect(await chat.hears(text)).toContain(heard);
  });

  it('that repeats is told how to change it, in the words of the language', async () => {
    expect(await (await afterTwo()).hears('snooze every day')).toContain('**edit reminder 2 every day**');
    expect(await (await afterTwo('de')).hears('verschiebe 1 täglich')).toContain(
      '**ändere erinnerung 1 täglich**',
    );
  });
});

it('an edit by a time alone asks which one is meant', async () => {
  const chat = await afterTwo();
  expect(await chat.hears('edit reminder 10 minutes')).toContain('Which one?');
  expect(await chat.hears('2')).toContain('Reminder **2** is moved');
});

it('what is done, muted or over came last of nobody', async () => {
  const chat = await afterTwo();
  const { reminders } = await chat.world.reminders.of(chat.key);
  const [stretch, drink] = reminders.map(({ reminder }) => reminder);
  if (stretch === undefined || drink === undefined) throw new Error('there are two');
  const latest = (...all: Parameters<typeof latestTold>[0]) =>
    latestTold(all, chat.world.clock.now(), occurrences).map(({ text }) => text);
  expect(latest(stretch, drink)).toEqual(['drink']);
  expect(latest(stretch, { ...drink, isMuted: true })).toEqual(['stretch']);
  expect(latest(stretch, { ...drink, state: 'done' })).toEqual(['stretch']);
  expect(latest(stretch, { ...drink, doneThrough: drink.schedule.at })).toEqual(['stretch']);
  expect(latest()).toEqual([]);
});
