import { TenantIndex } from '../../../adapters/table/people/tenant-index.ts';
import { parsedOrReported } from '../../../adapters/table/row/parse-row.ts';
import type { StoredRow } from '../../../adapters/table/row/row.ts';
import { writeMarked } from '../../../adapters/table/storage/marked-write.ts';
import { checkedLimit } from '../../../adapters/table/storage/range.ts';
import type { Table } from '../../../adapters/table/storage/table.ts';
import type { TableService } from '../../../adapters/table/table-service.ts';
import type { ConversationKey, TenantKey } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { HotelKey } from '../prices/hotel.ts';
import { watchersOf } from '../prices/hotel.ts';
import type { StoredWatch, Watch, WatchStore } from '../stores/watch-store.ts';
import {
  fromOwnWatchRow,
  fromWatchRow,
  OWN_WATCHES,
  ownWatchKeys,
  toOwnWatchRow,
  toWatchRow,
  watchersPartition,
  watchKeys,
} from './watch-row.ts';

const READS_AT_ONCE = 16;

/**
 * A watch is a row with its hotel in table `watches`, which is the whole truth, and a row in the conversation's partition
 * that leads to it.
 *
 * | Order of writes | A crash in between leaves |
 * |---|---|
 * | `begin`: tenant index, the conversation's row, the watch | a row that leads nowhere: lists skip it, and the turn that is repeated writes the rest |
 * | `end`: the watch, the conversation's row | the same: nobody is told who ended the watch |
 */
export class TableWatchStore implements WatchStore {
  readonly #service: TableService;
  readonly #watches: Table;
  readonly #conversations: Table;
  readonly #tenants: TenantIndex;

  constructor(service: TableService) {
    this.#service = service;
    this.#watches = service.table('watches');
    this.#conversations = service.table('conversations');
    this.#tenants = new TenantIndex(service);
  }

  async begin(watch: Watch): Promise<boolean> {
    const { conversation, hotel, tenant } = watch;
    const former = await this.#own(conversation, hotel);
    await Promise.all([
      this.#tenants.add(watchersOf(hotel), tenant),
      this.#conversations.put(toOwnWatchRow(watch)),
    ]);
    // A tenant that became known later: the watch moves there.
    if (former !== undefined && former.tenant !== tenant) {
      await this.#watches.remove(watchKeys({ ...watch, tenant: former.tenant }));
    }
    const isNew = (await this.#watches.insert(toWatchRow(watch))) !== undefined;
    if (!isNew) await this.#watches.put(toWatchRow(watch));
    return isNew && (former === undefined || former.tenant === tenant);
  }

  async end(conversation: ConversationKey, hotel: HotelKey): Promise<boolean> {
    const own = await this.#own(conversation, hotel);
    if (own === undefined) return false;
    const was = await this.#watches.remove(watchKeys({ conversation, ...own }));
    await this.#conversations.remove(ownWatchKeys(conversation, hotel));
    return was;
  }

  async find(conversation: ConversationKey, hotel: HotelKey): Promise<StoredWatch | undefined> {
    const own = await this.#own(conversation, hotel);
    const row = own === undefined ? undefined : await this.#watches.get(watchKeys({ conversation, ...own }));
    return row === undefined ? undefined : this.#stored(row);
  }

  async of(conversation: ConversationKey): Promise<readonly Watch[]> {
    const keys = [];
    for await (const row of this.#conversations.rows({ partition: conversation, ...OWN_WATCHES })) {
      const own = parsedOrReported(this.#service, () => fromOwnWatchRow(this.#conversations, row));
      if (own !== undefined) keys.push(watchKeys({ conversation, ...own }));
    }
    const rows = await inParallel(keys, READS_AT_ONCE, (key) => this.#watches.get(key));
    return rows
      .flatMap((row) => (row === undefined ? [] : (this.#readable(row)?.watch ?? [])))
      .sort((a, b) => a.hotelName.localeCompare(b.hotelName, 'en'));
  }

  async watchers(
    { hotel, tenant }: { readonly hotel: HotelKey; readonly tenant: TenantKey },
    page: { readonly limit: number; readonly after?: ConversationKey },
  ): Promise<{ readonly watches: readonly StoredWatch[]; readonly done: boolean }> {
    const limit = checkedLimit(page.limit);
    const range = {
      partition: watchersPartition(hotel, tenant),
      ...(page.after === undefined ? {} : { after: page.after }),
    };
    const watches: StoredWatch[] = [];
    for await (const row of this.#watches.rows(range, { pageSize: limit + 1 })) {
      if (watches.length === limit) return { watches, done: false };
      const readable = this.#readable(row);
      if (readable !== undefined) watches.push(readable);
    }
    return { watches, done: true };
  }

  async change(watch: Watch, tag: string): Promise<'saved' | 'lost'> {
    const written = await writeMarked(this.#watches, { kind: 'replace', row: toWatchRow(watch), etag: tag });
    return written === undefined ? 'lost' : 'saved';
  }

  async #own(conversation: ConversationKey, hotel: HotelKey) {
    const row = await this.#conversations.get(ownWatchKeys(conversation, hotel));
    return row === undefined ? undefined : fromOwnWatchRow(this.#conversations, row);
  }

  #stored(row: StoredRow): StoredWatch {
    return { watch: fromWatchRow(this.#watches, row), tag: row.etag };
  }

  #readable(row: StoredRow): StoredWatch | undefined {
    return parsedOrReported(this.#service, () => this.#stored(row));
  }
}
