import { parseArgs } from 'node:util';
import { didYouMean } from '../../../shared/domain/nearest-name.ts';
import type { Argument, Flags, Values } from './flags.ts';
import { UsageError } from './usage-error.ts';

export interface Given<F extends Flags> {
  readonly flags: Values<F>;
  /** As many as the command has arguments at most; the required ones are there. */
  readonly words: readonly string[];
}

/**
 * Ids of this product are 43 characters of base64url, and one in 32 begins with a dash. Nothing else on a command
 * line has this shape, so such a word is a value, wherever it stands.
 */
const ID = /^-[A-Za-z0-9_-]{42}$/;
/** Keeps an id from being read as a flag; cannot be typed. */
const SHIELD = '\u0000';

/** Whether `--help` stands among the words: then nothing else matters. */
export function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).some((word) => word === '--help' || word === '-h');
}

/** Reads the words behind a command's name. Throws `UsageError` for the first one that does not fit. */
export function parseCommandLine<F extends Flags>(
  argv: readonly string[],
  spec: { readonly flags: F; readonly words: readonly Argument[] },
): Given<F> {
  const { tokens } = parseArgs({
    args: argv.map((word) => (ID.test(word) ? SHIELD + word : word)),
    options: Object.fromEntries(
      Object.entries(spec.flags).map(([name, { type, multiple }]) => [
        name,
        { type, multiple: multiple ?? false },
      ]),
    ),
    // The tokens are judged below: parseArgs itself neither names what was meant nor says what to do.
    strict: false,
    tokens: true,
  });

  const values: { [name: string]: string | boolean | string[] } = {};
  for (const [name, flag] of Object.entries(spec.flags)) {
    if (flag.type === 'boolean') values[name] = false;
    else if (flag.multiple === true) values[name] = [];
  }
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(unshielded(token.value));
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(spec.flags, token.name) ? spec.flags[token.name] : undefined;
    if (flag === undefined) throw unknownFlag(token.rawName, token.name, Object.keys(spec.flags));
    const shown = `--${token.name}`;
    if (flag.type === 'boolean') {
      if (token.value !== undefined)
        throw new UsageError(`${shown} takes no value; write it without "=${token.value}"`);
      values[token.name] = true;
      continue;
    }
    const value = givenValue(shown, flag.value ?? 'VALUE', token);
    const list = values[token.name];
    if (Array.isArray(list)) list.push(value);
    else if (list !== undefined) throw new UsageError(`${shown} is given twice; give it once`);
    else values[token.name] = value;
  }
  checkWords(words, spec.words);
  // Filled from the spec: booleans and lists are always there, strings where they were given.
  return { flags: values as Values<F>, words };
}

function givenValue(
  shown: string,
  kind: string,
  token: { readonly value: string | undefined; readonly inlineValue: boolean | undefined },
): string {
  const { value, inlineValue } = token;
  if (value === undefined || value === '')
    throw new UsageError(`${shown} needs a value; write ${shown} ${kind}`);
  if (inlineValue !== true && value.length > 1 && value.startsWith('-')) {
    throw new UsageError(
      `${shown} needs a value, and "${value}" looks like a flag; write ${shown} ${kind}, or ${shown}=${value} if it is the value`,
    );
  }
  return unshielded(value);
}

function unknownFlag(written: string, name: string, known: readonly string[]): UsageError {
  return new UsageError(`${written} is no flag of this command${didYouMean(name, known, '--')}`);
}

function checkWords(words: readonly string[], spec: readonly Argument[]): void {
  const missing = spec[words.length];
  if (missing !== undefined && missing.optional !== true) {
    throw new UsageError(`<${missing.name}> is missing; name it behind the command`);
  }
  const extra = words[spec.length];
  if (extra !== undefined) {
    throw new UsageError(
      `"${extra}" is one word too many; values belong behind a flag, and text with spaces in quotes`,
    );
  }
}

function unshielded(text: string): string {
  return text.startsWith(SHIELD) ? text.slice(SHIELD.length) : text;
}
