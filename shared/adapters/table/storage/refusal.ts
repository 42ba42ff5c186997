/**
 * What the service may answer to a conditional operation: a decision for the caller, not a failure.
 *
 * - `absent`: there is no such row (404)
 * - `exists`: a row with these keys is there already (409)
 * - `changed`: somebody wrote the row since it was read (412)
 */
export type Refusal = 'absent' | 'exists' | 'changed';

/**
 * Reads the refusal out of an answer; `undefined` for every other. The error code decides, not the status alone: a
 * missing *table* is a 404 too, and must never be taken for a missing row.
 */
export function refusalOf(status: number, code: string | undefined): Refusal | undefined {
  switch (status) {
    case 404:
      return code === 'ResourceNotFound' || code === 'EntityNotFound' ? 'absent' : undefined;
    case 409:
      return code === 'EntityAlreadyExists' ? 'exists' : undefined;
    case 412:
      return 'changed';
    default:
      return undefined;
  }
}
