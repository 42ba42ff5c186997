import type { ConversationKey } from '../../../domain/ids.ts';
import type { Living, LivingId } from '../../../domain/living/living.ts';
import type { LivingStore } from '../../../ports/delivery/living-store.ts';
import { writeMarked } from '../storage/marked-write.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { everyLivingRow, fromLivingRow, livingKeys, toLivingRow } from './living-row.ts';

/** Rows of keys in table `conversations`. */
export class TableLivingStore implements LivingStore {
  readonly #table: Table;

  constructor(service: TableService) {
    this.#table = service.table('conversations');
  }

  async findLiving(id: LivingId): Promise<Living | undefined> {
    const row = await this.#table.get(livingKeys(id));
    return row === undefined ? undefined : fromLivingRow(this.#table, row);
  }

  async livingsOf(conversation: ConversationKey): Promise<readonly Living[]> {
    const found: Living[] = [];
    for await (const row of this.#table.rows(everyLivingRow(conversation))) {
      found.push(fromLivingRow(this.#table, row));
    }
    return found;
  }

  async changeLiving(living: Living): Promise<Living | 'lost'> {
    const { etag: tag } = living;
    const row = toLivingRow(living);
    const etag = await writeMarked(
      this.#table,
      tag === undefined ? { kind: 'insert', row } : { kind: 'replace', row, etag: tag },
    );
    return etag === undefined ? 'lost' : { ...living, etag };
  }
}
