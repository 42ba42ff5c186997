import { describe, expect, it } from 'vitest';
import {
  areFoundBy,
  folded,
  LONGEST_WORD,
  MOST_WORDS,
  termsOf,
  wordsOf,
} from '../../../shared/domain/identity/name-words.ts';

describe('the words by which somebody is found', () => {
  it.each([
    ['Zoë', 'zoe'],
    ['MÜLLER', 'muller'],
    ['Straße', 'strasse'],
    ['Łukasz Ørsted', 'lukaszorsted'],
    ['İzmir', 'izmir'],
    ["O'Brien", 'obrien'],
    ['Иван', 'иван'],
    ['王', '王'],
    ['🚀', ''],
  ])('folds %s', (text, expected) => {
    expect(folded(text)).toBe(expected);
  });

  it('are each word of the name, together and apart, the mail and the ids', () => {
    expect(
      wordsOf({
        id: '29:1aB-2',
        name: 'Anna-Lena Müller',
        aadObjectId: '5B6F1A10-0000-4000-8000-000000000001',
        mail: 'anna.m@contoso.com',
      }),
    ).toEqual([
      'annalena',
      'anna',
      'lena',
      'muller',
      'annamcontosocom',
      'm',
      'contoso',
      'com',
      '5b6f1a10000040008000000000000001',
      '291ab2',
      '1ab2',
    ]);
  });

  it('are bounded, in number and in length, also of a name that somebody chose to be long', () => {
    const words = wordsOf({
      id: 'x',
      name: Array.from({ length: 200 }, (_, n) => `${'n'.repeat(90)}${n}`).join(' '),
    });
    expect(words.length).toBeLessThanOrEqual(MOST_WORDS);
    expect(Math.max(...words.map(({ length }) => length))).toBe(LONGEST_WORD);
    const many = wordsOf({ id: 'x', name: Array.from({ length: 200 }, (_, n) => `n${n}`).join(' ') });
    expect(many).toHaveLength(MOST_WORDS);
  });

  it('are looked for by their beginnings, the longest first', () => {
    expect(termsOf('  Le MÜLL ')).toEqual(['mull', 'le']);
    expect(termsOf(' ?? ')).toEqual([]);
    const words = wordsOf({ id: '29:1', name: 'Anna-Lena Müller' });
    for (const text of ['anna', 'Lena Mül', 'anna-le', 'MULLER anna', '29:1']) {
      expect(areFoundBy(words, termsOf(text)), text).toBe(true);
    }
    for (const text of ['ena', 'anna schmidt', 'üller']) {
      expect(areFoundBy(words, termsOf(text)), text).toBe(false);
    }
  });
});
