import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../../dev/build.ts';
import { projectNode } from '../../../dev/install.mjs';

const fixtures = join(import.meta.dirname, 'fixtures');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-build-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ran {
  readonly model: string;
  readonly functions: readonly string[];
  readonly answer?: unknown;
  readonly loaded: readonly string[];
}

async function runBare(outDir: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const args = ['--disable-warning=DEP0040', join(fixtures, 'bare-host.mjs'), join(outDir, 'main.mjs')];
  // Far from node_modules, and without the variables of the test runner: a bare process.
  const { stdout } = await promisify(execFile)(projectNode(process.cwd()), args, { cwd: folder, env });
  return JSON.parse(stdout);
}

describe('the built app', () => {
  it.each([
    { minify: true, title: 'minified' },
    { minify: false, title: 'readable' },
  ])('$title, loads without node_modules and works with every package', async ({ minify, title }) => {
    const outDir = join(folder, title);
    const result = await build({ outDir, entry: join(fixtures, 'app', 'main.ts'), minify });
    const { loaded: _parts, ...ran } = await runBare(outDir);
    expect(ran).toEqual({
      model: '@azure/functions',
      functions: ['hello', 'settings'],
      answer: ['ManagedIdentityCredential', 'Pool', 'ServiceBusClient', 'TableClient', 'TurnContext'],
    });
    expect(result.warnings).toEqual([]);
    expect(result.startBytes).toBeLessThan(result.totalBytes / 10);
    // What stays outside is said, and it is only what its importers can do without.
    expect(result.leftOut).toEqual(['bufferutil', 'encoding', 'utf-8-validate']);
  });

  it('has what it imports at once in one file, which is the same for what is loaded later, also while the start waits for it', async () => {
    const [outDir, entry] = [join(folder, 'parts'), join(folder, 'parts.ts')];
    await writeFile(join(folder, 'shared.ts'), 'export const counter = { value: 0 };\n');
    await writeFile(join(folder, 'other.ts'), "export { counter as same } from './shared.ts';\n");
    const add = "import { counter } from './shared.ts';\nimport { same } from './other.ts';\n";
    for (const late of ['late', 'later'])
      await writeFile(join(folder, `${late}.ts`), `${add}counter.value += same === counter ? 1 : 100;\n`);
    const print = 'console.log(JSON.stringify(counter));';
    const lines = [add, "await import('./late.ts');", "await import('./later.ts');", print];
    await writeFile(entry, lines.join('\n'));
    await build({ outDir, entry });
    for (const file of ['main.mjs', 'chunks/start.mjs'])
      expect(await readFile(join(outDir, file), 'utf8')).not.toMatch(/from ?"[^"]*-[^"]*"/);
    const { stdout } = await promisify(execFile)(projectNode(process.cwd()), [join(outDir, 'main.mjs')]);
    expect(JSON.parse(stdout)).toEqual({ value: 2 });
  });

  it('keeps apart in that file what two of its parts call the same', async () => {
    const [outDir, entry] = [join(folder, 'names'), join(folder, 'names.ts')];
    await writeFile(join(folder, 'one.ts'), 'export const name = () => 1;\n');
    await writeFile(join(folder, 'two.ts'), 'export const name = () => 2;\n');
    const both = "import { name } from './one.ts';\nimport { name as other } from './two.ts';\n";
    await writeFile(join(folder, 'first.ts'), `${both}export const said = name() * 10 + other();\n`);
    await writeFile(
      join(folder, 'second.ts'),
      "import { name } from './two.ts';\nexport const said = name();\n",
    );
    const print = 'console.log(JSON.stringify([name(), other(), first.said, second.said]));';
    const lines = [
      "const first = await import('./first.ts');",
      "const second = await import('./second.ts');",
    ];
    await writeFile(entry, [both, ...lines, print].join('\n'));
    await build({ outDir, entry });
    expect(await readdir(join(outDir, 'chunks'))).toHaveLength(6);
    const { stdout } = await promisify(execFile)(projectNode(process.cwd()), [join(outDir, 'main.mjs')]);
    expect(JSON.parse(stdout)).toEqual([1, 2, 12, 2]);
  });

  it('loads later what a part of that file asks for, wherever the part was', async () => {
    const [outDir, entry] = [join(folder, 'nested'), join(folder, 'nested.ts')];
    await writeFile(join(folder, 'leaf.ts'), "export const leaf = 'leaf';\n");
    await writeFile(join(folder, 'branch.ts'), "export const grow = () => import('./leaf.ts');\n");
    const grow = "import { grow } from './branch.ts';\n";
    await writeFile(join(folder, 'tree.ts'), `${grow}export const tree = await grow();\n`);
    const print = 'console.log((await grow()).leaf, tree.leaf);';
    await writeFile(entry, [grow, "const { tree } = await import('./tree.ts');", print].join('\n'));
    await build({ outDir, entry });
    const { stdout } = await promisify(execFile)(projectNode(process.cwd()), [join(outDir, 'main.mjs')]);
    expect(stdout.trim()).toBe('leaf leaf');
  });

  it('registers its functions without what only their calls need', async () => {
    const outDir = join(folder, 'app');
    await build({ outDir });
    expect(await readdir(join(outDir, 'chunks'))).toEqual(expect.arrayContaining(['start.mjs', 'world.mjs']));
    const { functions, loaded } = await runBare(outDir, {
      NOTIFIER_LISTENS_ON: '127.0.0.1',
      TablesConnection__tableServiceUri: 'https://nowhere.invalid',
      ServiceBusConnection__fullyQualifiedNamespace: 'nowhere.invalid',
    });
    expect(functions).toHaveLength(13);
    expect(['crypto', 'http', 'https', 'tls', 'zlib'].filter((part) => loaded.includes(part))).toEqual([]);
  });

  it('has the host settings, a package.json without dependencies, and no file of an earlier build', async () => {
    const outDir = join(folder, 'whole');
    const entry = join(folder, 'small.ts');
    await writeFile(entry, 'console.log(import.meta.url);\n');
    await build({ outDir, entry });
    await writeFile(join(outDir, 'stale.mjs'), '');
    await build({ outDir, entry });
    expect(JSON.parse(await readFile(join(outDir, 'package.json'), 'utf8'))).toEqual({
      name: 'proactive-notifier',
      version: expect.any(String),
      type: 'module',
      main: 'main.mjs',
    });
    expect(await readFile(join(outDir, 'host.json'), 'utf8')).toBe(await readFile('host.json', 'utf8'));
    expect(await readdir(outDir)).not.toContain('stale.mjs');
  });
});

describe('a build that would break at run time', () => {
  it('is refused where a CommonJS package is imported dynamically, and leaves no half app behind', async () => {
    const outDir = join(folder, 'lazy');
    const entry = join(fixtures, 'app', 'lazy-commonjs.ts');
    await expect(build({ outDir, entry })).rejects.toThrow(
      /lazy-commonjs\.ts imports "botbuilder" dynamically/,
    );
    expect(await readdir(folder)).not.toContain('lazy');
  });

  it('is refused where an import leads nowhere, and names it', async () => {
    const entry = join(folder, 'nowhere.ts');
    await writeFile(entry, "import './missing.ts';\n");
    await expect(build({ outDir: join(folder, 'out'), entry })).rejects.toThrow(
      /Could not resolve "\.\/missing\.ts"/,
    );
  });
});
