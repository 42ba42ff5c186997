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
import type { NotificationStore, Walk } from '../../ports/event/notification-store.ts';
import type { Parking } from '../../ports/event/parking.ts';
import type { DeliveryQueue, JobQueue } from '../../ports/queues.ts';
import { fewMembers } from '../audience/few-members.ts';
import { exceptedAmong } from '../audience/members-of-walk.ts';
import { isIdCancelled } from '../delivery/is-cancelled.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { beginListing } from './begin-listing.ts';
import { type BeginWalksDeps, beginEach, GRACE, walksOf } from './begin-walks.ts';
import { noteTopic } from './note-topic.ts';
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
  /** Conversations addressed at once: those that are named, and the members of groups where they are few. */
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
 * Addresses a stored notification: direct recipients and groups of a few here and now, other groups by walks that continue
 * by message.
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
    const [{ people, unknown, away }, members] = await Promise.all([
      resolveAll(deps, notification.to.filter(isDirect)),
      groups.lookUp(notification, now),
      deps.dueIndex.addDue(due),
    ]);
    const named = part === undefined ? people : await notExcepted(deps, notification.id, people);
    // Who has it come again must not choose them anew: a walk that is begun stays as it is.
    const few = away === undefined ? members.few : undefined;
    const keys = keysOf(named, few);
    for (let start = 0; start < keys.length; start += MOST_ADDRESSED_AT_ONCE) {
      const block = keys.slice(start, start + MOST_ADDRESSED_AT_ONCE);
      await deps.ledger.addressRecipients(notification.id, block, 'named');
      await deps.deliveries.sendCalls(
        block.map((conversation) => ({
          message: firstCall(notification, conversation),
          ...defined({ at }),
        })),
      );
      if (announcedFor === undefined && at !== undefined)
        await sayScheduled(deps.ledger, notification.id, block);
    }
    await groups.begin(notification, few === undefined ? members : { ...members, walks: [] });
    if (away !== undefined && now < notification.acceptedAt + LONGEST_WAIT_FOR_DIRECTORY) {
      // Whoever called comes again with it, and at each time an entry of its own would be one more.
      await deps.dueIndex.removeDue(due);
      throw new DirectoryAway(away);
    }
    if (unknown.length > 0) await parkUnknown(deps, notification, { unknown });
    if (members.laterAt === undefined && (await deps.notifications.markPlanned(notification.id)))
      await groups.note(notification, members);
    return {
      direct: keys.length,
      walks: few === undefined ? members.walks.length : 0,
      unknown: unknown.length,
    };
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

/** What is to be done about the groups of a notification. */
interface Members {
  /** Everybody in them, where they are few: told as if each had been named, in place of the walks. */
  readonly few?: readonly ConversationKey[];
  readonly walks: readonly Walk[];
  /** Walks were begun before, at people's own times. */
  readonly isBegun?: true;
  /** It is not time yet. */
  readonly laterAt?: Exclude<Notification['delivery']['at'], undefined>;
}

/**
 * Groups are looked at when it is time, by those who belong to them then. Until then a job waits on the broker for each
 * instant, and due entries by which the sweep does what the broker lost: the plan's own for one instant; by people's own
 * clocks the work of each instant, and the plan's at the end.
 */
function groupsInTime(deps: PlanDeps) {
  const topics = noteTopic(deps);
  return { lookUp, begin, note };

  async function lookUp(notification: Notification, now: Instant): Promise<Members> {
    const { at } = notification.delivery;
    const span = spanOf(at);
    if (notification.to.every(isDirect)) return { walks: [] };
    if (at !== undefined && span !== undefined && span.last > now) return { walks: [], laterAt: at };
    const walks = await walksOf(deps, notification);
    // Only what is for a time, and what waits for the directory, is planned again when walks are begun.
    const mayBeBegun = at !== undefined || notification.to.some(isDirect);
    const begun = mayBeBegun ? await deps.notifications.walksOf(notification.id) : [];
    const dues = begun.flatMap(({ dueAt }) => dueAt ?? []);
    // By clocks they were begun at their own times, but for those that an outage kept; where nobody did, all are told now.
    if (at !== undefined && dues.length > 0) {
      const missed = instantsOf(at).filter((instant) => !dues.includes(instant));
      return { isBegun: true, walks: missed.flatMap((dueAt) => walks.map((walk) => ({ ...walk, dueAt }))) };
    }
    if (walks.length === 0 || begun.length > 0) return { walks };
    const [few, isOff] = await Promise.all([
      fewMembers(deps.audience, walks),
      isIdCancelled(deps, notification.id),
    ]);
    // A walk that was cancelled before it begins addresses nobody, and has them counted.
    return { walks, ...defined({ few: isOff ? undefined : few }) };
  }

  /** Counts one that was for a time by its topic, once. One that was not was counted when it was accepted. */
  async function note(notification: Notification, { isBegun }: Members): Promise<void> {
    if (notification.delivery.at !== undefined && isBegun !== true) await topics.sent(notification);
  }

  async function begin(notification: Notification, { walks, laterAt }: Members): Promise<void> {
    await beginEach(deps, notification, walks);
    if (laterAt === undefined) return;
    const { id, traceparent } = notification;
    const trace = defined({ traceparent });
    for (const dueAt of instantsOf(laterAt)) {
      const work = scheduledWork(id, dueAt);
      await deps.dueIndex.addDue(
        typeof laterAt === 'number'
          ? { at: laterAt, kind: 'plan', notification: id }
          : { at: dueAt, kind: 'work', ...work },
      );
      await deps.jobs.sendJobs([{ message: { kind: 'work', ...work, hop: 0, ...trace }, at: dueAt }]);
    }
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
function keysOf(
  people: readonly ListedPerson[],
  more: readonly ConversationKey[] = [],
): readonly ConversationKey[] {
  return [...new Set([...people.map(({ key }) => key), ...more])].sort();
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
