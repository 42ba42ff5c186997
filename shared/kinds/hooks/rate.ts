import type { RateLimit } from '../../domain/delivery/pace.ts';
import type { Instant } from '../../domain/time.ts';

/** Up to so many times its rate a hook's sender is answered as ever. */
const MOST_TIMES = 10;
/** Hooks that are counted at once; beyond, those that were silent longest begin anew. */
const MOST_COUNTED = 10_000;

export type Room =
  /** `over` is how many would be held were there no room for this one either, in the window that ends at `until`. */
  | { readonly kind: 'tell'; readonly over: number; readonly until: Instant }
  /** Beyond its rate: `over` is how many came so in this window, which ends at `until`. */
  | { readonly kind: 'hold'; readonly over: number; readonly until: Instant }
  | { readonly kind: 'refuse'; readonly until: Instant };

interface Count {
  readonly since: Instant;
  count: number;
}

/** Counts what each hook takes, in this process: of several each has its own, so that it is counted approximately. */
export class HookRates {
  readonly #limit: RateLimit;
  readonly #counts = new Map<string, Count>();

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  take(id: string, now: Instant): Room {
    const { window, count: usual } = this.#limit;
    let count = this.#counts.get(id);
    if (count === undefined || now >= count.since + window || now < count.since) {
      count = { since: now, count: 0 };
      this.#counts.delete(id);
      if (this.#counts.size >= MOST_COUNTED) this.#forgetOldest();
      this.#counts.set(id, count);
    }
    const until = count.since + window;
    if (count.count >= this.#most()) return { kind: 'refuse', until };
    count.count += 1;
    return count.count <= usual
      ? { kind: 'tell', over: count.count, until }
      : { kind: 'hold', over: count.count - usual, until };
  }

  #most(): number {
    return this.#limit.count * MOST_TIMES;
  }

  #forgetOldest(): void {
    const [oldest] = this.#counts.keys();
    if (oldest !== undefined) this.#counts.delete(oldest);
  }
}
