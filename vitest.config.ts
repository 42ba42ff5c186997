import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { hasFormerRelease } from './dev/former/former-release.mjs';
import { projectNode } from './dev/install.mjs';
import { SDKS, sdkOf } from './dev/sdk.mjs';
import { findAlertmanager } from './dev/stack/alertmanager.mjs';
import { findChromium } from './dev/stack/chromium.mjs';
import { findDotnet } from './dev/stack/dotnet.mjs';

// The tests run on the Node that the product runs on, whichever Node started vitest: the worker processes are
// forked from this path.
const root = fileURLToPath(new URL('.', import.meta.url));
if (existsSync(projectNode(root))) process.execPath = projectNode(root);

// The tests of the tools ask for no more than this variable.
const chromium = findChromium();
if (chromium !== undefined) process.env.CHROMIUM_PATH = chromium;

const browserTests = '{test,dev/*/test}/**/*.browser.test.ts';
/** These count what the engine runs, from before the product is loaded. */
const countedTests = ['test/linear/**/*.test.ts', 'test/kinds/*/linear.test.ts'];
const formerTests = 'test/**/*.former.test.ts';
/** Of the product, of its tools, of what is one's own, and of what `notifier new` writes. */
const tests = [
  'test/**/*.test.ts',
  'dev/*/test/**/*.test.ts',
  'app/**/*.test.ts',
  'dev/cli/new/templates/*.test.ts',
];
// Said by dev/test.mjs: the option --exclude does not reach projects that exclude something themselves.
const leftOut = (process.env.TESTS_LEFT_OUT ?? '')
  .split(',')
  .filter(Boolean)
  .map((place) => (place.endsWith('.ts') ? place : `${place}/**`));
const journeys = [
  'test/kinds/*/journeys/**/*.test.ts',
  'test/journeys/**/*.test.ts',
  'test/chaos/**/*.test.ts',
  'test/upgrade/stacks/**/*.test.ts',
  formerTests,
];
const notHere = [
  ...(hasFormerRelease(root) ? [] : [formerTests]),
  ...(findDotnet() === undefined ? ['test/journeys/dotnet.test.ts'] : []),
  ...(findAlertmanager() === undefined ? ['test/kinds/hooks/journeys/alertmanager.test.ts'] : []),
];

export default defineConfig({
  resolve: { alias: { '#bot-sdk': fileURLToPath(new URL(SDKS[sdkOf(process.env)], import.meta.url)) } },
  test: {
    pool: 'forks',
    // Ends worker processes that do not end by themselves, and the run with them.
    teardownTimeout: 10_000,
    globalSetup: ['test/support/azurite-for-all.ts'],
    setupFiles: ['test/dev/testing/open-handles.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: tests,
          exclude: [...configDefaults.exclude, browserTests, ...journeys, ...countedTests, ...leftOut],
          // Vitest's own default leaves one core out: on two cores that is one file at a time.
          maxWorkers: '100%',
          // A process runs one file after the other and keeps what it has loaded. No module of ours holds anything between
          // calls that a test could change; what a file leaves open, open-handles.ts finds after each.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'counted',
          include: countedTests,
          exclude: [...configDefaults.exclude, ...leftOut],
          maxWorkers: '100%',
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: journeys,
          exclude: [...configDefaults.exclude, browserTests, ...notHere, ...leftOut],
          // Each journey starts a stack of its own, and mostly waits for it: three at a time, after the unit tests.
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browserTests],
          exclude: [...configDefaults.exclude, ...(chromium === undefined ? [browserTests] : []), ...leftOut],
          // They wait as much as the journeys do, and share their places.
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
