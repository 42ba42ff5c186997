import type { Preferences } from '../../../domain/conversation/preferences.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import type { PreferenceStore } from '../../../ports/conversation/preference-store.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';

/**
 * Changes what somebody asked for, on top of what is stored by then; gives what is stored after it. `change` gives the
 * very object that it got when there is nothing to change. Throws `StoreUnavailable`.
 */
export async function changePreferences(
  store: PreferenceStore,
  conversation: ConversationKey,
  change: (preferences: Preferences) => Preferences,
): Promise<Preferences> {
  // Where all are lost the activity comes again, and the change with it.
  return untilWritten('change preferences', async () => {
    const { preferences, tag } = await store.findPreferences(conversation);
    const next = change(preferences);
    return next === preferences || (await store.savePreferences(conversation, next, tag)) === 'saved'
      ? next
      : LOST;
  });
}
