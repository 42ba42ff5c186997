import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('./sample-app/main.ts', import.meta.url));
const nodeModules = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** How the sample app is built: with the library in the bundle, or taken from node_modules when it runs. */
export type AppForm = 'esm bundle' | 'esm with node_modules' | 'cjs bundle';

export interface AppFolder {
  directory: string;
  remove(): Promise<void>;
}

/** The sample app, built into a folder of its own as it would be deployed. */
export async function buildSampleApp(form: AppForm, hostJson: object = {}): Promise<AppFolder> {
  const isModule = form !== 'cjs bundle';
  const main = isModule ? 'dist/main.mjs' : 'dist/main.cjs';
  const folder = await appFolder({ 'package.json': { main }, 'host.json': { version: '2.0', ...hostJson } });
  if (form === 'esm with node_modules') await symlink(nodeModules, join(folder.directory, 'node_modules'));
  await build({
    entryPoints: [source],
    outfile: join(folder.directory, main),
    bundle: true,
    platform: 'node',
    format: isModule ? 'esm' : 'cjs',
    external: ['@azure/functions-core', ...(form === 'esm with node_modules' ? ['@azure/functions'] : [])],
    banner: isModule
      ? { js: 'import{createRequire as r}from"node:module";const require=r(import.meta.url);' }
      : {},
    logLevel: 'error',
  });
  return folder;
}

/** A folder with the given files; an object is written as JSON. */
export async function appFolder(files: Record<string, string | object>): Promise<AppFolder> {
  const directory = await mkdtemp(join(tmpdir(), 'functions-local-'));
  for (const [name, content] of Object.entries(files)) {
    const file = join(directory, name);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
}
