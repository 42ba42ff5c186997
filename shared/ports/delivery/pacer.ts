import type { Slack } from '../../domain/delivery/slack.ts';
import type { Reservation } from '../../domain/delivery/tenant-turn.ts';
import type { LateRequest } from '../../domain/delivery/tenant-window.ts';
import type { TenantKey } from '../../domain/ids.ts';
import type { Duration, Instant } from '../../domain/time.ts';

export type { Reservation } from '../../domain/delivery/tenant-turn.ts';
export type { LateRequest } from '../../domain/delivery/tenant-window.ts';

/** Where a tenant's slots are. */
export interface TenantCursor {
  readonly tenant: TenantKey;
  /** The next free slot. */
  readonly next: Instant;
  /** Slots that were ever given out, as far as the releases that gave them counted; absent: none of them did. */
  readonly taken?: number;
}

/** By how much a clock is behind the one that all instances share: by so much at least and at most. */
export interface Behind {
  readonly least: Duration;
  readonly most: Duration;
}

/** Reads how busy tenants are. May throw `StoreUnavailable`. */
export interface TenantCursors {
  /** Of tenants whose next slot is not before `since`; `most` rows are looked at. */
  cursors(since: Instant, most: number): Promise<readonly TenantCursor[]>;
}

/**
 * The tenant's requests per second, over all instances together: one cursor a tenant, moved by conditional writes.
 * Every method may throw `StoreUnavailable`.
 */
export interface Pacer {
  /**
   * Takes the next `count` slots, unless they would begin later than `ahead` from now: then nothing is taken and the
   * answer says when to ask again. A cursor that lies further ahead than anything can have put it counts as none.
   */
  reserve(tenant: TenantKey, count: number, now: Instant, ahead: Duration): Promise<Reservation>;

  /**
   * Moves the tenant's cursor to `until` at least, an hour from `now` at most: the channel said 429 for the tenant as a
   * whole, or refuses everybody alike.
   */
  holdBack(tenant: TenantKey, until: Instant, now: Instant): Promise<void>;

  /**
   * Tells the other instances which of this one's requests were late within the last seconds, in place of what it told
   * before, and gives what they told, and how many of them told anything lately, be it that nothing was late. Without
   * `late` nothing is told. `instance` names this one, as long as it lives.
   */
  compareLate(
    tenant: TenantKey,
    instance: string,
    late: readonly LateRequest[] | undefined,
    now: Instant,
  ): Promise<{
    readonly late: readonly LateRequest[];
    readonly others: number;
    /** What all instances leave between slots now; absent as long as nobody has said. */
    readonly slack?: Slack;
    /** How far the clock is that `now` was read from; absent where it was not measured this time. */
    readonly behind?: Behind;
  }>;

  /** Has the tenant's slots leave `slack` between them, unless another one holds than `known`. Gives what holds then. */
  adjust(
    tenant: TenantKey,
    slack: { readonly known: Slack | undefined; readonly next: Slack },
  ): Promise<Slack | undefined>;
}
