import type { ConversationKey } from '../../domain/ids.ts';
import { days, type Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import type { Announce } from '../../use-cases/intake/announce.ts';
import { SOON, toAnnouncement } from './announce-reminder.ts';
import { type Crowding, crowding } from './model/crowding.ts';
import {
  type Asked,
  dueReminder,
  nextOccurrence,
  type Occurrences,
  type Reminder,
  type Schedule,
} from './model/reminder.ts';
import type { ReminderIndex } from './stores/reminder-index.ts';
import type { ReminderList, ReminderStore } from './stores/reminder-store.ts';

/** One conversation has so many open reminders at most. */
const MOST_REMINDERS = 200;

/** So long a reminder that is over is kept, for buttons on old cards to say what became of it. */
export const OVER_KEPT_FOR = days(30);

export interface ReminderWish {
  readonly conversation: ConversationKey;
  /** Names the turn that asked: asked again by the same one, it is the same reminder. */
  readonly id: string;
  readonly text: string;
  readonly schedule: Schedule;
  /** Several hear it: a group chat, a channel. */
  readonly isPlace?: boolean;
  readonly asked?: Asked;
}

export type Created =
  | { readonly kind: 'created'; readonly reminder: Reminder }
  | { readonly kind: 'too-many'; readonly most: number }
  | Crowding;

export type CreateReminder = (wish: ReminderWish) => Promise<Created>;

/**
 * Makes a reminder. Order of writes: what is due -> the reminder with its number -> the announcement, where it is due
 * soon. A crash after the first leaves an entry without a reminder, which nobody is told of; a crash after the second
 * leaves one that is due within two minutes to the next tick.
 *
 * Throws `StoreUnavailable` or `QueueUnavailable`; repeating it under the same id is harmless.
 */
export function createReminder(deps: {
  readonly reminders: ReminderStore;
  readonly reminderIndex: ReminderIndex;
  readonly announce: Announce;
  readonly occurrences: Occurrences;
  readonly clock: Clock;
  /** Default: `MOST_REMINDERS`. */
  readonly mostReminders?: number;
}): CreateReminder {
  const most = deps.mostReminders ?? MOST_REMINDERS;

  return async (wish) => {
    // Where all are lost the activity comes again, and finds fewer others.
    return untilWritten('create reminder', async () => {
      const list = await deps.reminders.of(wish.conversation);
      const known = list.reminders.find(({ reminder }) => reminder.id === wish.id);
      if (known !== undefined) {
        await announceIfSoon(known.reminder);
        return { kind: 'created', reminder: known.reminder };
      }
      const open = list.reminders.filter(({ reminder }) => reminder.state === 'open');
      if (open.length >= most) return { kind: 'too-many', most };

      const { isPlace = false, ...asked } = wish;
      // What is counted in the list holds when the reminder is kept: both, or neither.
      const crowd = crowding(
        wish.schedule,
        open.map(({ reminder }) => reminder),
        { isPlace, occurrences: deps.occurrences },
      );
      if (crowd !== undefined) return crowd;

      const now = deps.clock.now();
      const reminder: Reminder = {
        ...asked,
        number: list.lastNumber + 1,
        version: 0,
        state: 'open',
        createdAt: now,
        changedAt: now,
      };
      await deps.reminderIndex.add(dueReminder(reminder, reminder.schedule.at));
      if ((await deps.reminders.create(reminder, list.numbering)) === 'lost') return LOST;
      await announceIfSoon(reminder);
      await forgetOld(list, now);
      return { kind: 'created', reminder };
    });
  };

  async function announceIfSoon(reminder: Reminder): Promise<void> {
    const { schedule } = reminder;
    if (reminder.state !== 'open' || schedule.at >= deps.clock.now() + SOON) return;
    const due = dueReminder(reminder, schedule.at);
    await deps.announce(toAnnouncement(due, nextOccurrence(schedule, due.occurrence, deps.occurrences)));
  }

  async function forgetOld(list: ReminderList, now: Instant): Promise<void> {
    const old = list.reminders.filter(
      ({ reminder }) => reminder.state !== 'open' && reminder.changedAt < now - OVER_KEPT_FOR,
    );
    if (old.length === 0) return;
    const [first] = old;
    if (first === undefined) return;
    await deps.reminders.remove(
      first.reminder.conversation,
      old.map(({ reminder }) => reminder.number),
    );
  }
}
