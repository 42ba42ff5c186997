import { randomBytes } from 'node:crypto';

/** 256 bits that nobody can guess, as base64url. */
export function newKey(): string {
  return randomBytes(32).toString('base64url');
}
