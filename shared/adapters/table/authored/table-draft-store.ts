import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { defined } from '../../../domain/defined.ts';
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
  /** Absent from what a former release added. */
  request: z.string().optional(),
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
      const { rowKey: id, request: _request, ...brief } = one;
      drafts.push({ id, ...brief });
    }
    return drafts.sort((a, b) => b.changedAt - a.changedAt || (a.id < b.id ? -1 : 1));
  }

  async findDraft(id: string): Promise<Draft | undefined> {
    return (await this.#added(id))?.draft;
  }

  async addDraft(draft: Omit<Draft, 'version'>, request: string): Promise<Draft | 'taken' | 'full'> {
    const before = await this.#added(draft.id);
    if (before !== undefined) return before.request === request ? before.draft : 'taken';
    if ((await this.listDrafts()).length >= MOST_DRAFTS) return 'full';
    const next = { ...draft, version: randomUUID() };
    const etag = await this.#table.insert(toDraftRow(next, request));
    // Somebody was faster with the same id: what stands now says whether it was the same request.
    return etag === undefined ? this.addDraft(draft, request) : next;
  }

  async putDraft(draft: Omit<Draft, 'version'>, over: string): Promise<Draft | 'changed'> {
    const row = await this.#row(draft.id, over);
    const next = { ...draft, version: randomUUID() };
    if (row === undefined) return 'changed';
    const { request } = parseRow(this.#table, row, briefSchema);
    const etag = await this.#table.replace(toDraftRow(next, request), row.etag);
    return etag === undefined ? 'changed' : next;
  }

  async removeDraft(id: string, version: string): Promise<boolean> {
    const row = await this.#row(id, version);
    return row !== undefined && this.#table.remove(draftKeys(id), row.etag);
  }

  async #added(
    id: string,
  ): Promise<{ readonly draft: Draft; readonly request: string | undefined } | undefined> {
    const row = ID.test(id) ? await this.#table.get(draftKeys(id)) : undefined;
    if (row === undefined) return undefined;
    const { rowKey: _id, request, ...brief } = parseRow(this.#table, row, briefSchema);
    return { draft: { id, ...brief, content: parseRow(this.#table, row, contentSchema) }, request };
  }

  async #row(id: string, version: string) {
    const row = ID.test(id) ? await this.#table.get(draftKeys(id)) : undefined;
    return row?.version === version ? row : undefined;
  }
}

function draftKeys(id: string): RowKeys {
  return { partitionKey: DRAFTS, rowKey: id };
}

function toDraftRow({ id, content, changedAt, ...rest }: Draft, request: string | undefined): Row {
  return {
    ...draftKeys(id),
    ...rest,
    ...defined({ request }),
    changedAt: double(changedAt),
    ...toChunks('content', JSON.stringify(content)),
  };
}
