import type { TenantKey } from '../../domain/ids.ts';
import type { Duration } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import { SpacedWindow } from './spaced-window.ts';

/** Tenants that are remembered; whoever was idle the longest is forgotten first. */
const MOST_TENANTS = 1000;

/** The windows of all tenants in this process. */
export class SpacedWindows {
  readonly #make: () => SpacedWindow;
  readonly #windows = new Map<TenantKey, SpacedWindow>();

  constructor(deps: {
    readonly clock: Clock;
    readonly requestsPerSecond: number;
    readonly wait?: (delay: Duration) => Promise<unknown>;
  }) {
    this.#make = () => new SpacedWindow(deps);
  }

  of(tenant: TenantKey): SpacedWindow {
    const window = this.#windows.get(tenant) ?? this.#make();
    // Taken out and put in again, the map keeps them by their last use.
    this.#windows.delete(tenant);
    this.#windows.set(tenant, window);
    const [idlest] = this.#windows.keys();
    if (this.#windows.size > MOST_TENANTS && idlest !== undefined) this.#windows.delete(idlest);
    return window;
  }
}
