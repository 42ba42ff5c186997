import { messageOf } from './core/errors.ts';
import type { FunctionsCore } from './core/functions-core.ts';
import type { LogSink } from './core/invocation.ts';
import type { HttpServer } from './http/http-server.ts';
import type { Invocations } from './invocations.ts';
import type { Listener } from './triggers.ts';

export interface ShutdownOptions {
  server: HttpServer;
  listeners: readonly Listener[];
  invocations: Invocations;
  core: FunctionsCore;
  /** Closes what is left open, in the end. */
  close: () => Promise<void>;
  gracePeriodMs: number;
  log: LogSink;
}

/** Connections that do not close within this time are left to the end of the process. Milliseconds. */
const closeWithinMs = 1000;

/**
 * Ends a running app: no new work; what runs may end, be answered and be settled, for as long as the grace
 * period lasts; then the appTerminate hooks, for as long again; then the connections.
 */
export async function shutDown(options: ShutdownOptions): Promise<void> {
  const { server, listeners, invocations, core, gracePeriodMs, log } = options;
  if (invocations.running > 0) {
    const message = `Stopping. ${invocations.running} invocation(s) may end within ${gracePeriodMs} ms.`;
    log({ level: 'information', category: 'system', message });
  }
  server.stopAccepting();
  const quiet = Promise.all([
    server.idle(),
    invocations.idle(gracePeriodMs),
    ...listeners.map((listener) => listener.stop()),
  ]);
  await within(gracePeriodMs, quiet);
  if (invocations.running > 0) {
    const message = `${invocations.running} invocation(s) did not end within ${gracePeriodMs} ms and are cut off.`;
    log({ level: 'warning', category: 'system', message });
  }
  const terminated = core.terminate().catch((error: unknown) => {
    const message = `An appTerminate hook failed: ${messageOf(error)}`;
    log({ level: 'error', category: 'system', message });
  });
  await within(gracePeriodMs, terminated);
  await within(closeWithinMs, options.close());
}

/** Waits for `work`, but not longer; what it throws is thrown if it comes in time. */
async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeOver = new Promise<void>((done) => {
    timer = setTimeout(done, milliseconds);
  });
  try {
    await Promise.race([work, timeOver]);
  } finally {
    clearTimeout(timer);
  }
}
