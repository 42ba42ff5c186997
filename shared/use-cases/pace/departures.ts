import { type Exchange, TenantWindow } from '../../domain/delivery/tenant-window.ts';
import { type TenantKey, tenantKey } from '../../domain/ids.ts';
import { type Duration, type Instant, milliseconds, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { CreateResult, Messenger, SendResult } from '../../ports/delivery/messenger.ts';
import type { Behind } from '../../ports/delivery/pacer.ts';
import type { TenantWaves } from './tenant-waves.ts';

/** Tenants that are remembered; whoever was idle the longest is forgotten first. */
const MOST_TENANTS = 1000;

/** Waiting is cut into pieces, because an answer may make room sooner than it seemed. */
const LONGEST_SLEEP: Duration = milliseconds(50);

/** What lies further apart is no drift of a machine's clock: it is believed as it is, and nothing is mended. */
const MOST_MENDED: Duration = seconds(1);

interface Deps {
  readonly clock: Clock;
  readonly wait: (delay: Duration) => Promise<unknown>;
}

/** Told when the answer to a request is there, and whether that is a 429. */
export type Answered = (isRefused?: boolean) => void;

/** The requests of this process to one tenant, in the order and at the time in which its window lets them depart. */
export class Departures {
  readonly window: TenantWindow;
  readonly #deps: Deps;
  readonly #onLate: (() => void) | undefined;
  readonly #ready: ((exchange: Exchange) => void)[] = [];
  #isServing = false;

  /** @param onLate told of each request that turns out so late that other processes have to know */
  constructor(deps: Deps & { readonly requestsPerSecond: number; readonly onLate?: () => void }) {
    this.window = new TenantWindow(deps.requestsPerSecond);
    this.#deps = deps;
    this.#onLate = deps.onLate;
  }

  /** Requests that wait for their departure. */
  get ready(): number {
    return this.#ready.length;
  }

  /** Resolves when the next request may be made, which has to be done at once then. */
  async enter(): Promise<Answered> {
    const exchange = await new Promise<Exchange>((resolve) => {
      this.#ready.push(resolve);
      if (!this.#isServing) void this.#serve();
    });
    return (isRefused) => {
      const now = this.#deps.clock.now();
      this.window.answer(exchange, now, isRefused);
      if (this.window.isNewlyLate(exchange, now)) this.#onLate?.();
    };
  }

  async #serve(): Promise<void> {
    const { clock, wait } = this.#deps;
    this.#isServing = true;
    while (this.#ready.length > 0) {
      const now = clock.now();
      const at = this.window.nextAt(now);
      if (at > now) {
        await wait(Math.ceil(Math.min(at - now, LONGEST_SLEEP)));
        continue;
      }
      const exchange = this.window.depart(now);
      if (this.window.isNewlyLate(exchange, now)) this.#onLate?.();
      this.#ready.shift()?.(exchange);
    }
    this.#isServing = false;
  }
}

/**
 * A machine's clock, set by the one that all instances share: the one that the tables write into rows. A slot is the same
 * moment on every instance so, though their own clocks are apart. For the pace only, and never far from the machine's own.
 */
export class CommonClock implements Clock {
  readonly #own: Clock;
  /** By how much it is set forward. */
  setBy: Duration = 0;

  constructor(own: Clock) {
    this.#own = own;
  }

  now(): Instant {
    return this.#own.now() + this.setBy;
  }

  /**
   * Moves it as little as what was measured asks for: by nothing where it may be right. So it never swings, a slow answer
   * teaches little, and what is left of the error is shorter than the shortest way there and back.
   *
   * @param setBy by how much it was set forward when it was read for that
   */
  learn({ least, most }: Behind, setBy: Duration): void {
    const behind = Math.trunc(Math.max(setBy + least, Math.min(this.setBy, setBy + most)));
    this.setBy = Math.abs(behind) > MOST_MENDED ? 0 : behind;
  }
}

/** The departures to all tenants in this process. */
export class AllDepartures {
  readonly clock: CommonClock;
  readonly #make: (tenant: TenantKey) => Departures;
  readonly #known = new Map<TenantKey, Departures>();
  #whenLate: ((tenant: TenantKey) => void) | undefined;

  constructor(deps: Deps & { readonly requestsPerSecond: number }) {
    const clock = new CommonClock(deps.clock);
    this.clock = clock;
    this.#make = (tenant) => new Departures({ ...deps, clock, onLate: () => this.#whenLate?.(tenant) });
  }

  /** Tells `listener` of each request that turns out so late that other processes have to know. */
  whenLate(listener: (tenant: TenantKey) => void): void {
    this.#whenLate = listener;
  }

  to(tenant: TenantKey): Departures {
    const departures = this.#known.get(tenant) ?? this.#make(tenant);
    // Taken out and put in again, the map keeps them by their last use.
    this.#known.delete(tenant);
    this.#known.set(tenant, departures);
    const [idlest] = this.#known.keys();
    if (this.#known.size > MOST_TENANTS && idlest !== undefined) this.#known.delete(idlest);
    return departures;
  }
}

/**
 * Keeps the requests of this process within the channel's sliding window, at the last moment before each is made.
 *
 * A slot is asked for before the claim is written, and that write takes now five milliseconds and now fifty: what
 * went in at the rate comes out in bunches. Here each request waits for a place in its tenant's window. What it is
 * answered is told to the tenant's wave.
 */
export function spacedMessenger(
  messenger: Messenger,
  { departures, waves }: { readonly departures: AllDepartures; readonly waves?: TenantWaves },
): Messenger {
  async function spaced<Result extends SendResult | CreateResult>(
    tenant: TenantKey,
    whom: string,
    exchange: () => Promise<Result>,
  ): Promise<Result> {
    const answered = await departures.to(tenant).enter();
    let isRefused = false;
    try {
      const result = await exchange();
      isRefused = result.kind === 'failed' && result.status === 429;
      if (result.kind !== 'untrusted') {
        waves?.note(tenant, whom, result.kind === 'failed' ? result : undefined);
      }
      return result;
    } finally {
      answered(isRefused);
    }
  }

  return {
    sendActivity: (reference, message, isOff) =>
      spaced(reference.tenant ?? tenantKey(reference), reference.conversationId, () =>
        messenger.sendActivity(reference, message, isOff),
      ),
    updateActivity: (reference, activityId, message, isOff) =>
      spaced(reference.tenant ?? tenantKey(reference), reference.conversationId, () =>
        messenger.updateActivity(reference, activityId, message, isOff),
      ),
    removeActivity: (reference, activityId) =>
      spaced(reference.tenant ?? tenantKey(reference), reference.conversationId, () =>
        messenger.removeActivity(reference, activityId),
      ),
    createConversation: (person, first) =>
      spaced(tenantKey(person), person.user.id, () => messenger.createConversation(person, first)),
  };
}
