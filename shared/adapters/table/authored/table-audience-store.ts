import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { entryKey } from '../../../domain/authored/audience-entry.ts';
import type { Topic } from '../../../domain/event/topic.ts';
import { hashOf } from '../../../domain/hash.ts';
import type { PersonKey } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import {
  type AudienceInBrief,
  type AudienceStore,
  MOST_AUDIENCES,
} from '../../../ports/authored/audience-store.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import { chunkedJson, countField, instantField, toChunks, topicField } from '../row/fields.ts';
import { parsedOrReported, parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys, type StoredRow } from '../row/row.ts';
import { checkedLimit } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

const AUDIENCES = 'audiences';
const MOST_TOGETHER = 100;
const AT_ONCE = 8;

const briefSchema = z.object({
  name: topicField,
  entries: countField,
  changedAt: instantField,
  changedBy: z.string(),
  version: z.string(),
});
const entriesSchema = chunkedJson('entries', z.array(z.string()));

/** A row holds so many entries, or so many characters of them. */
const MOST_IN_ROW = 500;
const MOST_CHARACTERS = 100_000;

/**
 * Rows of table `authored`: `audiences` / `<hash of the name>` says what there is, `e:<hash>:<version>` / `<entry key>` are the
 * entries of one version, a few hundred in a row, in the order of their keys and up to the one that the row is named by.
 *
 * Order of writes: the entries of the new version -> the row that names it -> those of other versions go. So whoever reads has one
 * version or the other; what a crash leaves goes with the next write.
 */
export class TableAudienceStore implements AudienceStore {
  readonly #service: TableService;
  readonly #table: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#table = service.table('authored');
  }

  async findAudience(name: Topic): Promise<AudienceInBrief | undefined> {
    const row = await this.#table.get(briefKeys(name));
    return row === undefined ? undefined : parseRow(this.#table, row, briefSchema);
  }

  async listAudiences(): Promise<readonly AudienceInBrief[]> {
    const audiences: AudienceInBrief[] = [];
    for await (const row of this.#table.rows({ partition: AUDIENCES })) {
      const one = parsedOrReported(this.#service, () => parseRow(this.#table, row, briefSchema));
      if (one !== undefined) audiences.push(one);
    }
    return audiences.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async putAudience(
    audience: Pick<AudienceInBrief, 'name' | 'changedAt' | 'changedBy'>,
    entries: readonly string[],
    over?: string,
  ): Promise<AudienceInBrief | 'changed' | 'full'> {
    const { name } = audience;
    const stored = await this.#table.get(briefKeys(name));
    if (!isVersion(stored, over)) return 'changed';
    if (stored === undefined && (await this.listAudiences()).length >= MOST_AUDIENCES) return 'full';
    const next: AudienceInBrief = { ...audience, entries: entries.length, version: randomUUID() };
    const partitionKey = entriesPartition(name, next.version);
    await inParallel(blocksOf(entries), AT_ONCE, (block) =>
      this.#table.put(toEntriesRow(partitionKey, block)),
    );
    const brief = { ...briefKeys(name), ...next, changedAt: double(next.changedAt) };
    const etag = await (stored === undefined
      ? this.#table.insert(brief)
      : this.#table.replace(brief, stored.etag));
    if (etag === undefined) await this.#removeEntries(partitionKey, partitionKey);
    else await this.#removeOthers(name, next.version);
    return etag === undefined ? 'changed' : next;
  }

  async removeAudience(name: Topic, version: string): Promise<boolean> {
    const stored = await this.#table.get(briefKeys(name));
    if (stored === undefined || !isVersion(stored, version)) return false;
    const removed = await this.#table.remove(briefKeys(name), stored.etag);
    if (removed) await this.#removeEntries(entriesPartition(name, ''), entriesPartition(name, '~'));
    return removed;
  }

  async entriesOf(
    name: Topic,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly items: readonly string[]; readonly after?: string } | undefined> {
    const limit = checkedLimit(page.limit);
    const stored = await this.findAudience(name);
    if (stored === undefined) return undefined;
    const { after = '' } = page;
    const range = { partition: entriesPartition(name, stored.version), after };
    const items: string[] = [];
    // One entry more than asked for says whether there are any.
    for await (const row of this.#table.rows(range, { pageSize: Math.ceil((limit + 1) / MOST_IN_ROW) + 1 })) {
      for (const entry of parseRow(this.#table, row, entriesSchema)) {
        const last = items.at(-1);
        if (entryKey(entry) <= after) continue;
        if (items.length === limit && last !== undefined) return { items, after: entryKey(last) };
        items.push(entry);
      }
    }
    return { items };
  }

  async audiencesNaming(entries: readonly PersonKey[]): Promise<readonly Topic[]> {
    const all = await this.listAudiences();
    const found = await inParallel(all, AT_ONCE, async (audience) => {
      const held = await Promise.all(entries.map((key) => this.#holding(audience, key)));
      return held.some((row) => row !== undefined);
    });
    return all.flatMap(({ name }, index) => (found[index] === true ? [name] : []));
  }

  async forgetEntries(entries: readonly PersonKey[]): Promise<void> {
    await inParallel(await this.listAudiences(), AT_ONCE, async (audience) => {
      const held = await Promise.all(entries.map((key) => this.#holding(audience, key)));
      if (held.every((row) => row === undefined)) return;
      // Before they go, because whoever comes again after a crash finds none of them; and after, for those who forget at once.
      await this.#recount(audience, new Set(entries));
      // Two of them may lie in one row.
      for (const key of entries) await this.#forget(audience, key);
      await this.#recount(audience);
    });
  }

  /** How many there are is counted anew, so that two who forget at once, or one who comes again, count nothing twice. */
  async #recount({ name, version }: AudienceInBrief, without?: ReadonlySet<string>): Promise<void> {
    await untilWritten('count the entries of an audience', async () => {
      const row = await this.#table.get(briefKeys(name));
      // Stored anew meanwhile, or removed.
      if (row === undefined || !isVersion(row, version)) return;
      let entries = 0;
      for await (const block of this.#table.rows({ partition: entriesPartition(name, version) }))
        for (const entry of parseRow(this.#table, block, entriesSchema))
          if (without?.has(entryKey(entry)) !== true) entries += 1;
      const { changedAt, ...brief } = parseRow(this.#table, row, briefSchema);
      if (brief.entries === entries) return undefined;
      const next = { ...briefKeys(name), ...brief, entries, changedAt: double(changedAt) };
      return (await this.#table.replace(next, row.etag)) === undefined ? LOST : undefined;
    });
  }

  async #forget(audience: AudienceInBrief, key: PersonKey): Promise<void> {
    await untilWritten('forget an entry of an audience', async () => {
      const held = await this.#holding(audience, key);
      if (held === undefined) return undefined;
      const { row, entries } = held;
      const { partitionKey, rowKey } = row;
      const rest = entries.filter((entry) => entryKey(entry) !== key);
      const next = { partitionKey, rowKey, ...toChunks('entries', JSON.stringify(rest)) };
      return (await this.#table.replace(next, row.etag)) === undefined ? LOST : undefined;
    });
  }

  /** The row with the entry, where there is one. */
  async #holding({ name, version }: AudienceInBrief, key: PersonKey) {
    const range = { partition: entriesPartition(name, version), from: key };
    for await (const row of this.#table.rows(range, { pageSize: 1 })) {
      const entries = parseRow(this.#table, row, entriesSchema);
      return entries.some((entry) => entryKey(entry) === key) ? { row, entries } : undefined;
    }
    return undefined;
  }

  /** The entries of all versions but one. */
  async #removeOthers(name: Topic, version: string): Promise<void> {
    const kept = entriesPartition(name, version);
    await this.#removeEntries(entriesPartition(name, ''), entriesPartition(name, '~'), kept);
  }

  async #removeEntries(firstPartition: string, lastPartition: string, kept?: string): Promise<void> {
    let block: RowKeys[] = [];
    const removeBlock = async () => {
      const rows = block;
      block = [];
      if (rows.length === 0) return;
      const removed = await this.#table.transact(rows.map((row) => ({ kind: 'remove', row })));
      // One of them was gone already: each by itself then.
      if (removed === undefined) await inParallel(rows, AT_ONCE, (keys) => this.#table.remove(keys));
    };
    const rows = this.#table.rows({ firstPartition, lastPartition }, { select: [] });
    for await (const { partitionKey, rowKey } of rows) {
      if (partitionKey === kept) continue;
      if (block.length === MOST_TOGETHER || (block[0]?.partitionKey ?? partitionKey) !== partitionKey)
        await removeBlock();
      block.push({ partitionKey, rowKey });
    }
    await removeBlock();
  }
}

function briefKeys(name: Topic): RowKeys {
  return { partitionKey: AUDIENCES, rowKey: hashOf(name) };
}

function entriesPartition(name: Topic, version: string): string {
  return `e:${hashOf(name)}:${version}`;
}

function isVersion(row: StoredRow | undefined, version: string | undefined): boolean {
  return row?.version === version;
}

/** In the order of their keys. */
function blocksOf(entries: readonly string[]): readonly (readonly string[])[] {
  const sorted = entries
    .map((entry) => ({ entry, key: entryKey(entry) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const blocks: string[][] = [];
  let characters = 0;
  for (const { entry } of sorted) {
    const block = blocks.at(-1);
    characters += entry.length;
    if (block !== undefined && block.length < MOST_IN_ROW && characters <= MOST_CHARACTERS) block.push(entry);
    else {
      blocks.push([entry]);
      characters = entry.length;
    }
  }
  return blocks;
}

function toEntriesRow(partitionKey: string, block: readonly string[]): Row {
  const rowKey = entryKey(block.at(-1) ?? '');
  return { partitionKey, rowKey, ...toChunks('entries', JSON.stringify(block)) };
}
