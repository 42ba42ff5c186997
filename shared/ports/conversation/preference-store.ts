import type { Preferences } from '../../domain/conversation/preferences.ts';
import type { ConversationKey } from '../../domain/ids.ts';

/** What people asked for, by conversation. Every method may throw `StoreUnavailable`. */
export interface PreferenceStore {
  /** `noPreferences` when nothing was ever asked for. `tag`: the store's version tag, absent when nothing is stored. */
  findPreferences(
    conversation: ConversationKey,
  ): Promise<{ readonly preferences: Preferences; readonly tag?: string }>;

  /** Writes if the stored version is still the one that was read (no tag: none stored); gives whether it was. */
  savePreferences(
    conversation: ConversationKey,
    preferences: Preferences,
    tag?: string,
  ): Promise<'saved' | 'lost'>;
}
