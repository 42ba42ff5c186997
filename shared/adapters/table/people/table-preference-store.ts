import { noPreferences, type Preferences } from '../../../domain/conversation/preferences.ts';
import type { ConversationKey } from '../../../domain/ids.ts';
import type { PreferenceStore } from '../../../ports/conversation/preference-store.ts';
import { writeMarked } from '../storage/marked-write.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { fromPreferencesRow, preferencesKeys, toPreferencesRow } from './preferences-row.ts';

/** One row in the conversation's partition, where every delivery reads it along with the record. */
export class TablePreferenceStore implements PreferenceStore {
  readonly #conversations: Table;

  constructor(service: TableService) {
    this.#conversations = service.table('conversations');
  }

  async findPreferences(
    conversation: ConversationKey,
  ): Promise<{ readonly preferences: Preferences; readonly tag?: string }> {
    const row = await this.#conversations.get(preferencesKeys(conversation));
    if (row === undefined) return { preferences: noPreferences };
    return { preferences: fromPreferencesRow(this.#conversations, row), tag: row.etag };
  }

  async savePreferences(
    conversation: ConversationKey,
    preferences: Preferences,
    tag?: string,
  ): Promise<'saved' | 'lost'> {
    const row = toPreferencesRow(conversation, preferences);
    const written = await writeMarked(
      this.#conversations,
      tag === undefined ? { kind: 'insert', row } : { kind: 'replace', row, etag: tag },
    );
    return written === undefined ? 'lost' : 'saved';
  }
}
