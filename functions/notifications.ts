import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/invocation-sink.ts';
import { isNotificationId, notificationId } from '../shared/domain/ids.ts';
import type { ReportNotification } from '../shared/use-cases/report-notification.ts';

/** `GET /api/notifications/{id}` or `?source=&id=`: what became of a notification. */
export function notifications(deps: { readonly report: ReportNotification }): HttpHandler {
  return (request: HttpRequest, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      const named = request.params.id ?? '';
      const source = request.query.get('source');
      const eventId = request.query.get('id');
      const id =
        named !== ''
          ? named
          : source !== null && eventId !== null
            ? notificationId(source, eventId)
            : undefined;
      if (id === undefined) {
        return {
          status: 400,
          jsonBody: {
            error: 'name the notification: /notifications/{id}, or ?source= and &id= of the event',
          },
        };
      }
      const continuation = request.query.get('continuation');
      const wantsRecipients = request.query.get('recipients') === '1' || continuation !== null;
      const report = isNotificationId(id)
        ? await deps.report(id, wantsRecipients ? (continuation === null ? {} : { continuation }) : undefined)
        : undefined;
      return report === undefined
        ? { status: 404, jsonBody: { error: 'no notification with this id was accepted' } }
        : { status: 200, jsonBody: report };
    });
}
