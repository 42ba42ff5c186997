import { describe, expect, it } from 'vitest';
import { openHooks } from '../../shared/kinds/hooks/hooks.ts';
import { localeFor, wordsFor } from '../../shared/locale/words.ts';
import { everyCommand } from '../support/every-command.ts';
import { aWorld } from '../support/world.ts';
import { vocabularies } from './vocabularies.ts';

const { inWordsOf } = (await everyCommand(aWorld({ kinds: [openHooks] }))).answer;
/** What is understood before any command, and examples that are written anew. */
const notInTheBook: { readonly [command: string]: string } = {
  'forget me now': 'vergiss mich jetzt',
  'watch Vegas Grand drop 10%': 'beobachte',
  'mute for 2 hours': 'stumm für 2 Stunden',
  'mute builds until tomorrow 9:00': 'stumm builds bis morgen 9:00',
  'remind me to call Ann tomorrow at 9am': 'erinnere mich',
  'webhook help grafana': 'webhook hilfe grafana',
  'create webhook grafana as alerts/grafana': 'webhook anlegen grafana als alerts/grafana',
};

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

const all = vocabularies.flatMap(({ name, messages }) =>
  [...messages].map(([language, said]) => ({ name, language, said })),
);

it('there are messages of the engine and of each kind of the product, in English and in German', () => {
  for (const name of ['engine', 'builds', 'reminders', 'survey']) {
    const { messages } = vocabularies.find((one) => one.name === name) ?? {};
    expect([name, ...(messages?.keys() ?? [])]).toEqual([name, 'en', 'de']);
  }
  for (const language of ['en', 'de']) {
    const number = all.reduce((sum, { said, language: of }) => sum + (of === language ? said.size : 0), 0);
    expect(number).toBeGreaterThan(220);
  }
});

describe.each(all)('every message of $name in $language', ({ language, said }) => {
  const messages = [...said];

  it('says something, and shows no value that is missing', () => {
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.filter(([, text]) => typeof text !== 'string' || text.trim() === '')).toEqual([]);
    expect(messages.filter(([, text]) => /undefined|\[object|NaN|=>/.test(text))).toEqual([]);
  });

  it('has no angle bracket that would be taken for a tag, and shown to nobody', () => {
    const shown = (text: string) => text.replace(/`[^`]*`/g, '').replace(/\\[<>]/g, '');
    expect(messages.filter(([, text]) => /[<>]/.test(shown(text)))).toEqual([]);
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

const translated = vocabularies.flatMap(({ name, messages, alike }) =>
  [...messages].flatMap(([language, said]) =>
    language === 'en' ? [] : [{ name, language, alike, said, english: [...(messages.get('en') ?? [])] }],
  ),
);

describe.each(translated)(
  'every message of $name in another language: $language',
  ({ alike, said, english, name, language }) => {
    it('is translated', () => {
      const same = english.filter(([path, text]) => said.get(path) === text).map(([path]) => path);
      expect(same.sort()).toEqual([...alike].sort());
    });

    it('says every value that English says', () => {
      // What the samples are made of.
      const values = (text: string) =>
        text.match(/\b([A-Z]{3,}|Rome|Grand|Vegas|Ana|Europe\/Berlin|web|main|ci)\b|\*\*builds\b|\d+/g) ?? [];
      const lost = english.filter(([path, text]) =>
        values(text).some((value) => !said.get(path)?.includes(value)),
      );
      expect(lost.map(([path]) => path)).toEqual(name === 'engine' ? numbersInWords : []);
    });

    it('names the commands as they are to be said', () => {
      const bold = (text: string) => new Set(text.match(/\*\*[^*]+\*\*/g) ?? []);
      const names = vocabularies.flatMap(({ commands }) => commands);
      expect(names).toContain('remind me');
      const commands = (text: string) =>
        [...bold(text)].filter((one) => names.some((command) => one.slice(2).startsWith(command)));
      const inTheirs = (command: string) => {
        const words = command.slice(2, -2);
        return notInTheBook[words] ?? inWordsOf(words, language);
      };
      const lost = english.filter(([path, text]) =>
        commands(text).some((command) => {
          const [name = ''] = inTheirs(command).split(/ (?=\S*\d|[A-Z])/);
          return ![...bold(said.get(path) ?? '')].some((one) => one.slice(2).startsWith(name));
        }),
      );
      // What `didYouMean` is given is said as it is.
      expect(lost.map(([path]) => path).filter((path) => !path.startsWith('chat.didYouMean'))).toEqual([]);
    });
  },
);

it('a count is written as the language writes it', () => {
  expect(wordsFor('en').topics.messages(1200)).toContain('1,200');
  expect(wordsFor('de').topics.messages(1200)).toContain('1.200');
});
