import { noPreferences, type Preferences } from '../../../../shared/domain/conversation/preferences.ts';
import type { ConversationKey } from '../../../../shared/domain/ids.ts';
import type { PreferenceStore } from '../../../../shared/ports/conversation/preference-store.ts';
import type { InMemoryDirectory } from './in-memory-directory.ts';

export class InMemoryPreferenceStore implements PreferenceStore {
  readonly #directory: InMemoryDirectory;
  #writes = 0;

  constructor(directory: InMemoryDirectory) {
    this.#directory = directory;
  }

  async findPreferences(
    conversation: ConversationKey,
  ): Promise<{ readonly preferences: Preferences; readonly tag?: string }> {
    return structuredClone(this.#directory.preferences.get(conversation) ?? { preferences: noPreferences });
  }

  async savePreferences(
    conversation: ConversationKey,
    preferences: Preferences,
    tag?: string,
  ): Promise<'saved' | 'lost'> {
    if (this.#directory.preferences.get(conversation)?.tag !== tag) return 'lost';
    this.#writes += 1;
    this.#directory.preferences.set(conversation, {
      preferences: structuredClone(preferences),
      tag: String(this.#writes),
    });
    return 'saved';
  }
}
