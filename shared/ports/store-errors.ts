/**
 * The store could not be asked, or gave no usable answer (network, throttling, 5xx). Nothing is known of what
 * the operation did: it may be tried again later, and every write of ours stands being repeated.
 */
export class StoreUnavailable extends Error {
  readonly code = 'store-unavailable';
  /** What was asked of which table, without values. */
  readonly operation: string;

  constructor(operation: string, cause: unknown) {
    super(`the store did not answer for "${operation}"; the work comes back by itself`, { cause });
    this.name = 'StoreUnavailable';
    this.operation = operation;
  }
}
