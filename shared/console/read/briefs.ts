import { defined } from '../../domain/defined.ts';
import { Outcome } from '../../domain/delivery/delivery.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { atOf } from '../../use-cases/intake/schedule.ts';
import type { Report, ReportNotification } from '../../use-cases/upkeep/report-notification.ts';
import type { Language } from './asked.ts';
import { beginningOf, type ShownDeps, textOf } from './shown.ts';
import { type Who, type WhoDeps, whoAre } from './who.ts';

export interface BriefsDeps extends ShownDeps, WhoDeps {
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
  readonly ledger: Pick<Ledger, 'listResults'>;
  readonly report: ReportNotification;
}

/** A notification in a list; times are RFC 3339. */
export interface Brief {
  readonly id: NotificationId;
  readonly acceptedAt: string;
  readonly type: string;
  readonly kind: string;
  readonly source: string;
  readonly subject?: string;
  /** The beginning of what people read. */
  readonly text?: string;
  readonly addressed: number;
  readonly outcomes: Report['outcomes'];
  readonly pending: Report['pending'];
  /** The only one, where there is one. */
  readonly recipient?: Who;
  readonly complete: boolean;
  readonly cancelled?: string;
  readonly at?: string | { readonly local: string };
}

export interface Looked {
  readonly brief: Brief;
  readonly notification: Notification;
  readonly report: Report;
}

/** Says what is stored in a language; `undefined` for what is not, and for what `wants` does not want, of which nothing else is read. */
export function lookAtBrief(deps: BriefsDeps, language: Language) {
  return async (
    id: NotificationId,
    wants: (notification: Notification) => boolean = () => true,
  ): Promise<Looked | undefined> => {
    const notification = await deps.notifications.findNotification(id);
    if (notification === undefined || !wants(notification)) return undefined;
    const report = await deps.report(id);
    if (report === undefined) return undefined;
    const { type, source, subject, delivery } = notification;
    const { acceptedAt, addressed, outcomes, pending, complete, cancelled } = report;
    const brief: Brief = {
      id,
      acceptedAt,
      type,
      kind: deps.entryOf(type)?.title(language) ?? type,
      source,
      addressed,
      outcomes,
      pending,
      complete,
      ...defined({
        subject,
        text: beginningOf(textOf(deps, notification, language)),
        recipient: addressed === 1 ? await onlyRecipient(id) : undefined,
        cancelled,
        at: atOf(delivery.at),
      }),
    };
    return { brief, notification, report };
  };

  async function onlyRecipient(id: NotificationId): Promise<Who | undefined> {
    const { items } = await deps.ledger.listResults(id, { limit: 1 });
    const keys = items.flatMap(({ conversation, result }) =>
      result.outcome === Outcome.noSuchRecipient ? [] : [conversation],
    );
    return (await whoAre(deps, keys))[0];
  }
}
