import { defineKind } from '../define-kind.ts';
import { reminderDue, reminderDueSchema } from './cards/reminder-due.ts';
import { reminderHooks } from './reminder-hooks.ts';
import { reminderStores } from './rows/reminder-stores.ts';

/** Reminders: told at their second to whoever asked for them. The timer that finds them is the app's `reminders` function. */
export const reminders = defineKind(reminderDueSchema, {
  ...reminderDue,
  tables: ['reminders'],

  open(world) {
    const stores = reminderStores(world.tables);
    return {
      ...reminderHooks({
        ...stores,
        // The calendar is loaded with the first person who is to be forgotten.
        forgetReminders: async (conversation) => {
          const [{ forgetReminders }, { occurrences }] = await Promise.all([
            import('./forget-reminders.ts'),
            import('./reminder-occurrences.ts'),
          ]);
          return forgetReminders({ ...world, ...stores, occurrences })(conversation);
        },
        entriesOf: async (reminder) => {
          const [{ entriesOf }, { occurrences }] = await Promise.all([
            import('./forget-reminders.ts'),
            import('./reminder-occurrences.ts'),
          ]);
          return entriesOf(reminder, { ...world, occurrences });
        },
        mergeReminders: async (from, into) => {
          const [{ mergeReminders }, { occurrences }] = await Promise.all([
            import('./merge-reminders.ts'),
            import('./reminder-occurrences.ts'),
          ]);
          return mergeReminders({ ...world, ...stores, occurrences })(from, into);
        },
      }),
      async commands() {
        const [{ reminderCommands }, { occurrences }] = await Promise.all([
          import('./commands/commands.ts'),
          import('./reminder-occurrences.ts'),
        ]);
        return reminderCommands({ ...world, ...stores, occurrences });
      },
    };
  },
});
