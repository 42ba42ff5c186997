// Plain JavaScript, for dev/test.mjs: the unit tests that a quick look runs.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { SDKS } from '../sdk.mjs';

const CODE = /\.(tsx?|mts|mjs|js)$/;
const TEST = /(?<!\.(browser|former))\.test\.ts$/;
/** They start a stack each. */
const JOURNEY = /^test\/(journeys|kinds\/[^/]+\/journeys|chaos|upgrade\/stacks)\//;
/** More test files than run within a minute on two cores. */
const MOST = 30;

/**
 * The arguments with which vitest runs the unit tests that reach what changed since the last commit: `files` and all
 * that they are imported by. Where those are too many for a quick look, the ones that reach it by the fewest imports;
 * `notes` say so.
 */
export function nearestTests(root) {
  const changed = changedFiles(root);
  if (changed === undefined) return without('this is no git checkout, so nobody knows what changed');
  const tests = testsOf(root, changed);
  if (tests.length === 0) return without('nothing changed since the last commit that a unit test reaches');
  const left = tests.length - MOST;
  const note = `QUICK: ${Math.min(tests.length, MOST)} test files that reach what changed since the last commit, no journeys.`;
  const more = ` ${left} more reach it from further away and were left out: npm test runs them.`;
  return {
    arguments: ['--project', 'unit', '--project', 'counted', ...tests.slice(0, MOST)],
    notes: [left > 0 ? note + more : note],
  };
}

function without(reason) {
  return {
    arguments: [
      '--project',
      'unit',
      '--project',
      'counted',
      'test/architecture.test.ts',
      'test/workspaces.test.ts',
    ],
    notes: [`QUICK: ${reason}; only the tests of the architecture run.`],
  };
}

/** Changed, added and untracked files; `undefined` without git. */
function changedFiles(root) {
  try {
    const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    const found = [
      git('diff', '--name-only', '--relative', 'HEAD'),
      git('ls-files', '--others', '--exclude-standard'),
    ];
    return found.flatMap((names) => names.split('\n')).filter(Boolean);
  } catch {
    // No git, no repository, or no commit yet; the caller says so.
    return undefined;
  }
}

/** Test files that import a changed file, or what imports it, and so on: the nearest first. */
export function testsOf(root, changed) {
  const importers = importersOf(root);
  const distance = new Map(changed.filter((file) => CODE.test(file)).map((file) => [file, 0]));
  for (const [file, steps] of distance) {
    for (const importer of importers.get(file) ?? []) {
      if (!distance.has(importer)) distance.set(importer, steps + 1);
    }
  }
  return [...distance]
    .filter(([file]) => TEST.test(file) && !JOURNEY.test(file) && existsSync(join(root, file)))
    .sort(([, a], [, b]) => a - b)
    .map(([file]) => file);
}

/** Who imports each file, by relative paths; and each SDK, by the name that stands for either. */
function importersOf(root) {
  const importers = new Map();
  for (const file of ['app', 'functions', 'shared', 'dev', 'bench', 'test'].flatMap((room) =>
    codeIn(root, room),
  )) {
    for (const [, specifier] of readFileSync(join(root, file), 'utf8').matchAll(
      /['"](\.\.?\/[^'"\n]+|#bot-sdk)['"]/g,
    )) {
      const targets = specifier.startsWith('#')
        ? Object.values(SDKS)
        : [relative(root, join(root, dirname(file), specifier)).replaceAll(sep, '/')];
      for (const target of targets) importers.set(target, [...(importers.get(target) ?? []), file]);
    }
  }
  return importers;
}

function codeIn(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return codeIn(root, path);
    return CODE.test(entry.name) ? [path] : [];
  });
}
