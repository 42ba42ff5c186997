import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import type { PublishEvents } from '../shared/use-cases/intake/publish-events.ts';
import { fromRequest } from './cloud-event-request.ts';
import { allowDelivery, validationCode } from './handshakes.ts';
import { problem } from './problem.ts';
import { traceparentOf } from './traceparent.ts';

const NOTHING_QUEUED = 'The events cannot be used; nothing was queued';

/** `POST /api/events`: CloudEvents over HTTP, structured, batched and binary mode, and the handshakes before them. */
export function publish(deps: { readonly publish: PublishEvents }): HttpHandler {
  return (request: HttpRequest, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      if (request.method === 'OPTIONS') return allowDelivery(request.headers);
      const bound = fromRequest(request.headers, await request.text());
      if (!bound.ok) {
        return problem(400, { code: 'invalid-request', title: NOTHING_QUEUED, faults: bound.faults });
      }
      const validationResponse = validationCode(bound.value);
      if (validationResponse !== undefined) return { status: 200, jsonBody: { validationResponse } };
      const published = await deps.publish(bound.value, traceparentOf(context).traceparent);
      if (published.kind === 'refused') {
        return problem(400, { code: published.reason, title: NOTHING_QUEUED, faults: published.faults });
      }
      const { ids, warnings } = published;
      return { status: 202, jsonBody: warnings.length === 0 ? { ids } : { ids, warnings } };
    });
}
