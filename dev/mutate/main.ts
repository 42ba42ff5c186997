// Usage: npm run mutate [-- --only TEXT]
//
// Plants one fault after another into a copy of the sources and runs the tests that say what the file does: each has to
// notice. Exit status 1 when fewer than 95 % do. TEXT picks mutations by file or fault.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Mutation, mutations } from './mutations.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const LEAST_CAUGHT = 0.95;
/** A fault may make the tests wait for ever. */
const LONGEST_MS = 300_000;
const COPIED = [
  'app',
  'bench',
  'dev',
  'docs',
  'functions',
  'infra',
  'shared',
  'test',
  'host.json',
  'package.json',
];
const CONFIGS = ['tsconfig.json', 'vitest.config.ts'];

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const wanted = mutations.filter(({ file, fault }) => `${file} ${fault}`.includes(values.only));
if (wanted.length === 0) {
  console.error(`no mutation is about "${values.only}"`);
  process.exit(2);
}

/** The end of what the tests said last: where they fail without a fault, it says why. */
let lastSaid = '';

const copy = await mkdtemp(join(tmpdir(), 'notifier-mutate-'));
try {
  process.exitCode = await run();
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function run(): Promise<number> {
  for (const path of [...COPIED, ...CONFIGS])
    await cp(join(root, path), join(copy, path), { recursive: true, verbatimSymlinks: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const tests of new Set(wanted.flatMap((mutation) => mutation.tests))) {
    if (!(await passes(tests))) {
      console.error(`without any fault these tests do not pass: ${tests.join(' ')}\n${lastSaid}`);
      return 2;
    }
  }
  const survivors: Mutation[] = [];
  for (const [index, mutation] of wanted.entries()) {
    const isCaught = await caught(mutation);
    if (!isCaught) survivors.push(mutation);
    console.log(
      `${String(index + 1).padStart(3)}/${wanted.length}  ${isCaught ? 'caught  ' : 'SURVIVED'}  ${mutation.file}: ${mutation.fault}`,
    );
  }
  const share = 1 - survivors.length / wanted.length;
  console.log(
    `\n${wanted.length - survivors.length} of ${wanted.length} faults were caught (${(share * 100).toFixed(1)} %).`,
  );
  return share >= LEAST_CAUGHT ? 0 : 1;
}

async function caught({ file, text, faulty, tests, fault }: Mutation): Promise<boolean> {
  const path = join(copy, file);
  const source = await readFile(path, 'utf8');
  const parts = source.split(text);
  if (parts.length !== 2)
    throw new Error(
      `"${fault}": the text occurs ${parts.length - 1} times in ${file} and must occur once; mend the list`,
    );
  await writeFile(path, parts.join(faulty));
  try {
    for (const some of tests) if (!(await passes(some))) return true;
    return false;
  } finally {
    await writeFile(path, source);
  }
}

/** Whether the tests pass in the copy; the first that fails is enough. */
function passes(tests: readonly string[]): Promise<boolean> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--project', 'unit', '--bail', '1', '--reporter', 'dot', ...tests];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: copy,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_MS,
    });
    let said = '';
    const hear = (part: Buffer) => {
      said = `${said}${part}`.slice(-5000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => {
      lastSaid = said;
      resolve(code === 0);
    });
  });
}
