import type { Preferences } from '../../../domain/conversation/preferences.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import type { PreferenceStore } from '../../../ports/conversation/preference-store.ts';
import { StoreUnavailable } from '../../../ports/store-errors.ts';

/** Others who change the preferences at the same moment. */
const MOST_RACES = 5;

/**
 * Changes what somebody asked for, on top of what is stored by then; gives what is stored after it. `change` gives the
 * very object that it got when there is nothing to change. Throws `StoreUnavailable`.
 */
export async function changePreferences(
  store: PreferenceStore,
  conversation: ConversationKey,
  change: (preferences: Preferences) => Preferences,
): Promise<Preferences> {
  for (let race = 0; race < MOST_RACES; race += 1) {
    const { preferences, tag } = await store.find(conversation);
    const next = change(preferences);
    if (next === preferences || (await store.save(conversation, next, tag)) === 'saved') return next;
  }
  // The activity comes again, and the change with it.
  throw new StoreUnavailable('change preferences', new Error(`lost ${MOST_RACES} races in a row`));
}
