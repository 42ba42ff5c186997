import { type Duration, hours, type Instant, isFarAhead, minutes, seconds } from '../time.ts';

/** At most `count` requests within any span of `window`. */
export interface RateLimit {
  readonly count: number;
  readonly window: Duration;
}

/** `7/1s,8/2s,60/30s,1800/3600s`: each entry `<count>/<number><unit>`, units ms, s, m, h. `undefined` when unreadable. */
export function parseRateLimits(text: string): readonly RateLimit[] | undefined {
  const limits: RateLimit[] = [];
  for (const entry of text.split(',')) {
    const match = /^\s*([1-9]\d{0,6})\s*\/\s*([1-9]\d{0,6})\s*(ms|s|m|h)\s*$/.exec(entry);
    if (match === null) return undefined;
    const unit = { ms: 1, s: seconds(1), m: minutes(1), h: minutes(60) }[match[3] ?? 's'] ?? seconds(1);
    limits.push({ count: Number(match[1]), window: Number(match[2]) * unit });
  }
  return limits;
}

/**
 * What was sent into one conversation lately. Exact for the last half minute, by the minute for what is older,
 * so that an hour's count of 1800 needs 60 numbers and not 1800.
 */
export interface SendWindows {
  /** Instants of the requests of the last `EXACT_SPAN`, oldest first. */
  readonly recent: readonly Instant[];
  /** Requests older than that, by the minute they began in, oldest first. */
  readonly older: readonly { readonly minute: Instant; readonly count: number }[];
  /** Delivered messages that the burst guard counts (neither urgent nor a reminder), oldest first. */
  readonly bursts: readonly Instant[];
}

export const noSends: SendWindows = { recent: [], older: [], bursts: [] };

/** A little more than the longest window that has to be exact, with what a request takes on its way. */
const EXACT_SPAN = seconds(31);
const LONGEST_SPAN = minutes(61);
const MOST_BURSTS = 100;

/**
 * What a request takes from its claim, at which it is counted, to its arrival, at which the channel counts it: now
 * little and now so much. The channel's windows are kept as if they were longer by this.
 */
export const LONGEST_ON_ITS_WAY: Duration = seconds(0.5);

/** When the next request may go into the conversation: `now`, or the instant at which every limit has room again. */
export function earliestSend(windows: SendWindows, limits: readonly RateLimit[], now: Instant): Instant {
  let earliest = now;
  const known = believable(windows, now);
  for (const limit of limits) {
    earliest = Math.max(earliest, roomUnder(known, limit, now));
  }
  return earliest;
}

function roomUnder(windows: SendWindows, limit: RateLimit, now: Instant): Instant {
  const window = limit.window + LONGEST_ON_ITS_WAY;
  const since = now - window;
  // A minute that lies partly inside the window counts in full, and as late as it can have been: on the safe side.
  const sends = [
    ...windows.older.flatMap(({ minute, count }) => Array.from({ length: count }, () => minute + minutes(1))),
    ...windows.recent,
  ].filter((at) => at > since);
  if (sends.length < limit.count) return now;
  const blocking = sends[sends.length - limit.count];
  return blocking === undefined ? now : blocking + window + 1;
}

/**
 * Until when the burst guard holds one more message back: `now` when there is room, else when the oldest message that
 * is in the way has left the window.
 */
export function burstUntil({ bursts }: SendWindows, limit: RateLimit, now: Instant): Instant {
  const within = bursts.filter((at) => at > now - limit.window && !isFarAhead(at, now));
  const blocking = within[within.length - limit.count];
  return blocking === undefined ? now : blocking + limit.window;
}

/** The windows without one message that was counted at `at` and not delivered after all. */
export function withoutBurst(windows: SendWindows, at: Instant): SendWindows {
  const index = windows.bursts.lastIndexOf(at);
  return index < 0 ? windows : { ...windows, bursts: windows.bursts.filter((_at, place) => place !== index) };
}

/** The windows after one more request at `now`; what no limit can see any more is forgotten. */
export function afterSend(stored: SendWindows, now: Instant, countsForBurst: boolean): SendWindows {
  const windows = believable(stored, now);
  const older = new Map(windows.older.map(({ minute, count }) => [minute, count]));
  const recent: Instant[] = [];
  for (const at of [...windows.recent, now]) {
    if (at > now - EXACT_SPAN) recent.push(at);
    else {
      const minute = at - (at % minutes(1));
      older.set(minute, (older.get(minute) ?? 0) + 1);
    }
  }
  return {
    recent,
    older: [...older]
      .filter(([minute]) => minute > now - LONGEST_SPAN)
      .sort(([a], [b]) => a - b)
      .map(([minute, count]) => ({ minute, count })),
    bursts: countsForBurst ? [...windows.bursts, now].slice(-MOST_BURSTS) : windows.bursts,
  };
}

/** The windows without what a machine with a wrong clock sent in a future that is far: it would stop the conversation. */
function believable(windows: SendWindows, now: Instant): SendWindows {
  const { recent, older, bursts } = windows;
  const isWrong = (at: Instant) => isFarAhead(at, now);
  if (!recent.some(isWrong) && !older.some(({ minute }) => isWrong(minute)) && !bursts.some(isWrong)) {
    return windows;
  }
  return {
    recent: recent.filter((at) => !isWrong(at)),
    older: older.filter(({ minute }) => !isWrong(minute)),
    bursts: bursts.filter((at) => !isWrong(at)),
  };
}

/** The longest that a channel or a wave of refusals may hold a tenant back. */
export const LONGEST_HELD_BACK: Duration = hours(1);

/** What slots that are taken ahead may add to that: ten minutes, and the slots of one reservation. */
const LONGEST_TAKEN_AHEAD: Duration = minutes(55);

/**
 * A tenant's next free slot as it was stored, unless it lies further ahead than anything puts it. Then a machine with a
 * wrong clock wrote it, and nothing is known: as if no slot had been taken.
 */
export function nextSlot(stored: Instant, now: Instant): Instant {
  return isFarAhead(stored, now, LONGEST_HELD_BACK + LONGEST_TAKEN_AHEAD) ? Number.NEGATIVE_INFINITY : stored;
}

/** Until when a tenant is held back that was to be held back until `until`. */
export function heldBackUntil(until: Instant, now: Instant): Instant {
  return Math.min(until, now + LONGEST_HELD_BACK);
}

/** A reservation of consecutive slots in a tenant's rate. */
export interface Slots {
  readonly first: Instant;
  readonly spacing: Duration;
  readonly count: number;
}

export function slotAt(slots: Slots, index: number): Instant {
  return Math.ceil(slots.first + slots.spacing * index);
}

/** How long a slot is good: a call that comes later than this takes a new one. */
export const SLOT_GOOD_FOR: Duration = seconds(0.4);

/**
 * How long before its slot a call should be looked at, so that all is read and claimed when the slot comes: as long as
 * some slots, and never long, because workers are bound meanwhile.
 */
export function callAhead(requestsPerSecond: number): Duration {
  return Math.min(seconds(0.15), seconds(7.5) / requestsPerSecond);
}
