import { defined } from '../../domain/defined.ts';
import { Outcome, Pending } from '../../domain/delivery/delivery.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import {
  type ListedResult,
  type ReportRecipientsDeps,
  reportRecipients,
  standingOf,
} from '../../use-cases/upkeep/report-recipients.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from '../route.ts';
import { ok, unknown } from './answers.ts';
import { Asked, continuationOf } from './asked.ts';
import { idIn } from './notifications.ts';
import { type WhoDeps, whoAre } from './who.ts';

export interface RecipientsDeps extends WhoDeps, Pick<ReportRecipientsDeps, 'addressees'> {
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
  readonly ledger: Pick<Ledger, 'listResults'>;
}

/** Recipients that are looked at for one page where only some are wanted. */
const MOST_LOOKED_AT = 5000;
const ROWS_AT_ONCE = 200;

/** Whom a notification was addressed to, and what became of it for each: a page at a time, however many they are. */
export function recipientsRoute(deps: RecipientsDeps): ConsoleRoute {
  const toReported = reportRecipients({ addressees: deps.addressees });
  return { method: 'GET', path: 'notifications/{id}/recipients', role: 'reader', answer: recipients };

  async function recipients({ params, query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const limit = asked.limit();
    const state = asked.oneOf('outcome', [...Object.values(Outcome), ...Object.values(Pending)]);
    const reason = asked.text('reason', 60);
    const after = asked.continuation(([place]) => place);
    if (asked.refusal !== undefined) return asked.refusal;
    const id = idIn(params);
    const notification = id && (await deps.notifications.findNotification(id));
    if (notification === undefined) return unknown('notification', { path: 'id', name: params.id });
    const wants = (item: ListedResult) => {
      const one = standingOf(item);
      return (state === undefined || one.state === state) && (reason === undefined || one.reason === reason);
    };
    // Where everybody is wanted, a page of the ledger is one.
    const atOnce = state === undefined && reason === undefined ? limit : ROWS_AT_ONCE;
    const page = await asked.page(() => some(notification.id, { limit, after, atOnce }, wants));
    if (page === undefined) return asked.refused();
    const keys = page.items.map(({ conversation }) => conversation);
    const [known, reported] = await Promise.all([whoAre(deps, keys), toReported(notification, page.items)]);
    return ok({
      items: reported.map((item, index) => ({ ...known[index], ...item })),
      ...defined({ continuation: page.after === undefined ? undefined : continuationOf(page.after) }),
    });
  }

  /** A page of those that are wanted. */
  async function some(
    id: NotificationId,
    {
      limit,
      after: begin,
      atOnce,
    }: { readonly limit: number; readonly after: string | undefined; readonly atOnce: number },
    wants: (item: ListedResult) => boolean,
  ): Promise<{ readonly items: readonly ListedResult[]; readonly after?: string }> {
    const items: ListedResult[] = [];
    let after = begin;
    for (let looked = 0; looked < MOST_LOOKED_AT; looked += atOnce) {
      const from = defined({ after });
      const page = await deps.ledger.listResults(id, { limit: atOnce, ...from });
      const room = limit - items.length;
      const wanted = page.items.flatMap((one, index) => (wants(one) ? [{ one, index }] : []));
      items.push(...wanted.slice(0, room).map(({ one }) => one));
      const last = wanted[room - 1];
      if (last !== undefined && last.index < page.items.length - 1) {
        // Where the page ends the ledger says, which is asked for just as much.
        const upTo = await deps.ledger.listResults(id, { limit: last.index + 1, ...from });
        return { items, ...defined({ after: upTo.after }) };
      }
      after = page.after;
      if (after === undefined || last !== undefined) break;
    }
    return { items, ...defined({ after }) };
  }
}
