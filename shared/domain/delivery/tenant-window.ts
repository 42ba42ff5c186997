import { type Duration, type Instant, milliseconds, seconds } from '../time.ts';
import { FIRST_SLACK, LEAST_SLACK, type Slack, SlackSense } from './slack.ts';

/** The span in which a channel counts the requests of a tenant. */
const CHANNEL_WINDOW: Duration = seconds(1);

/** What clocks of whole milliseconds do not show, at the departure and at the answer. */
const UNSEEN: Duration = milliseconds(2);

/** The longest that a request is taken to have been on its way when nothing more is known of it. */
const LONGEST_DOUBT: Duration = seconds(1);

/** The shortest exchange is forgotten by so much with each one that is longer: networks change. */
const FORGETTING: Duration = milliseconds(0.02);

/**
 * Doubt says something where it is usually less than this: one exchange of many took long. A channel that works now long and
 * now short always leaves more; then the slack holds for it, and each exchange's is taken for less, by the square.
 */
const USUAL_AT_MOST: Duration = milliseconds(7);

/**
 * The usual doubt is the median: it goes up by this with each exchange that leaves more, and down with each that leaves
 * less. So a stall that many requests meet, and that is over again, counts in full.
 */
const MEDIAN_STEP: Duration = milliseconds(0.25);

/** A slot whose request does not come within this time of it is not used any more. */
const LONGEST_ANNOUNCED: Duration = seconds(1);

/** How much of its part of the window a process uses without slots. */
const SPARE_PART = 0.8;

/** For so long a late request can stand in the way of another. */
const REMEMBERED: Duration = CHANNEL_WINDOW + seconds(1);

/** How far apart slots are, with so much slack in each window. */
export function spacingOf(requestsPerSecond: number, slack: Duration): Duration {
  return (CHANNEL_WINDOW + slack) / requestsPerSecond;
}

/**
 * The rate at which slots are given out at best: a hair below the channel's own, so that what is late once does not stay
 * late.
 */
export function slotsPerSecond(requestsPerSecond: number): number {
  return 1000 / spacingOf(requestsPerSecond, LEAST_SLACK);
}

/** A request that reached the channel later than its slot; `arrivedAt` is the latest that it can have been. */
export interface LateRequest {
  readonly slotAt: Instant;
  readonly arrivedAt: Instant;
}

/** A request that takes a place; `took` is there when its answer is. */
export interface Exchange {
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

/**
 * The channel's sliding window over one tenant, as this process can know it.
 *
 * A request departs at its slot, when the one a window before it has surely arrived a window ago. Nobody here sees
 * arrivals, only that each lies between the departure and the answer: what an exchange took longer than the shortest
 * ones is doubt, and counts as if it had arrived that much later. So jitter of the store, of timers and of the network
 * puts no request too many into the channel's window. Of the requests of other processes only those are known that
 * were later than their slots; the slots themselves keep the rest apart.
 *
 * Whoever asks says what time it is.
 */
export class TenantWindow {
  readonly #perSecond: number;
  readonly #places: number;
  readonly #sense = new SlackSense();
  #slack: Slack | undefined;
  /** Slots whose requests are about to come, behind the claims that are being written; earliest first. */
  readonly #announced: Announced[] = [];
  readonly #taken: Exchange[] = [];
  #late: Exchange[] = [];
  #othersLate: readonly LateRequest[] = [];
  #others = 0;
  /** The latest time that was seen. */
  #latest: Instant = Number.NEGATIVE_INFINITY;
  #shortest: Duration = Number.POSITIVE_INFINITY;
  #usualDoubt: Duration = 0;

  constructor(requestsPerSecond: number) {
    this.#perSecond = requestsPerSecond;
    this.#places = Math.max(1, Math.floor(requestsPerSecond));
  }

  /** Requests of this process that the channel still counts. */
  inUse(now: Instant): number {
    this.#forget(now);
    return this.#taken.length + this.#announced.length;
  }

  /** This process's requests that reached the channel so late that others have to know. */
  lateRequests(now: Instant): readonly LateRequest[] {
    this.#forgetLate(now);
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

  /** What other processes said of their late requests, how many do, and the slack that all share; replaces what was said before. */
  learn(said: {
    readonly late: readonly LateRequest[];
    readonly others: number;
    readonly slack?: Slack | undefined;
  }): void {
    this.#othersLate = said.late;
    this.#others = said.others;
    this.#slack = said.slack;
  }

  /** What the slack should be by what this process sees, in place of the one that holds; `undefined` where it is to stay. */
  slackChange(slack: Slack | undefined, now: Instant): Slack | undefined {
    return this.#sense.change(slack, 1 + this.#others, now);
  }

  /**
   * Whether this process may make a request that has no slot. Only where slots pass unused, so that it does not meet
   * the others' requests: each process may use its part of the window then, and a little less where it is not alone.
   */
  hasRoomToSpare(now: Instant): boolean {
    const part = this.#places / (1 + this.#others);
    return this.inUse(now) < (this.#others === 0 ? part : part * SPARE_PART);
  }

  /** When a request with this slot could depart, behind those that are `ready` to, as far as is known by now. */
  clearAt(slotAt: Instant, ready: number, now: Instant): Instant {
    this.#forget(now);
    // Whoever is ready was announced, but for the second request of a delivery.
    const before = Math.max(ready, this.#announced.filter((other) => other.slotAt < slotAt).length);
    return Math.max(now, slotAt, this.#roomAt(before, now), this.#afterLate({ slotAt, from: slotAt }));
  }

  /** A request with this slot will come soon, behind a claim that is being written; it may depart from `from` on. */
  announce(slotAt: Instant, from: Instant = slotAt): void {
    const index = this.#announced.findIndex((other) => other.slotAt > slotAt);
    this.#announced.splice(index < 0 ? this.#announced.length : index, 0, { slotAt, from });
  }

  /** When the next request may depart. */
  nextAt(now: Instant): Instant {
    this.#forget(now);
    const next = this.#announced[0];
    const room = this.#roomAt(0, now);
    return next === undefined ? room : Math.max(room, next.from, this.#afterLate(next));
  }

  /** The next request departs, for the slot that is announced first. */
  depart(now: Instant): Exchange {
    const exchange: Exchange = { slotAt: this.#announced.shift()?.slotAt, departed: now };
    this.#taken.push(exchange);
    return exchange;
  }

  /** Its answer is there; `isRefused` where that says that there were too many. */
  answer(exchange: Exchange, now: Instant, isRefused = false): void {
    const took = now - exchange.departed;
    exchange.took = took;
    this.#shortest = Math.min(took, this.#shortest + FORGETTING);
    this.#sense.answered(took - this.#shortest);
    // Among few requests it is the conversation that has too many, and not the tenant.
    if (isRefused && this.inUse(now) * (1 + this.#others) > this.#places / 2) this.#sense.refused(now);
    const step = this.#doubtOf(took) > this.#usualDoubt ? MEDIAN_STEP : -MEDIAN_STEP;
    this.#usualDoubt = Math.max(0, this.#usualDoubt + step);
  }

  /** Whether a request turns out to be so late that others have to know, and has not before. */
  isNewlyLate(exchange: Exchange, now: Instant): boolean {
    const { slotAt, departed, took } = exchange;
    const arrivedAt = took === undefined ? departed : this.#arrivedAt(exchange);
    // Later than what slots leave between them.
    const isLate = slotAt !== undefined && arrivedAt > slotAt + this.#slackSpan - UNSEEN;
    if (!isLate || this.#late.includes(exchange)) return false;
    this.#forgetLate(now);
    this.#late.push(exchange);
    return true;
  }

  /** When there is room in this process's own window, behind `before` others. */
  #roomAt(before: number, now: Instant): Instant {
    const free = this.#places - this.#taken.length;
    if (before < free) return now;
    const back = this.#taken.map((exchange) => this.#backAt(exchange)).sort((a, b) => a - b);
    return back[before - free] ?? now + CHANNEL_WINDOW;
  }

  get #slackSpan(): Duration {
    return this.#slack?.span ?? FIRST_SLACK;
  }

  /** When the request a window of slots before `slotAt` has surely left the channel's window, if it was late. */
  #afterLate({ slotAt, from }: Announced): Instant {
    const spacing = spacingOf(this.#perSecond, this.#slackSpan);
    const last = slotAt - this.#places * spacing + 1;
    const first = last - spacing - 1;
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
    // When this machine's clock is put back, what lies ahead of it would take places for as long as it was ahead.
    if (now <= this.#latest - CHANNEL_WINDOW) {
      this.#latest = now;
      this.#taken.length = 0;
      this.#announced.length = 0;
      this.#late = [];
    }
    this.#latest = Math.max(this.#latest, now);
    while ((this.#announced[0]?.slotAt ?? now) < now - LONGEST_ANNOUNCED) this.#announced.shift();
    // In the order of their departures: those behind the first young one cannot be back.
    const young = this.#taken.findIndex(({ departed }) => departed + CHANNEL_WINDOW + UNSEEN > now);
    const old = this.#taken.slice(0, young < 0 ? this.#taken.length : young);
    const kept = old.filter((exchange) => this.#backAt(exchange) > now);
    if (kept.length < old.length) this.#taken.splice(0, old.length, ...kept);
  }

  /** When the place of an exchange is free again. */
  #backAt(exchange: Exchange): Instant {
    return this.#arrivedAt(exchange) + CHANNEL_WINDOW + UNSEEN;
  }

  /** The latest that a request can be taken to have reached the channel, as far as is known by now. */
  #arrivedAt({ departed, took }: Exchange): Instant {
    if (took === undefined) return departed + LONGEST_DOUBT;
    return departed + this.#doubtOf(took) * Math.min(1, USUAL_AT_MOST / this.#usualDoubt) ** 2;
  }

  #doubtOf(took: Duration): Duration {
    return Math.min(took - this.#shortest, LONGEST_DOUBT);
  }

  #forgetLate(now: Instant): void {
    this.#late = this.#late.filter(({ departed }) => departed > now - REMEMBERED);
  }
}
