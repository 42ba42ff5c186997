import { setTimeout as delay } from 'node:timers/promises';
import { afterAll } from 'vitest';

/**
 * A test file that leaves something open fails.
 *
 * The test runner ends its worker processes by a signal, so a server, a child process or a timer that was
 * forgotten would never be noticed, and in the product it would keep a process from ending.
 */
const WATCHED = new Set([
  'TCPServerWrap',
  'TCPSocketWrap',
  'TLSWrap',
  'UDPWrap',
  'ProcessWrap',
  'FSEventWrap',
  'StatWatcher',
  'Worker',
  'Timeout',
]);
/** What is closing may take a moment: the last answer of a kept-alive connection, a process's exit. */
const PATIENCE_MS = 3000;

const before = openHandles();

afterAll(async () => {
  const deadline = performance.now() + PATIENCE_MS;
  let left = leftOver();
  while (left.length > 0 && performance.now() < deadline) {
    await delay(20);
    left = leftOver();
  }
  if (left.length > 0) {
    throw new Error(
      `This test file leaves something open: ${left.join(', ')}. Close servers, clients, processes and timers in afterEach or afterAll.`,
    );
  }
});

function openHandles(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (WATCHED.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function leftOver(): string[] {
  return [...openHandles()]
    .filter(([kind, count]) => count > (before.get(kind) ?? 0))
    .map(([kind, count]) => `${kind} x ${count - (before.get(kind) ?? 0)}`);
}
