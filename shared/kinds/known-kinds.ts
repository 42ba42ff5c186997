import type { ConversationKey } from '../domain/ids.ts';
import { type AllKinds, allKinds } from '../use-cases/kinds/all-kinds.ts';
import { hotelHooks } from './hotels/hotel-hooks.ts';
import { reminderHooks } from './reminders/reminder-hooks.ts';

type Deps = Parameters<typeof hotelHooks>[0] &
  Omit<Parameters<typeof reminderHooks>[0], 'forgetReminders'> &
  Parameters<typeof import('./reminders/forget-reminders.ts').forgetReminders>[0];

/** Every kind that keeps something of its own. */
export function knownKinds(deps: Omit<Deps, 'occurrences'>): AllKinds {
  return allKinds([
    hotelHooks(deps),
    reminderHooks({
      ...deps,
      // The calendar is loaded with the first person who is to be forgotten.
      forgetReminders: async (conversation: ConversationKey) => {
        const [{ forgetReminders }, { occurrences }] = await Promise.all([
          import('./reminders/forget-reminders.ts'),
          import('./reminders/reminder-occurrences.ts'),
        ]);
        return forgetReminders({ ...deps, occurrences })(conversation);
      },
    }),
  ]);
}
