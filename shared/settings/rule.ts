import { parseRateLimits, type RateLimit } from '../domain/delivery/pace.ts';
import { type Duration, hours, milliseconds } from '../domain/time.ts';

/** What the value of a setting may be: how it is read, and what it must be, for whoever gave another one. */
export interface Rule<Value> {
  /** `undefined` for what is no such value. */
  readonly read: (text: string) => Value | undefined;
  /** Behind "must be": `a number from 0.1 to 100000 such as 50`. */
  readonly wanted: string;
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** Limits on one conversation; each is looked at for each send. */
const MOST_LIMITS = 10;
/** Of a limit: so many in a window are more than a channel takes, and sends are remembered for an hour. */
const COUNT: Bounds = { least: 1, most: 100_000 };
const WINDOW: Bounds = { least: milliseconds(100), most: hours(1) };
const OF_LIMIT = 'of 1 to 100000 messages in 100ms to 1h';

export function numberFrom(bounds: Bounds, example: string): Rule<number> {
  return {
    read: (text) => within(decimal(text), bounds),
    wanted: `a number from ${bounds.least} to ${bounds.most} such as ${example}`,
  };
}

/** A number of days or the like. `name` is that of the unit. */
export function spanIn(name: string, unit: Duration, bounds: Bounds, example: string): Rule<Duration> {
  return {
    read(text) {
      const count = within(decimal(text), bounds);
      return count === undefined ? undefined : Math.round(count * unit);
    },
    wanted: `a number of ${name} from ${bounds.least} to ${bounds.most} such as ${example}`,
  };
}

/** A text such as `15s`. The bounds are given as they are written. */
export function durationFrom(least: string, most: string, example: string): Rule<Duration> {
  const bounds = { least: parseDuration(least) ?? 0, most: parseDuration(most) ?? 0 };
  return {
    read: (text) => within(parseDuration(text), bounds),
    wanted: `a duration with its unit, from ${least} to ${most}, such as ${example}`,
  };
}

export const onOrOff: Rule<boolean> = {
  read: (text) => (text === 'on' ? true : text === 'off' ? false : undefined),
  wanted: 'on or off',
};

export const limits: Rule<readonly RateLimit[]> = {
  read: meantLimits,
  wanted: `1 to ${MOST_LIMITS} limits such as 7/1s,8/2s,60/30s,1800/3600s, each ${OF_LIMIT}`,
};

export const oneLimit: Rule<RateLimit> = {
  read(text) {
    const read = meantLimits(text);
    return read?.length === 1 ? read[0] : undefined;
  },
  wanted: `one limit such as 3/60s, ${OF_LIMIT}`,
};

export const timeZone: Rule<string> = {
  read(text) {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    } catch {
      // Not a zone: the caller names the key and the rule.
      return undefined;
    }
  },
  wanted: 'an IANA time zone such as Europe/Berlin',
};

function meantLimits(text: string): readonly RateLimit[] | undefined {
  const read = parseRateLimits(text);
  const areMeant = read?.every(
    ({ count, window }) => within(count, COUNT) !== undefined && within(window, WINDOW) !== undefined,
  );
  return areMeant === true && (read?.length ?? 0) <= MOST_LIMITS ? read : undefined;
}

function parseDuration(text: string): Duration | undefined {
  const limit = /^\d+(ms|s|m|h)$/.test(text) ? parseRateLimits(`1/${text}`)?.[0] : undefined;
  return limit?.window;
}

/** A number as people write it: no exponent, no sign, no other base. */
function decimal(text: string): number | undefined {
  return /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
}

function within(value: number | undefined, { least, most }: Bounds): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined;
}
