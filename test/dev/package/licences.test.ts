import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BuildResult, build } from '../../../dev/build.ts';
import { packageApp } from '../../../dev/package/app-package.ts';
import { bundledPackages, LicenceRefused } from '../../../dev/package/licences/bundled-packages.ts';
import { notice, noticeFaults } from '../../../dev/package/licences/notice.ts';
import { sbom } from '../../../dev/package/licences/sbom.ts';

const app = { name: 'notifier', version: '1.2.3' };

describe('the licences of the built app', () => {
  let folder: string;
  let built: readonly BuildResult[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'notifier-licences-'));
    built = [await build({ outDir: join(folder, 'first') }), await build({ outDir: join(folder, 'second') })];
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are all in its NOTICE, each package with a text', async () => {
    const [{ packages, outDir } = { packages: [], outDir: '' }] = built;
    expect(packages.length).toBeGreaterThan(70);
    const text = await readFile(join(outDir, 'NOTICE.txt'), 'utf8');
    expect(noticeFaults(text, packages)).toEqual([]);
    expect(packages.filter((one) => !/permission|redistribution|apache license/i.test(one.text))).toEqual([]);
  });

  it('make the same bytes from the same source, as do the bill and the zip', async () => {
    const made = await Promise.all(
      built.map(async ({ outDir, packages }) => ({
        zip: await readFile((await packageApp(outDir, `${outDir}.zip`)).file, 'base64'),
        bill: sbom(app, packages),
      })),
    );
    expect(made[1]).toEqual(made[0]);
  });

  it('are in the bill of materials, whose parts all have a hash of the registry and name only each other', () => {
    const packages = built[0]?.packages ?? [];
    const bill = JSON.parse(sbom(app, packages)) as {
      bomFormat: string;
      specVersion: string;
      components: { 'bom-ref': string; hashes?: { alg: string; content: string }[] }[];
      dependencies: { ref: string; dependsOn: string[] }[];
    };
    expect([bill.bomFormat, bill.specVersion]).toEqual(['CycloneDX', '1.6']);
    const refs = new Set(bill.components.map((each) => each['bom-ref']));
    expect(refs.size).toBe(packages.length);
    expect(
      bill.components.filter(({ hashes }) => !/^[0-9a-f]{128}$/.test(hashes?.[0]?.content ?? '')),
    ).toEqual([]);
    const named = bill.dependencies.flatMap(({ dependsOn }) => dependsOn);
    expect(named.filter((ref) => !refs.has(ref))).toEqual([]);
    expect([...refs].filter((ref) => !/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@\d[\w.+-]*$/.test(ref))).toEqual([]);
  });
});

describe('a bundled package', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'notifier-packages-'));
    await writeFile(join(root, 'package-lock.json'), '{"packages":{}}');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  async function installed(name: string, manifest: object, files: { [file: string]: string } = {}) {
    const folder = join(root, 'node_modules', name);
    await mkdir(folder, { recursive: true });
    const text = JSON.stringify({ name, version: '1.0.0', ...manifest });
    for (const [file, content] of Object.entries({ ...files, 'package.json': text })) {
      await writeFile(join(folder, file), content);
    }
  }

  const bundling = (...names: readonly string[]): Metafile => ({
    inputs: {},
    outputs: {
      'main.mjs': {
        bytes: 1,
        imports: [],
        exports: [],
        inputs: Object.fromEntries(names.map((name) => [`node_modules/${name}/a.js`, { bytesInOutput: 1 }])),
      },
    },
  });

  it.each([
    ['of an unknown licence', { license: 'GPL-3.0' }, /^a 1\.0\.0 has the licence GPL-3\.0/],
    ['without a licence', {}, /^a 1\.0\.0 has the licence \(none\)/],
    ['without a text', { license: 'Apache-2.0' }, /^a 1\.0\.0 \(Apache-2\.0\) brings no text/],
    ['of MIT, without a text and an author', { license: 'MIT' }, /brings no text/],
  ])('%s stops the build', async (_which, manifest, message) => {
    await installed('a', manifest);
    const packages = bundledPackages(root, bundling('a'));
    await expect(packages).rejects.toThrow(message);
    await expect(packages).rejects.toBeInstanceOf(LicenceRefused);
  });

  it('brings its text in a file, else in its readme, else it is the text of MIT with its author', async () => {
    const grant = 'Copyright (c) 2013 B\n\nPermission is hereby granted, free of charge';
    await installed('a', { license: 'ISC' }, { LICENSE: 'the file\r\nof a', 'NOTICE.md': 'and its notice' });
    await installed(
      'b',
      { license: 'MIT' },
      { 'README.md': `# b\n\nLicense\n-------\n\n${grant}\n\n# More\n` },
    );
    await installed('c', { license: 'MIT', author: { name: 'C' } }, { 'README.md': '## License\n\nMIT\n' });
    const texts = (await bundledPackages(root, bundling('a', 'b', 'c'))).map(({ text }) => text);
    expect(texts.slice(0, 2)).toEqual(['the file\nof a\n\nand its notice', grant]);
    expect(texts[2]).toMatch(/Copyright \(c\) C\n\nPermission is hereby granted/);
  });

  it('that a notice does not name is missed', async () => {
    await installed('a', { license: 'ISC' }, { LICENSE: 'text of a' });
    await installed('b', { license: 'ISC' }, { LICENSE: 'text of b' });
    const [a, b] = await bundledPackages(root, bundling('a', 'b'));
    if (a === undefined || b === undefined) throw new Error('two packages are bundled');
    expect(noticeFaults(notice('x', [a]), [a, b])).toEqual([
      'b 1.0.0 is not named',
      "b 1.0.0 is named without its licence's text",
    ]);
  });
});
