import { toIso } from '../../domain/time.ts';
import type { KindHooks } from '../../ports/kind.ts';
import { readReminderDue, reminderDue } from './cards/reminder-due.ts';
import type { ForgetReminders } from './forget-reminders.ts';
import { isWanted, repeats } from './model/reminder.ts';
import type { ReminderStore } from './stores/reminder-store.ts';
import { wordsFor } from './words/words.ts';

/** Reminders: told at their second, unless they were cancelled, done, moved or snoozed since they were announced. */
export function reminderHooks(deps: {
  readonly reminders: ReminderStore;
  readonly forgetReminders: ForgetReminders;
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
