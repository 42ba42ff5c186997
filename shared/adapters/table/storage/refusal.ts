import { RestError } from '@azure/data-tables';
import { z } from 'zod';

/**
 * What the service may answer to a conditional operation: a decision for the caller, not a failure.
 *
 * - `absent`: there is no such row (404)
 * - `exists`: a row with these keys is there already (409)
 * - `changed`: somebody wrote the row since it was read (412)
 */
export type Refusal = 'absent' | 'exists' | 'changed';

/**
 * Reads the refusal out of an SDK error; `undefined` for every other failure. The error code decides, not the status
 * alone: a missing *table* is a 404 too, and must never be taken for a missing row.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof RestError)) return undefined;
  switch (error.statusCode) {
    case 404:
      return codeOf(error) === 'ResourceNotFound' || codeOf(error) === 'EntityNotFound'
        ? 'absent'
        : undefined;
    case 409:
      return codeOf(error) === 'EntityAlreadyExists' ? 'exists' : undefined;
    case 412:
      return 'changed';
    default:
      return undefined;
  }
}

const detailsSchema = z.union([
  z.object({ odataError: z.object({ code: z.string() }) }).transform(({ odataError }) => odataError.code),
  z.object({ errorCode: z.string() }).transform(({ errorCode }) => errorCode),
]);

/** The service's error code: on the error itself after a transaction; else in its body, or beside it in a header. */
function codeOf(error: RestError): string | undefined {
  const details = detailsSchema.safeParse(error.details);
  return details.success ? details.data : error.code;
}
