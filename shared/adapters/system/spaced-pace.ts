import { setTimeout as timer } from 'node:timers/promises';
import { nextSlot, SLOT_GOOD_FOR, slotAt } from '../../domain/delivery/pace.ts';
import type { TenantKey } from '../../domain/ids.ts';
import { type Duration, type Instant, milliseconds, minutes, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Pace, TurnLater } from '../../ports/delivery/pace.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import type { SpacedWindow } from './spaced-window.ts';
import type { SpacedWindows } from './spaced-windows.ts';
import type { TenantWaves } from './tenant-waves.ts';

/** Longer waits become scheduled messages: nothing sleeps in a function. */
const LONGEST_WAIT: Duration = milliseconds(250);

/** How far ahead slots are taken for requests that have none; a queue longer than this asks again. */
const LONGEST_AHEAD: Duration = minutes(10);

/** Those who have to ask again do so one after the other, over two minutes and a half: they are many. */
const BETWEEN_QUESTIONS: Duration = milliseconds(50);
const QUESTIONS_IN_A_ROUND = 3000;

/** How often instances exchange what was late: several times a window, so that it is known before it matters. */
const BETWEEN_COMPARISONS: Duration = milliseconds(150);

/** A slot begins no sooner than a claim takes that has to be written before. */
const LEAD: Duration = milliseconds(20);

/** Calls that come so late are more than can be handled, and slots are given out no sooner than so much later. */
const OVERLOADED: Duration = seconds(2);
const BETWEEN_SLOWDOWNS: Duration = seconds(1);

/** A slot that was taken, and how much before it the request may depart. */
interface Taken extends TurnLater {
  readonly early?: Duration;
}

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
  readonly #clock: Clock;
  readonly #windows: SpacedWindows;
  readonly #waves: TenantWaves | undefined;
  readonly #instance: string = crypto.randomUUID();
  readonly #slowedAt = new WeakMap<SpacedWindow, Instant>();
  readonly #comparedAt = new WeakMap<SpacedWindow, Instant>();
  readonly #tellingSoon = new WeakSet<SpacedWindow>();
  readonly #wait: (delay: Duration) => Promise<unknown>;
  readonly #waiting = new Map<TenantKey, Waiting[]>();
  #questions = 0;

  constructor(deps: {
    readonly pacer: Pacer;
    readonly clock: Clock;
    readonly windows: SpacedWindows;
    readonly waves?: TenantWaves;
    /** Default: a timer that keeps no process alive. */
    readonly wait?: (delay: Duration) => Promise<unknown>;
  }) {
    this.#pacer = deps.pacer;
    this.#clock = deps.clock;
    this.#windows = deps.windows;
    this.#waves = deps.waves;
    this.#wait = deps.wait ?? ((delay) => timer(delay, undefined, { ref: false }));
    this.#windows.whenLate((tenant) => this.#tellSoon(tenant));
  }

  async takeTurn(tenant: TenantKey, reserved?: Instant): Promise<'go' | TurnLater> {
    const held = this.#waves?.admit(tenant) ?? 'go';
    if (held !== 'go') return { at: held, isWithoutSlot: true, isHeldBack: true };
    const window = this.#windows.of(tenant);
    this.#compare(tenant, window);
    // A slot that lies further ahead than any is none.
    const slot =
      reserved === undefined || nextSlot(reserved, this.#clock.now()) !== reserved ? undefined : reserved;
    const lateBy = slot === undefined ? 0 : this.#clock.now() - slot;
    if (slot !== undefined && lateBy > SLOT_GOOD_FOR) {
      await this.#slowDown(tenant, window, lateBy);
      // Sent away again, it would come back as late: the slots that were missed are there for it.
      if (window.hasRoomToSpare()) return 'go';
    }
    const taken: Taken =
      slot !== undefined && lateBy <= SLOT_GOOD_FOR ? { at: slot } : await this.#reserve(tenant);
    const { early = 0, ...turn } = taken;
    const { at } = turn;
    const now = this.#clock.now();
    if (turn.isWithoutSlot === true || at - now > LONGEST_WAIT) return turn;
    // Those before it came so late that it would have to wait long: it lets its slot pass and takes a later one.
    const clear = window.clearAt(at);
    if (clear - now > LONGEST_WAIT) {
      const { early: _unused, ...later } = await this.#reserve(tenant);
      return later;
    }
    window.announce(at, at - early);
    return 'go';
  }

  /**
   * Exchanges with the other instances whose requests were late, beside the calls and not before them. Requests that
   * are few cannot meet, and need nothing of it.
   */
  #compare(tenant: TenantKey, window: SpacedWindow): void {
    const now = this.#clock.now();
    if (window.inUse < 2 || isWithin(BETWEEN_COMPARISONS, this.#comparedAt.get(window), now)) return;
    this.#comparedAt.set(window, now);
    this.#pacer.compareLate(tenant, this.#instance, window.lateRequests(), now).then(
      (said) => window.learn(said),
      // Not knowing can cost a 429 at most, which is retried.
      () => undefined,
    );
  }

  /**
   * Whoever was late says so also when it makes no further request for a while: the next calls may be anybody's, and
   * what follows the late ones a window later needs to know by then.
   */
  #tellSoon(tenant: TenantKey): void {
    const window = this.#windows.of(tenant);
    if (this.#tellingSoon.has(window)) return;
    this.#tellingSoon.add(window);
    const due = (this.#comparedAt.get(window) ?? 0) + BETWEEN_COMPARISONS;
    void this.#wait(Math.min(Math.max(0, due - this.#clock.now()), BETWEEN_COMPARISONS)).then(() => {
      this.#tellingSoon.delete(window);
      this.#compare(tenant, window);
    });
  }

  /**
   * Calls come much later than their slots: there are more than can be handled. Whoever takes slots ahead waits until
   * that is over, or the queue would grow and grow.
   */
  async #slowDown(tenant: TenantKey, window: SpacedWindow, lateBy: Duration): Promise<void> {
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
      // Each of them hears of it; their calls come back by themselves, and nobody was sent anything.
      for (const waiting of queue) waiting.reject(cause);
    }
  }

  async #take(tenant: TenantKey, count: number): Promise<readonly Taken[]> {
    const reserved = await this.#pacer.reserve(tenant, count, this.#clock.now() + LEAD, LONGEST_AHEAD);
    // Where nobody is before them the claims set the time: as much as they depart early passed unused before.
    const early = 'slots' in reserved && reserved.idle >= 2 * LEAD ? LEAD : 0;
    return Array.from({ length: count }, (_slot, index) => {
      if ('slots' in reserved) return { at: slotAt(reserved.slots, index), early };
      this.#questions = (this.#questions + 1) % QUESTIONS_IN_A_ROUND;
      return { at: reserved.laterAt + this.#questions * BETWEEN_QUESTIONS, isWithoutSlot: true };
    });
  }
}

/** Whether so little time has passed since; no time is in the future, except when this machine's clock was put back. */
function isWithin(span: Duration, since: Instant | undefined, now: Instant): boolean {
  return since !== undefined && now >= since && now < since + span;
}
