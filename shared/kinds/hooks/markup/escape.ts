/** Signs that Markdown gives a meaning anywhere in a line. */
const INLINE = /[\\*\x60[\]<]/;
/** What begins a heading, a list, a quotation or a rule. */
const LINE_START = /^(\s{0,3})([#>+-]|\d{1,9}[.)])(?=\s|$)/;

/** A value as Markdown that shows it as it is. Signs that mean nothing where they stand are left alone. */
export function escaped(value: string): string {
  return lines(value)
    .map((line) => escapedLine(line))
    .join('\n\n');
}

/** The same for a text that goes into a line of something larger. */
export function escapedInline(value: string): string {
  return escapedLine(lines(value).join(' '));
}

function lines(value: string): readonly string[] {
  return value
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
}

function escapedLine(line: string): string {
  let text = '';
  for (let index = 0; index < line.length; index += 1) {
    const sign = line[index] ?? '';
    text += needsEscape(line, index, sign) ? `\\${sign}` : sign;
  }
  return text.replace(LINE_START, (_all, space: string, mark: string) =>
    mark.length === 1 ? `${space}\\${mark}` : `${space}${mark.slice(0, -1)}\\${mark.at(-1)}`,
  );
}

function needsEscape(line: string, index: number, sign: string): boolean {
  if (sign === '_' || sign === '~') {
    const [before, after] = [line[index - 1] ?? ' ', line[index + 1] ?? ' '];
    return !(/[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(after)) && sign === '_';
  }
  if (sign === '\\') return /[!-/:-@[-\x60{-~]/.test(line[index + 1] ?? '');
  if (sign === '&') return /^&#?[a-z0-9]{2,8};/i.test(line.slice(index, index + 12));
  if (sign === '*') return line.length > 1;
  if (sign === '<') return /[a-z/!?]/i.test(line[index + 1] ?? '');
  return INLINE.test(sign);
}
