import { run } from '../../../dev/cli/run.ts';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** What stands on stdout, as JSON; throws when it is anything else. */
  json(): unknown;
}

export interface Surroundings {
  readonly env?: { readonly [name: string]: string };
  readonly cwd?: string;
  readonly input?: string;
  readonly isTTY?: boolean;
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}

/** Runs a command line in this process, with an environment of its own: nothing of the machine's shows through. */
export async function notifier(argv: readonly string[], around: Surroundings = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const isTTY = around.isTTY ?? false;
  const status = await run(argv, {
    out: { isTTY, columns: 200, write: (text) => out.push(text) },
    err: { isTTY, columns: 200, write: (text) => err.push(text) },
    env: around.env ?? {},
    cwd: around.cwd ?? '/',
    readInput: async () => around.input ?? '',
    now: around.now ?? (() => Date.now()),
    signal: around.signal ?? new AbortController().signal,
  });
  const text = out.join('');
  return { status, out: text, err: err.join(''), json: () => JSON.parse(text) };
}
