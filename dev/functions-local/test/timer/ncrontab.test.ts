import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNcrontab } from '../../timer/ncrontab.ts';

const next = (expression: string, after: string) => {
  const time = parseNcrontab(expression).next(Date.parse(after));
  return time === undefined ? undefined : new Date(time).toISOString().replace('.000Z', 'Z');
};

describe('an NCRONTAB expression', () => {
  it.each([
    ['0 */5 * * * *', '2026-11-22T17:33:14Z', '2026-11-22T17:35:00Z'],
    ['*/5 * * * *', '2026-11-22T17:33:14Z', '2026-11-22T17:35:00Z'],
    ['* */15 * * * *', '2026-11-22T17:45:07Z', '2026-11-22T17:45:08Z'],
    ['0 0 * * * *', '2026-11-22T17:00:00Z', '2026-11-22T18:00:00Z'],
    ['0 0 * * * *', '2026-11-22T16:59:59.999Z', '2026-11-22T17:00:00Z'],
    ['30 * * * * *', '2026-11-22T17:00:29.500Z', '2026-11-22T17:00:30Z'],
    ['0 30 9 * * 1-5', '2026-11-20T10:00:00Z', '2026-11-23T09:30:00Z'],
    ['0 30 9 * * Mon-Fri', '2026-11-20T10:00:00Z', '2026-11-23T09:30:00Z'],
    ['0 0 0 * * 0', '2026-11-22T00:00:00Z', '2026-11-29T00:00:00Z'],
    ['0 0 0 1 January *', '2026-11-22T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['0 0 0 1 1,JUL *', '2026-03-01T00:00:00Z', '2026-07-01T00:00:00Z'],
    ['0 0 12 29 2 *', '2026-11-22T00:00:00Z', '2028-02-29T12:00:00Z'],
    ['0 0 0 31 * *', '2026-11-22T00:00:00Z', '2026-12-31T00:00:00Z'],
    ['0 0 0 13 * 5', '2026-11-22T00:00:00Z', '2027-08-13T00:00:00Z'],
    ['0 10-20/5,50 * * * *', '2026-11-22T17:20:00Z', '2026-11-22T17:50:00Z'],
    ['0 20-10 * * * *', '2026-11-22T17:00:00Z', '2026-11-22T17:10:00Z'],
    ['0 40/10 * * * *', '2026-11-22T17:41:00Z', '2026-11-22T17:50:00Z'],
    ['0 */0 * * * *', '2026-11-22T17:41:00Z', '2026-11-22T17:42:00Z'],
    ['59 59 23 31 12 *', '2026-12-31T23:59:59Z', '2027-12-31T23:59:59Z'],
  ])('%s after %s comes at %s', (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it('never comes for a date that does not exist', () => {
    expect(next('0 0 0 30 2 *', '2026-11-22T00:00:00Z')).toBeUndefined();
  });

  it.each([
    ['', 'it has 1 field(s)'],
    ['00:05:00', 'it has 1 field(s)'],
    ['* * * *', 'it has 4 field(s)'],
    ['0 0 0 0 0 0 0', 'it has 7 field(s)'],
    ['60 * * * * *', '60 is outside of 0 to 59, the range of the field second'],
    ['0 0 24 * * *', 'the field hour'],
    ['0 0 0 0 * *', 'the field day of the month'],
    ['0 0 0 * 13 *', 'the field month'],
    ['0 0 0 * * 7', '7 is outside of 0 to 6, the range of the field day of the week'],
    ['0 0 0 * * ?', '"?" is not a value of the field day of the week'],
    ['0 0 0 * * Foo', '"Foo" is not a value'],
    ['0 a * * * *', '"a" is not a value of the field minute'],
    ['0 1, * * * *', '"" is not a value of the field minute'],
    ['0 */x * * * *', 'a step that is not a whole number'],
    ['0 -5 * * * *', '"-5" is not a value'],
  ])('%s is refused', (expression, message) => {
    expect(() => parseNcrontab(expression)).toThrow(message);
  });
});

/** A field as text, together with the values that it means. */
const field = (least: number, most: number) =>
  fc.oneof(
    fc.constant({ text: '*', values: range(least, most) }),
    fc.integer({ min: least, max: most }).map((value) => ({ text: `${value}`, values: [value] })),
    fc
      .tuple(
        fc.integer({ min: least, max: most }),
        fc.integer({ min: least, max: most }),
        fc.integer({ min: 1, max: 9 }),
      )
      .map(([a, b, step]) => ({
        text: `${a}-${b}/${step}`,
        values: range(Math.min(a, b), Math.max(a, b)).filter(
          (value) => (value - Math.min(a, b)) % step === 0,
        ),
      })),
    fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 2, maxLength: 4 }).map((values) => ({
      text: values.join(','),
      values,
    })),
  );
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const expression = fc.tuple(
  field(0, 59),
  field(0, 59),
  field(0, 23),
  field(1, 31),
  field(1, 12),
  field(0, 6),
);
const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) });

/** Whether an instant satisfies every field: the definition, without any search. */
function matches(fields: { values: number[] }[], time: number): boolean {
  const date = new Date(time);
  const parts = [date.getUTCSeconds(), date.getUTCMinutes(), date.getUTCHours()];
  parts.push(date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCDay());
  return fields.every(({ values }, index) => values.includes(parts[index] ?? -1));
}

describe('the next occurrence, for any expression', () => {
  it('is later, is a whole second and satisfies every field', () => {
    fc.assert(
      fc.property(expression, instant, (fields, after) => {
        const time = parseNcrontab(fields.map(({ text }) => text).join(' ')).next(after);
        if (time === undefined) return;
        expect(time).toBeGreaterThan(after);
        expect(time % 1000).toBe(0);
        expect(matches(fields, time)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves out no second in between', () => {
    const frequent = fc.tuple(field(0, 59), field(0, 59), fc.constant({ text: '*', values: range(0, 23) }));
    const daily = ['*', '*', '*'];
    fc.assert(
      fc.property(frequent, instant, (fields, after) => {
        const time = parseNcrontab([...fields.map(({ text }) => text), ...daily].join(' ')).next(after) ?? 0;
        for (let each = (Math.floor(after / 1000) + 1) * 1000; each < time; each += 1000) {
          expect(matches(fields, each)).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is the same for five fields as for six that begin with second 0', () => {
    fc.assert(
      fc.property(expression, instant, ([, ...fields], after) => {
        const five = fields.map(({ text }) => text).join(' ');
        expect(parseNcrontab(five).next(after)).toBe(parseNcrontab(`0 ${five}`).next(after));
      }),
      { numRuns: 100 },
    );
  });
});
