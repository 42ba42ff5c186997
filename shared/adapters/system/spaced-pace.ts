import { setTimeout as timer } from 'node:timers/promises';
import type { TenantKey } from '../../domain/ids.ts';
import { SLOT_GOOD_FOR, slotAt } from '../../domain/pace.ts';
import { type Duration, type Instant, milliseconds, minutes } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Pace } from '../../ports/pace.ts';
import type { Pacer } from '../../ports/pacer.ts';

/** Longer waits become scheduled messages: nothing sleeps in a function. */
const LONGEST_WAIT: Duration = milliseconds(250);

/** How far ahead slots are taken for requests that have none; a queue longer than this asks again. */
const LONGEST_AHEAD: Duration = minutes(10);

interface Waiting {
  readonly resolve: (at: Instant) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * Spaces the requests of this process, and takes slots for those that come without one. Requests that ask while a
 * reservation is under way share the next one: the busier a process, the fewer writes a request.
 */
export class SpacedPace implements Pace {
  readonly #pacer: Pacer;
  readonly #clock: Clock;
  readonly #spacing: Duration;
  readonly #wait: (delay: Duration) => Promise<unknown>;
  readonly #lastTurn = new Map<TenantKey, Instant>();
  readonly #waiting = new Map<TenantKey, Waiting[]>();

  /** `wait` comes from whoever keeps a time of their own; by default the process's timer. */
  constructor(deps: {
    readonly pacer: Pacer;
    readonly clock: Clock;
    readonly requestsPerSecond: number;
    readonly wait?: (delay: Duration) => Promise<unknown>;
  }) {
    this.#wait = deps.wait ?? timer;
    this.#pacer = deps.pacer;
    this.#clock = deps.clock;
    this.#spacing = 1000 / deps.requestsPerSecond;
  }

  async takeTurn(tenant: TenantKey, slot?: Instant): Promise<'go' | { readonly at: Instant }> {
    const now = this.#clock.now();
    const good = slot !== undefined && now <= slot + SLOT_GOOD_FOR;
    const at = good ? slot : await this.#reserve(tenant);
    if (at - this.#clock.now() > LONGEST_WAIT) return { at };

    // A slot says when at the earliest; neighbours in this process keep their distance, however late they come.
    const turn = Math.max(at, this.#clock.now(), (this.#lastTurn.get(tenant) ?? 0) + this.#spacing);
    if (turn - this.#clock.now() > LONGEST_WAIT) return { at: turn };
    this.#lastTurn.set(tenant, turn);
    const delay = turn - this.#clock.now();
    if (delay >= 1) await this.#wait(delay);
    return 'go';
  }

  async #reserve(tenant: TenantKey): Promise<Instant> {
    const waiting = this.#waiting.get(tenant);
    if (waiting !== undefined) {
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    }
    const queue: Waiting[] = [];
    this.#waiting.set(tenant, queue);
    try {
      const [first] = await this.#take(tenant, 1);
      return first ?? this.#clock.now();
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
        waiting.resolve(slots[index] ?? this.#clock.now());
      });
    } catch (cause) {
      // Each of them hears of it; their calls come back by themselves, and nobody was sent anything.
      for (const waiting of queue) waiting.reject(cause);
    }
  }

  async #take(tenant: TenantKey, count: number): Promise<readonly Instant[]> {
    const reserved = await this.#pacer.reserve(tenant, count, this.#clock.now(), LONGEST_AHEAD);
    if ('askAgainAt' in reserved) return Array.from({ length: count }, () => reserved.askAgainAt);
    return Array.from({ length: count }, (_slot, index) => slotAt(reserved.slots, index));
  }
}
