// Usage: npm run build [-- --out DIR] [--no-minify] [--sdk botbuilder|agents]
//
// Bundles the app into dist/app, the folder that is deployed, or into another one.
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build as bundle, formatMessages, type Metafile, stop } from 'esbuild';
import { z } from 'zod';
import { deferredModules } from './bundle/deferred-modules.ts';
import { joinParts } from './bundle/join-parts.ts';
import { trimmedPackages } from './bundle/trimmed-packages.ts';
import { buildConsole } from './console/build.ts';
import { type BundledPackage, bundledPackages } from './package/licences/bundled-packages.ts';
import { notice } from './package/licences/notice.ts';
import { SDKS, type Sdk, sdkOf } from './sdk.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The functions host puts this module into the app's process; it exists in no registry. */
const FROM_HOST = '@azure/functions-core';

/**
 * What CommonJS packages inside an ES module need: `require`, and a place for `__dirname` and `__filename`.
 *
 * The latter two get names of their own, and `define` points free uses at them: packages that declare a
 * top-level `__dirname` themselves would clash with ours.
 */
const banner = [
  `import{createRequire as __appCreateRequire}from"node:module";`,
  // Where none of them is used, the file that others are joined into goes without (dev/bundle/join-parts.ts).
  'const require=/*@__PURE__*/(()=>__appCreateRequire(import.meta.url))();',
  'const __appFilename=/*@__PURE__*/(()=>import.meta.filename)(),__appDirname=/*@__PURE__*/(()=>import.meta.dirname)();',
].join('');

export interface BuildOptions {
  /** Where the app goes; emptied first. Default `dist/app`. */
  readonly outDir?: string;
  /** Default `functions/main.ts`. */
  readonly entry?: string;
  /** Default true. */
  readonly minify?: boolean;
  /** Runs the bot's turns; default: that of the environment (NOTIFIER_SDK), else botbuilder. */
  readonly sdk?: Sdk;
  /** Turns of one's own in the place of an SDK's, for measurements: the file that `#bot-sdk` stands for. */
  readonly turns?: string;
}

export interface BuildResult {
  readonly outDir: string;
  /** Bytes of main.mjs and of what it imports at once: the cost of a cold start. */
  readonly startBytes: number;
  /** Bytes of all code files. */
  readonly totalBytes: number;
  readonly chunks: number;
  /** Packages that stay outside the bundle because they are optional and not installed. */
  readonly leftOut: readonly string[];
  readonly warnings: readonly string[];
  /** What the app has of other people, each with its licence. */
  readonly packages: readonly BundledPackage[];
  readonly sdk: Sdk;
}

/**
 * Bundles the app: ES modules, split at dynamic imports, so that a function loads what it needs when it first
 * needs it. The result needs no node_modules.
 *
 * Throws esbuild's BuildFailure when something cannot be bundled, LazyCommonJsImport when it would break, LicenceRefused when
 * a package may not be passed on.
 */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  const app = await appPackage();
  const sdk = options.sdk ?? sdkOf(process.env);
  const outDir = options.outDir ?? join(root, 'dist', 'app');
  const entry = options.entry ?? join(root, 'functions', 'main.ts');
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const result = await bundle({
    absWorkingDir: root,
    entryPoints: { main: entry },
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // Names stay as they are written, for stack traces; short ones would make the app smaller, not faster to load.
    // `keepNames` would keep them through collisions too, at the price of a call for each function that is made.
    minifyIdentifiers: false,
    minifyWhitespace: options.minify ?? true,
    minifySyntax: options.minify ?? true,
    external: [FROM_HOST],
    alias: { '#bot-sdk': options.turns ?? join(root, SDKS[sdk]) },
    plugins: [trimmedPackages(root), deferredModules()],
    banner: { js: banner },
    define: {
      __dirname: '__appDirname',
      __filename: '__appFilename',
      __appVersion: JSON.stringify(buildVersion(app.version)),
    },
    // Linked, so that an attached debugger shows the TypeScript; Node itself reads no map.
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'external',
    metafile: true,
    logLevel: 'silent',
  });
  const lazyCommonJs = lazyCommonJsImports(result.metafile);
  if (lazyCommonJs.length > 0) {
    await rm(outDir, { recursive: true, force: true });
    throw new LazyCommonJsImport(lazyCommonJs.join('\n'));
  }
  await cp(join(root, 'host.json'), join(outDir, 'host.json'));
  await writeFile(join(outDir, 'package.json'), `${JSON.stringify(app, null, 2)}\n`);
  const size = await sizes(result.metafile, relative(root, entry));
  await joinLoads(result.metafile.outputs, { outDir, minify: options.minify ?? true });
  const page = await buildConsole({ root, outDir: join(outDir, 'console'), minify: options.minify ?? true });
  const packages = await bundledPackages(root, withBoth(result.metafile, page.metafile));
  await writeFile(join(outDir, 'NOTICE.txt'), notice('The notifier', packages));
  return {
    outDir,
    ...size,
    leftOut: leftOut(result.metafile),
    warnings: await formatMessages(result.warnings, { kind: 'warning' }),
    packages,
    sdk,
  };
}

/** One file for what the start loads at once, and one for what every function loads with its first call. */
async function joinLoads(
  outputs: Metafile['outputs'],
  { outDir, minify }: { readonly outDir: string; readonly minify: boolean },
): Promise<void> {
  const main = relative(root, join(outDir, 'main.mjs'));
  const later = await joinParts(root, outputs, { entry: main, into: 'start.mjs', minify });
  const world = Object.keys(later).find((output) => later[output]?.entryPoint === 'shared/compose.ts');
  if (world !== undefined) await joinParts(root, later, { entry: world, into: 'world.mjs', minify });
}

function withBoth(app: Metafile, page: Metafile): Metafile {
  return { inputs: { ...app.inputs, ...page.inputs }, outputs: { ...app.outputs, ...page.outputs } };
}

/** A dynamic import that works from source and gives `undefined` for every name in the bundle. */
class LazyCommonJsImport extends Error {}

/**
 * esbuild gives a CommonJS file that is imported dynamically only a `default` export when it splits, so
 * `const { TurnContext } = await import('botbuilder')` would be undefined, in the bundle only.
 */
function lazyCommonJsImports({ inputs }: Metafile): string[] {
  return Object.entries(inputs)
    .filter(([importer]) => !importer.includes('node_modules/'))
    .flatMap(([importer, { imports }]) =>
      imports
        .filter(({ kind, path }) => kind === 'dynamic-import' && inputs[path]?.format === 'cjs')
        .map(
          ({ path, original }) =>
            `${importer} imports "${original ?? path}" dynamically, and that is CommonJS: in the bundle its named exports ` +
            'would be undefined. Import dynamically a module of our own that imports it statically.',
        ),
    );
}

/** The package.json of the deployed app: what the functions host reads, and no dependencies. */
async function appPackage(): Promise<{ name: string; version: string; type: string; main: string }> {
  const text = await readFile(join(root, 'package.json'), 'utf8');
  const { name, version } = z.object({ name: z.string(), version: z.string() }).parse(JSON.parse(text));
  return { name, version, type: 'module', main: 'main.mjs' };
}

/** `1.0.0`, or `1.0.0+<NOTIFIER_BUILD>` for a build between releases: what health says, so that a deployment can wait for it. */
function buildVersion(version: string): string {
  const build = process.env.NOTIFIER_BUILD?.trim() ?? '';
  return build === '' ? version : `${version}+${build}`;
}

async function sizes(
  { outputs }: Metafile,
  entry: string,
): Promise<Pick<BuildResult, 'startBytes' | 'totalBytes' | 'chunks'>> {
  const code = Object.keys(outputs).filter((file) => file.endsWith('.mjs'));
  const bytes = new Map(
    await Promise.all(code.map(async (file) => [file, (await stat(join(root, file))).size] as const)),
  );
  const atStart = new Set<string>();
  const follow = (file: string): void => {
    if (atStart.has(file)) return;
    atStart.add(file);
    for (const imported of outputs[file]?.imports ?? []) {
      if (imported.kind === 'import-statement' && !imported.external) follow(imported.path);
    }
  };
  for (const file of code) if (outputs[file]?.entryPoint === entry) follow(file);
  const sum = (files: Iterable<string>) =>
    [...files].reduce((total, file) => total + (bytes.get(file) ?? 0), 0);
  return { startBytes: sum(atStart), totalBytes: sum(code), chunks: code.length - 1 };
}

function leftOut({ inputs }: Metafile): string[] {
  const left = new Set<string>();
  for (const input of Object.values(inputs)) {
    for (const { path, external } of input.imports) {
      if (external && path !== FROM_HOST && path !== '<runtime>' && !isBuiltin(path)) left.add(path);
    }
  }
  return [...left].sort();
}

/** Builds, and says on the console what came of it. Throws as `build` does. */
export async function buildAndReport(options: BuildOptions = {}): Promise<BuildResult> {
  const startedAt = performance.now();
  try {
    const result = await build(options);
    for (const warning of result.warnings) console.warn(warning);
    if (result.leftOut.length > 0) {
      console.log(`Left outside the app (optional, not installed): ${result.leftOut.join(', ')}`);
    }
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(
      `Built ${relative(process.cwd(), result.outDir)} with ${result.sdk}: ${kilobytes(result.startBytes)} at start, ` +
        `${kilobytes(result.totalBytes)} in all, ${result.chunks} chunks, ${seconds} s`,
    );
    return result;
  } finally {
    // esbuild keeps a process of its own for the next build.
    await stop();
  }
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1024).toLocaleString('en')} kB`;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { out: { type: 'string' }, 'no-minify': { type: 'boolean', default: false } },
  });
  try {
    await buildAndReport({
      minify: !values['no-minify'],
      ...(values.out === undefined ? {} : { outDir: resolve(values.out) }),
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
