import { defined } from '../../domain/defined.ts';
import type { ConversationKey, TenantKey } from '../../domain/ids.ts';
import type { Audience, MemberGroup } from '../../ports/delivery/audience.ts';

/** Members read at once. */
const PAGE = 1000;

/** Everybody in a group, tenant by tenant, page by page as they are drawn. Throws `StoreUnavailable`. */
export async function* pagesOfGroup(
  audience: Pick<Audience, 'tenants' | 'members'>,
  group: MemberGroup,
): AsyncGenerator<{ readonly tenant: TenantKey; readonly keys: readonly ConversationKey[] }> {
  for (const tenant of await audience.tenants(group)) {
    let after: ConversationKey | undefined;
    do {
      const page = await audience.members(group, tenant, { limit: PAGE, ...defined({ after }) });
      yield { tenant, keys: page.keys };
      after = page.done ? undefined : page.keys.at(-1);
    } while (after !== undefined);
  }
}
