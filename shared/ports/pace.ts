import type { TenantKey } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';

/**
 * Lets one request at a time through, at the tenant's rate. Small differences (a call that came some milliseconds
 * before its slot) are waited for here; nothing longer than a quarter of a second is.
 */
export interface Pace {
  /**
   * `slotAt` is the slot that was reserved for this request, if one was. Resolves with `go` when the request may be
   * made now, else with the instant for which a slot has now been reserved: come back then, with it.
   * May throw `StoreUnavailable`.
   */
  takeTurn(tenant: TenantKey, slotAt?: Instant): Promise<'go' | { readonly at: Instant }>;
}
