import { defined } from '../../domain/defined.ts';
import { Outcome, Pending } from '../../domain/delivery/delivery.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { isNotificationId, type NotificationId } from '../../domain/ids.ts';
import { type Duration, days, type Instant } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Listed, NotificationListing } from '../../ports/event/notification-listing.ts';
import { isScheduled } from '../../use-cases/intake/schedule.ts';
import { isItsPlace, latest } from '../../use-cases/upkeep/list-notifications.ts';
import type { ConsoleAnswer, ConsoleRequest, ConsoleRoute } from '../route.ts';
import { ok, unknown } from './answers.ts';
import { Asked, continuationOf, LANGUAGES } from './asked.ts';
import { type BriefsDeps, lookAtBrief } from './briefs.ts';
import { activityOf, contentOf, deliveryOf, textOf } from './shown.ts';

export interface NotificationsDeps extends BriefsDeps {
  readonly listing: NotificationListing;
  readonly ledger: Pick<Ledger, 'listResults'>;
  readonly clock: Clock;
}

/** So far back is listed, and as far as nothing else is said. */
const LISTED_BACK: Duration = days(366);
const USUALLY_BACK: Duration = days(30);

export function notificationRoutes(deps: NotificationsDeps): readonly ConsoleRoute[] {
  return [
    { method: 'GET', path: 'notifications', role: 'reader', answer: list },
    { method: 'GET', path: 'notifications/{id}', role: 'reader', answer: one },
  ];

  async function list({ query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const now = deps.clock.now();
    const limit = asked.limit();
    const since = Math.max(asked.time('since') ?? now - USUALLY_BACK, now - LISTED_BACK);
    const until = Math.min(asked.time('until') ?? now, now);
    const behind = asked.continuation((parts) => placeIn(parts, now));
    const outcome = asked.oneOf('outcome', [...Object.values(Outcome), ...Object.values(Pending)]);
    const language = asked.language();
    const onlyScheduled = asked.oneOf('scheduled', ['1']) !== undefined;
    const wants = wantedBy(asked, { now, onlyScheduled });
    if (asked.refusal !== undefined) return asked.refusal;
    const look = lookAtBrief(deps, language);
    const page = await latest(deps)(
      { since, until: behind === undefined ? until : { behind }, limit },
      async (listed) => {
        const isWanted = (stored: Notification) => isItsPlace(listed, stored) && wants(stored);
        const brief = (await look(listed.notification, isWanted))?.brief;
        if (brief?.cancelled !== undefined && onlyScheduled) return undefined;
        if (brief === undefined || outcome === undefined) return brief;
        return Object.hasOwn({ ...brief.outcomes, ...brief.pending }, outcome) ? brief : undefined;
      },
    );
    const next = page.next && continuationOf(page.next.acceptedAt, page.next.notification);
    return ok({ items: page.items, ...defined({ continuation: next }) });
  }

  /** What a notification says by itself is looked at before anything is counted. */
  function wantedBy(
    asked: Asked,
    { now, onlyScheduled }: { readonly now: Instant; readonly onlyScheduled: boolean },
  ): (notification: Notification) => boolean {
    const [kind, source] = [asked.text('kind'), asked.text('source')];
    const words = asked.text('text')?.toLowerCase().split(/\s+/) ?? [];
    const has = (whole: string | undefined, part: string) =>
      whole?.toLowerCase().includes(part.toLowerCase()) === true;
    // Whoever asks may have the words from somebody who reads it in another language.
    const hasAll = (notification: Notification) => {
      const { id, subject = '', eventId } = notification;
      const texts = LANGUAGES.map((language) => textOf(deps, notification, language));
      const said = [id, subject, eventId, ...texts].join('\n').toLowerCase();
      return words.every((word) => said.includes(word));
    };
    return (notification) =>
      (kind === undefined || notification.type === kind) &&
      (source === undefined || has(notification.source, source)) &&
      (!onlyScheduled || isScheduled(notification.delivery.at, now)) &&
      (words.length === 0 || hasAll(notification));
  }

  async function one({ params, query }: ConsoleRequest): Promise<ConsoleAnswer> {
    const asked = new Asked(query);
    const language = asked.language();
    if (asked.refusal !== undefined) return asked.refusal;
    const id = idIn(params);
    const looked = id && (await lookAtBrief(deps, language)(id));
    if (looked === undefined) return unknown('notification', { path: 'id', name: params.id });
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
}

export function idIn({ id = '' }: ConsoleRequest['params']): NotificationId | undefined {
  return isNotificationId(id) ? id : undefined;
}

/** No notification is accepted tomorrow: who says so would have every day until then read. */
function placeIn([at = '', id = '']: readonly string[], now: Instant): Listed | undefined {
  const acceptedAt = /^\d{1,13}$/.test(at) ? Number(at) : Number.POSITIVE_INFINITY;
  return acceptedAt <= now + days(1) && isNotificationId(id) ? { acceptedAt, notification: id } : undefined;
}
