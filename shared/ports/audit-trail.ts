import { type Duration, days, type Instant } from '../domain/time.ts';

/** Long enough for who comes back from a long leave; then it goes, whoever it is about. */
export const AUDIT_KEPT_FOR: Duration = days(90);

/** Something that somebody did to the notifier by the console. */
export interface AuditEntry {
  /** Opaque; no two entries have the same. */
  readonly id: string;
  readonly at: Instant;
  /** The object id of whoever did it, or `local`. */
  readonly who: string;
  /** In small letters, `cancel`. */
  readonly action: string;
  /** What it was done to, by ids: never a name, a mail or a text. */
  readonly what: string;
  /** The network address that it came from, or `local`. */
  readonly from: string;
  /** What became of it; absent while it is under way, and where nobody could say. */
  readonly outcome?: string;
}

/** The record of who did what. Every method may throw `StoreUnavailable`. */
export interface AuditTrail {
  /** Written before anything is done. */
  beginEntry(entry: AuditEntry): Promise<void>;

  /** Says what became of it; may be repeated without harm. */
  endEntry(entry: AuditEntry & { readonly outcome: string }): Promise<void>;

  /**
   * The newest first, from `from` on or behind `after`, which an earlier page gave, and none before `since`; `limit` 1..1000.
   * Throws `RangeError` for an `after` that no page gave.
   */
  listEntries(page: {
    readonly from: Instant;
    readonly since: Instant;
    readonly limit: number;
    readonly after?: string;
  }): Promise<{ readonly items: readonly AuditEntry[]; readonly after?: string }>;

  /** Removes up to `most` entries of days (UTC) before that of `before`; gives how many. */
  removeOlderEntries(before: Instant, most: number): Promise<number>;
}
