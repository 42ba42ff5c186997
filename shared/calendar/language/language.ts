/**
 * The words in which people of one language say times, as data: the grammar under `phrase/` reads a notation of its own,
 * and a language says how it is written there. The words of the notation look English so that the grammar can be read; a
 * text in English comes to it through `en/` as any other does.
 *
 * Spellings are in lower case, words and signs parted by one space, and several spellings by `|`.
 */
export interface Language {
  /** Subtag of BCP 47: `en`. */
  readonly tag: string;
  /** Monday first. A spelling with `?` behind it is an everyday word, too, and no day where it stands alone. */
  readonly weekdays?: readonly string[];
  /** Words that say that it is every such weekday, Monday first: `mondays`. */
  readonly everyWeekday?: readonly string[];
  /** January first. */
  readonly months?: readonly string[];
  /** Also with a fraction: what is one word in the language for one and a half. */
  readonly numbers?: { readonly [spellings: string]: number };
  readonly ordinals?: { readonly [spellings: string]: number };
  /** By the rule for the day: `12-25`, `easter-2`, `11:4:3+1` (the day after the 4th Thursday, from 0, of November). */
  readonly holidays?: { readonly [rule: string]: string };
  /** What the notation has for them: `{ 'day after tomorrow': 'übermorgen' }`. */
  readonly words?: { readonly [notation: string]: string };
  /** Words that the notation writes as the language does. */
  readonly same?: string;
  /** Long words of which one wrong letter leaves no doubt. */
  readonly guessed?: string;
  /** What may be written for a letter: `['ä', 'ae', 'a']`. */
  readonly letters?: readonly (readonly [letter: string, ...instead: string[]])[];
  /** `5.` is the fifth. */
  readonly hasDottedOrdinals?: boolean;
  /** `5:30` is in the morning, where a day is named: the clock goes to 24. */
  readonly has24Hours?: boolean;
}
