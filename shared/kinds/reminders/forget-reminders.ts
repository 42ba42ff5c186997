import type { ConversationKey } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import {
  type DueReminder,
  dueReminder,
  nextOccurrence,
  type Occurrences,
  type Reminder,
} from './model/reminder.ts';
import type { ReminderIndex } from './stores/reminder-index.ts';
import type { ReminderStore } from './stores/reminder-store.ts';

export type ForgetReminders = (conversation: ConversationKey) => Promise<void>;

/**
 * Forgets every reminder of a conversation, with its words in the index. What is being announced at that moment finds no
 * reminder any more and expires. Throws `StoreUnavailable`; repeating it is harmless.
 */
export function forgetReminders(deps: {
  readonly reminders: ReminderStore;
  readonly reminderIndex: ReminderIndex;
  readonly occurrences: Occurrences;
  readonly clock: Clock;
}): ForgetReminders {
  return async (conversation) => {
    const { reminders } = await deps.reminders.of(conversation);
    const all = reminders.map(({ reminder }) => reminder);
    // The reminders go last: until then a repetition finds what to remove.
    await deps.reminderIndex.remove(all.flatMap((reminder) => entriesOf(reminder, deps)));
    await deps.reminders.forget(conversation);
  };
}

/** Whatever may stand in the index: also what fell due and no tick came to, and what a tick has just put there. */
export function entriesOf(
  reminder: Reminder,
  { occurrences, clock }: { readonly occurrences: Occurrences; readonly clock: Clock },
): readonly DueReminder[] {
  const { schedule, snooze } = reminder;
  const next = nextOccurrence(schedule, clock.now(), occurrences);
  const after = next === undefined ? undefined : nextOccurrence(schedule, next, occurrences);
  const times = [schedule.at, next, after].filter((at) => at !== undefined);
  return [
    ...times.map((at) => dueReminder(reminder, at)),
    ...(snooze === undefined ? [] : [dueReminder(reminder, snooze.occurrence, snooze.at)]),
  ];
}
