import type { InvocationContext } from '@azure/functions';
import { isTraceparent } from '../shared/domain/event/cloud-event.ts';

/** The trace of the invocation, to be spread; nothing where the host has none: without Application Insights it says `""`. */
export function traceparentOf({ traceContext }: InvocationContext): { readonly traceparent?: string } {
  const traceparent = traceContext?.traceParent;
  return traceparent !== undefined && isTraceparent(traceparent) ? { traceparent } : {};
}
