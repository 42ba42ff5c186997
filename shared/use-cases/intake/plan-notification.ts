import { defined } from '../../domain/defined.ts';
import { SCHEDULED } from '../../domain/delivery/delivery.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import { isDirect, isListed, type Notification } from '../../domain/event/notification.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import type { Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import { DirectoryAway } from '../../ports/conversation/directory.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { Audience } from '../../ports/delivery/audience.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { ListedPerson, ListStore } from '../../ports/event/list-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Parking } from '../../ports/event/parking.ts';
import type { DeliveryQueue, JobQueue } from '../../ports/queues.ts';
import { exceptedAmong } from '../audience/members-of-walk.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { beginListing } from './begin-listing.ts';
import { type BeginWalksDeps, beginWalks, GRACE } from './begin-walks.ts';
import { parkUnknown } from './park-unknown.ts';
import { LONGEST_WAIT_FOR_DIRECTORY, type ResolveDeps, resolveAll } from './resolve-recipients.ts';
import { instantsOf, spanOf } from './schedule.ts';
import { scheduledWork } from './scheduled-work.ts';

export { GRACE } from './begin-walks.ts';

/** As many rows as one transaction of the store takes. */
export const MOST_ADDRESSED_AT_ONCE = 100;

/** Rows written at the same time. */
const AT_ONCE = 16;

export interface Plan {
  /** Conversations addressed one by one. */
  readonly direct: number;
  /** Groups, tenant by tenant, that are walked through page by page. */
  readonly walks: number;
  /** Entries of `to` that name nobody who is known. */
  readonly unknown: number;
}

/**
 * @param at when the first wake-up calls of direct recipients are due; default: at once
 * @param part the rest of one that was planned before: those of `to` who were unknown then
 */
export type PlanNotification = (notification: Notification, at?: Instant, part?: 'unknown') => Promise<Plan>;

export interface PlanDeps extends ResolveDeps, Pick<BeginWalksDeps, 'topicActivity' | 'log'> {
  readonly personalData: PersonalData;
  readonly audience: Audience;
  readonly lists: Pick<ListStore, 'tenantsOnList' | 'excepted'>;
  readonly kinds: Pick<AllKinds, 'audience' | 'entryOf'>;
  readonly notifications: NotificationStore;
  readonly ledger: Ledger;
  readonly dueIndex: DueIndex;
  readonly parking: Parking;
  readonly deliveries: DeliveryQueue;
  readonly jobs: JobQueue;
  readonly clock: Clock;
}

/**
 * Addresses a stored notification: direct recipients here and now, groups by walks that continue by message.
 *
 * Order of writes: due entry -> report rows -> wake-up calls -> walks with their first job -> who is unknown -> "planned" mark.
 * A crash anywhere leaves the due entry, by which the sweep plans again; every step may be repeated.
 *
 * Whom only a directory could find that does not answer now, keeps nobody else waiting: the others are addressed, and then
 * `DirectoryAway` is thrown: whoever called has all of it come again.
 */
export function planNotification(deps: PlanDeps): PlanNotification {
  const groups = groupsInTime(deps);
  const beginList = beginListing(deps);
  return async (notification, announcedFor, part) => {
    const now = deps.clock.now();
    if (part === undefined && isListed(notification)) {
      await beginList(notification);
      return { direct: 0, walks: 0, unknown: 0 };
    }
    const span = spanOf(notification.delivery.at);
    // By each person's own clock it is looked at from the first of them on, and then again at each one's own.
    const at = announcedFor ?? (span !== undefined && span.first > now ? span.first : undefined);
    const due = {
      at: Math.max(now, span?.last ?? at ?? now) + GRACE,
      kind: 'plan',
      notification: notification.id,
    } as const;
    // Looking recipients up may be repeated, and leaves nothing that has to be finished.
    const [{ people, unknown, away }] = await Promise.all([
      resolveAll(deps, notification.to.filter(isDirect)),
      deps.dueIndex.addDue(due),
    ]);
    const keys = keysOf(part === undefined ? people : await notExcepted(deps, notification.id, people));
    for (let start = 0; start < keys.length; start += MOST_ADDRESSED_AT_ONCE) {
      const block = keys.slice(start, start + MOST_ADDRESSED_AT_ONCE);
      await deps.ledger.addressRecipients(notification.id, block);
      await deps.deliveries.sendCalls(
        block.map((conversation) => ({
          message: firstCall(notification, conversation),
          ...defined({ at }),
        })),
      );
      if (announcedFor === undefined && at !== undefined)
        await sayScheduled(deps.ledger, notification.id, block);
    }
    const walks = await groups.begin(notification, now);
    if (away !== undefined && now < notification.acceptedAt + LONGEST_WAIT_FOR_DIRECTORY) {
      // Whoever called comes again with it, and at each time an entry of its own would be one more.
      await deps.dueIndex.removeDue(due);
      throw new DirectoryAway(away);
    }
    if (unknown.length > 0) await parkUnknown(deps, notification, { unknown });
    if (walks !== 'later') await deps.notifications.markPlanned(notification.id);
    return { direct: keys.length, walks: walks === 'later' ? 0 : walks, unknown: unknown.length };
  };
}

async function sayScheduled(
  ledger: Ledger,
  notification: NotificationId,
  conversations: readonly ConversationKey[],
): Promise<void> {
  await inParallel(conversations, AT_ONCE, (conversation) =>
    ledger.recordPending({ notification, conversation }, 'deferred', SCHEDULED),
  );
}

/**
 * Groups are walked when it is time, by those who belong to them then. Until then only due entries wait: the plan's own for
 * one instant; by people's own clocks the work of each instant, and the plan's at the end.
 */
function groupsInTime(deps: PlanDeps) {
  const beginning = beginWalks(deps);
  return { begin };

  async function begin(notification: Notification, now: Instant): Promise<number | 'later'> {
    const { at } = notification.delivery;
    const span = spanOf(at);
    const hasGroups = !notification.to.every(isDirect);
    if (at === undefined || span === undefined || !hasGroups) return beginning(notification);
    const { id } = notification;
    if (span.last <= now) {
      // By clocks they were begun at their own times; where nobody did, all are told now.
      const isBegun = (await deps.notifications.walksOf(id)).some(({ dueAt }) => dueAt !== undefined);
      return isBegun ? 0 : beginning(notification);
    }
    if (typeof at === 'number') await deps.dueIndex.addDue({ at, kind: 'plan', notification: id });
    else {
      for (const dueAt of instantsOf(at)) {
        await deps.dueIndex.addDue({ at: dueAt, kind: 'work', ...scheduledWork(id, dueAt) });
      }
    }
    return 'later';
  }
}

export function firstCall(
  notification: Pick<Notification, 'id' | 'traceparent'>,
  conversation: ConversationKey,
): WakeUpCall {
  return {
    notification: notification.id,
    conversation,
    version: 0,
    hop: 0,
    ...defined({ traceparent: notification.traceparent }),
  };
}

/** Distinct conversations in key order; what overlaps is one. */
function keysOf(people: readonly ListedPerson[]): readonly ConversationKey[] {
  return [...new Set(people.map(({ key }) => key))].sort();
}

/** Those whom a notification whose list was made is for. */
async function notExcepted(
  deps: PlanDeps,
  notification: NotificationId,
  people: readonly ListedPerson[],
): Promise<readonly ListedPerson[]> {
  const excepted = new Set<ConversationKey>();
  for (const tenant of new Set(people.map((one) => one.tenant))) {
    const keys = keysOf(people.filter((one) => one.tenant === tenant));
    for (const key of await exceptedAmong(deps, { notification, tenant }, keys)) excepted.add(key);
  }
  return people.filter(({ key }) => !excepted.has(key));
}
