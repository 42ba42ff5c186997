import { defined } from '../../domain/defined.ts';
import type { PlainGroup, Walk } from '../../domain/event/job.ts';
import type { Recipient } from '../../domain/event/notification.ts';
import { coveringTopics } from '../../domain/event/topic.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import type { Audience } from '../../ports/delivery/audience.ts';
import type { ListStore } from '../../ports/event/list-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { SelectedPage } from '../../ports/kind.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

export interface MembersDeps {
  readonly audience: Audience;
  readonly kinds: Pick<AllKinds, 'audience'>;
  readonly lists: Pick<ListStore, 'membersOnList' | 'excepted'>;
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
}

/** Whom the walk comes to next, behind `walk.after`; `upTo` is absent where nobody was left to look at. */
export async function membersOfWalk(deps: MembersDeps, walk: Walk, limit: number): Promise<SelectedPage> {
  const { group, notification, tenant } = walk;
  if (group.kind !== 'listed') return membersOfGroup(deps, { ...walk, group }, limit);
  const { of } = group;
  const page =
    of === undefined
      ? paged(
          await deps.lists.membersOnList(notification, tenant, { limit, ...defined({ after: walk.after }) }),
        )
      : await membersOfGroup(deps, { ...walk, group: of }, limit);
  const excepted = await exceptedAmong(deps, walk, page.keys);
  return { ...page, keys: page.keys.filter((key) => !excepted.has(key)) };
}

async function membersOfGroup(
  deps: MembersDeps,
  walk: Walk & { readonly group: PlainGroup },
  limit: number,
): Promise<SelectedPage> {
  const { group } = walk;
  if (group.kind === 'kept') {
    const kept = deps.kinds.audience(group.audience);
    // The kind was taken out since: nobody keeps the group any more.
    return kept?.select({ ...walk, group }, { limit }) ?? { keys: [], done: true };
  }
  return paged(await deps.audience.members(group, walk.tenant, { limit, ...defined({ after: walk.after }) }));
}

/** Those whom the notification is not for: they are on the list of those, or subscribe to a topic of them now. */
export async function exceptedAmong(
  deps: Omit<MembersDeps, 'kinds' | 'lists'> & { readonly lists: Pick<ListStore, 'excepted'> },
  { notification, tenant }: Pick<Walk, 'notification' | 'tenant'>,
  keys: readonly ConversationKey[],
): Promise<ReadonlySet<ConversationKey>> {
  const except = (await deps.notifications.findNotification(notification))?.except ?? [];
  if (keys.length === 0 || except.length === 0) return new Set();
  const found = await Promise.all([
    deps.lists.excepted(notification, keys),
    ...topicsOf(except).map((topic) => deps.audience.membersAmong({ kind: 'topic', topic }, tenant, keys)),
  ]);
  return new Set(found.flatMap((some) => [...some]));
}

function topicsOf(except: readonly Recipient[]) {
  return [...new Set(except.flatMap((entry) => ('topic' in entry ? coveringTopics(entry.topic) : [])))];
}

function paged({
  keys,
  done,
}: {
  readonly keys: readonly ConversationKey[];
  readonly done: boolean;
}): SelectedPage {
  return { keys, ...defined({ upTo: keys.at(-1) }), done };
}
