import { describe, expect, it } from 'vitest';
import { understand, understandWhen } from '../../shared/calendar/understand.ts';
import { aWholeChat } from '../support/whole-chat.ts';

// The clock of the chat stands at November 23, 2026, 9:00 UTC.
describe.each([
  ['en', 'Wednesday, October 20, 2027', 'Monday, February 1, 2027', 'Saturday, December 5, 2026'],
  ['de', 'Mittwoch, 20. Oktober 2027', 'Montag, 1. Februar 2027', 'Samstag, 5. Dezember 2026'],
])('%s: the last dot of a date is a part of it', (locale, october, february, fifth) => {
  it.each([
    ['ändere erinnerung 1 auf 20.10.', october],
    ['ändere erinnerung 1 auf 20.10. bitte', october],
    ['ändere erinnerung 1 auf 20.10., bitte!', october],
    ['ändere erinnerung 1 auf 20. 10.', october],
    ['ändere erinnerung 1 auf den 20. 10., bitte!', october],
    ['ändere erinnerung 1 auf 20. 10. 2027', october],
    ['ändere erinnerung 1 auf 20.10. 2027 um 9', october],
    ['edit reminder 1 to the 5th.', fifth],
    ['edit reminder 1 on the 5th, please.', fifth],
    ['edit reminder 1 on december 5.', fifth],
    ['ändere erinnerung 1 auf den 5.', fifth],
  ])('%j', async (text, day) => {
    const chat = await aWholeChat(locale);
    await chat.hears('remind me to eat tomorrow at 10:00');
    expect(await chat.hears(text)).toContain(day);
  });

  it('also in an answer, and when what came is put off', async () => {
    const chat = await aWholeChat(locale);
    await chat.hears('remind me to eat in 5 minutes');
    expect(await chat.hears('ändere erinnerung 1')).toMatch(/\?/);
    expect(await chat.hears('20.10.')).toContain(october);
    await chat.hears('edit reminder 1 in 5 minutes');
    await chat.passes(6);
    expect(await chat.hears('verschiebe 1 auf 1.2.')).toContain(february);
  });

  it.each([
    ['stumm bis 10.11.', { until: Date.UTC(2027, 10, 10, 9) }],
    ['stumm bis 24.12.', { until: Date.UTC(2026, 11, 24, 9) }],
    ['stumm bis 10. 11.', { until: Date.UTC(2027, 10, 10, 9) }],
    ['stumm builds bis 5.6. bitte.', { topic: 'builds', until: Date.UTC(2027, 5, 5, 9) }],
    ['mute builds until the 5th.', { topic: 'builds', until: Date.UTC(2026, 11, 5, 9) }],
    ['mute web 1.2.', { topic: 'web 1.2' }],
    ['mute builds, please!', { topic: 'builds' }],
    ['mute build 12.', { topic: 'build 12' }],
  ])('%j', async (text, mute) => {
    const chat = await aWholeChat(locale);
    await chat.hears(text);
    expect((await chat.world.preferences.findPreferences(chat.key)).preferences.mutes).toEqual([mute]);
  });

  it.each([
    ['ruhezeit 22-7.', '22:00-07:00'],
    ['quiet hours 22.00-7.10.', '22:00-07:10'],
    ['zeitzone utc+2.', 'Etc/GMT-2'],
    ['subscribe web 1.2.', '**web 1.2**'],
    ['subscribe build 12.', '**build 12**'],
    ['edit reminder 1 tomorrow at 17.30.', locale === 'de' ? '17:30' : '5:30'],
    ['ändere erinnerung 1 auf morgen um 17.10.', locale === 'de' ? '17:10' : '5:10'],
    ['done 1.', 'eat'],
  ])('and a full stop behind another number is none: %j', async (text, heard) => {
    const chat = await aWholeChat(locale);
    await chat.hears('remind me to eat tomorrow at 10:00');
    expect(await chat.hears(text)).toContain(heard);
  });
});

it('a dot that makes no date ends the sentence', () => {
  const now = Date.UTC(2026, 9, 1, 8);
  const at = (text: string) => {
    const read = understandWhen(text, { now, zone: 'UTC', locale: 'de' });
    return read.understood ? new Date(read.at).toISOString() : read.reason;
  };
  expect(at('20.10.')).toBe('2026-10-20T09:00:00.000Z');
  expect(at('20. 10.')).toBe('2026-10-20T09:00:00.000Z');
  expect(at('am 20. 10. 2026 um 9')).toBe('2026-10-20T09:00:00.000Z');
  expect(at('20.10. 2027')).toBe('2027-10-20T09:00:00.000Z');
  expect(at('jeden tag um 9 bis 20. 10.')).toBe('2026-10-01T09:00:00.000Z');
  expect(at('40. 10.')).not.toContain('T');
  expect(at('20.10')).toBe('2026-10-01T20:10:00.000Z');
  expect(at('um 17.10.')).toBe('2026-10-01T17:10:00.000Z');
  expect(at('um 17.30.')).toBe('2026-10-01T17:30:00.000Z');
  expect(at('30.2.')).not.toContain('T');
});

it.each([
  ['erinnere mich an milch am 20. 10. 2026 um 9', '2026-10-20T09:00:00.000Z', undefined],
  ['erinnere mich jeden tag um 9 an milch bis 20. 10.', '2026-10-01T09:00:00.000Z', '20261020'],
])('a space behind a dot leaves no part of the date in the text: %s', (text, at, until) => {
  const read = understand(text, { now: Date.UTC(2026, 9, 1, 8), zone: 'UTC', locale: 'de' });
  expect(read).toMatchObject({ understood: true, what: 'milch', at: Date.parse(at) });
  expect(read.understood && read.rrule).toEqual(until && expect.stringContaining(until));
});

describe('what does not fit is asked for, and no other day taken', () => {
  it.each([
    ['remind me friday 15 october to pay', 'no-such-date'],
    ['remind me on tuesday the 13th to pay', 'no-such-date'],
    ['erinnere mich am freitag den 15.10. an die Miete', 'no-such-date'],
    ['erinnere mich am Mittwoch, 20. 10. um 10 an Milch', 'no-such-date'],
    ['remind me to call Bob tomorrow or friday', 'time-left'],
    ['erinnere mich an Milch morgen oder Freitag', 'time-left'],
  ])('%s', (text, reason) => {
    const read = understand(text, { now: Date.UTC(2026, 9, 14, 8), zone: 'UTC' });
    expect(read).toMatchObject({ understood: false, reason });
  });

  it.each([
    ['remind me friday 16 october to pay', '2026-10-16T09:00:00.000Z'],
    ['remind me on friday the 13th to pay', '2026-11-13T09:00:00.000Z'],
    ['remind me monday 4 january to pay', '2027-01-04T09:00:00.000Z'],
    ['erinnere mich am Dienstag, 20. 10. an Milch', '2026-10-20T09:00:00.000Z'],
    ['remind me to trick or treat tomorrow', '2026-10-15T09:00:00.000Z'],
  ])('and what fits is meant: %s', (text, at) => {
    const read = understand(text, { now: Date.UTC(2026, 9, 14, 8), zone: 'UTC' });
    expect(read).toMatchObject({ understood: true, at: Date.parse(at) });
  });
});
