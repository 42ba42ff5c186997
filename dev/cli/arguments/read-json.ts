import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Io } from '../io.ts';
import { UsageError } from './usage-error.ts';

/**
 * The JSON behind a flag: JSON itself where it begins like an object or a list, `-` for stdin, else the name of a file
 * (also `@file`). Throws `UsageError` for a file that cannot be read and for text that is not JSON.
 */
export async function readJson(flag: string, given: string, io: Io): Promise<unknown> {
  const { text, where } = await textOf(flag, given, io);
  try {
    // Windows PowerShell begins files with a byte order mark.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    // The person who typed it mends it; nothing was sent.
    throw new UsageError(`${flag}: ${where} is not JSON (${cause instanceof Error ? cause.message : cause})`);
  }
}

async function textOf(
  flag: string,
  given: string,
  io: Io,
): Promise<{ readonly text: string; readonly where: string }> {
  if (/^\s*[{[]/.test(given)) return { text: given, where: 'the value' };
  if (given === '-') return { text: await io.readInput(), where: 'stdin' };
  const name = given.startsWith('@') ? given.slice(1) : given;
  try {
    return { text: await readFile(resolve(io.cwd, name), 'utf8'), where: `"${name}"` };
  } catch (cause) {
    // Named wrongly, or not readable: only the person can tell.
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
    throw new UsageError(
      code === 'ENOENT'
        ? `${flag}: there is no file "${name}"; name one, or give JSON that begins with { or [`
        : `${flag}: the file "${name}" cannot be read (${code})`,
    );
  }
}
