import type { HttpResponseInit } from '@azure/functions';
import type { Fault } from '../shared/domain/fault.ts';

/**
 * What an end point of ours answers to a request that it refuses: RFC 9457. `code` is stable and names the problem; texts
 * may change. `error` repeats it for clients of the releases that had nothing else.
 */
export function problem(
  status: number,
  {
    code,
    title,
    faults,
  }: { readonly code: string; readonly title: string; readonly faults: readonly Fault[] },
): HttpResponseInit {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    jsonBody: { type: `urn:notifier:problem:${code}`, title, status, code, faults, error: code },
  };
}
