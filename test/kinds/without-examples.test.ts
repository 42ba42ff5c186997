import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The examples can be thrown away: their folders, the folders of their tests, and their lines in app/app.ts. What is made
// of the kinds that are on, `npm run generate` makes anew.

const EXAMPLES = ['hotels', 'travel'];
/** With `WHOLE=1` the unit tests of these run too, which takes minutes. */
const FOLDERS = ['domain', 'use-cases', 'chat', 'catalog', 'kinds', 'locale', 'functions'];
const MINUTE = 60_000;

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
let tree: string;

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'notifier-without-examples-'));
  const left = new Set(['node_modules', '.git', '.local', '.ci', 'dist']);
  for (const name of await readdir(root)) {
    if (left.has(name)) continue;
    const filter = (path: string) => !path.startsWith(join(root, 'test', 'artifacts'));
    await cp(join(root, name), join(tree, name), { recursive: true, filter });
  }
  await symlink(join(root, 'node_modules'), join(tree, 'node_modules'), 'junction');
  for (const example of EXAMPLES) {
    for (const folder of ['shared', 'test'])
      await rm(join(tree, folder, 'kinds', example), { recursive: true });
  }
  await rm(join(tree, 'test', 'kinds', 'without-examples.test.ts'));
  const registration = join(tree, 'app', 'app.ts');
  const lines = (await readFile(registration, 'utf8')).split('\n');
  const rest = lines.filter((line) => !EXAMPLES.some((example) => line.includes(`/kinds/${example}/`)));
  expect(rest).toHaveLength(lines.length - EXAMPLES.length);
  await writeFile(registration, rest.join('\n'));
}, MINUTE);

afterAll(async () => {
  await rm(tree, { recursive: true, force: true });
});

/** What a program of the project says in the tree, where it finds something wrong. */
async function complaintsOf(...words: readonly string[]): Promise<string> {
  const { WHOLE: _once, ...env } = process.env;
  return run(process.execPath, words, { cwd: tree, env, maxBuffer: 64 * 1024 * 1024 }).then(
    () => '',
    ({ stdout, stderr }: { readonly stdout?: string; readonly stderr?: string }) =>
      `${stdout ?? ''}${stderr ?? ''}`.slice(-20_000) || 'it did not run',
  );
}

describe('without the examples', () => {
  it('everything else is right by its types', { timeout: 3 * MINUTE }, async () => {
    expect(await complaintsOf('node_modules/typescript/bin/tsc', '--noEmit')).toBe('');
  });

  it.runIf(process.env.WHOLE === '1')('the other tests are green', { timeout: 20 * MINUTE }, async () => {
    expect(await complaintsOf('dev/run.mjs', 'dev/generate.ts')).toBe('');
    const folders = FOLDERS.map((folder) => `test/${folder}/`);
    expect(
      await complaintsOf(
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project',
        'unit',
        '--reporter=dot',
        ...folders,
      ),
    ).toBe('');
  });
});
