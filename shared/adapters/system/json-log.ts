import { AsyncLocalStorage } from 'node:async_hooks';
import type { Log, LogFields } from '../../ports/log.ts';

/** Where lines go: the invocation's own log, so that the host files them under it. */
export interface LineSink {
  info(line: string): void;
  warn(line: string): void;
  error(line: string): void;
}

/** Fields whose values would be text, names, addresses or tokens; they are never written, whoever passes them. */
const REDACTED = /text|name|title|message|token|secret|password|authorization|serviceurl|email|body|card/i;

/**
 * One JSON object a line: `{"v":1,"event":"delivery.outcome",...}`. `docs/telemetry.md` names every event.
 * `sink` is asked for at each line: the log outlives the invocation that it was made in.
 */
export class JsonLog implements Log {
  readonly #sink: () => LineSink;

  constructor(sink: () => LineSink) {
    this.#sink = sink;
  }

  info(event: string, fields: LogFields = {}): void {
    this.#sink().info(toLine(event, fields));
  }

  warn(event: string, fields: LogFields = {}): void {
    this.#sink().warn(toLine(event, fields));
  }

  error(event: string, fields: LogFields = {}): void {
    this.#sink().error(toLine(event, fields));
  }
}

function toLine(event: string, fields: LogFields): string {
  const written: { [name: string]: string | number | boolean } = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    written[name] = REDACTED.test(name) ? '[redacted]' : value;
  }
  return JSON.stringify({ v: 1, event, ...written });
}

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
