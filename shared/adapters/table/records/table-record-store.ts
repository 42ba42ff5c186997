import { z } from 'zod';
import type { KeptGroup } from '../../../domain/event/job.ts';
import type { ConversationKey, TenantKey } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { KeptRecord, RecordStore, StoredRecord } from '../../../ports/record-store.ts';
import { TenantIndex } from '../people/tenant-index.ts';
import { conversationKeyField, tenantKeyField } from '../row/fields.ts';
import { parsedOrReported, parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';
import { writeMarked } from '../storage/marked-write.ts';
import { checkedLimit, startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import type { RecordLayout } from './record-layout.ts';

const READS_AT_ONCE = 16;

const tenantSchema = z.object({ tenant: tenantKeyField });
const holderSchema = z.object({ rowKey: conversationKeyField });

type Place = Pick<KeptRecord<unknown>, 'conversation' | 'tenant' | 'key'>;

/**
 * A record is a row with its key in the table of its kind, which is the whole truth, and a row in the conversation's
 * partition that leads to it.
 *
 * | Order of writes | A crash in between leaves |
 * |---|---|
 * | `put`: tenant index, the conversation's row, the record | a row that leads nowhere: lists skip it, and the turn that is repeated writes the rest |
 * | `remove`: the record, the conversation's row | the same: nobody is told who ended it |
 */
export class TableRecordStore<Value> implements RecordStore<Value> {
  readonly #service: TableService;
  readonly #layout: RecordLayout<Value>;
  readonly #records: Table;
  readonly #conversations: Table;
  readonly #tenants: TenantIndex;
  readonly #keySchema: z.ZodType<{ readonly [field: string]: string }>;

  constructor(service: TableService, layout: RecordLayout<Value>) {
    this.#service = service;
    this.#layout = layout;
    this.#records = service.table(layout.table);
    this.#conversations = service.table('conversations');
    this.#tenants = new TenantIndex(service);
    this.#keySchema = z.object({
      [layout.keyField]: z.string().refine(layout.isKey, `must be a key of ${layout.keyField}`),
    });
  }

  async put(record: KeptRecord<Value>): Promise<boolean> {
    const former = await this.#place(record.conversation, record.key);
    await Promise.all([
      this.#tenants.add(groupOf(this.#layout, record.key), record.tenant),
      this.#conversations.put({ ...this.#leadKeys(record), ...this.#lead(record) }),
    ]);
    // A tenant that became known later: the record moves there.
    const isMoved = former !== undefined && former.tenant !== record.tenant;
    if (isMoved) await this.#records.remove(this.#keys(former));
    const isNew = (await this.#records.insert(this.#row(record))) !== undefined;
    if (!isNew) await this.#records.put(this.#row(record));
    return isNew && !isMoved;
  }

  async change(record: KeptRecord<Value>, tag: string): Promise<'saved' | 'lost'> {
    const row = this.#row(record);
    const written = await writeMarked(this.#records, { kind: 'replace', row, etag: tag });
    return written === undefined ? 'lost' : 'saved';
  }

  async remove(conversation: ConversationKey, key: string): Promise<boolean> {
    const place = await this.#place(conversation, key);
    if (place === undefined) return false;
    const was = await this.#records.remove(this.#keys(place));
    await this.#conversations.remove(this.#leadKeys(place));
    return was;
  }

  async find(conversation: ConversationKey, key: string): Promise<StoredRecord<Value> | undefined> {
    const place = await this.#place(conversation, key);
    const row = place === undefined ? undefined : await this.#records.get(this.#keys(place));
    return row === undefined ? undefined : this.#stored(row);
  }

  async of(conversation: ConversationKey): Promise<readonly KeptRecord<Value>[]> {
    const keys: RowKeys[] = [];
    const leads = { partition: conversation, ...startingWith(this.#layout.prefix) };
    for await (const row of this.#conversations.rows(leads)) {
      const place = parsedOrReported(this.#service, () => this.#placeOf(row, conversation));
      if (place !== undefined) keys.push(this.#keys(place));
    }
    const rows = await inParallel(keys, READS_AT_ONCE, (each) => this.#records.get(each));
    return rows.flatMap((row) => (row === undefined ? [] : (this.#readable(row)?.record ?? [])));
  }

  async holders(
    { key, tenant }: { readonly key: string; readonly tenant: TenantKey },
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly records: readonly StoredRecord<Value>[]; readonly done: boolean }> {
    const limit = checkedLimit(page.limit);
    const partition = this.#layout.partition(key, tenant);
    const range = page.after === undefined ? { partition } : { partition, after: page.after };
    const records: StoredRecord<Value>[] = [];
    for await (const row of this.#records.rows(range, { pageSize: limit + 1 })) {
      if (records.length === limit) return { records, done: false };
      const readable = this.#readable(row);
      if (readable !== undefined) records.push(readable);
    }
    return { records, done: true };
  }

  #keys({ key, tenant, conversation }: Place): RowKeys {
    return { partitionKey: this.#layout.partition(key, tenant), rowKey: conversation };
  }

  #leadKeys({ conversation, key }: Pick<Place, 'conversation' | 'key'>): RowKeys {
    return { partitionKey: conversation, rowKey: `${this.#layout.prefix}${key}` };
  }

  #lead({ key, tenant }: Pick<Place, 'key' | 'tenant'>) {
    return { [this.#layout.keyField]: key, tenant };
  }

  #row(record: KeptRecord<Value>): Row {
    return { ...this.#keys(record), ...this.#lead(record), ...this.#layout.toFields(record) };
  }

  async #place(conversation: ConversationKey, key: string): Promise<Place | undefined> {
    const row = await this.#conversations.get(this.#leadKeys({ conversation, key }));
    return row === undefined ? undefined : this.#placeOf(row, conversation);
  }

  /** Throws `CorruptRow`. */
  #placeOf(row: StoredRow, conversation: ConversationKey): Place {
    return { conversation, ...this.#about(this.#conversations, row) };
  }

  /** Throws `CorruptRow`. */
  #stored(row: StoredRow): StoredRecord<Value> {
    const { rowKey: conversation } = parseRow(this.#records, row, holderSchema);
    const value = this.#layout.fromRow(row);
    return { record: { conversation, ...this.#about(this.#records, row), value }, tag: row.etag };
  }

  /** Throws `CorruptRow`. */
  #about(table: Table, row: StoredRow): Pick<Place, 'tenant' | 'key'> {
    const { tenant } = parseRow(table, row, tenantSchema);
    const { [this.#layout.keyField]: key = '' } = parseRow(table, row, this.#keySchema);
    return { tenant, key };
  }

  #readable(row: StoredRow): StoredRecord<Value> | undefined {
    return parsedOrReported(this.#service, () => this.#stored(row));
  }
}

/** Only its key names the tenants of a group, so the audience's own name does not matter here. */
function groupOf({ keyField }: { readonly keyField: string }, key: string): KeptGroup {
  return { kind: 'kept', audience: keyField, field: keyField, key };
}
