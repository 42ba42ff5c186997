import { describe, expect, it } from 'vitest';
import { languages, localeFor, wordsFor } from '../../shared/locale/words.ts';
import { messagesOf } from './messages.ts';

/** What is written alike in both languages. */
const alike: readonly string[] = [
  'cards.build.facts.branch',
  'cards.build.title[0]',
  'hotels.watchLine[0]',
  'recurrence.and[0]',
  'recurrence.nthDay[0]',
];

/** Messages in which a number is a word: `vorletzten`, `einmal`. */
const numbersInWords: readonly string[] = ['recurrence.nthDay[4]', 'recurrence.times[0]'];

describe('the words for a locale', () => {
  it.each([
    ['de', 'de'],
    ['de-DE', 'de'],
    ['de-AT', 'de'],
    ['DE-ch', 'de'],
    ['en-GB', 'en'],
    ['fr-FR', 'en'],
    ['', 'en'],
    ['not a tag', 'en'],
    ['constructor', 'en'],
    [undefined, 'en'],
  ])('of %s are of language %s', (locale, language) => {
    expect(wordsFor(locale).language).toBe(language);
  });

  it.each([
    ['de-AT', 'de-AT'],
    ['en-GB', 'en-GB'],
    ['fr-FR', 'en'],
    ['not a tag', 'en'],
    [undefined, 'en'],
  ])('go with times and numbers that are written for %s as for %s', (locale, written) => {
    expect(localeFor(locale)).toBe(written);
  });
});

describe.each(Object.entries(languages))('every message in %s', (language, words) => {
  const messages = [...messagesOf(words)];

  it('says something, and shows no value that is missing', () => {
    expect(messages.length).toBeGreaterThan(250);
    expect(messages.filter(([, text]) => typeof text !== 'string' || text.trim() === '')).toEqual([]);
    expect(messages.filter(([, text]) => /undefined|\[object|NaN|=>/.test(text))).toEqual([]);
  });

  it('opens and closes its quotes, its brackets and its bold', () => {
    const count = (text: string, what: string) => text.split(what).length - 1;
    const uneven = messages.filter(
      ([, text]) =>
        count(text, '**') % 2 !== 0 ||
        count(text, '(') !== count(text, ')') ||
        (language === 'de' && (count(text, '„') !== count(text, '“') || text.includes('"'))),
    );
    expect(uneven).toEqual([]);
  });
});

describe('every message in another language', () => {
  const english = messagesOf(wordsFor('en'));

  it.each(Object.keys(languages).filter((language) => language !== 'en'))('is translated: %s', (language) => {
    const same = [...messagesOf(wordsFor(language))]
      .filter(([path, text]) => english.get(path) === text)
      .map(([path]) => path);
    expect(same.sort()).toEqual([...alike].sort());
  });

  it.each(Object.keys(languages).filter((language) => language !== 'en'))(
    'says every value that English says: %s',
    (language) => {
      // What the samples are made of.
      const values = (text: string) =>
        text.match(/\b([A-Z]{3,}|Rome|Grand|Vegas|Ana|Europe\/Berlin|web|main|ci)\b|\*\*builds\b|\d+/g) ?? [];
      const messages = messagesOf(wordsFor(language));
      const lost = [...english].filter(([path, text]) =>
        values(text).some((value) => !messages.get(path)?.includes(value)),
      );
      expect(lost.map(([path]) => path)).toEqual(numbersInWords);
    },
  );

  it.each(Object.keys(languages).filter((language) => language !== 'en'))(
    'names the commands as they are to be said: %s',
    (language) => {
      const bold = (text: string) => new Set(text.match(/\*\*[^*]+\*\*/g) ?? []);
      const names = Object.keys(wordsFor('en').commands);
      const commands = (text: string) =>
        [...bold(text)].filter((one) => names.some((name) => one.slice(2).startsWith(name)));
      const messages = messagesOf(wordsFor(language));
      const lost = [...english].filter(([path, text]) =>
        commands(text).some((command) => !bold(messages.get(path) ?? '').has(command)),
      );
      expect(lost.map(([path]) => path)).toEqual([]);
    },
  );
});

it('a count is written as the language writes it', () => {
  expect(wordsFor('en').booking.travellers(1200)).toBe('1,200 travellers');
  expect(wordsFor('de').booking.travellers(1200)).toBe('1.200 Personen');
});
