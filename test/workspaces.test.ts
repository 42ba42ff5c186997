import { normalize, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SDKS } from '../dev/sdk.mjs';
import { imports, importsIn, packageOf, read, sources } from './support/imports.ts';

const names = z.record(z.string(), z.string()).default({});
const shape = z.object({
  name: z.string(),
  license: z.literal('MIT'),
  private: z.literal(true),
  exports: names,
  dependencies: names,
  devDependencies: names,
});

/** The folders under `dev/` that are products of their own: they import nothing of the notifier. */
const tools = ['local-server', 'servicebus-local', 'functions-local', 'teams-channel-local', 'console'].map(
  (name) => ({
    folder: `dev/${name}`,
    manifest: shape.parse(JSON.parse(read(`dev/${name}/package.json`))),
  }),
);

/** What serves any bot of the kind, and names none. The console is that of the notifier. */
const forAnyBot = tools.filter(({ folder }) => folder !== 'dev/console');

/** The module that the functions host puts into the app's process; it exists in no registry. */
const FROM_HOST = '@azure/functions-core';

/** Who may import a tool: what starts them, what drives them, what measures with them, and tests. */
const mayImport =
  /^(dev\/(stack|start\.mjs|build\.ts|pictures\.ts|chaos|recorded|simulate|tables)\b|bench\/|test\/)/;

it('sees plain JavaScript as well as TypeScript, and imports in each way of writing them', () => {
  expect(sources.length).toBeGreaterThan(1000);
  const seen = (file: string, target: string) =>
    imports.some((found) => found.file === file && found.target === target);
  expect(seen('dev/start.mjs', 'dev/teams-channel-local/fetch-webchat.mjs')).toBe(true);
  expect(seen('dev/teams-channel-local/page/main.js', 'dev/teams-channel-local/page/chat.js')).toBe(true);
  expect(seen('dev/functions-local/test/queues.ts', 'servicebus-local')).toBe(true);
  expect(seen('dev/chaos/rig/broker-control.ts', 'dev/servicebus-local/faults.ts')).toBe(true);
});

it.each([
  "import { a } from './b.ts';",
  'import { a } from "./b.ts";',
  "import './b.ts';",
  "export * from './b.ts';",
  "import type { A } from './b.ts';",
  "type A = import('./b.ts').A;",
  "const a = await import('./b.ts');",
  'const a = await import(`./b.ts`);',
  "const a = require('./b.ts');",
])('sees %s', (source) => {
  expect(importsIn('dev/a.ts', source).map(({ target }) => target)).toEqual(['dev/b.ts']);
});

describe.each(tools)('$folder', ({ folder, manifest }) => {
  const own = imports.filter(({ file }) => file.startsWith(`${folder}/`));

  it('imports nothing that lies outside of it', () => {
    const strays = own
      .filter(({ isPackage, target }) => !isPackage && !target.startsWith(`${folder}/`))
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(strays).toEqual([]);
  });

  it('uses the packages that its package.json names, those for tests in its tests only', () => {
    const strangers = own
      .filter(({ isPackage }) => isPackage)
      .filter(({ file, target }) => {
        const known = [...Object.keys(manifest.dependencies), FROM_HOST];
        if (file.startsWith(`${folder}/test/`)) known.push(...Object.keys(manifest.devDependencies));
        return !known.includes(packageOf(target));
      })
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(strangers).toEqual([]);
  });

  it('is entered by the doors that its package.json names', () => {
    const doors = Object.values(manifest.exports).map((door) =>
      normalize(`${folder}/${door}`).replaceAll(sep, '/'),
    );
    for (const door of doors) expect(sources).toContain(door);
    const burglars = imports
      .filter(({ file, target }) => target.startsWith(`${folder}/`) && !file.startsWith(`${folder}/`))
      .filter(({ file, target }) => !doors.includes(target) || !mayImport.test(file))
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(burglars).toEqual([]);
  });

  it('is not imported by its name from outside of the workspaces', () => {
    const callers = imports
      .filter(({ isPackage, target }) => isPackage && packageOf(target) === manifest.name)
      .filter(({ file }) => !tools.some((tool) => file.startsWith(`${tool.folder}/`)))
      .map(({ file, target }) => `${file} -> ${target}`);
    expect(callers).toEqual([]);
  });

  it('has a README that says what it is', () => {
    expect(read(`${folder}/README.md`)).toContain(`# ${manifest.name}`);
  });
});

describe.each(forAnyBot)('$folder', ({ folder }) => {
  it('has nothing of the notifier in it, nor in its README', () => {
    const files = sources.filter(
      (file) => file.startsWith(`${folder}/`) && !file.startsWith(`${folder}/test/`),
    );
    const told = [...files, `${folder}/README.md`, `${folder}/package.json`].filter((file) =>
      /notifier|\bNOTIFIER_|\.\.\/\.\.\/(functions|shared|app)\b/i.test(read(file)),
    );
    expect(told).toEqual([]);
  });
});

it('npm start and the command line run without a package that only tests and checks have', () => {
  const manifests = [
    'package.json',
    'dev/stack/package.json',
    ...tools.map(({ folder }) => `${folder}/package.json`),
  ];
  const installed = manifests.flatMap((file) =>
    Object.keys(z.object({ dependencies: names }).parse(JSON.parse(read(file))).dependencies),
  );
  const running = new Set([
    'dev/start.mjs',
    'dev/stack/main.ts',
    'dev/tables/main.ts',
    'dev/cli/notifier.mjs',
    'functions/main.ts',
    ...tools.map(({ folder }) => `${folder}/main.ts`),
  ]);
  const lacking: string[] = [];
  for (const file of running) {
    for (const { target, isPackage } of imports.filter((one) => one.file === file && !one.isTypeOnly)) {
      if (target === '#bot-sdk') running.add(SDKS.botbuilder);
      else if (!isPackage) running.add(target);
      else if (![...installed, FROM_HOST].includes(packageOf(target))) lacking.push(`${file} -> ${target}`);
    }
  }
  expect(running.size).toBeGreaterThan(400);
  expect(lacking).toEqual([]);
});
