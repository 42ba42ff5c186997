import type { TenantKey } from '../../../domain/ids.ts';
import type { KeptRecord } from '../../../ports/record-store.ts';
import type { Row, StoredRow } from '../row/row.ts';

/** How the records of one kind lie in tables. */
export interface RecordLayout<Value> {
  /** Whose records they are, where those of several kinds lie in one table. */
  readonly kind?: string;
  /** The table of the records themselves. */
  readonly table: string;
  /** What begins the row keys of the rows that lead there, in the conversation's partition of table `conversations`. */
  readonly prefix: string;
  /** Under which name the key is a property of both rows. */
  readonly keyField: string;
  /** Whether a text that stands in a row is a key of this kind. */
  isKey(text: string): boolean;
  /** The partition of the records of a key in one tenant. */
  partition(key: string, tenant: TenantKey): string;
  /** The properties of a record's row but for its keys, its tenant and its key. */
  toFields(record: KeptRecord<Value>): Omit<Row, 'partitionKey' | 'rowKey'>;
  /** Throws `CorruptRow`. */
  fromRow(row: StoredRow): Value;
}
