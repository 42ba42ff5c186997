import type { TenantKey } from '../../domain/ids.ts';
import type { Duration } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import { SpacedWindow } from './spaced-window.ts';

/** Tenants that are remembered; whoever was idle the longest is forgotten first. */
const MOST_TENANTS = 1000;

/** The windows of all tenants in this process. */
export class SpacedWindows {
  readonly #make: (tenant: TenantKey) => SpacedWindow;
  readonly #windows = new Map<TenantKey, SpacedWindow>();
  #whenLate: ((tenant: TenantKey) => void) | undefined;

  constructor(deps: {
    readonly clock: Clock;
    readonly requestsPerSecond: number;
    readonly wait?: (delay: Duration) => Promise<unknown>;
  }) {
    this.#make = (tenant) => new SpacedWindow({ ...deps, onLate: () => this.#whenLate?.(tenant) });
  }

  /** Tells `listener` of each request that turns out so late that other processes have to know. */
  whenLate(listener: (tenant: TenantKey) => void): void {
    this.#whenLate = listener;
  }

  of(tenant: TenantKey): SpacedWindow {
    const window = this.#windows.get(tenant) ?? this.#make(tenant);
    // Taken out and put in again, the map keeps them by their last use.
    this.#windows.delete(tenant);
    this.#windows.set(tenant, window);
    const [idlest] = this.#windows.keys();
    if (this.#windows.size > MOST_TENANTS && idlest !== undefined) this.#windows.delete(idlest);
    return window;
  }
}
