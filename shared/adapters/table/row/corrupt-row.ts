import type { RowKeys } from './row.ts';

/**
 * A stored row that cannot be read: somebody else wrote it, or a version that is no longer known. Trying again does
 * not help; the row has to be mended or removed. Names the row, never its contents.
 */
export class CorruptRow extends Error {
  readonly code = 'corrupt-row';
  readonly table: string;
  readonly partitionKey: string;
  readonly rowKey: string;
  /** `path: rule`, joined by `; `. */
  readonly faults: string;

  constructor(table: string, keys: RowKeys, faults: string) {
    super(
      `row "${keys.partitionKey}" / "${keys.rowKey}" of table "${table}" cannot be read (${faults}); mend or remove it`,
    );
    this.name = 'CorruptRow';
    this.table = table;
    this.partitionKey = keys.partitionKey;
    this.rowKey = keys.rowKey;
    this.faults = faults;
  }
}
