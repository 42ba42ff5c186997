import { z } from 'zod';
import { defined } from '../../../domain/defined.ts';
import {
  type ConversationKey,
  isConversationKey,
  isTenantKey,
  type NotificationId,
  type TenantKey,
} from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import {
  type ListedPerson,
  type ListProgress,
  type ListStore,
  NOT_BEGUN,
} from '../../../ports/event/list-store.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import { countField, instantField, jsonText } from '../row/fields.ts';
import { parseRow } from '../row/parse-row.ts';
import type { Row, RowKeys, StoredRow } from '../row/row.ts';
import { checkedLimit, startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

/*
 * In table `notifications`, in the partition of the notification:
 *
 *   j                     where the making of the list stands
 *   k:<conversation>      whom it is not for
 *   l:<tenant>:<conversation>  whom it is for
 *   l~<tenant>            the tenants of those
 */
const PROGRESS = 'j';
const EXCEPTED = 'k:';
const MEMBER = 'l:';
const TENANT = 'l~';

/** The rows of people, of which there may be many. */
export const LISTED = { from: EXCEPTED, below: startingWith(MEMBER).below };

const MOST_TOGETHER = 100;
const READS_AT_ONCE = 16;

const progressSchema = z.object({
  progress: jsonText(
    z.object({
      source: countField,
      after: z.string().exactOptional(),
      isMade: z.boolean(),
      unknown: countField,
      begun: z.array(instantField),
    }),
  ),
});

/** Whom notifications with lists are for, in table `notifications`. */
export class TableListStore implements ListStore {
  readonly #table: Table;

  constructor(service: TableService) {
    this.#table = service.table('notifications');
  }

  async listProgress(id: NotificationId): Promise<ListProgress> {
    return this.#read(await this.#table.get(progressKeys(id)));
  }

  advanceList(id: NotificationId, change: (before: ListProgress) => ListProgress): Promise<ListProgress> {
    return untilWritten('advance a list', async () => {
      const stored = await this.#table.get(progressKeys(id));
      const next = change(this.#read(stored));
      const row = { ...progressKeys(id), progress: JSON.stringify(next) };
      const etag = await (stored === undefined
        ? this.#table.insert(row)
        : this.#table.replace(row, stored.etag));
      return etag === undefined ? LOST : next;
    });
  }

  async addToList(id: NotificationId, people: readonly ListedPerson[]): Promise<void> {
    const tenants = [...new Set(people.map(({ tenant }) => tenant))];
    const rows = people.map(({ key, tenant }) => ({ partitionKey: id, rowKey: `${MEMBER}${tenant}:${key}` }));
    // What leads to the people is there before they are.
    await this.#putAll(tenants.map((tenant) => ({ partitionKey: id, rowKey: `${TENANT}${tenant}` })));
    await this.#putAll(rows);
  }

  async exceptFromList(id: NotificationId, keys: readonly ConversationKey[]): Promise<void> {
    await this.#putAll(keys.map((key) => exceptedKeys(id, key)));
  }

  async tenantsOnList(id: NotificationId): Promise<readonly TenantKey[]> {
    const tenants: TenantKey[] = [];
    const range = { partition: id, ...startingWith(TENANT) };
    for await (const { rowKey } of this.#table.rows(range, { select: [] })) {
      const tenant = rowKey.slice(TENANT.length);
      if (isTenantKey(tenant)) tenants.push(tenant);
    }
    return tenants;
  }

  async membersOnList(
    id: NotificationId,
    tenant: TenantKey,
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly keys: readonly ConversationKey[]; readonly done: boolean }> {
    const limit = checkedLimit(page.limit);
    const prefix = `${MEMBER}${tenant}:`;
    const all = startingWith(prefix);
    const range = page.after === undefined ? all : { after: `${prefix}${page.after}`, below: all.below };
    const keys: ConversationKey[] = [];
    const rows = this.#table.rows({ partition: id, ...range }, { pageSize: limit + 1, select: [] });
    for await (const { rowKey } of rows) {
      if (keys.length === limit) return { keys, done: false };
      const key = rowKey.slice(prefix.length);
      if (isConversationKey(key)) keys.push(key);
    }
    return { keys, done: true };
  }

  async excepted(
    id: NotificationId,
    keys: readonly ConversationKey[],
  ): Promise<ReadonlySet<ConversationKey>> {
    const found = await inParallel(keys, READS_AT_ONCE, (key) => this.#table.get(exceptedKeys(id, key), []));
    return new Set(keys.filter((_key, index) => found[index] !== undefined));
  }

  #read(row: StoredRow | undefined): ListProgress {
    if (row === undefined) return NOT_BEGUN;
    const { after, ...rest } = parseRow(this.#table, row, progressSchema).progress;
    return { ...rest, ...defined({ after }) };
  }

  /** Rows of one partition, each once. */
  async #putAll(rows: readonly Row[]): Promise<void> {
    const each = [...new Map(rows.map((row) => [row.rowKey, row])).values()];
    for (let start = 0; start < each.length; start += MOST_TOGETHER) {
      const block = each.slice(start, start + MOST_TOGETHER);
      await this.#table.transact(block.map((row) => ({ kind: 'put', row })));
    }
  }
}

function progressKeys(id: NotificationId): RowKeys {
  return { partitionKey: id, rowKey: PROGRESS };
}

function exceptedKeys(id: NotificationId, key: ConversationKey): RowKeys {
  return { partitionKey: id, rowKey: `${EXCEPTED}${key}` };
}
