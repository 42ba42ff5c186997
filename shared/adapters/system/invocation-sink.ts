import { AsyncLocalStorage } from 'node:async_hooks';
import type { LineSink } from './json-log.ts';

const current = new AsyncLocalStorage<LineSink>();

/** Outside any invocation (start, shut-down) lines go to the process's own output. */
const processSink: LineSink = {
  info: (line) => console.info(line),
  warn: (line) => console.warn(line),
  error: (line) => console.error(line),
};

/** Runs `work` with its log lines filed under this invocation. */
export function logTo<T>(invocation: LineSink, work: () => Promise<T>): Promise<T> {
  return current.run(invocation, work);
}

export function currentSink(): LineSink {
  return current.getStore() ?? processSink;
}
