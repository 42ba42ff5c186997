// `npm run chaos`: see options.ts for what it does and takes.
import { randomInt } from 'node:crypto';
import { styleOf } from '../cli/output/style.ts';
import { runCampaign } from './campaign.ts';
import { HELP, parseOptions, UsageError } from './options.ts';
import { summary } from './summary.ts';

const INTERRUPTED = 130;

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args, () => randomInt(1_000_000_000));
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  console.error(`seed ${options.seed}`);
  try {
    const result = await runCampaign({
      ...options,
      signal: interrupted.signal,
      onProgress: (line) => console.error(line),
    });
    const { stdout } = process;
    const screen = { write: (text: string) => void stdout.write(text), isTTY: stdout.isTTY === true };
    stdout.write(
      options.json
        ? `${JSON.stringify(result, null, 2)}\n`
        : summary(result, {
            screen: { ...screen, columns: stdout.columns },
            style: styleOf(screen, process.env),
          }),
    );
    return result.findings.length === 0 ? 0 : 1;
  } catch (error) {
    if (interrupted.signal.aborted) return INTERRUPTED;
    throw error;
  }
}
