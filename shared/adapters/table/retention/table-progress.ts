import { z } from 'zod';
import type { Progress } from '../../../ports/progress.ts';
import { parseRow } from '../row/parse-row.ts';
import type { RowKeys } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';

const rowSchema = z.object({ text: z.string() });

/** Rows `p:<name>` / `progress` of table `directory`. */
export class TableProgress implements Progress {
  readonly #directory: Table;

  constructor(service: TableService) {
    this.#directory = service.table('directory');
  }

  async readProgress(name: string): Promise<{ readonly text: string; readonly tag: string } | undefined> {
    const row = await this.#directory.get(progressRow(name));
    return row === undefined
      ? undefined
      : { text: parseRow(this.#directory, row, rowSchema).text, tag: row.etag };
  }

  /** A write whose answer was lost may give `lost`, and was made. */
  async saveProgress(name: string, text: string, tag?: string): Promise<'saved' | 'lost'> {
    const row = { ...progressRow(name), text };
    const etag = await (tag === undefined ? this.#directory.insert(row) : this.#directory.replace(row, tag));
    return etag === undefined ? 'lost' : 'saved';
  }
}

function progressRow(name: string): RowKeys {
  return { partitionKey: `p:${name}`, rowKey: 'progress' };
}
