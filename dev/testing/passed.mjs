// Plain JavaScript, for dev/test.mjs: which tools need no tests, since nothing of theirs changed after they passed here.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

/** What every test runs on. */
const COMMON = [
  'package-lock.json',
  'vitest.config.ts',
  'test/dev/testing/open-handles.ts',
  'test/support/azurite-for-all.ts',
];

/** The workspaces that have tests of their own, by their folders. */
export function testedWorkspaces(root) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces.filter((folder) =>
    existsSync(join(root, folder, 'test')),
  );
}

/**
 * A hash of everything on which the outcome of a workspace's tests rests: its files, those of the workspaces that it
 * depends on, the lock file, the runner's configuration, and `circumstances` of the machine.
 */
export function fingerprint(root, folder, circumstances = '') {
  const hash = createHash('sha256').update(circumstances);
  const files = [...COMMON, ...withDependencies(root, folder).flatMap((one) => filesIn(root, one))];
  for (const file of files) {
    const path = join(root, file);
    const content = existsSync(path) ? readFileSync(path) : '';
    hash.update(`\0${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** The fingerprints with which workspaces passed on this machine, by folder. An unreadable record counts as none. */
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

/** The workspaces of which vitest's report has test files, none of which failed or left anything out. */
export function passedIn(root, report, folders) {
  return folders.filter((folder) => {
    const own = report.testResults.filter(({ name }) => normalize(name).startsWith(join(root, folder) + sep));
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
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesIn(root, path) : [path];
    });
}
