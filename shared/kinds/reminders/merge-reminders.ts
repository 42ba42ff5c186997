import type { ConversationKey } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { LOST, untilWritten } from '../../ports/race.ts';
import {
  type DueReminder,
  dueReminder,
  nextOccurrence,
  type Occurrences,
  type Reminder,
} from './model/reminder.ts';
import type { ReminderIndex } from './stores/reminder-index.ts';
import type { ReminderStore } from './stores/reminder-store.ts';

/** What became of a reminder's number. */
export interface Renumbered {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Gives those that are open and have another number now. */
export type MergeReminders = (from: ConversationKey, into: ConversationKey) => Promise<readonly Renumbered[]>;

/**
 * Moves the reminders of one addressee to another, who is the same person. Each keeps its name, by which it is told once,
 * however often it was announced, and gets the next number there.
 *
 * Order of writes: the reminder with its new number -> what is to come, in the place of the entry under the old one -> the
 * old one goes. Until then what falls due is told by either, under the same name. What was announced before is told to
 * whoever has it now. Throws `StoreUnavailable`; repeating it is harmless.
 */
export function mergeReminders(deps: {
  readonly reminders: ReminderStore;
  readonly reminderIndex: ReminderIndex;
  readonly occurrences: Occurrences;
  readonly clock: Clock;
}): MergeReminders {
  return async (from, into) => {
    const { reminders } = await deps.reminders.of(from);
    const moved: Renumbered[] = [];
    for (const { reminder } of reminders) {
      const copy = await copied(reminder, into);
      if (copy.state === 'open') for (const due of toCome(copy)) await deps.reminderIndex.add(due);
      await deps.reminders.remove(from, [reminder.number]);
      if (reminder.state === 'open' && copy.number !== reminder.number) {
        moved.push({ from: reminder.number, to: copy.number, text: reminder.text });
      }
    }
    return moved;
  };

  function copied(reminder: Reminder, into: ConversationKey): Promise<Reminder> {
    return untilWritten('move reminder', async () => {
      const list = await deps.reminders.of(into);
      const known = list.reminders.find((one) => one.reminder.id === reminder.id);
      if (known !== undefined) return known.reminder;
      const copy: Reminder = { ...reminder, conversation: into, number: list.lastNumber + 1 };
      return (await deps.reminders.create(copy, list.numbering)) === 'lost' ? LOST : copy;
    });
  }

  /** What stands in the index of the time that is to come. */
  function toCome(reminder: Reminder): readonly DueReminder[] {
    const { schedule, snooze } = reminder;
    const now = deps.clock.now();
    const next = nextOccurrence(schedule, now, deps.occurrences);
    return [
      ...(next === undefined ? [] : [dueReminder(reminder, next)]),
      ...(snooze === undefined || snooze.at <= now
        ? []
        : [dueReminder(reminder, snooze.occurrence, snooze.at)]),
    ];
  }
}
