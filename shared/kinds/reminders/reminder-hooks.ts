import type { KindHooks } from '../../ports/kind.ts';
import { readReminderDue, reminderDue } from './cards/reminder-due.ts';
import type { ForgetReminders } from './forget-reminders.ts';
import { membersReminders } from './members-reminders.ts';
import type { MergeReminders } from './merge-reminders.ts';
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
  readonly mergeReminders: MergeReminders;
}): KindHooks {
  return {
    stillWanted: {
      types: [reminderDue.type],
      asked: 'always',
      async ask({ data }, addressee) {
        const told = readReminderDue(data);
        // It was announced before its owner turned out to be somebody with reminders of their own: it has another number.
        const reminder =
          told.conversation === addressee
            ? (await deps.reminders.find(addressee, told.number))?.reminder
            : (await deps.reminders.of(addressee)).reminders.find((one) => one.reminder.id === told.id)
                ?.reminder;
        return isWanted(reminder, told) ? undefined : 'lapsed';
      },
    },

    async merge(from, into, locale) {
      const moved = await deps.mergeReminders(from, into);
      return moved.length === 0 ? undefined : wordsFor(locale).reminders.renumbered(moved);
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
