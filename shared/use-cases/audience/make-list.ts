import { defined } from '../../domain/defined.ts';
import type { ListJob } from '../../domain/event/job.ts';
import {
  type DirectRecipient,
  isDirect,
  type Notification,
  type Recipient,
} from '../../domain/event/notification.ts';
import { isConversationKey } from '../../domain/ids.ts';
import type { AudienceStore } from '../../ports/authored/audience-store.ts';
import type { Clock } from '../../ports/clock.ts';
import { DirectoryAway } from '../../ports/conversation/directory.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { ListProgress, ListStore } from '../../ports/event/list-store.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { Parking } from '../../ports/event/parking.ts';
import type { Log } from '../../ports/log.ts';
import type { JobQueue } from '../../ports/queues.ts';
import type { EndCancelled } from '../cancel/end-cancelled.ts';
import { isIdCancelled } from '../delivery/is-cancelled.ts';
import type { BeginWalks } from '../intake/begin-walks.ts';
import { parkUnknown, type Unknown } from '../intake/park-unknown.ts';
import { LONGEST_WAIT_FOR_DIRECTORY, type ResolveDeps, resolveAll } from '../intake/resolve-recipients.ts';
import { instantsOf } from '../intake/schedule.ts';

/** Entries looked up in one page: as many rows as one transaction of the store takes. */
const PAGE = 100;

/** Pages that one run makes, so that no function runs long. */
const MOST_PAGES = 20;

/** Entries of stored audiences that are told one by one where nobody is meant; beyond, only their number is. */
const MOST_UNKNOWN_TOLD = 1000;

/** Where people come from: who is named one by one, or one stored audience. */
type Source = { readonly isExcept: boolean } & (
  | { readonly named: readonly DirectRecipient[] }
  | Extract<Recipient, { readonly audience: string }>
);

export interface MakeListDeps extends ResolveDeps {
  readonly audiences: Pick<AudienceStore, 'entriesOf'>;
  readonly lists: ListStore;
  readonly notifications: NotificationStore;
  readonly ledger: Pick<Ledger, 'recordUnknown'>;
  readonly parking: Pick<Parking, 'parkItem'>;
  readonly beginWalks: BeginWalks;
  readonly endCancelled: Pick<EndCancelled, 'run'>;
  readonly jobs: Pick<JobQueue, 'sendJobs'>;
  readonly clock: Clock;
  readonly log: Log;
}

export type MakeList = (job: ListJob) => Promise<'done' | 'continued'>;

/**
 * Makes the list of a notification, page by page, continued by message: looks up whom it is not for, then whom it is for. Once
 * that is done it begins the walks: so no walk ever runs that does not know everybody who is excepted. Memory does not grow
 * with the audience.
 *
 * Order of writes: people of a page -> who is unknown -> how far it is; walks with their first job -> which instant has begun ->
 * "planned" mark. Every step may be repeated, and two jobs of one list do the same.
 * Throws `StoreUnavailable`, `QueueUnavailable` or, where only a directory could find somebody that does not answer now,
 * `DirectoryAway`: the job comes back.
 */
export function makeList(deps: MakeListDeps): MakeList {
  return async (job) => {
    const { notification: id, dueAt } = job;
    const notification = await deps.notifications.findNotification(id);
    if (notification === undefined || (await deps.notifications.isPlanned(id, 'listed'))) return 'done';
    if (await isIdCancelled(deps, id)) {
      // The cancel may have come before anybody knew of the list.
      await deps.endCancelled.run(id);
      return 'done';
    }
    let progress = await deps.lists.listProgress(id);
    for (let page = 0; page < MOST_PAGES && !progress.isMade; page += 1) {
      progress = await makePage(deps, notification, progress);
    }
    if (!progress.isMade) {
      const place = `${progress.source}.${progress.after ?? ''}`;
      await deps.jobs.sendJobs([{ message: { ...job, place, hop: 0 } }]);
      return 'continued';
    }
    if (dueAt !== undefined && progress.begun.includes(dueAt)) return 'done';
    const walks = await deps.beginWalks(notification, dueAt);
    const { begun } = await deps.lists.advanceList(id, (before) => ({
      ...before,
      begun: dueAt === undefined ? before.begun : [...new Set([...before.begun, dueAt])],
    }));
    if (areAllBegun(notification, begun)) await deps.notifications.markPlanned(id, 'listed');
    deps.log.info('list.made', { notification: id, walks, unknown: progress.unknown });
    return 'done';
  };
}

/** Whether the sweep has nothing to look after any more: the walks of it have entries of their own. */
export async function isListBegun(
  deps: Pick<MakeListDeps, 'notifications' | 'lists'>,
  { notification: id, dueAt }: Pick<ListJob, 'notification' | 'dueAt'>,
): Promise<boolean> {
  if ((await deps.notifications.findNotification(id)) === undefined) return true;
  if (await deps.notifications.isPlanned(id, 'listed')) return true;
  return dueAt !== undefined && (await deps.lists.listProgress(id)).begun.includes(dueAt);
}

function areAllBegun({ delivery: { at } }: Notification, begun: ListProgress['begun']): boolean {
  return at === undefined || typeof at === 'number' || instantsOf(at).every((one) => begun.includes(one));
}

async function makePage(
  deps: MakeListDeps,
  notification: Notification,
  before: ListProgress,
): Promise<ListProgress> {
  const { id } = notification;
  const source = sourcesOf(notification)[before.source];
  if (source === undefined) return deps.lists.advanceList(id, (stored) => ({ ...stored, isMade: true }));
  const { entries, after, absent } = await pageOf(deps, source, before.after);
  const { people, unknown, away } = await resolveAll(deps, entries);
  const begunAt = startOf(notification);
  if (away !== undefined && deps.clock.now() < begunAt + LONGEST_WAIT_FOR_DIRECTORY)
    throw new DirectoryAway(away);
  if (source.isExcept)
    await deps.lists.exceptFromList(
      id,
      people.map(({ key }) => key),
    );
  else await deps.lists.addToList(id, people);
  const nobody = absent === undefined ? unknown : [...unknown, absent];
  const told = 'named' in source ? nobody : nobody.slice(0, Math.max(0, MOST_UNKNOWN_TOLD - before.unknown));
  // Of those who are not to be told nobody needs to be found.
  if (!source.isExcept && told.length > 0) {
    await parkUnknown(deps, notification, { unknown: told, part: `${before.source}.${before.after ?? ''}` });
  }
  return deps.lists.advanceList(id, (stored) => ({
    ...(after === undefined ? { source: before.source + 1 } : { source: before.source, after }),
    isMade: stored.isMade,
    unknown: source.isExcept ? before.unknown : before.unknown + nobody.length,
    begun: stored.begun,
  }));
}

/** From when on a directory that does not answer is waited for. */
function startOf({ acceptedAt, delivery: { at } }: Notification): number {
  return at === undefined ? acceptedAt : Math.max(acceptedAt, instantsOf(at)[0] ?? acceptedAt);
}

/** Whom it is not for comes first. */
function sourcesOf({ to, except = [] }: Notification): readonly Source[] {
  return [
    ...[except, to].flatMap((entries, index) => {
      const isExcept = index === 0;
      const named = entries.filter(isDirect);
      const audiences = entries.flatMap((entry) => ('audience' in entry ? [{ ...entry, isExcept }] : []));
      return named.length === 0 ? audiences : [{ named, isExcept }, ...audiences];
    }),
  ];
}

async function pageOf(
  { audiences }: Pick<MakeListDeps, 'audiences'>,
  source: Source,
  after: string | undefined,
): Promise<{
  readonly entries: readonly DirectRecipient[];
  readonly after?: string;
  /** There is no such audience. */
  readonly absent?: Unknown;
}> {
  if ('named' in source) return { entries: source.named };
  const { audience } = source;
  const page = await audiences.entriesOf(audience, { limit: PAGE, ...defined({ after }) });
  if (page === undefined) return { entries: [], absent: { entry: { audience }, found: { kind: 'nobody' } } };
  return { entries: page.items.map(recipientOf), ...defined({ after: page.after }) };
}

/** Whom an entry of an audience means: a key that people find is shown as one, everything else is an id or a name. */
export function recipientOf(entry: string): DirectRecipient {
  return isConversationKey(entry) ? { conversation: entry } : { user: entry };
}
