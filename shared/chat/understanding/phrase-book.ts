import { editDistance } from '../../domain/edit-distance.ts';
import { refuseTwice, TakenTwice } from '../../domain/taken-twice.ts';
import { withoutFullStop, withoutTail } from '../../domain/text.ts';
import { languageOf } from '../../locale/words.ts';
import type { CommandName } from '../commands/command.ts';
import { argumentOfNumbered, type Numbered, numberedIn } from './numbered-phrase.ts';
import { withoutPoliteness, withoutThanks } from './politeness.ts';

/** What somebody wants, by the command that it is. */
export interface Read<Name extends CommandName> {
  readonly command: Name;
  /** What was said for it beside its own words, trimmed; empty where nothing was. */
  readonly argument: string;
  /** The words by which it was known, as they stand in the book: `erinnere mich`. */
  readonly by: string;
}

/** Everything that can be said, in every language: the one place where words become a command. */
export interface PhraseBook<Name extends CommandName> {
  /** What a text says; `undefined` for what is no command. Takes time in proportion to the length of the text. */
  read(text: string): Read<Name> | undefined;
  /** A command as people say it in their language: `subscribe builds` is `abonniere builds`. */
  inWordsOf(command: string, locale: string): string;
  /** What may have been meant by a text that says nothing, as it is to be said, with its arguments; best first. */
  nearest(text: string, most: number): readonly string[];
}

interface Phrase<Name> {
  readonly command: Name;
  readonly language: string;
  /** Lower case; around the argument, where it takes one. */
  readonly before: string;
  readonly after: string;
  readonly takes: boolean;
  /** Its words stand behind a number, and it is said in no other way. */
  readonly numbered?: Numbered;
  readonly isOwnName: boolean;
  /** The one by which people know it in their language. */
  readonly isFirst: boolean;
}

/** A text and where its words end: no word of a command begins in the middle of one. */
const END_OF_WORD = /[\s,:]/;
const HOLE = /[[<]/;
/** What asks for something of its own wherever it stands: `mute the phone, remind me at 9`. */
const OWN_WORDS = /(?:^|[\s,:])(?:remind me|erinnere? mich)(?=[\s,:]|$)/i;
/**
 * What stands before a verb and is no name: it speaks of somebody, asks, denies, or has a time in it and no `bis`. `morgen um 9 das Handy
 * stummschalten` asks for nothing that is done at once.
 */
const SENTENCE =
  /(?:^|\s)(?:ich|mich|mir|du|dich|er|man|wir|uns|nicht|warum|wann|wer|fürs|erinnern|vergiss)(?=\s|$)|^(?!(?:.*\s)?bis\s)(?:.*\s)?(?:heute|morgen|übermorgen|(?:um|ab|gegen|in) \d{1,3}|\d{1,2}(?:[:.]\d{2})? uhr|(?:am |nächsten )(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch))(?=\s|$)/i;
/** Behind a German verb it denies all of it: `abonniere builds nicht`. */
const DENIED = /(?:^|\s)nicht[\s.!?]*$/i;
/** Of a word with fewer letters every other is alike. */
const SHORTEST = 3;
/** Of what else is said for a command shorter words are alike to too many. */
const SHORTEST_OTHER = 6;
/** What may be mistaken for a command is its beginning. */
const LONGEST_BEGINNING = 40;

/** @param commands in the order in which the same words are looked for */
export function phraseBook<Name extends CommandName>(commands: readonly Name[]): PhraseBook<Name> {
  const phrases = commands
    .flatMap(phrasesOf)
    // `cancel reminder 3` is no `cancel`: the longest that fits is meant, and of equals the one that wants a number.
    .sort((a, b) => lengthOf(b) - lengthOf(a) || Number(isNumbered(b)) - Number(isNumbered(a)));

  return {
    read: (text) => {
      const found = readAll(text);
      const wanted = withoutFullStop(withoutThanks(text));
      const polite = wanted === text ? undefined : readAll(wanted);
      const isOwn = found?.command.takesWords === true;
      // Of somebody's own words a thank-you is a part, but not all of them.
      const isAllPolite =
        polite !== undefined && (polite.argument === '' || polite.command !== found?.command);
      return isOwn && !isAllPolite ? found : (polite ?? found ?? alsoSaid(text));
    },

    inWordsOf(text, locale) {
      const language = languageOf(locale) ?? 'en';
      const read = language === 'en' ? undefined : find(text);
      if (read === undefined) return text;
      const wanted = read.argument === '' ? undefined : true;
      const own = phrases.filter((phrase) => phrase.command === read.command && phrase.language === language);
      const first = firstOf(own, read.command, language, wanted);
      if (first === undefined) return text;
      return [first.before, ...(wanted ? [read.argument] : []), first.after]
        .filter((part) => part !== '')
        .join(' ');
    },

    nearest(text, most) {
      const said = withoutPoliteness(text);
      const words = said.split(/\s+/);
      const close = phrases.flatMap((phrase) => {
        const { command, before, takes } = phrase;
        const most = mostUnlike(phrase);
        if (command.isForButtons === true || most === 0) return [];
        const length = before.split(' ').length;
        // A space may have been left out: `quiethours 22-7`.
        return [length, ...(length > 1 ? [length - 1] : [])].flatMap((count) => {
          const beginning = words.slice(0, count).join(' ').toLowerCase().slice(0, LONGEST_BEGINNING);
          const distance = editDistance(beginning, before);
          if (distance > (count < length ? 1 : most)) return [];
          const rest = takes ? words.slice(count).join(' ') : '';
          return [{ said: rest === '' ? before : `${before} ${rest}`, distance, command }];
        });
      });
      const best = close
        .sort((a, b) => a.distance - b.distance)
        // Beside what is clearly meant nothing is offered that is much less alike.
        .filter(({ distance }, _, [first]) => distance <= (first?.distance ?? 0) + 1);
      // Of one command the words that are most alike.
      const firsts = best.filter(
        ({ command }, index) => best.findIndex((other) => other.command === command) === index,
      );
      // What is no command though it begins as one is not offered.
      const understood = firsts.map((one) => one.said).filter((one) => find(one) !== undefined);
      return understood.slice(0, most);
    },
  };

  function readAll(text: string): Read<Name> | undefined {
    const bare = withoutPoliteness(text);
    // What stands before an argument that comes first is no part of it: `ich möchte builds abonnieren`.
    return find(text, { mayBegin: bare === text }) ?? find(bare, { whole: text });
  }

  function alsoSaid(text: string): Read<Name> | undefined {
    const command = commands.find((one) => one.alsoSaid?.(text) === true);
    return command && { command, argument: text, by: '' };
  }

  /**
   * @param mayBegin whether the text may begin with an argument
   * @param whole the text with what stands before it
   */
  function find(text: string, { mayBegin = true, whole = text } = {}): Read<Name> | undefined {
    const lower = text.toLowerCase();
    // Of a few letters the small one is longer: then they are taken as they are.
    const said = lower.length === text.length ? lower : text;
    const bare = withoutTail(said, /[\s.!?]/) || said.trim();
    const alike = phrases.filter(
      ({ before, after, numbered }) => numbered === undefined && after === '' && before === bare,
    );
    const all = alike.find(({ takes }) => !takes) ?? alike.find(({ isOwnName }) => isOwnName) ?? alike[0];
    if (all !== undefined) return { command: all.command, argument: '', by: all.before };
    for (const phrase of phrases) {
      const isFirst = phrase.before === '' && phrase.numbered === undefined;
      if (phrase.before === '' && !mayBegin) continue;
      const argument = argumentIn(text, said, phrase);
      if (argument === undefined) continue;
      const ownWords = OWN_WORDS.exec(argument);
      const own = isFirst || ownWords !== null ? inOwnWords(text, said, whole) : undefined;
      if (own !== undefined) return own;
      // `help remind me` is about the words themselves.
      const isMore = isFirst
        ? SENTENCE.test(argument)
        : DENIED.test(argument) || (ownWords !== null && ownWords.index > 0);
      if (!isMore || phrase.command.takesWords === true)
        return { command: phrase.command, argument, by: phrase.before };
    }
    return undefined;
  }

  /** What begins as what somebody says in their own words is that, whatever it ends with: `remind me ... stummschalten`. */
  function inOwnWords(text: string, said: string, whole: string): Read<Name> | undefined {
    for (const phrase of phrases) {
      if (phrase.command.takesWords !== true || phrase.before === '') continue;
      const argument = argumentIn(text, said, phrase);
      if (argument !== undefined) return { command: phrase.command, argument, by: phrase.before };
    }
    const also = alsoSaid(whole);
    return also?.command.takesWords === true ? also : undefined;
  }
}

/** So many letters may be wrong in a phrase: more in that by which a command is known, none in what is too short. */
function mostUnlike({ before, after, isFirst, numbered }: Phrase<unknown>): number {
  if (isFirst) return before.length < SHORTEST ? 0 : Math.max(1, Math.floor(before.length / 3));
  if (after !== '' || numbered !== undefined || before.length < SHORTEST_OTHER) return 0;
  return Math.max(1, Math.floor(before.length / 6));
}

/**
 * Throws `TakenTwice` where two commands have one name, or something that is said for both: people would reach the first one
 * alone, and nobody would be told.
 */
export function refuseSameWords(commands: readonly CommandName[]): void {
  const owners = new Map<string, CommandName>();
  for (const command of commands) {
    for (const words of [command.name, ...Object.values(command.said ?? {}).flat()]) {
      const { before, after, takes, numbered } = partsOf(words);
      const isName = words === command.name;
      const key = `${before}|${after}|${numbered !== undefined}|${numbered?.tail ?? ''}|${isName ? command.usage.length > command.name.length : takes}`;
      const owner = owners.get(key) ?? command;
      if (owner !== command) throw new TakenTwice('command', words);
      owners.set(key, command);
    }
  }
  refuseTwice(
    'command',
    commands.map(({ name }) => name),
  );
}

/** The first words of a command in a language, with or without a place for what follows. */
function firstOf<Name extends CommandName>(
  own: readonly Phrase<Name>[],
  { said }: Name,
  language: string,
  wanted: true | undefined,
): Phrase<Name> | undefined {
  for (const text of said?.[language] ?? []) {
    const { before, after, takes } = partsOf(text);
    // Whatever stands behind may be left out.
    if (wanted ? takes : !takes || after === '')
      return own.find((phrase) => phrase.before === before && phrase.after === after);
  }
  return undefined;
}

function phrasesOf<Name extends CommandName>(command: Name): readonly Phrase<Name>[] {
  const { name, usage, said = {} } = command;
  const takes = usage.length > name.length;
  return [
    { command, language: 'en', before: name, after: '', takes, isOwnName: true, isFirst: true },
    // A command that takes nothing is known by its name with something behind it, too: it says so, or asks.
    ...(takes
      ? []
      : [{ command, language: 'en', before: name, after: '', takes: true, isOwnName: true, isFirst: false }]),
    ...Object.entries(said).flatMap(([language, texts]) =>
      texts.map((text, index) => ({
        command,
        language,
        ...partsOf(text),
        isOwnName: false,
        isFirst: index === 0 && language !== 'en',
      })),
    ),
  ];
}

/** `schalte <thema> stumm` is what stands before the place, and behind it. */
function partsOf(text: string): Pick<Phrase<unknown>, 'before' | 'after' | 'takes' | 'numbered'> {
  const numbered = numberedIn(text);
  if (numbered !== undefined) return { ...numbered, takes: true, numbered };
  const start = text.search(HOLE);
  if (start < 0) return { before: text, after: '', takes: false };
  const end = Math.max(text.lastIndexOf('>'), text.lastIndexOf(']')) + 1;
  return { before: text.slice(0, start).trim(), after: text.slice(end).trim(), takes: true };
}

function isNumbered({ numbered }: Phrase<unknown>): boolean {
  return numbered !== undefined;
}

function lengthOf({ before, after, numbered }: Phrase<unknown>): number {
  return before.length + after.length + (numbered?.tail ?? '').length;
}

/** What was said in the place of the argument; `undefined` where the text is not of this phrase. */
function argumentIn(text: string, said: string, phrase: Phrase<unknown>): string | undefined {
  const { before, after, takes, numbered } = phrase;
  if (numbered !== undefined) return argumentOfNumbered(text, said, numbered);
  if (!takes || !said.startsWith(before)) return undefined;
  const end = after === '' ? text.length : withoutTail(said, /[\s.!?]/).length - after.length;
  if (after !== '' && (!said.startsWith(after, end) || !/\s/.test(said[end - 1] ?? ''))) return undefined;
  if (end < before.length) return undefined;
  if (text.length === before.length) return after === '' ? '' : undefined;
  if (before !== '' && !END_OF_WORD.test(said[before.length] ?? '')) return undefined;
  const within = text
    .slice(before.length, end)
    .replace(/^[\s,:]+/, '')
    .trim();
  const argument = before === '' ? withoutThanks(within) : within;
  return argument === '' && after !== '' ? undefined : argument;
}
