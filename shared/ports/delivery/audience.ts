import type { MemberGroup, PlainGroup } from '../../domain/event/job.ts';
import type { ConversationKey, TenantKey } from '../../domain/ids.ts';

export type { Group, MemberGroup, PlainGroup } from '../../domain/event/job.ts';

/**
 * Reads the members of a group, tenant by tenant, in key order. Pages continue by the last key, so a page that
 * is asked for again later gives the same members and those who came since.
 * Every method may throw `StoreUnavailable`.
 */
export interface Audience {
  /** The tenants that have members of this group; may name one that has none left. */
  tenants(group: PlainGroup): Promise<readonly TenantKey[]>;

  /**
   * Up to `limit` (1..1000) members with keys above `after`. Suppressed conversations may be left out, so that a page
   * may be short without being the last; it is empty only when `done`.
   */
  members(
    group: MemberGroup,
    tenant: TenantKey,
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly keys: readonly ConversationKey[]; readonly done: boolean }>;

  /** Those among the keys that are members, suppressed or not. */
  membersAmong(
    group: MemberGroup,
    tenant: TenantKey,
    keys: readonly ConversationKey[],
  ): Promise<ReadonlySet<ConversationKey>>;
}
