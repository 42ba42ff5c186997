import { parseArgs } from 'node:util';
import { defined } from '../../shared/domain/defined.ts';

export const HELP = `Usage: npm run chaos [-- options]

Breaks the local stack at every wire and compares what the app says with what people saw.

First every fault by itself, with the ending that it demands; then, until the time is over, rounds in which processes
die, channel, broker and tables fail at once. Exit status 1 when a promise was broken: the delivery is named, with the
sequence of what happened to it.

Options:
  --seed N         the same number gives the same schedule (default: drawn, and printed)
  --minutes M      no round begins later than this (default 5)
  --deliveries N   no round begins when so many deliveries were made (default: no limit)
  --app DIR        a built app (default: the sources as they are)
  --json           prints the result as JSON
  --help           this text
`;

export interface ChaosOptions {
  readonly seed: number;
  readonly minutes: number;
  readonly deliveries: number;
  readonly appDir?: string;
  readonly json: boolean;
}

/** A command line that cannot be used; its message is one line that names the fault and the remedy. */
export class UsageError extends Error {}

/** Reads the command line; `undefined` when only help is wanted. Throws UsageError. */
export function parseOptions(args: readonly string[], drawSeed: () => number): ChaosOptions | undefined {
  const values = read(args);
  if (values.help) return undefined;
  return {
    seed: whole('--seed', values.seed) ?? drawSeed(),
    minutes: positive('--minutes', values.minutes) ?? 5,
    deliveries: whole('--deliveries', values.deliveries) ?? Number.POSITIVE_INFINITY,
    json: values.json ?? false,
    ...defined({ appDir: values.app }),
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        seed: { type: 'string' },
        minutes: { type: 'string' },
        deliveries: { type: 'string' },
        app: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)} --help lists the options.`,
    );
  }
}

function whole(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`${option} must be a whole number from 0 to 999999999, not "${text}".`);
}

function positive(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,4}(\.\d{1,3})?$/.test(text) && Number(text) > 0) return Number(text);
  throw new UsageError(`${option} must be a number above 0 such as 5 or 0.5, not "${text}".`);
}
