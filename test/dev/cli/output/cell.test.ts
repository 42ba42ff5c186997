import { describe, expect, it } from 'vitest';
import { cellOf, inWords } from '../../../../dev/cli/output/cell.ts';

const at = Date.UTC(2026, 10, 23, 9);

describe('a cell of a table', () => {
  it.each([
    [undefined, ''],
    [null, ''],
    [false, ''],
    [true, 'yes'],
    [0, '0'],
    ['2026-11-23', '2026-11-23'],
    [{ onRepeat: 'reply', isSigned: true, mentions: false }, 'on repeat: reply, is signed: yes'],
    [{}, ''],
    [{ rule: { every: 2, unit: 'day' } }, 'rule: every: 2, unit: day'],
    [[{ choice: 'Good' }, { choice: 'Bad' }], 'choice: Good; choice: Bad'],
    [['a', 'b'], 'a; b'],
  ])('says %j as %j', (value, text) => expect(cellOf(value, 'value')).toBe(text));

  it.each(['at', 'since', 'createdAt', 'snoozedUntil', 'knownSince'])(
    'says a number under "%s" as a time',
    (name) => {
      expect(cellOf(at, name)).toBe('2026-11-23T09:00:00.000Z');
      expect(cellOf({ [name]: at }, 'of')).toBe(`${inWords(name)}: 2026-11-23T09:00:00.000Z`);
      expect(cellOf(12, name)).toBe('12');
    },
  );

  it.each(['number', 'cat', 'ratio'])('leaves a number under "%s" a number', (name) => {
    expect(cellOf(at, name)).toBe(String(at));
  });
});
