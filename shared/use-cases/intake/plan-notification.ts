import { defined } from '../../domain/defined.ts';
import { SCHEDULED } from '../../domain/delivery/delivery.ts';
import type { WakeUpCall } from '../../domain/delivery/wake-up-call.ts';
import type { Notification, Recipient } from '../../domain/event/notification.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import { isConversationKey, tenantKey, uncreatedConversationKey } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { type Duration, hours, type Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore, Person } from '../../ports/conversation/conversation-store.ts';
import { DirectoryAway } from '../../ports/conversation/directory.ts';
import type { PersonalData } from '../../ports/conversation/personal-data.ts';
import type { Audience } from '../../ports/delivery/audience.ts';
import type { DueIndex } from '../../ports/delivery/due-index.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Parking } from '../../ports/event/parking.ts';
import type { DeliveryQueue, JobQueue } from '../../ports/queues.ts';
import { type FindAddresseeDeps, findAddressee, homeOf } from '../conversation/find-addressee.ts';
import { type FindNamedDeps, findNamed } from '../conversation/find-named.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { beginWalks, GRACE } from './begin-walks.ts';
import { type Direct, parkUnknown, type Unknown } from './park-unknown.ts';
import { instantsOf, spanOf } from './schedule.ts';
import { scheduledWork } from './scheduled-work.ts';

export { GRACE } from './begin-walks.ts';

/** As many rows as one transaction of the store takes. */
export const MOST_ADDRESSED_AT_ONCE = 100;

/** Recipients looked up at the same time. */
const LOOK_UPS = 16;

/** So long after it was accepted a notification waits for a directory that does not answer. */
const LONGEST_WAIT_FOR_DIRECTORY: Duration = hours(1);

export interface Plan {
  /** Conversations addressed one by one. */
  readonly direct: number;
  /** Groups, tenant by tenant, that are walked through page by page. */
  readonly walks: number;
  /** Entries of `to` that name nobody who is known. */
  readonly unknown: number;
}

/** @param at when the first wake-up calls of direct recipients are due; default: at once */
export type PlanNotification = (notification: Notification, at?: Instant) => Promise<Plan>;

export interface PlanDeps extends FindNamedDeps, FindAddresseeDeps {
  readonly personalData: PersonalData;
  readonly audience: Audience;
  readonly kinds: Pick<AllKinds, 'audience'>;
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
  return async (notification, announcedFor) => {
    const now = deps.clock.now();
    const span = spanOf(notification.delivery.at);
    // By each person's own clock it is looked at from the first of them on, and then again at each one's own.
    const at = announcedFor ?? (span !== undefined && span.first > now ? span.first : undefined);
    const due = {
      at: Math.max(now, span?.last ?? at ?? now) + GRACE,
      kind: 'plan',
      notification: notification.id,
    } as const;
    // Looking recipients up may be repeated, and leaves nothing that has to be finished.
    const [{ keys, unknown, away }] = await Promise.all([
      resolveDirect(deps, notification.to, now),
      deps.dueIndex.add(due),
    ]);
    for (let start = 0; start < keys.length; start += MOST_ADDRESSED_AT_ONCE) {
      const block = keys.slice(start, start + MOST_ADDRESSED_AT_ONCE);
      await deps.ledger.address(notification.id, block);
      await deps.deliveries.send(
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
      await deps.dueIndex.remove(due);
      throw new DirectoryAway(away);
    }
    if (unknown.length > 0) await parkUnknown(deps, notification, unknown);
    if (walks !== 'later') await deps.notifications.markPlanned(notification.id);
    return { direct: keys.length, walks: walks === 'later' ? 0 : walks, unknown: unknown.length };
  };
}

async function sayScheduled(
  ledger: Ledger,
  notification: NotificationId,
  conversations: readonly ConversationKey[],
): Promise<void> {
  await inParallel(conversations, LOOK_UPS, (conversation) =>
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
    const hasGroups = notification.to.some((entry) => !('conversation' in entry || 'user' in entry));
    if (at === undefined || span === undefined || !hasGroups) return beginning(notification);
    const { id } = notification;
    if (span.last <= now) {
      // By clocks they were begun at their own times; where nobody did, all are told now.
      const isBegun = (await deps.notifications.walks(id)).some(({ dueAt }) => dueAt !== undefined);
      return isBegun ? 0 : beginning(notification);
    }
    if (typeof at === 'number') await deps.dueIndex.add({ at, kind: 'plan', notification: id });
    else {
      for (const dueAt of instantsOf(at)) {
        await deps.dueIndex.add({ at: dueAt, kind: 'work', ...scheduledWork(id, dueAt) });
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

/** Distinct conversations in key order; what overlaps is one. `away`: how long the directory has to be left alone. */
async function resolveDirect(
  deps: FindNamedDeps & FindAddresseeDeps,
  to: readonly Recipient[],
  now: number,
): Promise<{
  readonly keys: readonly ConversationKey[];
  readonly unknown: readonly Unknown[];
  readonly away: Duration | undefined;
}> {
  const direct = to.filter((entry): entry is Direct => 'conversation' in entry || 'user' in entry);
  const find = findNamed(deps);
  const addresseeOf = findAddressee(deps);
  const keys = new Set<ConversationKey>();
  const unknown: Unknown[] = [];
  for (let start = 0; start < direct.length; start += LOOK_UPS) {
    const block = direct.slice(start, start + LOOK_UPS);
    const found = await Promise.all(block.map(async (entry) => ({ entry, found: await resolve(entry) })));
    for (const { entry, found: result } of found) {
      if (typeof result === 'string') keys.add(result);
      else unknown.push({ entry, found: result });
    }
  }
  const waits = unknown.flatMap(({ found }) => (found.kind === 'away' ? [found.retryAfter] : []));
  return { keys: [...keys].sort(), unknown, away: waits.length === 0 ? undefined : Math.max(...waits) };

  async function resolve(entry: Direct): Promise<ConversationKey | Unknown['found']> {
    if ('conversation' in entry) {
      if (!isConversationKey(entry.conversation)) return { kind: 'nobody' };
      const { key, looked } = await homeOf(deps.addressees, entry.conversation);
      return looked.record === undefined ? { kind: 'nobody' } : key;
    }
    const found = await find(entry);
    if (found.kind !== 'one') return found;
    const { person } = found;
    const scope = { channelId: person.channelId, tenant: tenantKey(person) };
    const at = person.personal ?? uncreatedConversationKey(person.channelId, person.user.id);
    const { addressee } = await addresseeOf({ account: person.user, scope, at });
    if (person.personal === undefined) await keepUncreated(deps.conversations, addressee, person, now);
    return addressee;
  }
}

/**
 * A person met in a group only: a record stands in for the conversation that the channel will create when the first
 * message is sent.
 */
async function keepUncreated(
  conversations: ConversationStore,
  key: ConversationKey,
  person: Person,
  now: number,
): Promise<void> {
  if ((await conversations.find(key)) !== undefined) return;
  const { personal: _none, metAt: _when, ...address } = person;
  await conversations.save({
    ...address,
    key,
    tenant: tenantKey(person),
    conversationType: 'personal',
    capturedAt: now,
    changedAt: now,
  });
}
