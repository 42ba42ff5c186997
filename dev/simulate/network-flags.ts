import { readFileSync } from 'node:fs';
import { defined } from '../../shared/domain/defined.ts';
import { type Duration, seconds } from '../../shared/domain/time.ts';
import { UsageError } from '../cli/arguments/usage-error.ts';
import { type Latency, LatencyError, parseTimes } from '../teams-channel-local/limits/latency.ts';
import type { Spells } from './paper/channel.ts';
import type { PaperOptions } from './paper/paper-run.ts';

const time = (about: string) => ({ type: 'string', value: 'MS', about }) as const;
const after = (about: string) => ({ type: 'string', value: 'SECONDS', about }) as const;

/** What the network, the services and the instances of a simulation are like. */
export const networkFlags = {
  latency: time('the least that one way to the channel takes (on paper 10, with --run 0)'),
  jitter: time('what a way takes longer on average, by chance (on paper 0.5, with --run 0)'),
  'latency-times': {
    type: 'string',
    value: 'FILE',
    about: 'in the place of both: times of ways that were measured, one a line in milliseconds',
  },
  'slow-spells': {
    type: 'string',
    value: 'EVERY/FOR/MS',
    about: 'on paper: each so many seconds, for so many, a way takes that much longer',
  },
  'tables-latency': time('on paper: the least of a request to the tables (3)'),
  'tables-jitter': time('on paper: what it takes longer on average (2)'),
  'queue-latency': time("on paper: the least of the broker's part of a message (3)"),
  'queue-jitter': time('on paper: what it takes longer on average (2)'),
  'clocks-apart': time('on paper: how far the clocks of the instances are apart at most (0)'),
  'starts-after': after('on paper: one more instance begins so long after publishing'),
  'dies-after': after('on paper: an instance is gone so long after publishing'),
} as const;

/** Those that a stack that runs has no counterpart of. */
export const ON_PAPER = [
  'slow-spells',
  'tables-latency',
  'tables-jitter',
  'queue-latency',
  'queue-jitter',
  'clocks-apart',
  'starts-after',
  'dies-after',
] as const;

type Measure = Exclude<Latency, { readonly times: readonly number[] }>;
type Flags = { readonly [Name in keyof typeof networkFlags]: string | undefined };

/** One way to the channel; `undefined` where nothing is said of it. Throws `UsageError`. */
export function networkOf(flags: Pick<Flags, 'latency' | 'jitter' | 'latency-times'>): Latency | undefined {
  const { latency, jitter, 'latency-times': file } = flags;
  if (file === undefined) {
    if (latency === undefined && jitter === undefined) return undefined;
    return latencyOf(flags, '', { least: 0, jitter: 0 });
  }
  if (latency !== undefined || jitter !== undefined)
    throw new UsageError('--latency-times takes the place of --latency and --jitter; leave out these');
  try {
    return { times: parseTimes(readFileSync(file, 'utf8')) };
  } catch (error) {
    if (!(error instanceof LatencyError) && !(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`--latency-times ${file}: ${error.message}`);
  }
}

/** All of it on paper. Throws `UsageError`. */
export function weatherOf(
  flags: Flags,
  usual: {
    readonly [Of in 'network' | 'tables' | 'queue']: { readonly least: number; readonly jitter: number };
  },
): Pick<PaperOptions, 'latency' | 'spells' | 'clocksApart' | 'startsAfter' | 'diesAfter'> {
  const measured = flags['latency-times'] === undefined ? undefined : networkOf(flags);
  const clocksApart = flags['clocks-apart'];
  return {
    latency: {
      network: measured ?? latencyOf(flags, '', usual.network),
      tables: latencyOf(flags, 'tables-', usual.tables),
      queue: latencyOf(flags, 'queue-', usual.queue),
    },
    ...defined({
      spells: spellsOf(flags['slow-spells']),
      clocksApart: clocksApart === undefined ? undefined : milliseconds('clocks-apart', clocksApart),
      startsAfter: secondsOf('starts-after', flags['starts-after']),
      diesAfter: secondsOf('dies-after', flags['dies-after']),
    }),
  };
}

function latencyOf<Of extends '' | 'tables-' | 'queue-'>(
  flags: { readonly [Name in `${Of}latency` | `${Of}jitter`]: string | undefined },
  of: Of,
  usual: Measure,
): Measure {
  const read = (name: `${Of}latency` | `${Of}jitter`, otherwise: number) => {
    const text = flags[name];
    return text === undefined ? otherwise : milliseconds(name, text);
  };
  return { least: read(`${of}latency`, usual.least), jitter: read(`${of}jitter`, usual.jitter) };
}

/** Up to a minute, with decimals. */
function milliseconds(flag: string, text: string): Duration {
  const value = /^\d{1,5}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (value <= 60_000) return value;
  throw new UsageError(`--${flag} is "${text}" and must be milliseconds from 0 to 60000, such as 40 or 0.5`);
}

function secondsOf(flag: string, text: string | undefined): Duration | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text)) return seconds(Number(text));
  throw new UsageError(`--${flag} is "${text}" and must be whole seconds from 0 to 99999, such as 30`);
}

function spellsOf(text: string | undefined): Spells | undefined {
  if (text === undefined) return undefined;
  const [, every = '', length = '', extra = ''] = /^(\d{1,5})\/(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  const spells = {
    every: seconds(Number(every)),
    length: seconds(Number(length)),
    extra: Number(extra),
  };
  if (spells.every > 0 && spells.length <= spells.every) return spells;
  throw new UsageError(
    `--slow-spells is "${text}" and must be seconds between, seconds of, and milliseconds more, such as 20/5/400`,
  );
}
