import { buildFinished } from './build-finished.ts';
import type { CatalogEntry } from './entry.ts';
import { notificationRequested } from './notification-requested.ts';

/** Every kind of notification there is. */
export const entries: readonly CatalogEntry[] = [notificationRequested, buildFinished];

const byType = new Map(entries.map((entry) => [entry.type, entry]));

/** The entry for a CloudEvent's type; `undefined` when there is none. */
export function entryOf(type: string): CatalogEntry | undefined {
  return byType.get(type);
}

/** The types that events may have, for error messages. */
export const knownTypes: readonly string[] = entries
  .filter(({ internal }) => internal !== true)
  .map(({ type }) => type);
