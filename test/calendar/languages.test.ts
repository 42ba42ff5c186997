import { describe, expect, it } from 'vitest';
import type { Language } from '../../shared/calendar/language/language.ts';
import { languages } from '../../shared/calendar/language/languages.ts';
import { toWall, wallIso } from '../../shared/calendar/local-time.ts';
import { understand, understandDuration, understandWhen } from '../../shared/calendar/understand.ts';
import { englishMore } from './corpus/english-more.ts';
import { germanOnce } from './corpus/german-once.ts';
import { germanRepeated } from './corpus/german-repeated.ts';
import { requests } from './corpus/requests.ts';
import { type Request, said } from './corpus/said.ts';

function reading(text: string, locale?: string): object {
  const read = understand(text, { ...said, ...(locale === undefined ? {} : { locale }) });
  if (!read.understood) return { reason: read.reason };
  const { what, rrule } = read;
  return { what, at: wallIso(toWall(read.at, read.zone)), ...(rrule === undefined ? {} : { rrule }) };
}

function expected({ what, at, rrule }: Request): object {
  return { what, at, ...(rrule === undefined ? {} : { rrule }) };
}

const german = { ...germanOnce, ...germanRepeated };
/** The one request of which the locale decides what is meant. */
const byLocale = /\b5\/6\b/;

describe.each([
  ['German', 'de-DE', german, 250],
  ['English', 'en-US', englishMore, 150],
] as const)('%s', (_name, locale, families, least) => {
  const all = Object.values<readonly Request[]>(families).flat();

  for (const [family, phrases] of Object.entries<readonly Request[]>(families)) {
    it.each(phrases.map((phrase) => [phrase.text, phrase] as const))(`${family}: %s`, (text, phrase) => {
      expect(reading(text, locale)).toEqual(expected(phrase));
    });
  }

  it('is read as it was meant in at least 95 % of its corpus', () => {
    const right = all.filter(
      (each) => JSON.stringify(reading(each.text, locale)) === JSON.stringify(expected(each)),
    );
    expect(all.length).toBeGreaterThanOrEqual(least);
    expect(right.length / all.length).toBeGreaterThanOrEqual(0.95);
  });

  it('is told by its words, whatever the locale of the person, or none', () => {
    for (const each of all.filter(({ text }) => !byLocale.test(text)))
      for (const other of [undefined, 'de-AT', 'en-GB', 'pt-BR'])
        expect([each.text, other, reading(each.text, other)]).toEqual([each.text, other, expected(each)]);
  });
});

describe('a person who reads German', () => {
  it('may write English', () => {
    for (const each of requests)
      expect([each.text, reading(each.text, 'de-DE')]).toEqual([each.text, expected(each)]);
  });

  it.each([
    ['20 Minuten', '2026-11-25T10:40:00'],
    ['bis Freitag', '2026-11-27T09:00:00'],
    ['morgen um 9', '2026-11-26T09:00:00'],
    ['eine halbe Stunde', '2026-11-25T10:50:00'],
  ])('says when alone: %s', (text, at) => {
    expect(understandWhen(text, { ...said, locale: 'de' })).toMatchObject({ dtstart: at });
  });

  it('says for how long', () => {
    expect(understandDuration('für 2 Stunden')).toBe(7_200_000);
    expect(understandDuration('anderthalb Stunden')).toBe(5_400_000);
  });

  it.each([
    ['erinnere mich an die Milch', 'no-time'],
    ['erinnere mich morgen um 9', 'nothing-to-remind-of'],
    ['erinnere mich am 30. Februar an die Milch', 'no-such-date'],
    ['erinnere mich gestern an die Milch', 'in-the-past'],
    ['erinnere mich zweimal am Tag an die Tabletten', 'which-times'],
    ['erinnere mich um 9 und 17 Uhr an die Tabletten', 'several-times'],
    ['erinnere mich am Freitag jede Stunde an die Tabletten', 'time-left'],
    ['erinnere ihn morgen an die Tabletten', 'somebody-else'],
  ])('is told why: %s', (text, reason) => {
    expect(understand(text, { ...said, locale: 'de-DE' })).toMatchObject({ understood: false, reason });
  });
});

describe('a third language', () => {
  /** Spoken nowhere: all that the grammar needs of a language is here. */
  const made: Language = {
    tag: 'art',
    weekdays: ['luno', 'marto', 'merko', 'jovo', 'veno', 'sabo', 'dimo'],
    numbers: { unu: 1, du: 2, tri: 3 },
    words: {
      'remind me': 'memoru min',
      every: 'ciu',
      tomorrow: 'morgau',
      at: 'je',
      in: 'post',
      minutes: 'minutoj',
      about: 'pri',
    },
  };
  const asked = { ...said, languages: [...languages, made] };

  it.each([
    ['memoru min morgau je 9 pri lakto', 'lakto', '2026-11-26T09:00:00', undefined],
    ['memoru min post tri minutoj pri lakto', 'lakto', '2026-11-25T10:23:00', undefined],
    ['memoru min je 15:30 pri lakto', 'lakto', '2026-11-25T15:30:00', undefined],
    ['memoru min ciu luno je 9 pri lakto', 'lakto', '2026-11-30T09:00:00', 'FREQ=WEEKLY;BYDAY=MO'],
    ['memoru min pri lakto je 15:30', 'lakto', '2026-11-25T15:30:00', undefined],
  ])('is a file of words: %s', (text, what, dtstart, rrule) => {
    const repeats = rrule === undefined ? {} : { rrule };
    expect(understand(text, asked)).toMatchObject({ understood: true, what, dtstart, ...repeats });
    expect(understand(text, said)).not.toMatchObject({ what });
  });
});
