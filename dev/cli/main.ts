// The process behind `notifier`: dev/cli/notifier.mjs starts it under a Node that runs TypeScript.
import { text } from 'node:stream/consumers';
import { run } from './run.ts';

// A reader that has seen enough (`| head`) is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

const stopping = new AbortController();
process.once('SIGINT', () => {
  stopping.abort();
  // The second one ends the process at once, and so does work that does not stop.
  setTimeout(() => process.exit(130), 2000).unref();
});

const status = await run(process.argv.slice(2), {
  out: process.stdout,
  err: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  readInput: () => text(process.stdin),
  now: () => Date.now(),
  signal: stopping.signal,
});

// What was printed goes out first, however slowly it is read; then nothing keeps the process: not a connection that
// somebody at the other end does not close.
process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
