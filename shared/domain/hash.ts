import { createHash } from 'node:crypto';

/** SHA-256 of the parts one behind the other, as 43 characters of base64url: what a table key and a message id may hold. */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('base64url');
}
