import { withoutTail } from '../../domain/text.ts';

/**
 * A phrase that is one only with a number: `erinnerung <n> ändern <wann>`, whose words stand behind it, and `edit <number>
 * <when>`. What is no number is something else: `erinnerung bericht ändern morgen um 9`.
 */
export interface Numbered {
  /** Lower case, before the number. */
  readonly before: string;
  /** Directly behind it; empty where no words stand there. */
  readonly after: string;
  /** At the end, behind what else is said, and empty where nothing stands there; absent where nothing else is said. */
  readonly tail?: string;
}

const NUMBERED = /^([^<[]*)<n> ([^<[]+?)(?: <[^<>]*>([^<[]*))?$/;
/** `cancel <number>`, `edit <number> <when>`: nothing stands between. */
const NUMBER_ALONE = /^([^<[]+) <(?:number|nummer)>( <[^<>]*>)?$/;
/** No number of a thing that people name has more digits. */
const NUMBER = /^[\s,:]*(?:(?:nr\.?|nummer|no\.?|number)\s*)?(#?\d{1,9})(?![^\s,:.!?])[\s,:]*/;

/** Reads a phrase as a command says it; `undefined` for one without words behind a number. */
export function numberedIn(phrase: string): Numbered | undefined {
  const [, alone, rest] = NUMBER_ALONE.exec(phrase) ?? [];
  if (alone !== undefined) return { before: alone, after: '', ...(rest === undefined ? {} : { tail: '' }) };
  const [, before, after, tail] = NUMBERED.exec(phrase) ?? [];
  if (before === undefined || after === undefined) return undefined;
  return { before: before.trim(), after, ...(tail === undefined ? {} : { tail: tail.trim() }) };
}

/**
 * The number, and what else is said; `undefined` for a text that is not of the phrase.
 *
 * @param said the text in lower case, letter by letter in the same places
 */
export function argumentOfNumbered(
  text: string,
  said: string,
  { before, after, tail }: Numbered,
): string | undefined {
  if (!said.startsWith(before)) return undefined;
  const [all, number = ''] = NUMBER.exec(said.slice(before.length)) ?? [];
  if (all === undefined || (before !== '' && !/^[\s,:]/.test(all))) return undefined;
  const words = before.length + all.length;
  const end = withoutTail(said, /[\s.!?]/).length;
  const from = words + after.length;
  if (!said.startsWith(after, words) || from > end) return undefined;
  const behind = said.slice(from, end);
  if (behind === '') return tail === undefined || tail === '' ? number : undefined;
  if (tail === undefined || (after !== '' && !/^[\s,:]/.test(behind))) return undefined;
  if (tail === '') return `${number} ${text.slice(from).trim()}`;
  if (!behind.endsWith(` ${tail}`)) return undefined;
  return `${number} ${text.slice(from, end - tail.length).trim()}`;
}
