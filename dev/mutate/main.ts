// Usage: npm run mutate [-- --only TEXT] [--at-once N]
//
// Plants one fault after another into a copy of the sources and runs the tests that say what the file does: each has to
// notice. Exit status 1 when fewer than 95 % do, 2 when an entry of the list does not fit the sources. TEXT picks
// mutations by place or fault.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Copy, type TestRun } from './copy.ts';
import { mutations } from './list/all.ts';
import type { Mutation } from './mutation.ts';
import { faultsOfList, plantingOf } from './plant.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LEAST_CAUGHT = 0.95;
/** Tests that take so many times what they take without a fault wait for ever. */
const HUNG_AFTER = 6;
const LEAST_PATIENCE_MS = 120_000;
const LONGEST_BASELINE_MS = 900_000;

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, 'at-once': { type: 'string', default: '2' } },
});
const wanted = mutations.filter(({ place, fault }) => `${place} ${fault}`.includes(values.only));
if (wanted.length === 0) {
  console.error(`no mutation is about "${values.only}"`);
  process.exit(2);
}
const wrong = faultsOfList(root, mutations);
if (wrong.length > 0) {
  console.error(`dev/mutate/list does not fit the sources; mend it:\n${wrong.join('\n')}`);
  process.exit(2);
}

/** How long each group of tests takes without a fault, once somebody asked. */
const baselines = new Map<string, Promise<number>>();
const survivors: Mutation[] = [];
const copies = await Promise.all(Array.from({ length: Number(values['at-once']) || 1 }, () => Copy.of(root)));
try {
  process.exitCode = await main();
} finally {
  await Promise.all(copies.map((copy) => copy.remove()));
}

async function main(): Promise<number> {
  const waiting = wanted.values();
  let done = 0;
  await Promise.all(
    copies.map(async (copy) => {
      for (const mutation of waiting) {
        const by = await caughtBy(copy, mutation);
        if (by === undefined) survivors.push(mutation);
        done += 1;
        const said = by === undefined ? 'SURVIVED' : `caught by ${by}`;
        console.log(
          `${String(done).padStart(3)}/${wanted.length}  ${mutation.place}: ${mutation.fault}\n         ${said}`,
        );
      }
    }),
  );
  const caught = wanted.length - survivors.length;
  const share = caught / wanted.length;
  console.log(`\n${caught} of ${wanted.length} faults were caught (${(share * 100).toFixed(1)} %).`);
  for (const { place, fault } of survivors) console.log(`survived: ${place}: ${fault}`);
  return share >= LEAST_CAUGHT ? 0 : 1;
}

/** The test that notices the fault; `undefined` when none does. */
async function caughtBy(copy: Copy, mutation: Mutation): Promise<string | undefined> {
  const planting = plantingOf(root, mutation);
  if (typeof planting === 'string') throw new Error(planting);
  for (const tests of mutation.tests) {
    const patience = Math.max(LEAST_PATIENCE_MS, HUNG_AFTER * (await baselineOf(copy, tests)));
    const run = await copy.withFault(planting, () => copy.run(tests, patience));
    if (run.result !== 'passed') return witness(run, mutation);
  }
  return undefined;
}

function baselineOf(copy: Copy, tests: readonly string[]): Promise<number> {
  const key = tests.join(' ');
  const known = baselines.get(key) ?? measure(copy, tests);
  baselines.set(key, known);
  return known;
}

/** Tests that fail anyway would seem to catch everything. */
async function measure(copy: Copy, tests: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const { result, said } = await copy.run(tests, LONGEST_BASELINE_MS);
  if (result !== 'passed')
    throw new Error(`without any fault these do not pass: ${tests.join(' ')}\n${said}`);
  return Math.ceil(performance.now() - startedAt);
}

function witness({ result, failed, said }: TestRun, { fault }: Mutation): string {
  if (result === 'hung') return 'the tests never end';
  if (failed === undefined)
    throw new Error(`"${fault}": no test failed, and the tests did not pass:\n${said}`);
  return failed;
}
