import { defined } from '../../domain/defined.ts';
import { isListed, type Notification, type Recipient } from '../../domain/event/notification.ts';
import { coveringTopics } from '../../domain/event/topic.ts';
import { type Instant, minutes } from '../../domain/time.ts';
import type { Audience, PlainGroup } from '../../ports/delivery/audience.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { ListStore } from '../../ports/event/list-store.ts';
import type { NotificationStore, Walk } from '../../ports/event/notification-store.ts';
import type { JobQueue } from '../../ports/queues.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { type NoteTopicDeps, noteTopic } from './note-topic.ts';

/** How long after its time something that did not happen is looked after. */
export const GRACE = minutes(2);

export interface GroupDeps {
  readonly audience: Pick<Audience, 'tenants'>;
  readonly lists: Pick<ListStore, 'tenantsOnList'>;
  readonly kinds: Pick<AllKinds, 'audience'>;
}

export interface BeginWalksDeps extends GroupDeps, Omit<NoteTopicDeps, 'notifications' | 'kinds'> {
  readonly kinds: Pick<AllKinds, 'audience' | 'entryOf'>;
  readonly notifications: Pick<NotificationStore, 'beginWalk' | 'walksOf' | 'findCancellation'>;
  readonly dueIndex: Pick<DueIndex, 'addDue'>;
  readonly jobs: Pick<JobQueue, 'sendJobs'>;
}

/**
 * Begins to walk through each group of a notification, tenant by tenant, and gives how many walks there are.
 * @param dueAt only those are told for whom it is time then; default: all
 */
export type BeginWalks = (notification: Notification, dueAt?: Instant) => Promise<number>;

type BeginDeps = Pick<BeginWalksDeps, 'dueIndex' | 'jobs' | 'clock'> & {
  readonly notifications: Pick<NotificationStore, 'beginWalk'>;
};

/** Throws `StoreUnavailable` or `QueueUnavailable`; may be repeated. */
export function beginWalks(deps: BeginWalksDeps): BeginWalks {
  const topics = noteTopic(deps);
  return async (notification, dueAt) => {
    if (await beginsNow(notification)) await topics.sent(notification);
    const walks = await walksOf(deps, notification);
    await beginEach(
      deps,
      notification,
      walks.map((walk) => ({ ...walk, ...defined({ dueAt }) })),
    );
    return walks.length;
  };

  /** Whether one that is for a time was begun at nobody's time yet. One that is not was counted when it was accepted. */
  async function beginsNow({ id, type, delivery }: Notification): Promise<boolean> {
    if (delivery.at === undefined || deps.kinds.entryOf(type)?.topicOf === undefined) return false;
    return (await deps.notifications.walksOf(id)).length === 0;
  }
}

/**
 * Order of writes: due entry -> walk -> job. A walk is never without its entry: whoever plans again after a crash may find
 * so few members by then that no walk is begun, and this one would stay open for ever.
 */
export async function beginEach(
  { dueIndex, notifications, jobs, clock }: BeginDeps,
  { traceparent }: Pick<Notification, 'traceparent'>,
  walks: readonly Walk[],
): Promise<void> {
  const trace = defined({ traceparent });
  for (const walk of walks) {
    await dueIndex.addDue({ at: clock.now() + GRACE, kind: 'walk', walk });
    await notifications.beginWalk(walk);
    await jobs.sendJobs([{ message: { kind: 'walk', walk, hop: 0, ...trace } }]);
  }
}

/** The walks that a notification needs: through each of its groups in each tenant. */
export async function walksOf(
  { audience, lists, kinds }: GroupDeps,
  notification: Pick<Notification, 'id' | 'to' | 'except'>,
): Promise<readonly Walk[]> {
  const { id, to } = notification;
  const walks: Walk[] = [];
  const listed = isListed(notification);
  for (const of of groupsOf(to, kinds)) {
    const group = listed ? ({ kind: 'listed', of } as const) : of;
    for (const tenant of await audience.tenants(of))
      walks.push({ notification: id, group, tenant, done: false });
  }
  // Whom everyone covers is on its list all the same: some of them may never have been met alone.
  for (const tenant of listed ? await lists.tenantsOnList(id) : [])
    walks.push({ notification: id, group: { kind: 'listed' }, tenant, done: false });
  return walks;
}

/** Everyone covers every topic; a topic reaches the subscribers of all topics above it. */
function groupsOf(to: readonly Recipient[], kinds: Pick<AllKinds, 'audience'>): readonly PlainGroup[] {
  if (to.some((entry) => 'everyone' in entry)) return [{ kind: 'everyone' }];
  const kept = new Map<string, PlainGroup>();
  for (const entry of to) {
    if (!('keptBy' in entry)) continue;
    const { keptBy: audience, key } = entry;
    const field = kinds.audience(audience)?.field;
    // The kind was taken out since: nobody keeps the group any more.
    if (field !== undefined) kept.set(`${audience}:${key}`, { kind: 'kept', audience, field, key });
  }
  const topics = new Set(to.flatMap((entry) => ('topic' in entry ? coveringTopics(entry.topic) : [])));
  return [...[...topics].map((topic): PlainGroup => ({ kind: 'topic', topic })), ...kept.values()];
}
