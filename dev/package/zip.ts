import { zipSync } from 'fflate';

/** The earliest time that a zip can name, in local time as zips have it: the same bytes in every zone. */
const NO_TIME = new Date(1980, 0, 1);

/**
 * A zip with these files, by their paths in it (`chunks/a.mjs`). The same files give the same bytes, wherever and
 * whenever: names are sorted, and every file has the same time and attributes.
 */
export function zip(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(
    Object.fromEntries(sorted.map(([path, bytes]) => [path, [bytes, { mtime: NO_TIME, level: 9 }]])),
  );
}
