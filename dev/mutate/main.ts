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

/** How long each group of tests takes without a fault. */
const baselines = new Map<string, number>();
const survivors: Mutation[] = [];
const copies = await Promise.all(Array.from({ length: Number(values['at-once']) || 1 }, () => Copy.of(root)));
try {
  process.exitCode = await main();
} finally {
  await Promise.all(copies.map((copy) => copy.remove()));
}

async function main(): Promise<number> {
  const groups = new Map(wanted.flatMap(({ tests }) => tests.map((some) => [some.join(' '), some] as const)));
  const failing: string[] = [];
  await spread([...groups], async (copy, [key, tests]) => {
    const startedAt = performance.now();
    const { result, said } = await copy.run(tests, LONGEST_BASELINE_MS);
    baselines.set(key, performance.now() - startedAt);
    if (result !== 'passed') failing.push(`without any fault these tests do not pass: ${key}\n${said}`);
  });
  if (failing.length > 0) {
    console.error(failing.join('\n'));
    return 2;
  }
  let done = 0;
  await spread(wanted, async (copy, mutation) => {
    const by = await caughtBy(copy, mutation);
    if (by === undefined) survivors.push(mutation);
    done += 1;
    const place = `${String(done).padStart(3)}/${wanted.length}`;
    console.log(
      `${place}  ${by === undefined ? 'SURVIVED' : 'caught  '}  ${mutation.place}: ${mutation.fault}${by === undefined ? '' : `  [${by}]`}`,
    );
  });
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
  return copy.withFault(planting, async () => {
    for (const tests of mutation.tests) {
      const baseline = baselines.get(tests.join(' ')) ?? 0;
      const run = await copy.run(tests, Math.max(LEAST_PATIENCE_MS, HUNG_AFTER * baseline));
      if (run.result !== 'passed') return witness(run, mutation);
    }
    return undefined;
  });
}

function witness({ result, failed, said }: TestRun, { fault }: Mutation): string {
  if (result === 'hung') return 'the tests never end';
  if (failed === undefined)
    throw new Error(`"${fault}": no test failed, and the tests did not pass:\n${said}`);
  return failed;
}

/** Does the work in all copies at a time, one piece per copy. */
async function spread<Piece>(
  pieces: readonly Piece[],
  act: (copy: Copy, piece: Piece) => Promise<void>,
): Promise<void> {
  const waiting = pieces.values();
  await Promise.all(
    copies.map(async (copy) => {
      for (const piece of waiting) await act(copy, piece);
    }),
  );
}
