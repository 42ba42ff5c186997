import { type AuditReadDeps, auditRoute } from './read/audit.ts';
import { type MeDeps, meRoute } from './read/me.ts';
import { type NotificationsDeps, notificationRoutes } from './read/notifications.ts';
import { type NowDeps, nowRoute } from './read/now.ts';
import { type OverviewDeps, overviewRoutes } from './read/overview.ts';
import { type ParkedDeps, parkedRoutes } from './read/parked.ts';
import { type PeopleDeps, peopleRoutes } from './read/people.ts';
import { type RecipientsDeps, recipientsRoute } from './read/recipients.ts';
import { rememberedReports } from './read/remembered-reports.ts';
import type { ConsoleRoute } from './route.ts';

export type ReadDeps = AuditReadDeps &
  MeDeps &
  NotificationsDeps &
  NowDeps &
  OverviewDeps &
  ParkedDeps &
  PeopleDeps &
  RecipientsDeps;

/** Everything that can be read. */
export function readRoutes(given: ReadDeps): readonly ConsoleRoute[] {
  const deps = { ...given, report: rememberedReports(given.report, given.clock) };
  return [
    meRoute(deps),
    nowRoute(deps),
    ...notificationRoutes(deps),
    recipientsRoute(deps),
    ...peopleRoutes(deps),
    ...parkedRoutes(deps),
    ...overviewRoutes(deps),
    auditRoute(deps),
  ];
}
