import { inParallel } from '../../domain/in-parallel.ts';
import { type Duration, type Instant, minutes, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Announcement } from '../../use-cases/intake/announce.ts';
import type { AnnounceMany } from '../../use-cases/intake/announce-many.ts';
import { toAnnouncement } from './announce-reminder.ts';
import { MOST_A_MINUTE } from './model/crowding.ts';
import {
  type DueReminder,
  dueReminder,
  nextOccurrence,
  type Occurrences,
  type Recurrence,
  repeats,
  type Schedule,
} from './model/reminder.ts';
import type { ReminderIndex } from './stores/reminder-index.ts';
import type { ReminderStore } from './stores/reminder-store.ts';

/** Reminders that are looked at at the same time. */
const LANES = 16;
/** Reminders that are announced together. */
const PAGE = 200;

/** A tick draws no further page after this: the next one goes on, oldest first. */
const LONGEST_TICK: Duration = seconds(50);

/** An entry whose reminder is not there yet: its writer may be slow. After this it is an orphan. */
const ORPHAN_AFTER: Duration = minutes(5);

/** Occurrences that nobody was told of while everything stood still: so many are passed over one by one. */
const MOST_PASSED_OVER = 1000;

export interface Fired {
  /** Announced at the second each is due at. */
  readonly announced: number;
  /** Of one that repeats and was cancelled or moved meanwhile. */
  readonly lapsed: number;
  /** Could not be looked at, and are looked at again in a minute. */
  readonly failed: number;
  /** The largest delay behind its time with which one was announced; 0 when all were in time. */
  readonly lateMs: Duration;
}

/**
 * Puts what would be one too many in a minute into the next that has room. Mostly it was refused when it was set; what
 * meets others a year later, or after everything stood still, comes a little after its time.
 */
function spreading(now: Instant): (announcement: Announcement) => Announcement {
  const counts = new Map<string, number>();
  return (announcement) => {
    const { conversation, at = now } = announcement;
    const soonest = Math.max(at, now);
    let told = soonest;
    const minute = () => `${conversation} ${Math.floor(told / minutes(1))}`;
    while ((counts.get(minute()) ?? 0) >= MOST_A_MINUTE) told += minutes(1);
    counts.set(minute(), (counts.get(minute()) ?? 0) + 1);
    return told === soonest ? announcement : { ...announcement, at: told };
  };
}

/** An entry with what is to be announced for it. */
interface Prepared {
  readonly due: DueReminder;
  readonly announcements: readonly Announcement[];
}

export type FireReminders = () => Promise<Fired>;

/**
 * One tick: announces everything that falls due before the end of the next minute, each at its exact second.
 *
 * What is due stands in the index until it was announced, so the clock of the timer does not matter: a tick that comes
 * late, or after hours, finds what the ones before it left; two at the same time announce the same ids. Of one that
 * repeats, the next occurrence is put into the index before this one goes out of it.
 *
 * Throws `StoreUnavailable` when the index cannot be read; what it names stays due.
 */
export function fireReminders(deps: {
  readonly reminders: ReminderStore;
  readonly reminderIndex: ReminderIndex;
  readonly announceMany: AnnounceMany;
  readonly occurrences: Occurrences;
  readonly clock: Clock;
  readonly log: Log;
}): FireReminders {
  return async () => {
    const startedAt = deps.clock.now();
    const until = startedAt - (startedAt % minutes(1)) + minutes(2) - 1;
    const count = { announced: 0, lapsed: 0, failed: 0, lateMs: 0 };
    const spread = spreading(startedAt);
    for await (const page of deps.reminderIndex.due(until, PAGE)) {
      const prepared: Prepared[] = [];
      const over: DueReminder[] = [];
      await inParallel(page, LANES, async (due) => {
        const outcome = await attempt(due, () => prepare(due, until));
        if (outcome === 'failed') count.failed += 1;
        else if (outcome === 'lapsed') over.push(due);
        else if (outcome !== 'left-alone') prepared.push({ due, announcements: outcome.map(spread) });
      });
      count.lapsed += over.length;
      const announced = await announcePage(prepared);
      count.failed += prepared.length - announced.length;
      count.announced += announced.length;
      count.lateMs = Math.max(count.lateMs, ...announced.map(({ at }) => startedAt - at));
      await deps.reminderIndex.remove([...over, ...announced]);
      if (deps.clock.now() - startedAt > LONGEST_TICK) break;
    }
    return count;
  };

  /** Runs something for one entry. What fails stays due for the next tick, and the others go on. */
  async function attempt<Result>(due: DueReminder, work: () => Promise<Result>): Promise<Result | 'failed'> {
    try {
      return await work();
    } catch (cause) {
      // What was announced already is told once.
      deps.log.warn('reminders.entry-failed', {
        conversation: due.conversation,
        cause: cause instanceof Error ? cause.name : 'unknown',
      });
      return 'failed';
    }
  }

  /** Announces them together; where that fails, one by one, so that one that cannot be announced fails alone. */
  async function announcePage(prepared: readonly Prepared[]): Promise<readonly DueReminder[]> {
    try {
      if (prepared.length > 0)
        await deps.announceMany(prepared.flatMap(({ announcements }) => announcements));
      return prepared.map(({ due }) => due);
    } catch (cause) {
      // Some may be announced: the same ids are announced again.
      deps.log.warn('reminders.page-failed', { cause: cause instanceof Error ? cause.name : 'unknown' });
    }
    const announced: DueReminder[] = [];
    await inParallel(prepared, LANES, async ({ due, announcements }) => {
      const outcome = await attempt(due, () => deps.announceMany(announcements));
      if (outcome !== 'failed') announced.push(due);
    });
    return announced;
  }

  /** What to announce for an entry. The next occurrence stands in the index before this one is announced. */
  async function prepare(
    due: DueReminder,
    until: Instant,
  ): Promise<readonly Announcement[] | 'lapsed' | 'left-alone'> {
    const { schedule } = due;
    // Whether one that does not repeat is still wanted is asked when it is delivered: only then it is known.
    if (!repeats(schedule)) return [toAnnouncement(due)];
    if (due.at !== due.occurrence) {
      return [toAnnouncement(due, nextOccurrence(schedule, due.at, deps.occurrences))];
    }
    const stored = await deps.reminders.find(due.conversation, due.number);
    if (stored?.reminder.id !== due.id) {
      return deps.clock.now() < due.at + ORPHAN_AFTER ? 'left-alone' : 'lapsed';
    }
    const { reminder } = stored;
    if (reminder.version !== due.version || reminder.state !== 'open') return 'lapsed';

    const { told, next } = occurrencesUpTo(due, schedule, until);
    if (next !== undefined) await deps.reminderIndex.add(dueReminder(reminder, next));
    return told.map((occurrence, index) =>
      toAnnouncement(dueReminder(reminder, occurrence), told[index + 1] ?? next),
    );
  }

  /**
   * The occurrences to announce now, and the one after them. Of several that have passed only the last is told: nobody
   * wants the same words ten times because the app was away for ten days.
   */
  function occurrencesUpTo(
    due: DueReminder,
    schedule: Schedule & { readonly recurrence: Recurrence },
    until: Instant,
  ): { readonly told: readonly Instant[]; readonly next: Instant | undefined } {
    const now = deps.clock.now();
    const following = deps.occurrences(schedule, due.occurrence, 2);
    const [second] = following;
    // Nearly always: one is due, and the next one is not.
    if (second === undefined || second > until) return { told: [due.occurrence], next: second };
    const all = [due.occurrence, ...deps.occurrences(schedule, due.occurrence, MOST_PASSED_OVER)];
    const toTell = all.filter((at) => at <= until);
    const next = all.find((at) => at > until) ?? nextOccurrence(schedule, until, deps.occurrences);
    const lastPassed = toTell.findLast((at) => at <= now);
    return { told: toTell.filter((at) => at > now || at === lastPassed), next };
  }
}
