import { describe, expect, it } from 'vitest';
import { understand, understandWhen } from '../../shared/calendar/understand.ts';

/** A Wednesday, 5:20 in New York and 11:20 in Berlin. */
const now = Date.parse('2026-11-25T10:20:00Z');

function read(text: string): string {
  const isGerman = /^erinner/.test(text);
  const said = isGerman
    ? { now, zone: 'Europe/Berlin', locale: 'de-DE' }
    : { now, zone: 'America/New_York', locale: 'en-US' };
  const found = understand(text, said);
  return found.understood
    ? [found.dtstart, found.rrule, found.what].filter(Boolean).join(' | ')
    : found.reason;
}

describe('a part of a time is not taken for the whole', () => {
  it.each([
    'remind me tomorrow or friday to call Bob',
    'remind me monday or tuesday at 9 to call Bob',
    'remind me on friday, not at 9 but at 11, to ship it',
    'remind me every day but sunday at 8 to run',
    'remind me every morning and evening to take drops',
    'remind me every monday morning and friday afternoon to water the plants',
    'remind me on the 1st and 15th to pay',
    'remind me at 7,30 to get up',
    'remind me an hour before the meeting at 3pm',
    'remind me the day before my flight on june 5 to pack',
    'erinnere mich morgen oder Freitag an Bob',
    'erinnere mich Montag oder Dienstag um 9 an den Anruf',
    'erinnere mich am 1. und 15. an die Zahlung',
    'erinnere mich eine Stunde vor dem Meeting um 15 Uhr',
    'erinnere mich einen Tag vorher an den Flug am 5. Juni',
    'erinnere mich zwei Wochen lang jeden Tag um 9 an das Antibiotikum',
    'remind me early on friday to call Bob',
    'remind me friday early to call Bob',
    'remind me late today to call Bob',
  ])('%s', (text) => {
    expect(read(text)).toBe('time-left');
  });

  it.each(['remind me in 2 to 3 hours to check', 'remind me every monday or tuesday at 9 to call'])(
    '%s',
    (text) => {
      expect(read(text)).toBe('no-time');
    },
  );
});

describe('what decides the hour is read with it', () => {
  it.each([
    ['erinnere mich morgens um halb sieben an den Hund', '2026-11-26T06:30:00 | den Hund'],
    ['erinnere mich abends um 8 an die Nachrichten', '2026-11-25T20:00:00 | die Nachrichten'],
    ['erinnere mich um 9 Uhr Londoner Zeit an den Anruf', '2026-11-26T10:00:00 | den Anruf'],
    ['erinnere mich um 9 Uhr New Yorker Zeit an den Anruf', '2026-11-25T15:00:00 | den Anruf'],
    ['erinnere mich um 15 Uhr Ortszeit an den Anruf', '2026-11-25T15:00:00 | den Anruf'],
    ['remind me at 9am my time to call', '2026-11-25T09:00:00 | call'],
    [
      'remind me every day until 20 december at 8 to open a door',
      '2026-11-25T08:00:00 | FREQ=DAILY;UNTIL=20261221T045959Z | open a door',
    ],
    [
      'erinnere mich jeden Tag bis Weihnachten um 8 ans Türchen',
      '2026-11-26T08:00:00 | FREQ=DAILY;UNTIL=20261225T225959Z | Türchen',
    ],
    ['erinnere mich am 2. Advent um 16 Uhr an die Kerzen', '2026-12-06T16:00:00 | die Kerzen'],
    ['erinnere mich am vierten Advent um 16 Uhr an die Kerzen', '2026-12-20T16:00:00 | die Kerzen'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('what is no time stays in the text', () => {
  it.each([
    ['remind me at 5 to say good evening at the door', '2026-11-25T17:00:00 | say good evening at the door'],
    ['remind me to eat dinner at 7pm', '2026-11-25T19:00:00 | eat dinner'],
    ['remind me tomorrow at 9 and bring milk', '2026-11-26T09:00:00 | and bring milk'],
    ['remind me at 5pm to buy milk and 2 eggs', '2026-11-25T17:00:00 | buy milk and 2 eggs'],
    ['erinnere mich um 17 Uhr an Milch und 2 Eier', '2026-11-25T17:00:00 | Milch und 2 Eier'],
    ['erinnere mich morgen um 9 nicht zu früh zu gehen', '2026-11-26T09:00:00 | nicht zu früh zu gehen'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe('whose clock is meant is read, or asked', () => {
  it.each([
    'remind me at 9am Mars time to call',
    'remind me to call at 9am Mars time',
    'remind me at 9am in Olympus Mons time to call',
    'remind me tomorrow at 9 (Mars time) to call',
    'erinnere mich um 9 Uhr Mars-Zeit an den Anruf',
    'erinnere mich morgen um 9 Uhr Marsianer Zeit an den Anruf',
  ])('%s', (text) => {
    expect(read(text)).toBe('time-left');
  });

  it.each([
    'remind me at 9 in New Delhi office to call',
    'remind me at 9 in Australia to call',
    'remind me at 9 in London call Ann',
    'erinnere mich um 9 Uhr in London Anruf bei Ann',
  ])('%s', (text) => {
    expect(read(text)).toBe('which-zone');
  });

  it.each([
    ['erinnere mich um 9 Uhr in New York an den Anruf', '2026-11-25T15:00:00 | den Anruf'],
    ['remind me at 9 in London to call', '2026-11-25T16:00:00 | call'],
    ['remind me at 9am in the UK to call', '2026-11-26T04:00:00 | call'],
    ['remind me to meet Ann tomorrow at 9 in London', '2026-11-26T04:00:00 | meet Ann in London'],
    ['remind me at 9am tomorrow in London to call', '2026-11-26T04:00:00 | call'],
    ['remind me at 9am in Pacific time to call', '2026-11-25T12:00:00 | call'],
    ['remind me at 9am SAST to call', '2026-11-26T02:00:00 | call'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ['remind me to meet Ann at 9 in the office', '2026-11-25T09:00:00 | meet Ann in the office'],
    ['remind me to meet Ann at 9 in the center', '2026-11-25T09:00:00 | meet Ann in the center'],
    ['remind me to meet Ann at 9 in Boston office', '2026-11-25T09:00:00 | meet Ann in Boston office'],
    ['remind me to meet Ann at 9 in New York', '2026-11-25T09:00:00 | meet Ann in New York'],
    ['remind me at 7 story time', '2026-11-25T07:00:00 | story time'],
    ['remind me at 7 story time with the kids', '2026-11-25T07:00:00 | story time with the kids'],
    ['erinnere mich um 9 in der Schule an Ann', '2026-11-25T21:00:00 | in der Schule an Ann'],
    ['erinnere mich um 9 Uhr in Wien Anruf bei Ann', '2026-11-26T09:00:00 | in Wien Anruf bei Ann'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

it('a place is read where nothing but a time is said, too', () => {
  const said = { now, zone: 'America/New_York', locale: 'en-US' };
  expect(understandWhen('9am in London', said)).toMatchObject({ dtstart: '2026-11-26T04:00:00' });
  expect(understandWhen('9am in the office', said)).toMatchObject({ understood: false });
});

describe('where in a week, a month or a year is no part of the text', () => {
  it.each([
    ['remind me early next week to call Ann', '2026-11-30T09:00:00 | call Ann'],
    ['remind me late next week to call Ann', '2026-12-04T09:00:00 | call Ann'],
    ['remind me to call Ann early next month', '2026-12-01T09:00:00 | call Ann'],
    ['remind me early in january to call Ann', '2027-01-01T09:00:00 | call Ann'],
    ['remind me late in december to call Ann', '2026-12-21T09:00:00 | call Ann'],
    ['remind me early next year to call Ann', '2027-01-01T09:00:00 | call Ann'],
    ['erinnere mich früh nächste Woche an Ann', '2026-11-30T09:00:00 | Ann'],
    ['erinnere mich spät nächste Woche an Ann', '2026-12-04T09:00:00 | Ann'],
    ['remind me to leave early on friday', '2026-11-27T09:00:00 | leave early'],
    ['remind me to leave early at 5', '2026-11-25T17:00:00 | leave early'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});
