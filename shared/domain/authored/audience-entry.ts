import { comparableId } from '../identity/proofs.ts';
import { comparableName, isName } from '../identity/told-names.ts';
import { type PersonKey, personKey } from '../ids.ts';

/** An audience has at most so many entries. */
export const MOST_ENTRIES = 100_000;

/**
 * What tells the entries of an audience apart: ids without case where case says nothing, mails and user principal names
 * without it. It is the bare name of the person where the entry is an id of theirs, so that they are found in it by that.
 */
export function entryKey(text: string): PersonKey {
  return personKey(isName(text) ? comparableName(text) : comparableId('channel', text));
}

/** The entries of a pasted text: parted by lines, commas, semicolons and tabs. */
export function entriesIn(text: string): readonly string[] {
  return text
    .split(/[\n\r,;\t]+/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
