import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isJsonObject } from '../../../shared/domain/json-object.ts';
import { shellWord } from '../../shell-word.ts';
import { addressesOf } from '../../stack/addresses.ts';
import { UsageError } from '../arguments/usage-error.ts';

/** Where the local stack's parts are. */
export interface LocalStack {
  readonly serviceBus: string;
  readonly tables: string;
  readonly functions: string;
  /** Of events that the running app knows; absent where nobody wrote that down. */
  readonly types?: readonly string[];
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const defaultPorts = { functions: 7071, broker: 5672, tables: 10002, channel: 56150 };

/**
 * The addresses of the stack that `npm start` runs: those that it wrote down (`.local/stack.json`, below the current
 * folder or the project's), else its default ports. `folder` is another place for the file, `npm start -- --data DIR`;
 * throws `UsageError` when no stack runs on it.
 */
export function localStack(cwd: string, folder?: string): LocalStack {
  if (folder !== undefined) {
    const stack = runningStack(resolve(cwd, folder));
    if (stack !== undefined) return stack;
    throw new UsageError(
      `--stack "${folder}": no stack runs on that folder; start one with npm start -- --data ${shellWord(folder)}, or leave --stack out`,
    );
  }
  return (
    runningStack(join(cwd, '.local')) ??
    runningStack(join(root, '.local')) ??
    addressesOf(defaultPorts, false)
  );
}

/** A file that a dead stack left says nothing: its ports may belong to somebody else by now. */
function runningStack(folder: string): LocalStack | undefined {
  const path = join(folder, 'stack.json');
  if (!existsSync(path)) return undefined;
  let file: unknown;
  try {
    file = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Half written: the stack is just starting or ending.
    return undefined;
  }
  if (!isJsonObject(file)) return undefined;
  const { pid, serviceBus, tables, functions, types } = file;
  return typeof pid === 'number' &&
    typeof serviceBus === 'string' &&
    typeof tables === 'string' &&
    typeof functions === 'string' &&
    isAlive(pid)
    ? { serviceBus, tables, functions, ...(isTexts(types) ? { types } : {}) }
    : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
