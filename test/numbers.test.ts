import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { read, sources } from './support/imports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Constants of the product that tests import, by the file that exports them. */
function importedConstants(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const test of sources.filter((file) => file.startsWith('test/'))) {
    for (const [, names = '', from = ''] of read(test).matchAll(
      /^import \{([^}]*)\} from '(\.[^']*\/(?:app|shared)\/[^']+)'/gm,
    )) {
      const file = normalize(join(dirname(test), from)).replaceAll(sep, '/');
      for (const [name] of names.matchAll(/\b[A-Z][A-Z0-9_]*\b(?! as)/g))
        found.set(file, (found.get(file) ?? new Set()).add(name));
    }
  }
  return found;
}

/** A test that imports a limit follows it wherever it goes: so each of these stands here as a number. */
it('every limit, span and age that tests import is the number that it should be', async () => {
  const numbers: [string, number][] = [];
  for (const [file, names] of importedConstants()) {
    const exported: Record<string, unknown> = await import(pathToFileURL(join(root, file)).href);
    const topic = file.slice(file.lastIndexOf('/') + 1, -'.ts'.length);
    for (const name of names) {
      const value = exported[name];
      if (typeof value === 'number') numbers.push([`${topic} ${name}`, value]);
    }
  }
  expect(Object.fromEntries(numbers)).toEqual({
    'audience-entry MOST_ENTRIES': 100_000,
    'audience-store MOST_AUDIENCES': 200,
    'backoff LONGEST_RETRYING': 86_400_000,
    'backoff LONGEST_RETRY_AFTER': 3_600_000,
    'backoff MOST_ATTEMPTS': 12,
    'cancellation EFFECTIVE_AFTER': 2000,
    'cancellation KNOWN_WITHIN': 1000,
    'cancellation REMEMBERED': 86_400_000,
    'channel-text LONGEST_CODE': 100,
    'channel-text LONGEST_ID': 1024,
    'channel-text LONGEST_URL': 2048,
    'cost USD_PER_PERSON': 1.39 / 1_000_000,
    'create-reminder OVER_KEPT_FOR': 2_592_000_000,
    'delivery LONGEST_LEASE': 3_600_000,
    'draft-store MOST_DRAFTS': 200,
    'exchange MOST_BODY_BYTES': 1_048_576,
    'export-links LINK_OPENS': 600_000,
    'fields CHUNK_BYTES': 65_536,
    'fields MOST_CHUNKS': 15,
    'forget-disappeared BITE': 250,
    'forgetting FORGOTTEN_FOR': 86_400_000,
    'hotel MOST_PRICES': 90,
    'json-depth DEEPEST_JSON': 64,
    'name-words LONGEST_WORD': 32,
    'name-words MOST_WORDS': 24,
    'pace LINE_PATIENCE': 5000,
    'pace LONGEST_HELD_BACK': 3_600_000,
    'pace LONGEST_ON_ITS_WAY': 500,
    'pace SLOT_GOOD_FOR': 400,
    'price-report MOST_BARS': 10,
    'respond LONGEST_SAID': 4000,
    'slack FIRST_SLACK': 24,
    'sweep-overdue LONGEST_WISH': 31_622_400_000,
    'tenant-turn LEAD': 20,
    'time CLOCKS_APART': 300_000,
    'told-list MOST_LISTED': 50,
    'topic-activity DAYS_REMEMBERED': 7,
    'turn-state SAYING': 20_000,
    'wake-up-call CALLS_SPAN': 125,
    'wake-up-call MOST_CALLS': 16,
    'wave FIRST_HOLD': 5000,
    'wave LONGEST_HOLD': 300_000,
    'wave PROBES': 3,
    'wave PROBES_LATER': 2000,
    'wave PROBE_PATIENCE': 30_000,
    'wave SOON': 10_000,
    'wave WAVE_BEGINS_AT': 5,
  });
});
