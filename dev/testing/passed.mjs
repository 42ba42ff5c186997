// Plain JavaScript, for dev/test.mjs: which tests need not run, since what they are about is as it was when they passed here.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

/** What every test runs on. */
const COMMON = [
  'package-lock.json',
  'vitest.config.ts',
  'test/dev/testing/open-handles.ts',
  'test/support/azurite-for-all.ts',
];

/**
 * Tests that are left out together, by the folder or file in which they lie, and what they are about: those of a
 * workspace with it and what it depends on, and the `long` ones.
 */
export function testGroups(root, long = []) {
  const workspaces = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    .workspaces.filter((folder) => existsSync(join(root, folder, 'test')))
    .map((folder) => ({ tests: folder, about: withDependencies(root, folder) }));
  return [...workspaces, ...long.map(({ tests, about }) => ({ tests, about: [tests, ...about] }))];
}

/**
 * A hash of what a group of tests is about, of what every test runs on, and of the `circumstances` of the machine.
 */
export function fingerprint(root, { about }, circumstances = '') {
  const hash = createHash('sha256').update(circumstances);
  for (const file of [...COMMON, ...about.flatMap((one) => filesIn(root, one))]) {
    const path = join(root, file);
    const content = existsSync(path) ? readFileSync(path) : '';
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The fingerprints with which groups passed on this machine, by where their tests lie. An unreadable record counts as none. */
export function readPassed(root) {
  try {
    const passed = JSON.parse(readFileSync(recordPath(root), 'utf8'));
    return typeof passed === 'object' && passed !== null ? passed : {};
  } catch {
    // Whether it is missing or damaged: then everything runs, which costs time and is never wrong.
    return {};
  }
}

export function writePassed(root, passed) {
  mkdirSync(dirname(recordPath(root)), { recursive: true });
  writeFileSync(recordPath(root), `${JSON.stringify(passed, null, 2)}\n`);
}

/** The groups of which vitest's report has test files, none of which failed or left anything out. */
export function passedIn(root, report, groups) {
  return groups.filter(({ tests }) => {
    const place = join(root, tests);
    const own = report.testResults.filter(({ name }) => `${normalize(name)}${sep}`.startsWith(place + sep));
    const states = own.flatMap((file) => [file.status, ...file.assertionResults.map(({ status }) => status)]);
    return own.length > 0 && states.every((state) => state === 'passed');
  });
}

/** In the cache, where `npm ci` clears it. */
function recordPath(root) {
  return join(root, 'node_modules', '.cache', 'tests-passed.json');
}

function withDependencies(root, folder, known = new Set()) {
  if (known.has(folder)) return [...known];
  known.add(folder);
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  );
  for (const at of Object.values({ ...dependencies, ...devDependencies })) {
    if (at.startsWith('file:')) {
      withDependencies(root, join(folder, at.slice('file:'.length)).replaceAll('\\', '/'), known);
    }
  }
  return [...known].sort();
}

function filesIn(root, folder) {
  if (!statSync(join(root, folder)).isDirectory()) return [folder];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesIn(root, path) : [path];
    });
}
