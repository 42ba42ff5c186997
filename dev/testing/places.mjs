// Plain JavaScript, for dev/test.mjs: what `npm test -- <where>` means.
import { statSync } from 'node:fs';
import { resolve, sep } from 'node:path';

/**
 * The words of a command line for vitest, which takes one for a part of any path: `app` would be `test/mapping/` and
 * whatever lies below a folder of that name. A file or folder of the repository is meant as such, and any other word is left.
 */
export function placesOf(root, words) {
  return words.map((word, index) => {
    // Behind an option it may be the option's value: `-t app`.
    const isPlace = !word.startsWith('-') && words[index - 1]?.startsWith('-') !== true;
    const path = resolve(root, word);
    const found = isPlace ? statSync(path, { throwIfNoEntry: false }) : undefined;
    if (found === undefined) return word;
    return found.isDirectory() ? path + sep : path;
  });
}
