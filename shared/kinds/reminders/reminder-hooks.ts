import { toIso } from '../../domain/time.ts';
import type { KindHooks } from '../../ports/kind.ts';
import { readReminderDue, reminderDue } from './cards/reminder-due.ts';
import type { ForgetReminders } from './forget-reminders.ts';
import type { MergeReminders } from './merge-reminders.ts';
import { isWanted, repeats } from './model/reminder.ts';
import type { ReminderStore } from './stores/reminder-store.ts';
import { wordsFor } from './words/words.ts';

/** Reminders: told at their second, unless they were cancelled, done, moved or snoozed since they were announced. */
export function reminderHooks(deps: {
  readonly reminders: ReminderStore;
  readonly forgetReminders: ForgetReminders;
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
        return {
          reminders: reminders.map(({ reminder: { number, text, schedule, state, snooze, createdAt } }) => ({
            number,
            text,
            at: toIso(schedule.at),
            zone: schedule.zone,
            recurrence: schedule.recurrence,
            state,
            snoozedUntil: snooze === undefined ? undefined : toIso(snooze.at),
            createdAt: toIso(createdAt),
          })),
        };
      },
      forget: ({ key }) => deps.forgetReminders(key),
    },
  };
}
