// Usage: node dev/run.mjs dev/package/release-notes.ts TAG
//
// Prints what CHANGELOG.md says of the version that a tag (v1.2.3) names. Exit status 1 where package.json has another version,
// or the changelog says nothing of it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** A tag that is no release of this source; the message says what to mend. */
export class ReleaseRefused extends Error {}

/** The notes of the version that `tag` names. Throws `ReleaseRefused`. */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`) {
    throw new ReleaseRefused(
      `the tag is ${tag}, and package.json has the version ${version}; both must name the same`,
    );
  }
  const sections = changelog.split(/^## /m).slice(1);
  const own = sections.find(
    (section) => section.startsWith(`${version} `) || section.startsWith(`[${version}]`),
  );
  const notes = own?.slice(own.indexOf('\n')).trim() ?? '';
  if (notes !== '') return `${notes}\n`;
  throw new ReleaseRefused(
    `CHANGELOG.md has no section "## ${version} - <date>" with something in it: rename "Unreleased"`,
  );
}

if (import.meta.main) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  try {
    const text = await readFile(join(root, 'package.json'), 'utf8');
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(text));
    const changelog = await readFile(join(root, 'CHANGELOG.md'), 'utf8');
    process.stdout.write(releaseNotes(process.argv[2] ?? '', version, changelog));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
