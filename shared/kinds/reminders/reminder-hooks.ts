import type { KindHooks } from '../../ports/kind.ts';
import { readReminderDue, reminderDue } from './cards/reminder-due.ts';
import type { ForgetReminders } from './forget-reminders.ts';
import { membersReminders } from './members-reminders.ts';
import { type DueReminder, isWanted, type Reminder, repeats } from './model/reminder.ts';
import { toReminderExport } from './reminder-export.ts';
import type { ReminderIndex } from './stores/reminder-index.ts';
import type { ReminderStore } from './stores/reminder-store.ts';
import { wordsFor } from './words/words.ts';

/** Reminders: told at their second, unless they were cancelled, done, moved or snoozed since they were announced. */
export function reminderHooks(deps: {
  readonly reminders: ReminderStore;
  readonly reminderIndex: ReminderIndex;
  readonly forgetReminders: ForgetReminders;
  /** Whatever may stand in the index of a reminder. */
  readonly entriesOf: (reminder: Reminder) => Promise<readonly DueReminder[]>;
}): KindHooks {
  return {
    stillWanted: {
      types: [reminderDue.type],
      asked: 'always',
      async ask({ data }) {
        const told = readReminderDue(data);
        const stored = await deps.reminders.find(told.conversation, told.number);
        return isWanted(stored?.reminder, told) ? undefined : 'lapsed';
      },
    },

    async remarkOnZone(conversation, { zone, locale }) {
      const { reminders } = await deps.reminders.of(conversation);
      const zones = reminders.flatMap(({ reminder: { state, schedule } }) =>
        state === 'open' && repeats(schedule) && schedule.zone !== zone ? [schedule.zone] : [],
      );
      return zones.length === 0 ? undefined : wordsFor(locale).reminders.keepTheirClock([...new Set(zones)]);
    },

    personalData: {
      async export(conversation) {
        const { reminders } = await deps.reminders.of(conversation);
        return { reminders: reminders.map(({ reminder }) => toReminderExport(reminder)) };
      },
      forget: ({ key }) => deps.forgetReminders(key),
      ofMember: membersReminders(deps),
    },
  };
}
