import { defined } from '../../domain/defined.ts';
import { Outcome, Pending } from '../../domain/delivery/delivery.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { isNotificationId, type NotificationId } from '../../domain/ids.ts';
import { type Duration, days, type Instant, toIso } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Listed, NotificationListing } from '../../ports/event/notification-listing.ts';
import { spanOf } from '../../use-cases/intake/schedule.ts';
import { latest } from '../../use-cases/upkeep/list-notifications.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from '../route.ts';
import { invalid, ok, unknown } from './answers.ts';
import { Asked, continuationOf } from './asked.ts';
import { type BriefsDeps, lookAtBrief } from './briefs.ts';
import { activityOf, contentOf, deliveryOf, textOf } from './shown.ts';
import { whoAre } from './who.ts';

export interface NotificationsDeps extends BriefsDeps {
  readonly listing: NotificationListing;
  readonly ledger: Pick<Ledger, 'results'>;
  readonly clock: Clock;
}

/** So far back is listed, and as far as nothing else is said. */
const LISTED_BACK: Duration = days(366);
const USUALLY_BACK: Duration = days(30);
/** Recipients that are looked at for one page where only some are wanted. */
const MOST_LOOKED_AT = 5000;
const ROWS_AT_ONCE = 200;

const UNKNOWN = unknown('unknown-notification', 'No notification with this id was accepted');

export function notificationRoutes(deps: NotificationsDeps): readonly ConsoleRoute[] {
  const look = lookAtBrief(deps);
  return [
    { method: 'GET', path: 'notifications', role: 'reader', answer: list },
    { method: 'GET', path: 'notifications/{id}', role: 'reader', answer: one },
    { method: 'GET', path: 'notifications/{id}/recipients', role: 'reader', answer: recipients },
  ];

  async function list({ query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const now = deps.clock.now();
    const limit = asked.limit();
    const since = Math.max(asked.time('since') ?? now - USUALLY_BACK, now - LISTED_BACK);
    const until = Math.min(asked.time('until') ?? now, now);
    const behind = asked.continuation((parts) => placeIn(parts, now));
    const outcome = asked.oneOf('outcome', [...Object.values(Outcome), ...Object.values(Pending)]);
    const wants = wantedBy(asked, now);
    if (asked.refusal !== undefined) return asked.refusal;
    const page = await latest(deps)(
      { since, until: behind === undefined ? until : { behind }, limit },
      async (id) => {
        const brief = (await look(id, wants))?.brief;
        if (brief === undefined || outcome === undefined) return brief;
        return Object.hasOwn({ ...brief.outcomes, ...brief.pending }, outcome) ? brief : undefined;
      },
    );
    const next = page.next && continuationOf(page.next.acceptedAt, page.next.notification);
    return ok({ items: page.items, ...defined({ continuation: next }) });
  }

  /** What a notification says by itself is looked at before anything is counted. */
  function wantedBy(asked: Asked, now: Instant): (notification: Notification) => boolean {
    const [kind, source, text] = [asked.text('kind'), asked.text('source'), asked.text('text')];
    const isScheduled = asked.oneOf('scheduled', ['1']) !== undefined;
    const has = (whole: string | undefined, part: string) =>
      whole?.toLowerCase().includes(part.toLowerCase()) === true;
    return (notification) =>
      (kind === undefined || notification.type === kind) &&
      (source === undefined || has(notification.source, source)) &&
      (!isScheduled || (spanOf(notification.delivery.at)?.last ?? 0) > now) &&
      (text === undefined ||
        notification.id === text ||
        has(notification.subject, text) ||
        has(notification.eventId, text) ||
        has(textOf(deps, notification), text));
  }

  async function one({ params, query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const language = asked.oneOf('language', ['en', 'de']) ?? 'en';
    if (asked.refusal !== undefined) return asked.refusal;
    const id = idIn(params);
    const looked = id && (await look(id));
    if (looked === undefined) return UNKNOWN;
    const { brief, notification, report } = looked;
    const { firstAt, lastAt, notAddressed } = report;
    const { eventId, to, delivery, data } = notification;
    const content = contentOf(deps, notification, language);
    return ok({
      ...brief,
      eventId,
      to,
      delivery: deliveryOf(delivery),
      data,
      urgent: delivery.urgent,
      ...defined({
        firstAt,
        lastAt,
        notAddressed,
        key: delivery.key,
        activity: content && activityOf(content),
      }),
    });
  }

  async function recipients({ params, query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const limit = asked.limit();
    const state = asked.oneOf('outcome', [...Object.values(Outcome), ...Object.values(Pending)]);
    const reason = asked.text('reason', 60);
    const after = asked.continuation(([place]) => place);
    if (asked.refusal !== undefined) return asked.refusal;
    const id = idIn(params);
    if (id === undefined || (await deps.notifications.find(id)) === undefined) return UNKNOWN;
    let page: Awaited<ReturnType<typeof some>>;
    try {
      page = await some(
        id,
        { limit, after },
        (one) =>
          (state === undefined || one.state === state) && (reason === undefined || one.reason === reason),
      );
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      // A continuation that no page gave: whoever asked is told.
      return invalid([{ path: 'continuation', message: 'must be what the previous page gave' }]);
    }
    const known = await whoAre(
      deps,
      page.items.map(({ key }) => key),
    );
    return ok({
      items: page.items.map((item, index) => ({ ...known[index], ...item })),
      ...defined({ continuation: page.after === undefined ? undefined : continuationOf(page.after) }),
    });
  }

  /** A page of those that are wanted. */
  async function some(
    id: NotificationId,
    { limit, after: begin }: { readonly limit: number; readonly after: string | undefined },
    wants: (one: ReportedOne) => boolean,
  ): Promise<{ readonly items: readonly ReportedOne[]; readonly after?: string }> {
    const items: ReportedOne[] = [];
    let after = begin;
    for (let looked = 0; looked < MOST_LOOKED_AT; looked += ROWS_AT_ONCE) {
      const from = defined({ after });
      const page = await deps.ledger.results(id, { limit: ROWS_AT_ONCE, ...from });
      const reported = page.items.map(toReported);
      const room = limit - items.length;
      const wanted = reported.flatMap((one, index) => (wants(one) ? [{ one, index }] : []));
      items.push(...wanted.slice(0, room).map(({ one }) => one));
      const last = wanted[room - 1];
      if (last !== undefined && (page.after !== undefined || last.index < reported.length - 1)) {
        // Where the page ends the ledger says, which is asked for just as much.
        const upTo = await deps.ledger.results(id, { limit: last.index + 1, ...from });
        return { items, ...defined({ after: upTo.after }) };
      }
      after = page.after;
      if (after === undefined) return { items };
    }
    return { items, ...defined({ after }) };
  }
}

type Result = Awaited<ReturnType<Ledger['results']>>['items'][number];

interface ReportedOne {
  readonly key: string;
  readonly state: string;
  readonly reason?: string;
}

function toReported({ conversation: key, result }: Result): ReportedOne {
  if (result.outcome === undefined)
    return { key, state: result.state, ...defined({ reason: result.waiting }) };
  const { outcome: state, at, attempts, repeats, reason, activityId, notRecalled, lastError } = result;
  return {
    key,
    state,
    ...{ at: toIso(at), attempts, repeats },
    ...defined({ reason, activityId, notRecalled, lastError }),
  };
}

function idIn({ id = '' }: ConsoleRequest['params']): NotificationId | undefined {
  return isNotificationId(id) ? id : undefined;
}

/** No notification is accepted tomorrow: who says so would have every day until then read. */
function placeIn([at = '', id = '']: readonly string[], now: Instant): Listed | undefined {
  const acceptedAt = /^\d{1,13}$/.test(at) ? Number(at) : Number.POSITIVE_INFINITY;
  return acceptedAt <= now + days(1) && isNotificationId(id) ? { acceptedAt, notification: id } : undefined;
}
