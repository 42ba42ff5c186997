import { setTimeout as timer } from 'node:timers/promises';
import { type Duration, type Instant, milliseconds, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LateRequest } from '../../ports/delivery/pacer.ts';

/** The span in which a channel counts the requests of a tenant. */
const CHANNEL_WINDOW: Duration = seconds(1);

/** By how much slots are further apart than the channel's limit asks: what lateness wears off in. */
const SLACK: Duration = milliseconds(7);

/** What clocks of whole milliseconds do not show, at the departure and at the answer. */
const UNSEEN: Duration = milliseconds(2);

/** The longest that a request is taken to have been on its way when nothing more is known of it. */
const LONGEST_DOUBT: Duration = seconds(1);

/** The shortest exchange is forgotten by so much with each one that is longer: networks change. */
const FORGETTING: Duration = milliseconds(0.02);

/**
 * What the usual doubt may cost, of each window. A channel that works now long and now short always leaves more doubt
 * than that; then each exchange's is taken for less, in proportion, so that the rate does not suffer.
 */
const DOUBT_BUDGET: Duration = milliseconds(7);

/**
 * The usual doubt is the median: it goes up by this with each exchange that leaves more, and down with each that leaves
 * less. So a stall that many requests meet, and that is over again, counts in full.
 */
const MEDIAN_STEP: Duration = milliseconds(0.25);

/** A slot whose request does not come within this time of it is not used any more. */
const LONGEST_ANNOUNCED: Duration = seconds(1);

/** Waiting is cut into pieces, because an answer may make room sooner than it seemed. */
const LONGEST_SLEEP: Duration = milliseconds(50);

/** How much of its part of the window a process uses without slots. */
const SPARE_PART = 0.8;

/** For so long a late request can stand in the way of another. */
const REMEMBERED: Duration = CHANNEL_WINDOW + seconds(1);

/**
 * The rate at which slots are given out: a hair below the channel's own, so that what is late once does not stay late.
 */
export function slotsPerSecond(requestsPerSecond: number): number {
  return (requestsPerSecond * CHANNEL_WINDOW) / (CHANNEL_WINDOW + SLACK);
}

/** A request that takes a place; `took` is there when its answer is. */
interface Exchange {
  readonly slotAt: Instant | undefined;
  readonly departed: Instant;
  took?: Duration;
}

/** A request that is about to come. */
interface Announced {
  readonly slotAt: Instant;
  /** When it may depart: at its slot, or before it where slots before it passed unused. */
  readonly from: Instant;
}

/** Told when the answer to a request is there. */
export type Answered = () => void;

/**
 * The channel's sliding window over one tenant, as this process can know it.
 *
 * A request departs at its slot, when the one a window before it has surely arrived a window ago. Nobody here sees
 * arrivals, only that each lies between the departure and the answer: what an exchange took longer than the shortest
 * ones is doubt, and counts as if it had arrived that much later. So jitter of the store, of timers and of the network
 * puts no request too many into the channel's window. Of the requests of other processes only those are known that
 * were later than their slots; the slots themselves keep the rest apart.
 */
export class SpacedWindow {
  readonly #clock: Clock;
  readonly #wait: (delay: Duration) => Promise<unknown>;
  readonly #onLate: (() => void) | undefined;
  readonly #places: number;
  readonly #spacing: Duration;
  readonly #queue: ((slotAt: Instant | undefined) => void)[] = [];
  /** Slots whose requests are about to come, behind the claims that are being written; earliest first. */
  readonly #announced: Announced[] = [];
  readonly #taken: Exchange[] = [];
  #late: Exchange[] = [];
  #othersLate: readonly LateRequest[] = [];
  #others = 0;
  #isServing = false;
  /** The latest time that was seen. */
  #latest: Instant = Number.NEGATIVE_INFINITY;
  #shortest: Duration = Number.POSITIVE_INFINITY;
  #usualDoubt: Duration = 0;
  #lateness: Duration = 0;

  constructor(deps: {
    readonly clock: Clock;
    readonly requestsPerSecond: number;
    readonly wait?: (delay: Duration) => Promise<unknown>;
    /** Told of each request that turns out so late that others have to know. */
    readonly onLate?: () => void;
  }) {
    this.#clock = deps.clock;
    this.#onLate = deps.onLate;
    this.#places = Math.max(1, Math.floor(deps.requestsPerSecond));
    this.#spacing = (CHANNEL_WINDOW + SLACK) / deps.requestsPerSecond;
    this.#wait = deps.wait ?? timer;
  }

  /** How long the last request waited for those before it, beyond its slot. */
  get lateness(): Duration {
    return this.#lateness;
  }

  /** Requests of this process that the channel still counts. */
  get inUse(): number {
    this.#forget(this.#clock.now());
    return this.#taken.length + this.#announced.length;
  }

  /** This process's requests that reached the channel so late that others have to know. */
  lateRequests(): readonly LateRequest[] {
    this.#forgetLate();
    return this.#late.flatMap((exchange) => {
      const { slotAt } = exchange;
      return slotAt === undefined
        ? []
        : [
            {
              slotAt,
              arrivedAt: exchange.took === undefined ? exchange.departed : this.#arrivedAt(exchange),
            },
          ];
    });
  }

  /** What other processes said of their late requests, and how many do; replaces what they said before. */
  learn(said: { readonly late: readonly LateRequest[]; readonly others: number }): void {
    this.#othersLate = said.late;
    this.#others = said.others;
  }

  /**
   * Whether this process may make a request that has no slot. Only where slots pass unused, so that it does not meet
   * the others' requests: each process may use its part of the window then, and a little less where it is not alone.
   */
  hasRoomToSpare(): boolean {
    const part = this.#places / (1 + this.#others);
    return this.inUse < (this.#others === 0 ? part : part * SPARE_PART);
  }

  /** When a request with this slot could depart, as far as is known by now. */
  clearAt(slotAt: Instant): Instant {
    const now = this.#clock.now();
    this.#forget(now);
    // Whoever waits in the queue was announced, but for the second request of a delivery.
    const before = Math.max(
      this.#queue.length,
      this.#announced.filter((other) => other.slotAt < slotAt).length,
    );
    return Math.max(now, slotAt, this.#roomAt(before, now), this.#afterLate({ slotAt, from: slotAt }));
  }

  /** A request with this slot will come soon, behind a claim that is being written; it may depart from `from` on. */
  announce(slotAt: Instant, from: Instant = slotAt): void {
    const index = this.#announced.findIndex((other) => other.slotAt > slotAt);
    this.#announced.splice(index < 0 ? this.#announced.length : index, 0, { slotAt, from });
  }

  /** Resolves when the next request may be made, which has to be done at once then. */
  enter(): Promise<Answered> {
    const ready = this.#clock.now();
    return new Promise((resolve) => {
      this.#queue.push((slotAt) => {
        this.#lateness = Math.max(0, this.#clock.now() - Math.max(ready, slotAt ?? ready));
        resolve(this.#take(slotAt));
      });
      if (!this.#isServing) void this.#serve();
    });
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    while (this.#queue.length > 0) {
      const now = this.#clock.now();
      this.#forget(now);
      const next = this.#announced[0];
      const turn = Math.max(
        this.#roomAt(0, now),
        ...(next === undefined ? [] : [next.from, this.#afterLate(next)]),
      );
      if (turn > now) {
        await this.#wait(Math.ceil(Math.min(turn - now, LONGEST_SLEEP)));
        continue;
      }
      this.#announced.shift();
      this.#queue.shift()?.(next?.slotAt);
    }
    this.#isServing = false;
  }

  /** When there is room in this process's own window, behind `before` others. */
  #roomAt(before: number, now: Instant): Instant {
    const free = this.#places - this.#taken.length;
    if (before < free) return now;
    const back = this.#taken.map((exchange) => this.#backAt(exchange)).sort((a, b) => a - b);
    return back[before - free] ?? now + CHANNEL_WINDOW;
  }

  /** When the request a window of slots before `slotAt` has surely left the channel's window, if it was late. */
  #afterLate({ slotAt, from }: Announced): Instant {
    const last = slotAt - this.#places * this.#spacing + 1;
    const first = last - this.#spacing - 1;
    let after = from;
    for (const exchange of this.#late) {
      if (exchange.slotAt !== undefined && exchange.slotAt > first && exchange.slotAt <= last)
        after = Math.max(after, this.#backAt(exchange));
    }
    for (const late of this.#othersLate) {
      if (late.slotAt > first && late.slotAt <= last)
        after = Math.max(after, late.arrivedAt + CHANNEL_WINDOW + UNSEEN);
    }
    return after;
  }

  #forget(now: Instant): void {
    this.#forgetWrong(now);
    while ((this.#announced[0]?.slotAt ?? now) < now - LONGEST_ANNOUNCED) this.#announced.shift();
    // In the order of their departures: those behind the first young one cannot be back.
    const young = this.#taken.findIndex(({ departed }) => departed + CHANNEL_WINDOW + UNSEEN > now);
    const old = this.#taken.slice(0, young < 0 ? this.#taken.length : young);
    const kept = old.filter((exchange) => this.#backAt(exchange) > now);
    if (kept.length < old.length) this.#taken.splice(0, old.length, ...kept);
  }

  /** When this machine's clock is put back, what lies ahead of it would take places for as long as it was ahead. */
  #forgetWrong(now: Instant): void {
    if (now >= this.#latest) {
      this.#latest = now;
      return;
    }
    if (now > this.#latest - CHANNEL_WINDOW) return;
    this.#latest = now;
    this.#taken.length = 0;
    this.#announced.length = 0;
    this.#late = [];
  }

  /** When the place of an exchange is free again. */
  #backAt(exchange: Exchange): Instant {
    return this.#arrivedAt(exchange) + CHANNEL_WINDOW + UNSEEN;
  }

  /** The latest that a request can be taken to have reached the channel, as far as is known by now. */
  #arrivedAt({ departed, took }: Exchange): Instant {
    if (took === undefined) return departed + LONGEST_DOUBT;
    return departed + this.#doubtOf(took) * Math.min(1, DOUBT_BUDGET / this.#usualDoubt);
  }

  /** Later than what slots leave between them; others have to know. */
  #isLate(exchange: Exchange): boolean {
    const { slotAt, departed, took } = exchange;
    const arrivedAt = took === undefined ? departed : this.#arrivedAt(exchange);
    return slotAt !== undefined && arrivedAt > slotAt + SLACK - UNSEEN;
  }

  #doubtOf(took: Duration): Duration {
    return Math.min(took - this.#shortest, LONGEST_DOUBT);
  }

  #take(slotAt: Instant | undefined): Answered {
    const exchange: Exchange = { slotAt, departed: this.#clock.now() };
    this.#taken.push(exchange);
    this.#noteLate(exchange);
    return () => {
      const took = this.#clock.now() - exchange.departed;
      exchange.took = took;
      this.#shortest = Math.min(took, this.#shortest + FORGETTING);
      const step = this.#doubtOf(took) > this.#usualDoubt ? MEDIAN_STEP : -MEDIAN_STEP;
      this.#usualDoubt = Math.max(0, this.#usualDoubt + step);
      this.#noteLate(exchange);
    };
  }

  #noteLate(exchange: Exchange): void {
    if (!this.#isLate(exchange) || this.#late.includes(exchange)) return;
    this.#forgetLate();
    this.#late.push(exchange);
    this.#onLate?.();
  }

  #forgetLate(): void {
    const since = this.#clock.now() - REMEMBERED;
    this.#late = this.#late.filter(({ departed }) => departed > since);
  }
}
