import type { NameKind, ToldNames } from '../../domain/identity/told-names.ts';
import type { Duration } from '../../domain/time.ts';

/** Somebody of the organisation. */
export interface DirectoryPerson extends ToldNames {
  readonly objectId: string;
}

/**
 * `refused`: the app may not read it, until an operator grants that. `away`: it did not answer, or is asked too often; it may
 * be asked again after `retryAfter`.
 */
export type DirectoryAnswer =
  | { readonly kind: 'told'; readonly people: readonly DirectoryPerson[] }
  | { readonly kind: 'refused' }
  | { readonly kind: 'away'; readonly retryAfter: Duration };

/** The directory of one organisation: who goes by a name there. One request a call. Throws for bugs alone. */
export interface Directory {
  /** Whose directory it is. */
  readonly tenantId: string;
  findListed(kind: NameKind, name: string): Promise<DirectoryAnswer>;
}

/** The directory cannot be asked now. Nothing is lost: the work comes back by itself. */
export class DirectoryAway extends Error {
  readonly code = 'directory-away';
  readonly retryAfter: Duration;

  constructor(retryAfter: Duration) {
    super('the directory cannot be asked now; the work comes back by itself');
    this.name = 'DirectoryAway';
    this.retryAfter = retryAfter;
  }
}
