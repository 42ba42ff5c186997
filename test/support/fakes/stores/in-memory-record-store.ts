import { randomUUID } from 'node:crypto';
import type { RecordLayout } from '../../../../shared/adapters/table/records/record-layout.ts';
import type { ConversationKey, TenantKey } from '../../../../shared/domain/ids.ts';
import type { KeptRecord, RecordStore, StoredRecord } from '../../../../shared/ports/record-store.ts';
import { byKey, type InMemoryDirectory, pageOf } from './in-memory-directory.ts';

export class InMemoryRecordStore<Value> implements RecordStore<Value> {
  readonly #directory: InMemoryDirectory;
  readonly #partition: RecordLayout<Value>['partition'];
  readonly #records: Map<string, StoredRecord<Value>>;

  constructor(
    directory: InMemoryDirectory,
    { table, prefix, partition }: Pick<RecordLayout<Value>, 'table' | 'prefix' | 'partition'>,
  ) {
    this.#directory = directory;
    this.#partition = partition;
    const place = `${table} ${prefix}`;
    const records = directory.records.get(place) ?? new Map<string, StoredRecord<unknown>>();
    directory.records.set(place, records);
    // What lies in one place is of one layout.
    this.#records = records as Map<string, StoredRecord<Value>>;
  }

  async put(record: KeptRecord<Value>): Promise<boolean> {
    const tenants = this.#directory.keptTenants.get(record.key) ?? new Set();
    this.#directory.keptTenants.set(record.key, tenants.add(record.tenant));
    const isNew = !this.#records.has(nameOf(record.conversation, record.key));
    this.#put(record);
    return isNew;
  }

  async change(record: KeptRecord<Value>, tag: string): Promise<'saved' | 'lost'> {
    if (this.#records.get(nameOf(record.conversation, record.key))?.tag !== tag) return 'lost';
    this.#put(record);
    return 'saved';
  }

  async remove(conversation: ConversationKey, key: string): Promise<boolean> {
    return this.#records.delete(nameOf(conversation, key));
  }

  async find(conversation: ConversationKey, key: string): Promise<StoredRecord<Value> | undefined> {
    return structuredClone(this.#records.get(nameOf(conversation, key)));
  }

  async of(conversation: ConversationKey): Promise<readonly KeptRecord<Value>[]> {
    const own = [...this.#records.values()].filter(({ record }) => record.conversation === conversation);
    return structuredClone(own.map(({ record }) => record).sort((a, b) => byKey(a.key, b.key)));
  }

  async holders(
    { key, tenant }: { readonly key: string; readonly tenant: TenantKey },
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly records: readonly StoredRecord<Value>[]; readonly done: boolean }> {
    const asked = this.#partition(key, tenant);
    const all = [...this.#records.values()]
      .filter(({ record }) => this.#partition(record.key, record.tenant) === asked)
      .sort((a, b) => byKey(a.record.conversation, b.record.conversation));
    const { items, after } = pageOf(all, page, ({ record }) => record.conversation);
    return { records: structuredClone(items), done: after === undefined };
  }

  #put(record: KeptRecord<Value>): void {
    this.#records.set(nameOf(record.conversation, record.key), {
      record: structuredClone(record),
      tag: randomUUID(),
    });
  }
}

function nameOf(conversation: ConversationKey, key: string): string {
  return `${conversation} ${key}`;
}
