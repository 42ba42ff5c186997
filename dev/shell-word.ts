/** A path or another word as it is typed in a shell: within quotation marks where it has blanks or the like. */
export function shellWord(word: string): string {
  return /^[\w./:\\@%+,=-]+$/.test(word) ? word : `"${word.replaceAll(/(["$`])/g, '\\$1')}"`;
}
