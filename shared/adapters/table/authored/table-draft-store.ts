import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  type Draft,
  type DraftInBrief,
  type DraftStore,
  MOST_DRAFTS,
} from '../../../ports/authored/draft-store.ts';
import { chunkedJson, instantField, toChunks } from '../row/fields.ts';
import { parsedOrReported, parseRow } from '../row/parse-row.ts';
import { double, type Row, type RowKeys } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

const DRAFTS = 'drafts';
const ID = /^[A-Za-z0-9_-]{1,64}$/;

const briefSchema = z.object({
  rowKey: z.string(),
  name: z.string(),
  changedAt: instantField,
  changedBy: z.string(),
  version: z.string(),
});
const contentSchema = chunkedJson('content', z.record(z.string(), z.unknown()));

/** Rows `drafts` / `<id>` of table `authored`. */
export class TableDraftStore implements DraftStore {
  readonly #service: TableService;
  readonly #table: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#table = service.table('authored');
  }

  async listDrafts(): Promise<readonly DraftInBrief[]> {
    const drafts: DraftInBrief[] = [];
    const select = ['name', 'changedAt', 'changedBy', 'version'];
    for await (const row of this.#table.rows({ partition: DRAFTS }, { select })) {
      const one = parsedOrReported(this.#service, () => parseRow(this.#table, row, briefSchema));
      if (one === undefined) continue;
      const { rowKey: id, ...brief } = one;
      drafts.push({ id, ...brief });
    }
    return drafts.sort((a, b) => b.changedAt - a.changedAt || (a.id < b.id ? -1 : 1));
  }

  async findDraft(id: string): Promise<Draft | undefined> {
    if (!ID.test(id)) return undefined;
    const row = await this.#table.get(draftKeys(id));
    if (row === undefined) return undefined;
    const { rowKey: _id, ...brief } = parseRow(this.#table, row, briefSchema);
    return { id, ...brief, content: parseRow(this.#table, row, contentSchema) };
  }

  async addDraft(draft: Omit<Draft, 'version'>): Promise<Draft | 'full'> {
    if ((await this.listDrafts()).length >= MOST_DRAFTS) return 'full';
    const next = { ...draft, version: randomUUID() };
    const etag = await this.#table.insert(toDraftRow(next));
    if (etag === undefined) throw new Error(`there is a draft "${draft.id}" already; give each a new id`);
    return next;
  }

  async putDraft(draft: Omit<Draft, 'version'>, over: string): Promise<Draft | 'changed'> {
    const row = await this.#row(draft.id, over);
    const next = { ...draft, version: randomUUID() };
    const etag = row === undefined ? undefined : await this.#table.replace(toDraftRow(next), row.etag);
    return etag === undefined ? 'changed' : next;
  }

  async removeDraft(id: string, version: string): Promise<boolean> {
    const row = await this.#row(id, version);
    return row !== undefined && this.#table.remove(draftKeys(id), row.etag);
  }

  async #row(id: string, version: string) {
    const row = ID.test(id) ? await this.#table.get(draftKeys(id)) : undefined;
    return row?.version === version ? row : undefined;
  }
}

function draftKeys(id: string): RowKeys {
  return { partitionKey: DRAFTS, rowKey: id };
}

function toDraftRow({ id, content, changedAt, ...rest }: Draft): Row {
  return {
    ...draftKeys(id),
    ...rest,
    changedAt: double(changedAt),
    ...toChunks('content', JSON.stringify(content)),
  };
}
