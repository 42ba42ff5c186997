#!/usr/bin/env node
// `npm test [-- <arguments of vitest>]`: type check, lint, build, then all tests. Plain JavaScript for Node 20 and
// newer: it installs what is missing before it uses any package. The lint always includes the format; with
// `--format` (`npm run check`) it is called so.
//
// The tests of a workspace, and the long ones (`testing/long-tests.mjs`), are left out while what they are about is as it was
// when they passed on this machine, and this is said; `--all` runs them, and before them, for the SDK that is not the default
// (sdk.mjs), what touches it; `--sdk agents` runs the latter alone. `--quick` runs the unit tests that reach what changed since
// the last commit, and no journey.
//
// Every step runs, also after one that failed, so that one run shows everything; the exit status is 0 only when
// all went well. The last line is `N passed, N failed`, for programs that read it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasFormerRelease } from './former/former-release.mjs';
import { InstallError, installWhatIsMissing, projectNode } from './install.mjs';
import { refuseOldNode } from './node-version.mjs';
import { SDKS, sdkOf, takeSdk, UnknownSdk } from './sdk.mjs';
import { findAlertmanager } from './stack/alertmanager.mjs';
import { findChromium } from './stack/chromium.mjs';
import { findDotnet } from './stack/dotnet.mjs';
import { LONG_TESTS } from './testing/long-tests.mjs';
import { nearestTests } from './testing/nearest-tests.mjs';
import { fingerprint, passedIn, readPassed, testGroups, writePassed } from './testing/passed.mjs';
import { placesOf } from './testing/places.mjs';
import { SDK_TESTS, SDK_TESTS_OF_ALL } from './testing/sdk-tests.mjs';
import { countTests, readReport, summaryLine, sumOf } from './testing/test-report.mjs';

refuseOldNode();
const root = fileURLToPath(new URL('..', import.meta.url));
const chromium = findChromium();
const hasFormer = hasFormerRelease(root);
const INTERRUPTED = 130;
const children = new Set();
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    for (const child of children) child.kill(signal);
  });
}

const options = optionsWithoutSdk();
const [DEFAULT_SDK] = Object.keys(SDKS);
const lint = options.includes('--format') ? 'lint and format' : 'lint';
const isAll = options.includes('--all');
const isQuick = options.includes('--quick');
const own = ['--format', '--all', '--quick'];
process.exitCode = await main(
  placesOf(
    root,
    options.filter((option) => !own.includes(option)),
  ),
);

async function main(vitestArguments) {
  if (!chromium && process.env.REQUIRE_BROWSER === '1') {
    console.error(
      'REQUIRE_BROWSER=1, and no Chromium was found: install one, or name it with CHROMIUM_PATH.',
    );
    return 1;
  }
  if (!hasFormer && process.env.REQUIRE_FORMER === '1') {
    console.error(
      'REQUIRE_FORMER=1, and the history of this checkout lacks the former release: git fetch --unshallow',
    );
    return 1;
  }
  try {
    await installWhatIsMissing(root, { onSpawn: (npm) => children.add(npm) });
  } catch (error) {
    console.error(error instanceof InstallError ? error.message : error);
    return 1;
  }

  const colors = process.stdout.isTTY === true;
  const bin = (...path) => join(root, 'node_modules', ...path);
  const checks = await Promise.all([
    check('type check', [bin('typescript', 'bin', 'tsc'), '--noEmit', '--pretty', String(colors)]),
    check('type check of the console', [
      ...[bin('typescript', 'bin', 'tsc'), '--noEmit', '--pretty', String(colors)],
      ...['--project', join(root, 'dev', 'console')],
    ]),
    check(lint, [bin('@biomejs', 'biome', 'bin', 'biome'), 'check', `--colors=${colors ? 'force' : 'off'}`]),
  ]);
  const runs = [];
  for (const [sdk, arguments_] of runsOf(vitestArguments)) {
    const variables = { NOTIFIER_SDK: sdk };
    checks.push(await check(`build with ${sdk}`, [join(root, 'dev', 'build.ts')], variables));
    if (sdk !== DEFAULT_SDK) console.log(`\nWith ${sdk}:`);
    runs.push(await runTests(arguments_, variables));
  }
  const counts = sumOf(runs.map((each) => each.counts));

  if (!chromium) {
    console.log(
      '\n*** NO CHROMIUM FOUND: THE BROWSER JOURNEYS DID NOT RUN. Install one or set CHROMIUM_PATH. ***',
    );
  }
  if (!hasFormer) {
    console.log(
      '\n*** NO HISTORY OF THE FORMER RELEASE: THE TESTS BESIDE IT DID NOT RUN. Get it: git fetch --unshallow. ***',
    );
  }
  if (findDotnet() === undefined) {
    console.log('\n*** NO .NET SDK FOUND: THE JOURNEY OF THE .NET CLIENT DID NOT RUN. ***');
  }
  if (findAlertmanager() === undefined) {
    console.log('\n*** NO ALERTMANAGER FOUND: ITS JOURNEY DID NOT RUN. Install prometheus-alertmanager. ***');
  }
  for (const note of [...runs.flatMap(({ notes }) => notes), ...counts.notes]) console.log(note);
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
  if (failed.length > 0) console.log(`FAILED, see above: ${failed.join(', ')}`);
  console.log(summaryLine(counts));
  if (interrupted) return INTERRUPTED;
  return runs.every(({ status }) => status === 0) && counts.failed === 0 && failed.length === 0 ? 0 : 1;
}

/** What is run with which SDK, in this order: dist/app is left as the last one has it. */
function runsOf(vitestArguments) {
  const asked = sdkOf(process.env);
  const isWhole = vitestArguments.length === 0 && !isQuick;
  if (asked !== DEFAULT_SDK) return [[asked, isWhole ? SDK_TESTS : vitestArguments]];
  const others = isWhole && isAll ? Object.keys(SDKS).filter((sdk) => sdk !== DEFAULT_SDK) : [];
  return [...others.map((sdk) => [sdk, SDK_TESTS_OF_ALL]), [DEFAULT_SDK, vitestArguments]];
}

function optionsWithoutSdk() {
  try {
    return takeSdk(process.argv.slice(2), process.env);
  } catch (error) {
    if (!(error instanceof UnknownSdk)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/** Runs the tests that are asked for; `notes` say which ones were not, and why. */
async function runTests(vitestArguments, variables) {
  const isWhole = vitestArguments.length === 0 && !isQuick;
  const groups = testGroups(root, LONG_TESTS);
  const able = JSON.stringify([chromium ?? '', hasFormer, findDotnet() ?? '']);
  const now = Object.fromEntries(groups.map((group) => [group.tests, fingerprint(root, group, able)]));
  const before = readPassed(root);
  const isUnchanged = ({ tests }) => before[tests] === now[tests];
  const unchanged = isWhole && !isAll ? groups.filter(isUnchanged).map(({ tests }) => tests) : [];
  const quick = isQuick ? nearestTests(root) : { arguments: [], notes: [] };
  const notes = [...quick.notes, ...(unchanged.length === 0 ? [] : [leftOut(unchanged)])];
  for (const note of notes) console.log(note);

  const folder = mkdtempSync(join(tmpdir(), 'notifier-test-'));
  const report = join(folder, 'report.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const status = await run(
    [
      ...[vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ...[...quick.arguments, ...vitestArguments],
    ],
    undefined,
    { ...variables, TESTS_LEFT_OUT: unchanged.join(','), ...(isAll ? { TESTS_ALL: '1' } : {}) },
  );
  const counts = countTests(report, status);
  if (isWhole && !interrupted) {
    const passed = passedIn(root, readReport(report), groups).map(({ tests }) => tests);
    writePassed(root, Object.fromEntries([...unchanged, ...passed].map((one) => [one, now[one]])));
  }
  rmSync(folder, { recursive: true, force: true });
  return { status, counts, notes };
}

function leftOut(tests) {
  return `LEFT OUT, what they are about is unchanged since they passed here: the tests in ${tests.join(', ')}. npm test -- --all runs them.`;
}

/** A step whose output matters only when it fails. */
async function check(name, args, variables = {}) {
  const output = [];
  const startedAt = performance.now();
  const status = await run(args, (text) => output.push(text), variables);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status !== 0) console.log(output.join(''));
  return { name, ok: status === 0 };
}

/** Exit status of a program under the project's Node; its output goes to `onText`, or straight through. */
function run(args, onText, variables = {}) {
  if (interrupted) return INTERRUPTED;
  return new Promise((resolve) => {
    const child = spawn(projectNode(root), args, {
      cwd: root,
      env: { ...process.env, ...(chromium ? { CHROMIUM_PATH: chromium } : {}), ...variables },
      stdio: onText ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    children.add(child);
    if (onText)
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onText);
    child.once('error', (error) => {
      onText?.(`${error.message}\n`);
      resolve(1);
    });
    child.once('close', (code) => {
      children.delete(child);
      resolve(code ?? 1);
    });
  });
}
