import { parseArgs } from 'node:util';
import { defined } from '../shared/domain/defined.ts';

export interface BenchOptions {
  readonly quick: boolean;
  readonly json: boolean;
  /** The measurement to make; all without one. */
  readonly only?: string;
  /** Folder for CPU profiles of the functions process. */
  readonly profile?: string;
  /** Folder for lists of the functions that `extent` counts. */
  readonly list?: string;
}

/** A command line that cannot be used; its message is one line that names the fault and the remedy. */
export class UsageError extends Error {}

export function helpOf(measurements: readonly { readonly name: string; readonly about: string }[]): string {
  const width = Math.max(...measurements.map(({ name }) => name.length));
  return `Usage: npm run bench [-- options]

Measures on this machine, in one run, and prints each figure beside its floor and the ratio of the two.

Options:
  --quick      fewer and smaller: under a minute, and figures that swing more
  --json       JSON lines {"name","value","unit","floor","ratio"} instead of a table
  --only NAME  one measurement
  --profile D  writes CPU profiles of the functions process into folder D
  --list D     writes the functions that extent counts into folder D, each with how often it ran
  --help       this text

Measurements:
${measurements.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join('\n')}
`;
}

/** Reads the command line; `undefined` when only help is wanted. Throws UsageError. */
export function parseOptions(args: readonly string[], names: readonly string[]): BenchOptions | undefined {
  const { quick = false, json = false, help = false, only, profile, list } = read(args);
  if (help) return undefined;
  if (only !== undefined && !names.includes(only)) {
    throw new UsageError(`--only must be one of ${names.join(', ')}, not "${only}".`);
  }
  return {
    quick,
    json,
    ...defined({ only, profile, list }),
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        json: { type: 'boolean' },
        only: { type: 'string' },
        profile: { type: 'string' },
        list: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(
      `${error instanceof Error ? error.message : String(error)} --help lists the options.`,
    );
  }
}
