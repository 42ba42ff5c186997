import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import { named } from '../shared/domain/fault.ts';
import { isNotificationId, notificationId } from '../shared/domain/ids.ts';
import type { Report, ReportNotification } from '../shared/use-cases/upkeep/report-notification.ts';
import { problem } from './problem.ts';

export const UNNAMED = problem(400, {
  code: 'invalid-request',
  title: 'The notification is not named',
  faults: [
    { path: '', message: 'name the notification: /notifications/{id}, or ?source= and &id= of the event' },
  ],
});

const NO_PAGE = problem(400, {
  code: 'invalid-request',
  title: 'There is no such page',
  faults: [
    { path: 'continuation', message: 'must be what the previous page gave; leave it out to begin again' },
  ],
});

const NO_RECIPIENTS = problem(400, {
  code: 'invalid-request',
  title: 'It is not clear whether recipients are to be listed',
  faults: [{ path: 'recipients', message: 'must be 1; leave it out to have them counted only' }],
});

const unknown = (id: string) =>
  problem(404, {
    code: 'unknown-notification',
    title: 'No notification with this id was accepted',
    faults: [
      {
        path: 'id',
        message: isNotificationId(id)
          ? `${named(id)} names no notification that is kept; whoever published it was answered its id`
          : `${named(id)} is no notification id, which has 43 letters, digits, "-" or "_"; an id of an event goes with its source: ?source= and &id=`,
      },
    ],
  });

/** `GET /api/notifications/{id}` or `?source=&id=`: what became of a notification. */
export function notifications(deps: { readonly report: ReportNotification }): HttpHandler {
  return (request: HttpRequest, context: InvocationContext) =>
    logTo(context, async (): Promise<HttpResponseInit> => {
      const id = idIn(request);
      if (id === undefined) return UNNAMED;
      const continuation = request.query.get('continuation');
      const recipients = request.query.get('recipients');
      if (recipients !== null && recipients !== '1') return NO_RECIPIENTS;
      const wantsRecipients = recipients === '1' || continuation !== null;
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
        return NO_PAGE;
      }
      return report === undefined ? unknown(id) : { status: 200, jsonBody: report };
    });
}

/** Which notification a request names, `undefined` where it names none. What it names may be no id at all. */
export function idIn({ params, query }: Pick<HttpRequest, 'params' | 'query'>): string | undefined {
  const named = params.id ?? '';
  if (named !== '') return named;
  const source = query.get('source');
  const eventId = query.get('id');
  return source !== null && eventId !== null ? notificationId(source, eventId) : undefined;
}
