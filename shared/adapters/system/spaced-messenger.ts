import { setTimeout as timer } from 'node:timers/promises';
import { type TenantKey, tenantKey } from '../../domain/ids.ts';
import { type Duration, type Instant, milliseconds, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Messenger } from '../../ports/messenger.ts';

/** The span in which a channel counts the requests of a tenant. */
const CHANNEL_WINDOW: Duration = seconds(1);

/** By how much slots are further apart than the channel's limit asks: what lateness wears off in. */
const SLACK: Duration = milliseconds(9);

/** What two requests may differ by on their way without the answers showing it. */
const UNSEEN: Duration = milliseconds(3);

/**
 * The longest that a request waits because another may have arrived late. Counted from when it is ready, so that it
 * does not add up: exchanges that take long because the channel works long never make the rate any lower.
 */
const LONGEST_WAIT: Duration = milliseconds(100);

/** The shortest exchange is forgotten by so much with each one that is longer: networks change. */
const FORGETTING: Duration = milliseconds(0.05);

/**
 * The rate at which slots are given out: a hair below the channel's own (0.9 %), which is what lateness wears off in.
 * With slots at the very rate, the slightest jitter puts one request too many into a window.
 */
export function slotsPerSecond(requestsPerSecond: number): number {
  return (requestsPerSecond * CHANNEL_WINDOW) / (CHANNEL_WINDOW + SLACK);
}

/**
 * Keeps the requests of this process within the channel's sliding window, at the last moment before each is made.
 *
 * A slot is asked for before the claim is written, and that write takes now five milliseconds and now fifty: what
 * went in at the rate comes out in bunches. Here a request waits until the one `requestsPerSecond` places before it
 * is a window old. The channel counts arrivals, which nobody here sees: an exchange that took longer than the
 * shortest ones is taken to have arrived that much later. Slots are a little slower than all this, so the wait is some
 * milliseconds, and lateness wears off.
 */
export function spacedMessenger(
  messenger: Messenger,
  deps: {
    readonly clock: Clock;
    readonly requestsPerSecond: number;
    readonly wait?: (delay: Duration) => Promise<unknown>;
  },
): Messenger {
  const wait = deps.wait ?? timer;
  const most = Math.max(1, Math.floor(deps.requestsPerSecond));
  const windows = new Map<TenantKey, Departures>();
  let shortest: Duration = Number.POSITIVE_INFINITY;

  async function spaced<Result>(
    address: { readonly tenantId?: string; readonly channelId: string },
    exchange: () => Promise<Result>,
  ): Promise<Result> {
    const tenant = tenantKey(address);
    const window = windows.get(tenant) ?? new Departures(most);
    windows.set(tenant, window);
    const turn = window.turn(deps.clock.now(), shortest);
    const went = window.add(turn);
    // A timer may fire early by the fraction of a millisecond that the clock does not show.
    for (let left = turn - deps.clock.now(); left > 0; left = turn - deps.clock.now()) await wait(left);
    const departed = deps.clock.now();
    went(departed);
    const result = await exchange();
    const took = deps.clock.now() - departed;
    shortest = Math.min(took, shortest + FORGETTING);
    went(departed, took);
    return result;
  }

  return {
    send: (reference, message) => spaced(reference, () => messenger.send(reference, message)),
    createConversation: (person) => spaced(person, () => messenger.createConversation(person)),
  };
}

/** When a request went, and how long its answer took; 0 while there is none. */
interface Departure {
  readonly at: Instant;
  readonly took: Duration;
}

/** The last requests of one tenant, as many as fit the channel's window. */
class Departures {
  readonly #ring: (Departure | undefined)[];
  #next = 0;

  constructor(size: number) {
    this.#ring = new Array<Departure | undefined>(size).fill(undefined);
  }

  /** When one more may go that is ready `now`; what took longer than the `shortest` exchange may have arrived late. */
  turn(now: Instant, shortest: Duration): Instant {
    const oldest = this.#ring[this.#next];
    if (oldest === undefined) return now;
    const clear = oldest.at + CHANNEL_WINDOW + UNSEEN;
    const late = Math.max(0, oldest.took - shortest);
    return Math.max(now, clear, Math.min(clear + late, now + LONGEST_WAIT));
  }

  /** Takes a place in the window; what comes back says, as soon as it is known better, when the request went. */
  add(turn: Instant): (at: Instant, took?: Duration) => void {
    const place = this.#next;
    this.#next = (place + 1) % this.#ring.length;
    let entered: Departure = { at: turn, took: 0 };
    this.#ring[place] = entered;
    return (at, took = 0) => {
      // Whoever took the place since counts instead.
      if (this.#ring[place] !== entered) return;
      entered = { at, took };
      this.#ring[place] = entered;
    };
  }
}
