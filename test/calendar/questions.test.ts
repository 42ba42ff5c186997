import { describe, expect, it } from 'vitest';
import { describeRefusal, understand, understandWhen } from '../../shared/calendar/understand.ts';
import { said } from './corpus/said.ts';

describe('a text without a time', () => {
  it.each([
    ['remind me to buy milk', undefined, 'buy milk'],
    ['erinnere mich an die Milch', 'de-DE', 'die Milch'],
    ['remind me to say "tomorrow at 5"', undefined, 'say "tomorrow at 5"'],
  ])('is given back, to be asked when: %s', (text, locale, what) => {
    const read = understand(text, { ...said, ...(locale === undefined ? {} : { locale }) });
    expect(read).toMatchObject({ understood: false, reason: 'no-time', what });
  });

  it('is none where there is no text either', () => {
    expect(understand('remind me', said)).not.toHaveProperty('what');
    expect(understand('', said)).not.toHaveProperty('what');
  });
});

describe('a date of two numbers', () => {
  const may = '2027-05-06T09:00:00';
  const june = '2027-06-05T09:00:00';

  it.each([
    ['en-US', may],
    ['en-GB', june],
    ['de-DE', june],
    ['de', june],
    ['pt-BR', june],
    ['fr-CA', undefined],
    ['en', undefined],
    ['not_a_tag!', undefined],
    [undefined, undefined],
  ])('is read as people write in %s', (locale, dtstart) => {
    for (const text of [
      'on 5/6 to call',
      'on 5/6/2027 to call',
      'on 5-6-2027 to call',
      'every 5/6 to call',
    ]) {
      const read = understand(`remind me ${text}`, { ...said, ...(locale === undefined ? {} : { locale }) });
      expect([text, read]).toMatchObject([
        text,
        dtstart === undefined ? { understood: false, reason: 'which-date', what: 'call' } : { dtstart },
      ]);
    }
  });

  it('is no question where it can be one date only, or the same both ways', () => {
    for (const [text, day] of [
      ['on 12/17', '2026-12-17'],
      ['on 17/12', '2026-12-17'],
      ['on 12/12', '2026-12-12'],
      ['on 17.12.', '2026-12-17'],
      ['on 5.6.2027', '2027-06-05'],
    ] as const)
      expect(understandWhen(text, said)).toMatchObject({ dtstart: `${day}T09:00:00` });
  });

  it('names both dates', () => {
    const read = understandWhen('on 5/6', said);
    if (read.understood) throw new Error('understood');
    expect(read).toMatchObject({
      either: [
        { month: 5, day: 6 },
        { month: 6, day: 5 },
      ],
    });
    expect(read.message).toBe('Is that May 6 or June 5? Please write the month as a word.');
    expect(describeRefusal(read, 'de')).toBe(
      'Ist das der 6. Mai oder der 5. Juni? Bitte schreib den Monat als Wort.',
    );
  });
});

describe('letters by which several zones are called', () => {
  it('are asked about, with the zones', () => {
    const read = understand('remind me at 9am IST to call Ann', said);
    expect(read).toMatchObject({
      reason: 'which-zone',
      what: 'call Ann',
      zones: ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem'],
    });
  });

  it('and a country with several zones is', () => {
    expect(understandWhen('9am australia time', said)).toMatchObject({ reason: 'which-zone' });
  });
});

describe('somebody other than whoever asks', () => {
  it.each([
    'remind @bob to call Ann tomorrow',
    'remind me @bob to call Ann tomorrow',
    'remind #general to vote tomorrow',
    'remind bob to call Ann tomorrow',
    'remind him tomorrow to call Ann',
    'remind my team to vote tomorrow',
    'erinnere sie morgen an den Bericht',
  ])('is not reminded: %s', (text) => {
    expect(understand(text, said)).toMatchObject({ understood: false, reason: 'somebody-else' });
  });

  it('is told apart from the place, which is', () => {
    expect(understand('remind us to vote tomorrow', said)).toMatchObject({
      what: 'vote',
      isForSeveral: true,
    });
    expect(understand('erinnere uns morgen an die Wahl', said)).toMatchObject({ isForSeveral: true });
    expect(understand('remind me @ 3pm to vote', said)).toMatchObject({ understood: true, what: 'vote' });
    expect(understand('remind me to vote tomorrow', said)).not.toHaveProperty('isForSeveral');
  });
});

describe('a word of time beside the time that was read', () => {
  it.each([
    'remind me on friday every hour to stretch',
    'remind me tomorrow between meetings to stretch',
    'remind me at 5 until the evening to stretch',
    'remind me every day at 9 except holidays to stretch',
    'remind me to stretch later at 9am',
    'remind me to stretch on friday in 20 minutes',
    'remind me every 5 minutes every 2 hours to stretch',
    'remind me every hour to stretch on friday',
    'remind me tomorrow to send the report every friday',
    'remind me to stretch until 6pm every 30 minutes',
  ])('is a question: %s', (text) => {
    expect(understand(text, said)).toMatchObject({ understood: false, reason: 'time-left' });
  });

  it.each([
    ['every 30 minutes to stretch until 6pm', 'FREQ=MINUTELY;INTERVAL=30;UNTIL=20261125T170000Z'],
    ['every day at 8am to stretch except sundays', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA'],
    ['every day at 8am to stretch until december 24', 'FREQ=DAILY;UNTIL=20261224T225959Z'],
    ['every 2 weeks to stretch on wednesday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE'],
    ['on wednesday to stretch every 2 weeks', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE'],
  ])('is read with it where it can be, also behind the text: %s', (text, rrule) => {
    expect(understand(`remind me ${text}`, said)).toMatchObject({ what: 'stretch', rrule });
  });

  it.each([
    ['remind me tomorrow daily standup notes', 'daily standup notes'],
    ['remind me to stretch for 10 minutes every hour', 'stretch for 10 minutes'],
    ['remind me at 4pm to read the daily report', 'read the daily report'],
    ['remind me at 5 to stretch until 6pm', 'stretch until 6pm'],
    ['remind me every hour to stretch for 10 minutes', 'stretch for 10 minutes'],
    ['remind me to prepare for the 5pm call tomorrow', 'prepare for the 5pm call'],
  ])('is none where it belongs to the text: %s', (text, what) => {
    expect(understand(text, said)).toMatchObject({ understood: true, what });
  });
});

describe('which half of the day was taken', () => {
  const told = (text: string, locale?: string) => {
    const read = understandWhen(text, { ...said, ...(locale === undefined ? {} : { locale }) });
    if (!read.understood) throw new Error(read.reason);
    return read.assumed.includes('half-of-day');
  };

  it.each([
    ['tomorrow at 8', true],
    ['every weekday at 6', true],
    ['at 9', true],
    ['tomorrow at 3', false],
    ['tomorrow at 12', false],
    ['every day at 5', false],
    ['at 11', false],
    ['today at 8', false],
    ['tomorrow at 17:30', false],
    ['tomorrow at 09:00', false],
    ['every day at 9:00 and 17:30', false],
    ['tomorrow morning at 8', false],
    ['tomorrow at 8am', false],
  ])('is told only where it was open: %s', (text, isTold) => {
    expect(told(text, 'en-US')).toBe(isTold);
  });

  it('is told to nobody whose clocks go to 24', () => {
    for (const locale of ['de-DE', 'en-GB', 'pt-BR', 'fr-FR'])
      expect([locale, told('tomorrow at 8', locale)]).toEqual([locale, false]);
  });
});

describe('a weekday that a date does not have', () => {
  it('is a slip of the pen, and no date of another year', () => {
    expect(understandWhen('on tuesday, december 10', said)).toMatchObject({ reason: 'no-such-date' });
    expect(understandWhen('on thursday, december 10', said)).toMatchObject({
      dtstart: '2026-12-10T09:00:00',
    });
    expect(understandWhen('on tuesday, december 10 2026', said)).toMatchObject({ reason: 'no-such-date' });
  });
});

it('what is too often, or runs through the night, is not set', () => {
  expect(understand('remind me every second to stretch', said)).toMatchObject({ reason: 'no-such-interval' });
  const evening = { ...said, now: Date.parse('2026-11-25T19:00:00+01:00') };
  expect(understand('remind me every 30 minutes until 6pm to stretch', evening)).toMatchObject({
    reason: 'ends-before-it-begins',
  });
  expect(understand('remind me every 30 minutes until 2am to stretch', evening)).toMatchObject({
    rrule: 'FREQ=MINUTELY;INTERVAL=30;UNTIL=20261126T010000Z',
  });
});
