import type { Operation, OperationKind } from './operation.ts';

/** What went through the proxy since the last reset. */
export interface TableCounts {
  /** Requests by kind; a batch is one. */
  readonly requests: Readonly<Record<OperationKind, number>>;
  /** Requests by table and kind. */
  readonly tables: Readonly<Record<string, Readonly<Partial<Record<OperationKind, number>>>>>;
  /** Entity operations inside batches. */
  readonly batchEntities: number;
  /** Requests that carried an `If-Match` other than `*`, entities of batches included. */
  readonly conditional: number;
  /** Requests answered by an injected fault. */
  readonly faults: number;
  /** Body bytes: `sent` towards the tables, `received` from them. */
  readonly bytes: { readonly sent: number; readonly received: number };
}

/** All requests, whatever their kind. */
export function operationsOf({ requests }: Pick<TableCounts, 'requests'>): number {
  return Object.values(requests).reduce((sum, each) => sum + each, 0);
}

const noRequests = (): Record<OperationKind, number> => ({
  get: 0,
  query: 0,
  insert: 0,
  update: 0,
  merge: 0,
  upsert: 0,
  delete: 0,
  batch: 0,
  table: 0,
  other: 0,
});

/** Counts operations and bytes. */
export class OperationCounter {
  #requests = noRequests();
  #tables = new Map<string, Partial<Record<OperationKind, number>>>();
  #batchEntities = 0;
  #conditional = 0;
  #faults = 0;
  #sent = 0;
  #received = 0;

  add(operation: Operation, sentBytes: number): void {
    this.#requests[operation.kind]++;
    const ofTable = this.#tables.get(operation.table) ?? {};
    ofTable[operation.kind] = (ofTable[operation.kind] ?? 0) + 1;
    this.#tables.set(operation.table, ofTable);
    this.#batchEntities += operation.entities.length;
    this.#conditional += [operation, ...operation.entities].filter((each) => each.conditional).length;
    this.#sent += sentBytes;
  }

  addReceived(bytes: number): void {
    this.#received += bytes;
  }

  addFault(): void {
    this.#faults++;
  }

  read(): TableCounts {
    return structuredClone({
      requests: this.#requests,
      tables: Object.fromEntries(this.#tables),
      batchEntities: this.#batchEntities,
      conditional: this.#conditional,
      faults: this.#faults,
      bytes: { sent: this.#sent, received: this.#received },
    });
  }

  reset(): void {
    this.#requests = noRequests();
    this.#tables = new Map();
    this.#batchEntities = 0;
    this.#conditional = 0;
    this.#faults = 0;
    this.#sent = 0;
    this.#received = 0;
  }
}
