import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/invocation-sink.ts';
import type { PublishEvents } from '../shared/use-cases/intake/publish-events.ts';
import { fromRequest } from './cloud-event-request.ts';
import { problem } from './problem.ts';

const NOTHING_QUEUED = 'The events cannot be used; nothing was queued';

/** `POST /api/events`: CloudEvents over HTTP, structured, batched and binary mode. */
export function publish(deps: { readonly publish: PublishEvents }): HttpHandler {
  return (request: HttpRequest, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      const bound = fromRequest(request.headers, await request.text());
      if (!bound.ok) {
        return problem(400, { code: 'invalid-request', title: NOTHING_QUEUED, faults: bound.faults });
      }
      const published = await deps.publish(bound.value, context.traceContext?.traceParent);
      return published.kind === 'published'
        ? { status: 202, jsonBody: { ids: published.ids } }
        : problem(400, { code: published.reason, title: NOTHING_QUEUED, faults: published.faults });
    });
}
