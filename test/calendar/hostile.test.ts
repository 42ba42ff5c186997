import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isZone } from '../../shared/calendar/local-time.ts';
import { nextOccurrence } from '../../shared/calendar/recurrence.ts';
import { parseTimeOfDayRange } from '../../shared/calendar/time-of-day-range.ts';
import { understand, understandDuration, understandWhen } from '../../shared/calendar/understand.ts';
import { findZone } from '../../shared/calendar/zones.ts';
import { said } from './corpus/said.ts';

const words = fc.constantFrom(
  ...'remind me to at in on every other until the of and a an before after from first last next this week day days hour half quarter past 5 12 30 2026 31 : / - . , " \' pm am monday friday march may tomorrow noon midnight morning st th for starting except twice times end'.split(
    ' ',
  ),
);

function readAll(text: string): void {
  for (const read of [understand(text, said), understandWhen(text, said)]) {
    if (!read.understood) {
      expect(read.example).not.toBe('');
      continue;
    }
    expect(read.at).toBeGreaterThanOrEqual(said.now);
    if (read.rrule === undefined) continue;
    // What was understood can be stored and followed.
    const rule = { rrule: read.rrule, dtstart: read.dtstart, zone: read.zone };
    expect(nextOccurrence(rule, read.at - 1)).toBe(read.at);
  }
  understandDuration(text);
  parseTimeOfDayRange(text);
  findZone(text);
}

describe('no text', () => {
  it.each([
    'remind me to x constructor',
    'remind me to x in constructor minutes',
    'remind me to x every constructor',
    'remind me to x every 2 constructor',
    'remind me to x at constructor time',
    'remind me to x at __proto__',
  ])('is a time because it names what every object has: %s', (text) => {
    expect(understand(text, said).understood).toBe(false);
  });

  it('that anybody types makes it throw, or gives a time that is over or a rule that does not hold', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), readAll), { numRuns: 300 });
  });

  it('made of its own words does either', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (list) => readAll(`remind me ${list.join(' ')}`)),
      { numRuns: 400 },
    );
  });

  // A reader that tries everything everywhere would take hours here, and the test's own limit would end it.
  it.each([
    'remind me ',
    'an hour before ',
    'every day starting ',
    'monday and ',
    '1:',
    '"',
    "' ",
    'in 1 hour and ',
    'first of the ',
    'every other ',
    'half past ',
    '\u0000',
    '\ud83d',
    '( ',
  ])('of ten thousand letters takes long: %j', (piece) => {
    readAll(piece.repeat(Math.ceil(10_000 / piece.length)));
  });
});

describe('a person whose zone is none', () => {
  it('is asked for it', () => {
    const read = understand('remind me to call Ann tomorrow', { ...said, zone: 'Europe/Atlantis' });
    expect(read).toMatchObject({ understood: false, reason: 'unknown-zone' });
    expect(isZone('Europe/Atlantis')).toBe(false);
  });
});
