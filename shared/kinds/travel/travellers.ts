import { withoutTail } from '../../domain/text.ts';

const WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** A longer text counts nobody. */
const LONGEST_SAID = 200;

/** So many as nobody counts. */
const MANY = 100;

/** A booking takes so many people at most; more of them are a group. */
export const MOST_TRAVELLERS = 12;

const PEOPLE =
  /\b(?:people|persons?|pax|travell?ers?|adults?|kids?|child(?:ren)?|of us|me|myself|alone|solo|couple|family|wife|husband|partner|friends?)\b/i;

/** Whether a text speaks of people, or is a number and nothing else. */
export function isAboutPeople(text: string): boolean {
  if (text.length > LONGEST_SAID) return false;
  const said = text.trim().toLowerCase();
  return PEOPLE.test(said) || /^\d{1,4}$/.test(said) || WORDS.includes(said);
}

/** Reads how many travel: `2`, `two of us`, `just me`, `me and my wife`, `3 adults and a child`. */
export function readTravellers(text: string): number | undefined {
  if (text.length > LONGEST_SAID) return undefined;
  const said = withoutTail(text.trim().toLowerCase(), /[.!?]/);
  if (
    /^(?:only |just )?(?:me|myself|i)$|^(?:just |only )?(?:for me|me alone)$|\balone\b|\bsolo\b|\bby myself\b/.test(
      said,
    )
  )
    return 1;
  // Half a traveller, or fewer than none.
  if (/(?:^|\s)[-\u2212]\s?\d|\d[.,]\d/.test(said)) return undefined;
  if (/\b(?:hundreds?|thousands?|dozens?)\b/.test(said)) return MANY;
  if (/\b(?:a couple|both of us|a pair)\b/.test(said)) return 2;
  const numbers = [...said.matchAll(/\b(?:\d+|[a-z]+)\b/g)].flatMap(([word]) => numberOf(word) ?? []);
  const people = /\b(?:me|i|myself)\b/.test(said) ? [1] : [];
  // "My wife and two kids": whoever is named without a number is one.
  const named = [
    ...said.matchAll(
      /\b(?:my|a|an) (?:wife|husband|partner|girlfriend|boyfriend|friend|mother|father|mum|mom|dad|son|daughter|sister|brother|child|kid|baby|infant|adult|colleague|boss)\b/g,
    ),
  ].map(() => 1);
  const counted = [...people, ...named, ...numbers];
  if (counted.length === 0) return undefined;
  // "We are four", "four, me and my kids": with "of us" and the like, the number is all of them.
  const isTotal =
    /\b(?:of us|we are|we're|family of|party of|group of|people|persons|travell?ers|in total)\b/.test(said);
  const total = (isTotal && numbers.length > 0 ? numbers : counted).reduce((sum, count) => sum + count, 0);
  return total > 0 ? total : undefined;
}

function numberOf(word: string): number | undefined {
  if (/^\d{1,4}$/.test(word)) return Number(word);
  const index = WORDS.indexOf(word);
  return index < 0 ? undefined : index;
}
