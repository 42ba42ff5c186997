import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/invocation-sink.ts';
import { isNotificationId } from '../shared/domain/ids.ts';
import type { CancelNotification } from '../shared/use-cases/cancel/cancel-notification.ts';
import { idIn, UNNAMED } from './notifications.ts';
import { problem } from './problem.ts';

const NO_ID = problem(400, {
  code: 'invalid-request',
  title: 'This is no notification id',
  faults: [
    {
      path: 'id',
      message:
        'must have 43 letters, digits, "-" or "_"; an id of an event goes with its source: ?source= and &id=',
    },
  ],
});

const NO_RECALL = problem(400, {
  code: 'invalid-request',
  title: 'Nothing can be recalled',
  faults: [
    { path: 'recall', message: 'this release takes nothing back that was shown; leave it out to cancel' },
  ],
});

/** `DELETE /api/notifications/{id}` or `?source=&id=`: nobody is told of it any more. */
export function cancel(deps: { readonly cancel: CancelNotification }): HttpHandler {
  return (request: HttpRequest, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      const id = idIn(request);
      if (id === undefined) return UNNAMED;
      if (!isNotificationId(id)) return NO_ID;
      if (request.query.has('recall')) return NO_RECALL;
      return { status: 202, jsonBody: await deps.cancel(id) };
    });
}
