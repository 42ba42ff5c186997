import { defined } from '../../domain/defined.ts';
import type { Notification } from '../../domain/event/notification.ts';
import { type Duration, days, type Instant, minutes, seconds, toIso } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { TenantCursor, TenantCursors } from '../../ports/delivery/pacer.ts';
import type { NotificationListing } from '../../ports/event/notification-listing.ts';
import type { Parking } from '../../ports/event/parking.ts';
import type { QueueFigures } from '../../ports/queues.ts';
import { spanOf } from '../../use-cases/intake/schedule.ts';
import type { CheckHealth } from '../../use-cases/upkeep/check-health.ts';
import { isItsPlace } from '../../use-cases/upkeep/list-notifications.ts';
import type { ConsoleRoute } from '../route.ts';
import { ok } from './answers.ts';
import { Asked, type Language } from './asked.ts';
import { type Brief, type BriefsDeps, lookAtBrief } from './briefs.ts';

export interface NowDeps extends BriefsDeps {
  readonly listing: NotificationListing;
  readonly queues: () => Promise<QueueFigures>;
  readonly pacer: TenantCursors;
  readonly requestsPerSecond: number;
  readonly parking: Pick<Parking, 'count'>;
  readonly health: CheckHealth;
  readonly clock: Clock;
  readonly wait: (delay: Duration) => Promise<unknown>;
}

/** However many pages look, so often it is found out. */
const FRESH_FOR: Duration = seconds(2);
/** Of what was accepted lately so many are looked at, and so many shown. */
const MOST_LOOKED_AT = 100;
const MOST_RUNNING = 20;
const MOST_PARKED = 10_000;
const MOST_CURSORS = 1000;
const MOST_TENANTS = 20;
/** Between two looks at what was taken lies at least this, and at most that. */
const SHORTEST_SPAN: Duration = seconds(1);
const LONGEST_SPAN: Duration = minutes(1);

/** How it is with the notifier at this moment. */
export function nowRoute(deps: NowDeps): ConsoleRoute {
  const rates = tenantRates(deps);
  const last = new Map<Language, { readonly at: Instant; readonly body: Promise<object> }>();
  return {
    method: 'GET',
    path: 'now',
    role: 'reader',
    async answer({ query }) {
      const asked = new Asked(query);
      const language = asked.language();
      if (asked.refusal !== undefined) return asked.refusal;
      const at = deps.clock.now();
      const known = last.get(language);
      const found =
        known === undefined || at >= known.at + FRESH_FOR ? { at, body: findOut(at, language) } : known;
      last.set(language, found);
      try {
        return ok(await found.body);
      } catch (cause) {
        // The next one asks anew; this one is told that something is away.
        if (last.get(language) === found) last.delete(language);
        throw cause;
      }
    },
  };

  async function findOut(at: Instant, language: Language): Promise<object> {
    const [queues, tenants, running, parked, health] = await Promise.all([
      queuesAt(at),
      rates(),
      runningAt(at, language),
      deps.parking.count(MOST_PARKED),
      deps.health(),
    ]);
    return { at: toIso(at), queues, tenants, running, parked, health };
  }

  async function queuesAt(at: Instant) {
    const { figures } = await deps.queues();
    return (await figures()).map(({ queue, oldestAt, ...figure }) => ({
      name: queue,
      ...figure,
      ...defined({
        oldestSeconds:
          oldestAt === undefined ? undefined : Math.max(0, Math.round((at - oldestAt) / seconds(1))),
      }),
    }));
  }

  async function runningAt(at: Instant, language: Language): Promise<readonly Brief[]> {
    const look = lookAtBrief(deps, language);
    const running: Brief[] = [];
    let looked = 0;
    for await (const listed of deps.listing.acceptedBetween(at - days(7), at)) {
      if (looked === MOST_LOOKED_AT || running.length === MOST_RUNNING) break;
      looked += 1;
      // Of what is for a time nothing runs before it.
      const mayRun = (stored: Notification) => isItsPlace(listed, stored) && !isAhead(stored.delivery.at, at);
      const brief = (await look(listed.notification, mayRun))?.brief;
      if (brief?.complete === false) running.push(brief);
    }
    return running;
  }
}

function isAhead(time: Parameters<typeof spanOf>[0], now: Instant): boolean {
  return (spanOf(time)?.first ?? now) > now;
}

interface Sample {
  readonly at: Instant;
  readonly cursors: readonly TenantCursor[];
}

/** Requests a second to each tenant that had any within the hour, between two looks at how many slots were taken. */
function tenantRates({ pacer, requestsPerSecond, clock, wait }: NowDeps) {
  let before: Sample | undefined;

  return async () => {
    let from = before;
    if (from === undefined || clock.now() - from.at > LONGEST_SPAN) {
      from = await sample();
      await wait(SHORTEST_SPAN);
    }
    const to = await sample();
    const span = to.at - from.at;
    before = span >= SHORTEST_SPAN ? to : from;
    const taken = new Map(from.cursors.map((cursor) => [cursor.tenant, cursor.taken ?? 0]));
    return to.cursors
      .map((cursor) => {
        // A release that does not count began anew.
        const more = Math.max(0, (cursor.taken ?? 0) - (taken.get(cursor.tenant) ?? 0));
        const perSecond = span <= 0 ? 0 : Math.round((10 * more * seconds(1)) / span) / 10;
        return { tenant: cursor.tenant, perSecond, limit: requestsPerSecond };
      })
      .sort((a, b) => b.perSecond - a.perSecond)
      .slice(0, MOST_TENANTS);
  };

  async function sample(): Promise<Sample> {
    const at = clock.now();
    return { at, cursors: await pacer.cursors(at - minutes(60), MOST_CURSORS) };
  }
}
