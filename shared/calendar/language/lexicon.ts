import { editDistance } from '../../domain/edit-distance.ts';
import { type Token, UNKNOWN } from '../phrase/tokens.ts';
import type { Language } from './language.ts';

/** A spelling, and what the notation has for it. */
interface Entry {
  readonly spelling: readonly string[];
  readonly notation: readonly string[];
}

/** The words of a language, to be looked up. */
export interface Lexicon {
  readonly language: Language;
  /** By the first word of a spelling; longest first. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  readonly guessed: readonly string[];
}

/** A text in the notation of the grammar. */
export interface Translation {
  readonly language: Language;
  readonly tokens: readonly Token[];
  /** The words of the text that the language has, by their place. */
  readonly known: ReadonlySet<number>;
}

const built = new WeakMap<Language, Lexicon>();

/** Built when it is first used. */
export function lexiconOf(language: Language): Lexicon {
  const known = built.get(language);
  if (known !== undefined) return known;
  const entries = new Map<string, Entry[]>();
  for (const [spelling, notation] of spellingsOf(language)) {
    const words = spelling.split(' ');
    const [first = ''] = words;
    const others = entries.get(first) ?? [];
    others.push({ spelling: words, notation: notation.split(' ') });
    entries.set(first, others);
  }
  for (const others of entries.values()) others.sort((a, b) => b.spelling.length - a.spelling.length);
  const lexicon = { language, entries, guessed: (language.guessed ?? '').split(' ') };
  built.set(language, lexicon);
  return lexicon;
}

/** Each spelling with its notation; the first that says something of a spelling counts. */
function spellingsOf(language: Language): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const add = (spellings: string, notation: string): void => {
    for (const spelling of spellings.split('|').flatMap((each) => spelled(each.trim(), language)))
      if (spelling !== '' && !found.has(spelling)) found.set(spelling, notation);
  };
  // The command is called so in every language.
  add('remind me', 'remind me');
  for (const [notation, spellings] of Object.entries(language.words ?? {})) add(spellings, notation);
  for (const [day, spellings] of (language.weekdays ?? []).entries())
    for (const spelling of spellings.split('|'))
      add(spelling.replace('?', ''), spelling.includes('?') ? `d${day}?` : `d${day}`);
  for (const [day, spellings] of (language.everyWeekday ?? []).entries()) add(spellings, `d${day}s`);
  for (const [month, spellings] of (language.months ?? []).entries()) add(spellings, `m${month + 1}`);
  for (const [spellings, value] of Object.entries(language.numbers ?? {})) add(spellings, `n${value}`);
  for (const [spellings, value] of Object.entries(language.ordinals ?? {})) add(spellings, `o${value}`);
  for (const [rule, spellings] of Object.entries(language.holidays ?? {})) add(spellings, `h${rule}`);
  for (const word of (language.same ?? '').split(/\s+/)) add(word, word);
  return found;
}

/** A spelling, and what it looks like with other letters. */
function spelled(spelling: string, { letters = [] }: Language): readonly string[] {
  const kinds = Math.max(0, ...letters.map((instead) => instead.length));
  const all = Array.from({ length: Math.max(1, kinds) }, (_, kind) =>
    letters.reduce((text, [letter, ...instead]) => {
      const other = kind === 0 ? letter : (instead[kind - 1] ?? instead.at(-1) ?? letter);
      return text.replaceAll(letter, other);
    }, spelling),
  );
  return [...new Set(all)];
}

/** Which of two numbers of a date is the day, for whoever reads in the locale. */
export type DateOrder = 'day-first' | 'month-first';

/** Writes a text in the notation. Takes time in proportion to its length: no spelling is longer than some words. */
export function translated(
  tokens: readonly Token[],
  lexicon: Lexicon,
  order?: DateOrder | undefined,
): Translation {
  const found: Token[] = [];
  const known = new Set<number>();
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (token === undefined) break;
    const entry = entryAt(tokens, at, lexicon);
    if (entry === undefined) {
      found.push(alone(tokens, at, { language: lexicon.language, before: found, order }));
      at += 1;
      continue;
    }
    const last = tokens[at + entry.spelling.length - 1] ?? token;
    for (const [place, text] of entry.notation.entries())
      found.push({
        ...token,
        text,
        kind: token.kind === 'sign' ? 'sign' : 'word',
        end: last.end,
        glued: place > 0 ? false : token.glued,
        said: place > 0 ? '' : token.said,
      });
    // A word of everyday language says nothing of the language that it is in.
    const isVague = entry.notation.some((word) => word.endsWith('?'));
    for (const end = at + entry.spelling.length; at < end; at += 1) if (!isVague) known.add(at);
  }
  return { language: lexicon.language, tokens: found, known };
}

function entryAt(tokens: readonly Token[], at: number, lexicon: Lexicon): Entry | undefined {
  const token = tokens[at];
  if (token === undefined || token.kind === 'quoted') return undefined;
  const fits = ({ spelling }: Entry): boolean =>
    spelling.every((word, place) => tokens[at + place]?.said === word);
  const entry = lexicon.entries.get(token.said)?.find(fits);
  if (entry !== undefined || token.kind !== 'word') return entry;
  const meant = guess(token.said, lexicon);
  return meant === undefined
    ? undefined
    : lexicon.entries.get(meant)?.find((each) => each.spelling.length === 1);
}

/** A word of calendars that was misspelled. */
function guess(word: string, { guessed }: Lexicon): string | undefined {
  if (word.length < 6 || word.length > 12) return undefined;
  return guessed.find(
    (name) => name[0] === word[0] && editDistance(word, name) <= (name.length > 7 && word.length > 6 ? 2 : 1),
  );
}

/** A token that is in no spelling. */
function alone(
  tokens: readonly Token[],
  at: number,
  {
    language,
    before,
    order,
  }: {
    readonly language: Language;
    readonly before: readonly Token[];
    readonly order: DateOrder | undefined;
  },
): Token {
  const token = tokens[at] ?? { kind: 'sign', text: '', said: '', start: 0, end: 0, glued: false };
  if (token.kind === 'word') return { ...token, text: UNKNOWN };
  if (order !== undefined && /^[/-]$/.test(token.text)) return { ...token, mark: order };
  if (language.has24Hours === true && token.text === ':') return { ...token, mark: 'on-24' };
  const isOrdinal =
    language.hasDottedOrdinals === true && token.text === '.' && endsOrdinal(tokens, at, before.at(-2));
  return isOrdinal ? { ...token, kind: 'word', text: 'th' } : token;
}

function isDot(token: Token | undefined): boolean {
  return token?.text === '.' && token.glued;
}

/** The dot of `am 5.`, but not one of `5.6.`, of `9.30`, or of the end of a sentence. */
function endsOrdinal(tokens: readonly Token[], at: number, lead: Token | undefined): boolean {
  const number = tokens[at - 1];
  const behind = tokens[at + 1];
  if (number?.kind !== 'number' || number.text.length > 2 || tokens[at]?.glued !== true) return false;
  // The 6 of `5.6.` and of `5. 6.`, and the 5.
  if (/^[.:]$/.test(tokens[at - 2]?.text ?? '')) return false;
  if (behind?.kind === 'number' && (behind.glued || isDot(tokens[at + 2]))) return false;
  return behind !== undefined || /^(?:the|every)$/.test(lead?.text ?? '');
}
