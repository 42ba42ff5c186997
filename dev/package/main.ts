// Usage: npm run package [-- --out FILE]
//
// Builds the app and packs it into dist/notifier.zip, which is what is deployed; beside it notifier.sbom.json says what of
// other people is in it.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { buildAndReport } from '../build.ts';
import { type AppPackage, packageApp } from './app-package.ts';
import { sbom } from './licences/sbom.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

try {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  // A folder of its own: a local stack that runs loads from dist/app while it runs.
  const { outDir, packages } = await buildAndReport({ outDir: join(root, 'dist', 'package') });
  const file = resolve(values.out ?? join(root, 'dist', 'notifier.zip'));
  await report(await packageApp(outDir, file));
  const app = z.object({ name: z.string(), version: z.string() });
  const described = app.parse(JSON.parse(await readFile(join(outDir, 'package.json'), 'utf8')));
  const bill = file.replace(/(\.zip)?$/, '.sbom.json');
  await writeFile(bill, sbom(described, packages));
  console.log(`Wrote ${relative(process.cwd(), bill)}: ${packages.length} packages`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function report({ file, bytes, files }: AppPackage): Promise<void> {
  const chunks = files.filter(({ path }) => path.startsWith('chunks/'));
  for (const { path, bytes: size } of files) {
    if (!path.startsWith('chunks/')) console.log(`${path.padEnd(28)}${kilobytes(size)}`);
  }
  const sum = chunks.reduce((total, chunk) => total + chunk.bytes, 0);
  console.log(`${`chunks/ (${chunks.length} files)`.padEnd(28)}${kilobytes(sum)}`);
  const hash = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  console.log(`Packed ${relative(process.cwd(), file)}: ${kilobytes(bytes).trim()}, sha256 ${hash}`);
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024).toLocaleString('en')} kB`.padStart(12);
}
