import type { TenantKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';

/**
 * Lets requests through at the tenant's rate. Nothing is waited for here: a request that may go soon is let through to
 * its claim, and its messenger keeps it until its slot, for a quarter of a second at most.
 */
export interface Pace {
  /**
   * `slotAt` is the slot that was reserved for this request, if one was. Resolves with `go` when the claim may be
   * written and the request be made after it, else with when it may be, later. May throw `StoreUnavailable`.
   */
  takeTurn(tenant: TenantKey, slotAt?: Instant): Promise<'go' | TurnLater>;
}

/** When it may be later: with the slot that has now been reserved for that instant, or, without any (`isWithoutSlot`). */
export interface TurnLater {
  readonly at: Instant;
  readonly isWithoutSlot?: true;
  /** Everybody of the tenant is refused alike at this time, and nothing goes out but a few probes. */
  readonly isHeldBack?: true;
}
