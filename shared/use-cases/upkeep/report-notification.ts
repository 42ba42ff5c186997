import { defined } from '../../domain/defined.ts';
import { isCancelledBy } from '../../domain/event/cancellation.ts';
import { isListed } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { toIso } from '../../domain/time.ts';
import type { Ledger, ReportCounts } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import {
  type ReportedRecipient,
  type ReportRecipientsDeps,
  reportRecipients,
  SHOWN,
} from './report-recipients.ts';

/** Recipients on one page of a report. */
const REPORT_PAGE = 200;

/** The answer of `GET /api/notifications/{id}`; times are RFC 3339. */
export interface Report {
  readonly id: NotificationId;
  readonly type: string;
  readonly source: string;
  readonly eventId: string;
  readonly acceptedAt: string;
  /** Every recipient was named and has a final outcome. */
  readonly complete: boolean;
  /** Recipients named so far. */
  readonly addressed: number;
  readonly outcomes: { readonly [outcome: string]: number };
  readonly pending: { readonly [state: string]: number };
  /** When it was cancelled. */
  readonly cancelled?: string;
  /** Of one that was cancelled: those whom nobody had addressed by then, where their number is known. */
  readonly notAddressed?: number;
  /**
   * Of those who were shown a message: how many are known to have read it or pressed a button of it; of the others nobody
   * knows. Absent where receipts are not kept.
   */
  readonly read?: { readonly read: number; readonly unknown: number };
  readonly firstAt?: string;
  readonly lastAt?: string;
  readonly traceparent?: string;
  readonly recipients?: readonly ReportedRecipient[];
  readonly continuation?: string;
}

export type ReportNotification = (
  id: NotificationId,
  recipients?: { readonly continuation?: string },
) => Promise<Report | undefined>;

/** Says what became of a notification; `undefined` for an unknown id. Throws `StoreUnavailable`. */
export function reportNotification(
  deps: ReportRecipientsDeps & {
    readonly notifications: NotificationStore;
    readonly ledger: Pick<Ledger, 'countOutcomes' | 'listResults'>;
  },
): ReportNotification {
  const toReported = reportRecipients(deps);
  return async (id, recipients) => {
    const notification = await deps.notifications.findNotification(id);
    if (notification === undefined) return undefined;
    const [planned, walks, mark] = await Promise.all([
      deps.notifications.isPlanned(id, isListed(notification) ? 'listed' : undefined),
      deps.notifications.walksOf(id),
      deps.notifications.findCancellation(id),
    ]);
    const cancellation = isCancelledBy(mark, notification) ? mark : undefined;
    // Counted last: what is planned by now cannot be missing from the counts.
    const counts = await deps.ledger.countOutcomes(id);
    const pending = Object.values(counts.pending).reduce((sum, count) => sum + count, 0);
    const page =
      recipients === undefined
        ? undefined
        : await deps.ledger.listResults(id, {
            limit: REPORT_PAGE,
            ...defined({ after: recipients.continuation }),
          });
    return {
      id,
      type: notification.type,
      source: notification.source,
      eventId: notification.eventId,
      acceptedAt: toIso(notification.acceptedAt),
      complete: planned && pending === 0 && walks.every(({ done }) => done),
      addressed: counts.addressed,
      outcomes: counts.outcomes,
      pending: counts.pending,
      ...(cancellation === undefined ? {} : { cancelled: toIso(cancellation.at) }),
      ...defined({ notAddressed: cancellation?.notAddressed }),
      ...(deps.readReceipts === true ? { read: readIn(counts) } : {}),
      ...(counts.firstAt === undefined ? {} : { firstAt: toIso(counts.firstAt) }),
      ...(counts.lastAt === undefined ? {} : { lastAt: toIso(counts.lastAt) }),
      ...defined({ traceparent: notification.traceparent }),
      ...(page === undefined ? {} : { recipients: await toReported(notification, page.items) }),
      ...defined({ continuation: page?.after }),
    };
  };
}

function readIn({ outcomes, read }: ReportCounts): NonNullable<Report['read']> {
  const shown = Object.entries(outcomes).reduce(
    (sum, [outcome, count]) => (SHOWN.has(outcome) ? sum + count : sum),
    0,
  );
  return { read, unknown: Math.max(0, shown - read) };
}
