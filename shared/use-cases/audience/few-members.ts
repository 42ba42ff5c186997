import type { ConversationKey } from '../../domain/ids.ts';
import type { Audience } from '../../ports/delivery/audience.ts';
import type { Walk } from '../../ports/event/notification-store.ts';

/**
 * An audience of so many at most is told as if each had been named: their calls go at once, and each takes the next slot
 * when it comes. Slots taken ahead keep a long walk at the rate; for a few they would only be a wait.
 */
export const FEW = 10;

/**
 * Everybody whom the walks would come to, where they are few; `undefined` where they are not, or where only a walk can say.
 * Of a large group one page is read that is thrown away. Throws `StoreUnavailable`.
 */
export async function fewMembers(
  audience: Pick<Audience, 'members'>,
  walks: readonly Walk[],
): Promise<readonly ConversationKey[] | undefined> {
  const groups = walks.flatMap(({ group, tenant }) =>
    group.kind === 'everyone' || group.kind === 'topic' ? [{ group, tenant }] : [],
  );
  if (groups.length < walks.length || groups.length > FEW) return undefined;
  const pages = await Promise.all(
    groups.map(({ group, tenant }) => audience.members(group, tenant, { limit: FEW })),
  );
  const keys = new Set(pages.flatMap((page) => page.keys));
  return pages.every(({ done }) => done) && keys.size <= FEW ? [...keys] : undefined;
}
