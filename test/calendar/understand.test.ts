import { describe, expect, it } from 'vitest';
import { fromWall, toWall, wallIso } from '../../shared/calendar/local-time.ts';
import { understand, understandWhen } from '../../shared/calendar/understand.ts';
import { once } from './corpus/once.ts';
import { repeated } from './corpus/repeated.ts';
import { refusals, requests } from './corpus/requests.ts';
import { type Request, said } from './corpus/said.ts';

/** Every way in which a person might put the phrase. */
const families: { readonly [family: string]: readonly Request[] } = {
  ...Object.fromEntries(
    Object.entries({ ...once, ...repeated }).map(([family, phrases]) => [
      family,
      phrases.flatMap((phrase) => [
        { ...phrase, text: `remind me to water the plants ${phrase.text}`, what: 'water the plants' },
        { ...phrase, text: `remind me ${phrase.text} to water the plants`, what: 'water the plants' },
      ]),
    ]),
  ),
  'whole requests': requests,
};

function reading(text: string): object {
  const read = understand(text, said);
  if (!read.understood) return { reason: read.reason };
  const { what, rrule } = read;
  return { what, at: wallIso(toWall(read.at, said.zone)), ...(rrule === undefined ? {} : { rrule }) };
}

function expected({ what, at, rrule }: Request): object {
  return { what, at, ...(rrule === undefined ? {} : { rrule }) };
}

describe('a request for a reminder', () => {
  for (const [family, phrases] of Object.entries(families)) {
    describe(family, () => {
      it.each(phrases.map((phrase) => [phrase.text, phrase] as const))('%s', (text, phrase) => {
        expect(reading(text)).toEqual(expected(phrase));
      });
    });
  }

  describe('that cannot be used says why, with an example that can', () => {
    it.each(refusals)('"%s": %s', (text, reason) => {
      const read = understand(text, said);
      expect(read).toMatchObject({ understood: false, reason });
      if (read.understood || read.reason === 'unknown-zone') return;
      expect(understand(read.example, said).understood).toBe(true);
    });
  });

  it('is read in at least 95 % of the phrases of the corpus, and of each family of it', () => {
    const rows = Object.entries(families).map(([family, phrases]) => {
      const right = phrases.filter((phrase) => same(reading(phrase.text), expected(phrase))).length;
      return { family, phrases: phrases.length, right, share: right / phrases.length };
    });
    const right = rows.reduce((sum, row) => sum + row.right, 0);
    const all = rows.reduce((sum, row) => sum + row.phrases, 0);
    console.log(
      [...rows, { family: 'all', phrases: all, right, share: right / all }]
        .map(
          (row) =>
            `${row.family.padEnd(28)}${String(row.right).padStart(5)} of ${String(row.phrases).padStart(4)}  ${(100 * row.share).toFixed(1).padStart(5)} %`,
        )
        .join('\n'),
    );
    expect(all).toBeGreaterThan(300);
    expect(rows.filter(({ share }) => share < 0.95)).toEqual([]);
  });
});

describe('a time alone', () => {
  const phrases = Object.values({ ...once, ...repeated }).flat();

  it.each(phrases.map((phrase) => [phrase.text, phrase] as const))('%s', (text, { at, rrule }) => {
    const read = understandWhen(text, said);
    if (!read.understood) throw new Error(`not understood: ${read.reason}`);
    expect(wallIso(toWall(read.at, said.zone))).toBe(at);
    expect(read.rrule).toBe(rrule);
  });

  it.each([
    ['20 minutes', '2026-11-25T10:40:00'],
    ['1 hour', '2026-11-25T11:20:00'],
    ['5', '2026-11-25T17:00:00'],
    ['until friday', '2026-11-27T09:00:00'],
    ['for 3 days', '2026-11-28T10:20:00'],
    ['tomorrow 9:00', '2026-11-26T09:00:00'],
  ])('%s', (text, at) => {
    const read = understandWhen(text, said);
    expect(read).toMatchObject({ understood: true, dtstart: at });
  });

  it.each([
    // Half of the day: near, or else by day.
    ['2026-11-25T23:00', 'at 1', '2026-11-26T01:00:00'],
    ['2026-11-25T18:00', 'at 5', '2026-11-26T17:00:00'],
    ['2026-11-25T22:00', 'at 6', '2026-11-26T06:00:00'],
    ['2026-11-25T04:30', 'at 5', '2026-11-25T05:00:00'],
    ['2026-11-25T04:30', 'at 3am', '2026-11-26T03:00:00'],
    ['2026-11-25T14:00', 'at 12', '2026-11-26T12:00:00'],
    ['2026-11-25T14:00', 'today at 8', '2026-11-25T20:00:00'],
    // What is left of a day.
    ['2026-11-25T22:10', 'tonight', '2026-11-25T22:30:00'],
    ['2026-11-25T22:50', 'today', '2026-11-25T23:30:00'],
    ['2026-11-25T06:00', 'today', '2026-11-25T09:00:00'],
    ['2026-11-25T19:00', 'in the evening', '2026-11-26T18:00:00'],
    ['2026-11-25T18:10', 'this evening', '2026-11-25T18:30:00'],
    // Weeks, months and years that turn.
    ['2026-11-29T12:00', 'next monday', '2026-11-30T09:00:00'],
    ['2026-11-23T08:00', 'next monday', '2026-11-30T09:00:00'],
    ['2026-11-28T08:00', 'this weekend', '2026-11-28T09:00:00'],
    ['2026-11-29T11:00', 'this weekend', '2026-11-29T12:00:00'],
    ['2026-11-29T11:00', 'next weekend', '2026-12-05T09:00:00'],
    ['2026-11-30T12:00', 'at the end of the month', '2026-12-31T09:00:00'],
    ['2027-01-31T12:00', 'in a month', '2027-02-28T12:00:00'],
    ['2028-02-29T12:00', 'in a year', '2029-02-28T12:00:00'],
    ['2026-12-31T23:00', 'tomorrow', '2027-01-01T09:00:00'],
    ['2098-06-01T12:00', 'on 29 february', '2104-02-29T09:00:00'],
    // A clock that is put forward and back.
    ['2026-03-28T12:00', 'tomorrow at 2:30am', '2026-03-29T03:30:00'],
    ['2026-10-24T12:00', 'tomorrow at 2:30am', '2026-10-25T02:30:00'],
    ['2026-03-29T01:00', 'in 2 hours', '2026-03-29T04:00:00'],
  ])('said at %s, %s is %s', (now, text, at) => {
    const zone = said.zone;
    const read = understandWhen(text, { now: fromWall(Date.parse(`${now}:00Z`), zone), zone });
    if (!read.understood) throw new Error(`not understood: ${read.reason}`);
    expect(wallIso(toWall(read.at, zone))).toBe(at);
  });

  it('is not read where there is more than a time', () => {
    expect(understandWhen('tomorrow at 9 call mom', said)).toMatchObject({
      understood: false,
      reason: 'no-time',
    });
  });
});

function same(a: object, b: object): boolean {
  return JSON.stringify(a, Object.keys(a).sort()) === JSON.stringify(b, Object.keys(b).sort());
}
