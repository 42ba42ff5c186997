import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import { named } from '../shared/domain/fault.ts';
import { isNotificationId } from '../shared/domain/ids.ts';
import type { CancelNotification } from '../shared/use-cases/cancel/cancel-notification.ts';
import { idIn, UNNAMED } from './notifications.ts';
import { problem } from './problem.ts';

const noId = (id: string) =>
  problem(400, {
    code: 'invalid-request',
    title: 'This is no notification id',
    faults: [
      {
        path: 'id',
        message: `${named(id)} must have 43 letters, digits, "-" or "_"; an id of an event goes with its source: ?source= and &id=`,
      },
    ],
  });

const NO_RECALL = problem(400, {
  code: 'invalid-request',
  title: 'It is not clear whether what was shown is to be taken back',
  faults: [{ path: 'recall', message: 'must be 1; leave it out to cancel and take nothing back' }],
});

/** `DELETE /api/notifications/{id}` or `?source=&id=`: nobody is told of it any more; with `recall=1` what was shown is taken back. */
export function cancel(deps: { readonly cancel: CancelNotification }): HttpHandler {
  return (request: HttpRequest, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      const id = idIn(request);
      if (id === undefined) return UNNAMED;
      if (!isNotificationId(id)) return noId(id);
      const recall = request.query.get('recall');
      if (recall !== null && recall !== '1') return NO_RECALL;
      return { status: 202, jsonBody: await deps.cancel(id, { recall: recall === '1' }) };
    });
}
