import {
  BETWEEN_COMPARISONS,
  BETWEEN_SLOWDOWNS,
  isSoon,
  LEAD,
  LONGEST_AHEAD,
  OVERLOADED,
  QUESTIONS_IN_A_ROUND,
  reservedSlot,
  type Taken,
  TELLS_EVERY,
  takenOf,
} from '../../domain/delivery/tenant-turn.ts';
import type { TenantWindow } from '../../domain/delivery/tenant-window.ts';
import type { TenantKey } from '../../domain/ids.ts';
import { type Duration, type Instant, isWithin } from '../../domain/time.ts';
import type { Pace, TurnLater } from '../../ports/delivery/pace.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import type { AllDepartures, CommonClock } from './departures.ts';
import type { TenantWaves } from './tenant-waves.ts';

interface Waiting {
  readonly resolve: (slot: Taken) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * Lets requests go to their claims shortly before their slots, and takes slots for those that come without one.
 * Requests that ask while a reservation is under way share the next one: the busier a process, the fewer writes a
 * request. At its slot each departs by the tenant's window, of which the other instances are told what was late.
 */
export class SpacedPace implements Pace {
  readonly #pacer: Pacer;
  readonly #clock: CommonClock;
  readonly #departures: AllDepartures;
  readonly #waves: TenantWaves | undefined;
  readonly #instance: string = crypto.randomUUID();
  readonly #slowedAt = new WeakMap<TenantWindow, Instant>();
  readonly #comparedAt = new WeakMap<TenantWindow, Instant>();
  readonly #toldAt = new WeakMap<TenantWindow, Instant>();
  readonly #tellingSoon = new WeakSet<TenantWindow>();
  readonly #wait: (delay: Duration) => Promise<unknown>;
  readonly #waiting = new Map<TenantKey, Waiting[]>();
  #questions = 0;

  constructor(deps: {
    readonly pacer: Pacer;
    readonly departures: AllDepartures;
    readonly waves?: TenantWaves;
    /** Keeps no process alive. */
    readonly wait: (delay: Duration) => Promise<unknown>;
  }) {
    this.#pacer = deps.pacer;
    this.#departures = deps.departures;
    this.#clock = deps.departures.clock;
    this.#waves = deps.waves;
    this.#wait = deps.wait;
    this.#departures.whenLate((tenant) => this.#tellSoon(tenant));
  }

  async takeTurn(tenant: TenantKey, reserved?: Instant): Promise<'go' | TurnLater> {
    const held = this.#waves?.admit(tenant) ?? 'go';
    if (held !== 'go') return { at: held, isWithoutSlot: true, isHeldBack: true };
    const departures = this.#departures.to(tenant);
    const { window } = departures;
    this.#compare(tenant, window, reserved !== undefined);
    const { good, lateBy } = reservedSlot(reserved, this.#clock.now());
    if (lateBy > 0) {
      await this.#slowDown(tenant, window, lateBy);
      // Made again later, it would be as late: the slots that were missed are there for it.
      if (window.hasRoomToSpare(this.#clock.now())) return 'go';
    }
    const { early = 0, ...turn } = good === undefined ? await this.#reserve(tenant) : { at: good };
    const { at } = turn;
    const now = this.#clock.now();
    if (turn.isWithoutSlot === true || !isSoon(at, now)) return turn;
    // Those before it came so late that it would have to wait long: it lets its slot pass and takes a later one.
    if (!isSoon(window.clearAt(at, departures.ready, now), now)) {
      const { early: _unused, ...later } = await this.#reserve(tenant);
      return later;
    }
    window.announce(at, at - early);
    return 'go';
  }

  /**
   * Exchanges with the other instances whose requests were late, beside the calls and not before them. Requests that
   * are few cannot meet, and need nothing of it; one of a walk is one of many, wherever the others are.
   */
  #compare(tenant: TenantKey, window: TenantWindow, isOfMany = false): void {
    const now = this.#clock.now();
    if (
      (!isOfMany && window.inUse(now) < 2) ||
      isWithin(BETWEEN_COMPARISONS, this.#comparedAt.get(window), now)
    )
      return;
    this.#comparedAt.set(window, now);
    const late = window.lateRequests(now);
    const { setBy } = this.#clock;
    const isTold = late.length > 0 || !isWithin(TELLS_EVERY, this.#toldAt.get(window), now);
    this.#pacer
      .compareLate(tenant, this.#instance, isTold ? late : undefined, now)
      .then((said) => {
        if (isTold) this.#toldAt.set(window, now);
        window.learn(said);
        if (said.behind !== undefined) this.#clock.learn(said.behind, setBy);
        return this.#adjust(tenant, window, said);
      })
      // Not knowing can cost a 429 at most, which is retried.
      .catch(() => undefined);
  }

  /** Has all instances leave as much between slots as this one finds is needed. */
  async #adjust(
    tenant: TenantKey,
    window: TenantWindow,
    said: Awaited<ReturnType<Pacer['compareLate']>>,
  ): Promise<void> {
    const { slack: known } = said;
    const next = window.slackChange(known, this.#clock.now());
    if (next === undefined) return;
    const slack = await this.#pacer.adjust(tenant, { known, next });
    window.learn({ ...said, slack });
  }

  /**
   * Whoever was late says so also when it makes no further request for a while: the next calls may be anybody's, and
   * what follows the late ones a window later needs to know by then.
   */
  #tellSoon(tenant: TenantKey): void {
    const { window } = this.#departures.to(tenant);
    if (this.#tellingSoon.has(window)) return;
    this.#tellingSoon.add(window);
    const due = (this.#comparedAt.get(window) ?? 0) + BETWEEN_COMPARISONS;
    void this.#wait(Math.min(Math.max(0, due - this.#clock.now()), BETWEEN_COMPARISONS)).then(() => {
      this.#tellingSoon.delete(window);
      this.#compare(tenant, window, true);
    });
  }

  /**
   * Calls come much later than their slots: there are more than can be handled. Whoever takes slots ahead waits until
   * that is over, or the queue would grow and grow.
   */
  async #slowDown(tenant: TenantKey, window: TenantWindow, lateBy: Duration): Promise<void> {
    const now = this.#clock.now();
    if (lateBy < OVERLOADED || isWithin(BETWEEN_SLOWDOWNS, this.#slowedAt.get(window), now)) return;
    this.#slowedAt.set(window, now);
    await this.#pacer.holdBack(tenant, now + OVERLOADED, now);
  }

  async #reserve(tenant: TenantKey): Promise<Taken> {
    const waiting = this.#waiting.get(tenant);
    if (waiting !== undefined) {
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    }
    const queue: Waiting[] = [];
    this.#waiting.set(tenant, queue);
    try {
      const [first] = await this.#take(tenant, 1);
      return first ?? { at: this.#clock.now(), isWithoutSlot: true };
    } finally {
      this.#waiting.delete(tenant);
      if (queue.length > 0) void this.#serve(tenant, queue);
    }
  }

  /** Those who came meanwhile: one reservation for all of them. */
  async #serve(tenant: TenantKey, queue: readonly Waiting[]): Promise<void> {
    try {
      const slots = await this.#take(tenant, queue.length);
      queue.forEach((waiting, index) => {
        waiting.resolve(slots[index] ?? { at: this.#clock.now(), isWithoutSlot: true });
      });
    } catch (cause) {
      // Each of them hears of it; their calls are made again later, and nobody was sent anything.
      for (const waiting of queue) waiting.reject(cause);
    }
  }

  async #take(tenant: TenantKey, count: number): Promise<readonly Taken[]> {
    const reserved = await this.#pacer.reserve(tenant, count, this.#clock.now() + LEAD, LONGEST_AHEAD);
    return Array.from({ length: count }, (_slot, index) => {
      if ('laterAt' in reserved) this.#questions = (this.#questions + 1) % QUESTIONS_IN_A_ROUND;
      return takenOf(reserved, index, this.#questions);
    });
  }
}
