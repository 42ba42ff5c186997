#!/usr/bin/env node
import { makeDataFolder } from 'local-server/data-folder.mjs';
import { readLocalSettings } from './app/settings.ts';
import { parseCommandLine, usage } from './command/command-line.ts';
import { whenParentEnds } from './command/parent-watch.ts';
import { HostError, messageOf } from './core/errors.ts';
import { type FunctionsHost, startHost } from './host.ts';

/** A Ctrl-C this long after the first does not wait for running invocations. */
const impatienceMs = 1000;

try {
  await main(process.argv.slice(2));
} catch (error) {
  fail(error);
}

async function main(args: string[]): Promise<void> {
  const command = parseCommandLine(args);
  if (command.help) {
    process.stdout.write(usage);
    return;
  }
  // Nobody may be reading the log any more; that is no reason to die before a shutdown in good order.
  process.stdout.on('error', () => {});
  process.on('uncaughtException', fail);

  let host: FunctionsHost | undefined;
  let endingSince: number | undefined;
  const end = (): void => {
    if (endingSince !== undefined) return;
    endingSince = Date.now();
    if (!host) process.exit(0);
    host.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', () => {
    // A terminal and a parent process may each send the signal for one Ctrl-C: only a later one is a second.
    if (endingSince !== undefined && Date.now() - endingSince > impatienceMs) process.exit(1);
    end();
  });
  if (command.exitWithParent) whenParentEnds(end);

  if (command.settingsFile !== undefined) {
    for (const [name, value] of Object.entries(await readLocalSettings(command.settingsFile))) {
      process.env[name] ??= value;
    }
  }
  if (command.dataDirectory !== undefined) makeFolder(command.dataDirectory);
  host = await startHost({
    app: command.app,
    port: command.port,
    verbose: command.verbose,
    trace: command.trace,
    ...(command.hostSetting === undefined ? {} : { hostSetting: command.hostSetting }),
    gracePeriodMs: command.graceSeconds * 1000,
    ...(command.dataDirectory === undefined ? {} : { dataDirectory: command.dataDirectory }),
  });
  process.stdout.write(`${JSON.stringify({ ready: true, port: host.port, functions: host.functions })}\n`);
}

function makeFolder(path: string): void {
  try {
    makeDataFolder(path);
  } catch (error) {
    throw new HostError(messageOf(error), { cause: error });
  }
}

/** Where an error was thrown, a line each, without its message; empty where it does not say. */
function framesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `${line}\n`)
    .join('');
}

/** One line for what the user can put right, the whole error for what is a fault of the app or the host. */
function fail(error: unknown): never {
  const text =
    error instanceof HostError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`functions-local: ${text}\n`);
  if (
    error instanceof HostError &&
    error.cause instanceof Error &&
    error.message.startsWith('The app failed')
  ) {
    process.stderr.write(framesOf(error.cause));
  }
  process.exit(1);
}
