import { randomUUID } from 'node:crypto';
import type { RpcTraceContext } from './rpc.ts';

const traceParentPattern = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const zeros = /^0+$/;

/** A trace that begins here. Not sampled, as in a host without a telemetry exporter. */
export function newTraceContext(): RpcTraceContext {
  return traceContext(randomHex(), '00', '');
}

/** What a host without Application Insights hands over: it traces nothing. */
export const noTraceContext: RpcTraceContext = { traceParent: '', traceState: '', attributes: {} };

/**
 * The trace context that a function sees when its trigger carried `traceParent` (W3C Trace Context): the same
 * trace and flags, with a span id of its own, because the host starts a span for each invocation. Anything
 * that is not a valid value begins a new trace, as the specification asks.
 */
export function childTraceContext(traceParent: unknown, traceState: unknown): RpcTraceContext {
  const match = typeof traceParent === 'string' ? traceParentPattern.exec(traceParent.trim()) : null;
  const [, traceId = '', parentId = '', flags = '00'] = match ?? [];
  if (!match || zeros.test(traceId) || zeros.test(parentId)) return newTraceContext();
  return traceContext(traceId, flags, typeof traceState === 'string' ? traceState : '');
}

function traceContext(traceId: string, flags: string, traceState: string): RpcTraceContext {
  return {
    traceParent: `00-${traceId}-${randomHex().slice(16)}-${flags}`,
    traceState,
    attributes: {},
  };
}

/** 32 hexadecimal digits. Random UUIDs come from a pool and cost a tenth of asking for bytes each time. */
function randomHex(): string {
  return randomUUID().replaceAll('-', '');
}
