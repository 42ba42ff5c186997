#!/usr/bin/env node
import { makeDataFolder } from 'local-server/data-folder.mjs';
import { startChannel } from './channel.ts';
import { HELP, parseChannelOptions, UsageError } from './options.ts';

// Everything that has to last is on disk before it is answered for, so there is nothing to wait for.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));

try {
  const options = parseChannelOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(HELP);
  } else {
    if (options.dataDir !== undefined) makeDataFolder(options.dataDir);
    const { port } = await startChannel(options);
    console.log(JSON.stringify({ ready: true, port }));
  }
} catch (error) {
  console.error(explain(error));
  process.exit(error instanceof UsageError ? 2 : 1);
}

/** One line that says what to do. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is taken: end what listens there, or choose another with --port.`;
  }
  return error.message;
}
