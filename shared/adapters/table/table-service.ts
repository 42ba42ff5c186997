import { TableServiceClient, type TableServiceClientOptions } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { type Duration, seconds } from '../../domain/time.ts';
import type { Log } from '../../ports/log.ts';
import type { CorruptRow } from './row/corrupt-row.ts';
import { Table } from './storage/table.ts';
import { TableWire } from './wire/table-wire.ts';
import { type TableHttpClient, undiciHttpClient } from './wire/undici-http-client.ts';

export type TableConnection =
  | { readonly connectionString: string }
  /** `https://<account>.table.core.windows.net` with an identity that may read and write table data. */
  | { readonly endpoint: string; readonly credential: TokenCredential };

export interface TableServiceOptions {
  readonly connection: TableConnection;
  /** Hears of rows that a listing left out because they cannot be read. */
  readonly log: Pick<Log, 'error'>;
  /** Default: one of its own, on `undici`. */
  readonly httpClient?: TableHttpClient;
  /** Stands before every table name: letters and digits, a letter first. Default: none. */
  readonly tablePrefix?: string;
  /** The longest that one operation may take, its retries included. Default: ten seconds. */
  readonly timeout?: Duration;
}

// Work that fails comes back by the queue, so the client only bridges a lost connection or a short stall.
const RETRIES = { maxRetries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 1000 };

/** The storage account's tables, on one set of connections: each made when first used and kept. */
export class TableService {
  readonly #options: TableServiceOptions;
  readonly #tables = new Map<string, Table>();
  readonly #wire: TableWire;

  constructor(options: TableServiceOptions) {
    const prefix = options.tablePrefix ?? '';
    if (!/^([A-Za-z][A-Za-z0-9]{0,39})?$/.test(prefix)) {
      throw new RangeError(
        `tablePrefix "${prefix}" must be empty or a letter followed by up to 39 letters and digits`,
      );
    }
    this.#options = options;
    const { connection, httpClient = undiciHttpClient() } = options;
    this.#wire = new TableWire(connect(connection), httpClient);
  }

  table(name: string): Table {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const table = new Table(name, this.#wire, {
      named: `${this.#options.tablePrefix ?? ''}${name}`,
      timeout: this.#options.timeout ?? seconds(10),
    });
    this.#tables.set(name, table);
    return table;
  }

  /**
   * Tells the operator of a row that cannot be read. For listings: they leave the row out and go on, because one
   * bad row must not stop the others. Reading that row by itself throws `CorruptRow`.
   */
  reportCorrupt(row: CorruptRow): void {
    this.#options.log.error('corrupt-row', {
      table: row.table,
      partitionKey: row.partitionKey,
      rowKey: row.rowKey,
      faults: row.faults,
    });
  }
}

function connect(connection: TableConnection): TableServiceClient {
  const options: TableServiceClientOptions = { retryOptions: RETRIES };
  if ('credential' in connection) {
    return new TableServiceClient(connection.endpoint, connection.credential, options);
  }
  return TableServiceClient.fromConnectionString(connection.connectionString, options);
}
