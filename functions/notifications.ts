import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/invocation-sink.ts';
import { isNotificationId, notificationId } from '../shared/domain/ids.ts';
import type { Report, ReportNotification } from '../shared/use-cases/upkeep/report-notification.ts';

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
      let report: Report | undefined;
      try {
        report = isNotificationId(id)
          ? await deps.report(
              id,
              wantsRecipients ? (continuation === null ? {} : { continuation }) : undefined,
            )
          : undefined;
      } catch (cause) {
        if (!(cause instanceof RangeError)) throw cause;
        // A continuation that no page gave.
        return {
          status: 400,
          jsonBody: {
            error: '"continuation" must be what the previous page gave; leave it out to begin again',
          },
        };
      }
      return report === undefined
        ? { status: 404, jsonBody: { error: 'no notification with this id was accepted' } }
        : { status: 200, jsonBody: report };
    });
}
