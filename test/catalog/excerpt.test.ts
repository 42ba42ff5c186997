import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptOf, piecesOf } from '../../shared/catalog/excerpt.ts';

const text = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.lorem({ maxCount: 80 }),
  fc
    .array(fc.constantFrom('🎉', '👩‍👩‍👧', 'e\u0301', ' ', 'ab'), { maxLength: 400 })
    .map((parts) => parts.join('')),
);

describe('the beginning of a text', () => {
  it('is all of it when it is short, or when hardly anything would be left out', () => {
    expect(excerptOf('short', 300)).toEqual({ text: 'short', isCut: false });
    const almost = 'x'.repeat(340);
    expect(excerptOf(almost, 300)).toEqual({ text: almost, isCut: false });
  });

  it('ends with a word behind the 300th character, and says that it goes on', () => {
    const { text: cut, isCut } = excerptOf('word '.repeat(100).replaceAll('word', 'wordy'), 300);
    expect([cut.length, cut.endsWith('wordy…'), isCut]).toEqual([306, true, true]);
  });

  it('cuts no character in two', () => {
    const family = '👩‍👩‍👧';
    const { text: cut } = excerptOf(family.repeat(200), 301);
    expect(cut).toBe(`${family.repeat(61)}…`);
    expect(excerptOf('e\u0301'.repeat(400), 301).text).toBe(`${'e\u0301'.repeat(151)}…`);
  });

  it('holds the first 300 characters of any text, and is well-formed where that is', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 300 }), (whole, least) => {
        const { text: shown, isCut } = excerptOf(whole, least);
        const begun = [...whole].slice(0, least).join('');
        expect(shown.startsWith(begun)).toBe(true);
        expect(isCut).toBe(shown !== whole);
        if (whole.isWellFormed()) expect(shown.isWellFormed()).toBe(true);
        // A word and a composed character end soon, or are cut.
        expect([...shown].length).toBeLessThanOrEqual(least + 81);
      }),
    );
  });

  it('and the pieces of a text, put together, are the text', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 300 }), (whole, length) => {
        const pieces = piecesOf(whole, length);
        expect(pieces.join('')).toBe(whole);
        expect(pieces.every((piece) => piece !== '')).toBe(true);
      }),
    );
  });
});
