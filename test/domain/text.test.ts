import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behindEach, cut, withoutTail } from '../../shared/domain/text.ts';

describe('a text that is cut', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'abc'],
    ['ab\u{1f600}', 3, 'ab'],
    ['ab\u{1f600}', 4, 'ab\u{1f600}'],
    // A letter with its accent, a family, a flag.
    ['abe\u0301x', 3, 'ab'],
    ['a\u{1f469}\u200d\u{1f469}\u200d\u{1f467}x', 6, 'a'],
    ['a\u{1f1e9}\u{1f1ea}x', 3, 'a'],
    ['', 0, ''],
    ['\u{1f600}', 1, ''],
  ])('%j after %i ends with a whole character', (text, longest, kept) => {
    expect(cut(text, longest)).toBe(kept);
  });

  it('is a beginning of it, no longer than asked for, well-formed, and near that length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 0, max: 400 }),
        (text, longest) => {
          const kept = cut(text, longest);
          expect(text.startsWith(kept)).toBe(true);
          expect(kept.length).toBeLessThanOrEqual(longest);
          expect(kept.isWellFormed()).toBe(text.isWellFormed());
          if (text.length > longest) expect(kept.length).toBeGreaterThan(longest - 65);
        },
      ),
    );
  });

  it('of one endless character is cut within it', () => {
    expect(cut(`a${'\u0301'.repeat(1000)}`, 500)).toHaveLength(500);
  });
});

describe('the ends of a text', () => {
  it('lose the signs that are meant', () => {
    expect(withoutTail('Great!?!', /[!?]/)).toBe('Great');
    expect(withoutTail('!!!', /!/)).toBe('');
    expect(withoutTail('a! b', /!/)).toBe('a! b');
  });

  it('are found behind what comes again and again, which may be nothing', () => {
    expect(behindEach(/(?:no|oh)[ ,]+/iy, 'Oh, no, Paris')).toBe(8);
    expect(behindEach(/(?:no|oh)[ ,]+/iy, 'Paris')).toBe(0);
    expect(behindEach(/x*/y, 'abc', 1)).toBe(1);
  });
});
