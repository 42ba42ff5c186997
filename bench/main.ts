// `npm run bench`: see options.ts for what it does and takes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stop as stopBundler } from 'esbuild';
import { build } from '../dev/build.ts';
import { span } from '../dev/cli/output/numbers.ts';
import { styleOf } from '../dev/cli/output/style.ts';
import { type Figure, jsonLine } from './figures/figure.ts';
import { showFigures } from './figures/show.ts';
import { measurements } from './measurements/catalog.ts';
import { type BenchOptions, helpOf, parseOptions, UsageError } from './options.ts';

const INTERRUPTED = 130;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(
    args,
    measurements.map(({ name }) => name),
  );
  if (options === undefined) {
    process.stdout.write(helpOf(measurements));
    return 0;
  }
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  try {
    await measure(options, interrupted.signal);
    return 0;
  } catch (error) {
    if (interrupted.signal.aborted) return INTERRUPTED;
    throw error;
  }
}

async function measure(
  { quick, json, only, profile, list }: BenchOptions,
  signal: AbortSignal,
): Promise<void> {
  const begun = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'notifier-bench-'));
  const all: Figure[] = [];
  try {
    console.error('building the app');
    const { outDir: appDir } = await build({ outDir: join(folder, 'app') });
    for (const { name, run } of measurements) {
      if (only !== undefined && name !== only) continue;
      signal.throwIfAborted();
      const startedAt = performance.now();
      const onProgress = (text: string) => console.error(`${name}: ${text}`);
      const figures = await run({
        quick,
        ...(profile === undefined ? {} : { profile: resolve(profile) }),
        ...(list === undefined ? {} : { list: resolve(list) }),
        appDir,
        folder: await mkdtemp(join(folder, 'run-')),
        signal,
        onProgress,
      });
      onProgress(`took ${span(performance.now() - startedAt)}`);
      all.push(...figures);
      // A run that is broken off keeps what was measured until then.
      if (json) for (const each of figures) console.log(jsonLine(each));
    }
  } finally {
    // esbuild keeps a process of its own for the next build.
    await stopBundler();
    await rm(folder, { recursive: true, force: true });
  }
  const { stdout } = process;
  const screen = { write: (text: string) => void stdout.write(text), isTTY: stdout.isTTY === true };
  if (!json) {
    const layout = { screen: { ...screen, columns: stdout.columns }, style: styleOf(screen, process.env) };
    screen.write(showFigures(all, layout));
  }
  console.error(`all in ${span(performance.now() - begun)}`);
}
