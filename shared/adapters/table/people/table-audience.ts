import { defined } from '../../../domain/defined.ts';
import { type ConversationKey, isConversationKey, type TenantKey } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { Audience, MemberGroup, PlainGroup } from '../../../ports/delivery/audience.ts';
import type { StoredRow } from '../row/row.ts';
import { checkedLimit } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { recordRow } from './conversation-keys.ts';
import { memberRow, membersPartition } from './directory-keys.ts';
import { TenantIndex } from './tenant-index.ts';

const READS_AT_ONCE = 16;

/**
 * Reads members out of the directory. A member that is marked as suppressed is left out, but only after a look at its
 * record: a mark that was written while the person came back would leave them out for ever. Such a mark is taken off.
 */
export class TableAudience implements Audience {
  readonly #directory: Table;
  readonly #conversations: Table;
  readonly #tenants: TenantIndex;

  constructor(service: TableService) {
    this.#directory = service.table('directory');
    this.#conversations = service.table('conversations');
    this.#tenants = new TenantIndex(service);
  }

  async tenants(group: PlainGroup): Promise<readonly TenantKey[]> {
    return this.#tenants.of(group);
  }

  /** A page may hold fewer than `limit` members without being the last, but never none. */
  async members(
    group: MemberGroup,
    tenant: TenantKey,
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly keys: readonly ConversationKey[]; readonly done: boolean }> {
    const limit = checkedLimit(page.limit);
    const partition = membersPartition(group, tenant);
    const rows = this.#directory.rows(
      { partition, ...defined({ after: page.after }) },
      { pageSize: limit + 1, select: ['suppressed'] },
    );
    let next = await rows.next();
    while (next.done !== true) {
      const batch: StoredRow[] = [];
      while (batch.length < limit && next.done !== true) {
        batch.push(next.value);
        next = await rows.next();
      }
      const keys = await this.#reachable(batch);
      if (keys.length > 0) return { keys, done: next.done === true };
    }
    return { keys: [], done: true };
  }

  async membersAmong(
    group: MemberGroup,
    tenant: TenantKey,
    keys: readonly ConversationKey[],
  ): Promise<ReadonlySet<ConversationKey>> {
    const rows = await inParallel(keys, READS_AT_ONCE, (key) =>
      this.#directory.get(memberRow(group, tenant, key), []),
    );
    return new Set(keys.filter((_key, index) => rows[index] !== undefined));
  }

  async #reachable(rows: readonly StoredRow[]): Promise<readonly ConversationKey[]> {
    const marked = rows.filter(isMarked);
    const looked = await inParallel(marked, READS_AT_ONCE, (row) => this.#isBack(row));
    const back = new Set(marked.filter((_row, index) => looked[index] === true));
    return rows
      .filter((row) => !isMarked(row) || back.has(row))
      .map(({ rowKey }) => rowKey)
      .filter(isConversationKey);
  }

  /** Whether a marked member can be written to after all; takes the mark off then. */
  async #isBack({ partitionKey, rowKey }: StoredRow): Promise<boolean> {
    if (!isConversationKey(rowKey)) return false;
    const record = await this.#conversations.get(recordRow(rowKey), ['suppressed']);
    if (record === undefined || typeof record.suppressed === 'string') return false;
    await this.#directory.mergeExisting({ partitionKey, rowKey, suppressed: false });
    return true;
  }
}

function isMarked(row: StoredRow): boolean {
  return row.suppressed === true;
}
