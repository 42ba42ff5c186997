import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { Mutation } from './mutation.ts';

/** A file with a fault in it. */
export interface Planting {
  readonly file: string;
  readonly source: string;
  readonly faulty: string;
}

/** Where a fault goes, or what is wrong with its entry in the list. */
export function plantingOf(root: string, { place, fault, text, faulty }: Mutation): Planting | string {
  const files = place.endsWith('.ts') ? [place] : globSync(`${place}/**/*.ts`, { cwd: root }).sort();
  const hits: Planting[] = [];
  let times = 0;
  for (const file of files) {
    const source = readFileSync(join(root, file), 'utf8');
    const parts = source.split(text);
    times += parts.length - 1;
    if (parts.length === 2) hits.push({ file, source, faulty: parts.join(faulty) });
  }
  const [hit] = hits;
  if (hit === undefined || times !== 1)
    return `"${fault}": its text occurs ${times} times in ${place} and must occur once: ${text}`;
  try {
    stripTypeScriptTypes(hit.faulty);
  } catch (error) {
    // Any test would notice a file that does not load: the entry would prove nothing.
    return `"${fault}": ${hit.file} is no TypeScript with it: ${error instanceof Error ? error.message : error}`;
  }
  return hit;
}

/** What is wrong with the list: each entry whose text is not found once, and each test that does not exist. */
export function faultsOfList(root: string, mutations: readonly Mutation[]): readonly string[] {
  const missing = [...new Set(mutations.flatMap(({ tests }) => tests.flat()))]
    .filter(
      (path) => globSync(path.endsWith('.ts') ? path : `${path}/**/*.test.ts`, { cwd: root }).length === 0,
    )
    .map((path) => `there is no test at ${path}`);
  const unplanted = mutations
    .map((mutation) => plantingOf(root, mutation))
    .filter((planting) => typeof planting === 'string');
  return [...unplanted, ...missing];
}
