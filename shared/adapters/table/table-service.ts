import { TableClient, type TableServiceClientOptions } from '@azure/data-tables';
import type { TokenCredential } from '@azure/identity';
import { type Duration, seconds } from '../../domain/time.ts';
import type { Log } from '../../ports/log.ts';
import type { CorruptRow } from './row/corrupt-row.ts';
import { Table } from './storage/table.ts';
import type { TableName } from './tables.ts';

/** What sends the SDK's requests; `undici-http-client.ts` has a fast one. */
export type TableHttpClient = NonNullable<TableServiceClientOptions['httpClient']>;

export type TableConnection =
  | { readonly connectionString: string }
  /** `https://<account>.table.core.windows.net` with an identity that may read and write table data. */
  | { readonly endpoint: string; readonly credential: TokenCredential };

export interface TableServiceOptions {
  readonly connection: TableConnection;
  /** Hears of rows that a listing left out because they cannot be read. */
  readonly log: Pick<Log, 'error'>;
  /** Default: the SDK's own, on `node:http`. */
  readonly httpClient?: TableHttpClient;
  /** Stands before every table name: letters and digits, a letter first. Default: none. */
  readonly tablePrefix?: string;
  /** The longest that one operation may take, its retries included. Default: ten seconds. */
  readonly timeout?: Duration;
}

// Work that fails comes back by the queue, so the client only bridges a lost connection or a short stall.
const RETRIES = { maxRetries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 1000 };

/** The storage account's tables: one client a table, made when first used and kept. */
export class TableService {
  readonly #options: TableServiceOptions;
  readonly #tables = new Map<TableName, Table>();

  constructor(options: TableServiceOptions) {
    const prefix = options.tablePrefix ?? '';
    if (!/^([A-Za-z][A-Za-z0-9]{0,39})?$/.test(prefix)) {
      throw new RangeError(
        `tablePrefix "${prefix}" must be empty or a letter followed by up to 39 letters and digits`,
      );
    }
    this.#options = options;
  }

  table(name: TableName): Table {
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const table = new Table(name, this.#connect(`${this.#options.tablePrefix ?? ''}${name}`), {
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

  #connect(tableName: string): TableClient {
    const { connection, httpClient } = this.#options;
    const options: TableServiceClientOptions = {
      retryOptions: RETRIES,
      ...(httpClient === undefined ? {} : { httpClient }),
    };
    if ('credential' in connection) {
      return new TableClient(connection.endpoint, tableName, connection.credential, options);
    }
    return TableClient.fromConnectionString(connection.connectionString, tableName, {
      ...options,
      allowInsecureConnection: isPlainHttp(connection.connectionString),
    });
  }
}

/** Whether a connection string leads to an `http:` endpoint, as emulators have. */
export function isPlainHttp(connectionString: string): boolean {
  const settings = new Map<string, string>();
  for (const setting of connectionString.split(';')) {
    const [name = '', ...value] = setting.split('=');
    settings.set(name.trim().toLowerCase(), value.join('=').trim().toLowerCase());
  }
  if (settings.get('usedevelopmentstorage') === 'true') return true;
  const endpoint = settings.get('tableendpoint');
  return endpoint === undefined
    ? settings.get('defaultendpointsprotocol') === 'http'
    : endpoint.startsWith('http://');
}
