import { randomUUID } from 'node:crypto';
import type { Parts } from './compose-parts.ts';
import type { Config } from './config.ts';
import type { ConsoleRoute } from './console/route.ts';
import { catalog } from './kinds/catalog.ts';
import { cancelNotification } from './use-cases/cancel/cancel-notification.ts';
import { findPerson } from './use-cases/conversation/find-person.ts';
import { publishEvents } from './use-cases/intake/publish-events.ts';
import { reportNotification } from './use-cases/upkeep/report-notification.ts';

/** What authors and operators do with the console, at work. */
export async function writeRoutesOf(config: Config, parts: Parts): Promise<readonly ConsoleRoute[]> {
  const { clock, kinds, log, plan, queues, starting, stores } = parts;
  const [all, { deliveries, events, jobs, messages }] = await Promise.all([stores(), queues()]);
  const [{ writeRoutes }, { replayParked }, { resolvePerson }, { erasePerson }, { revokeHook }] =
    await Promise.all([
      import('./console/write-routes.ts'),
      import('./use-cases/upkeep/replay-parked.ts'),
      import('./use-cases/people/resolve-person.ts'),
      import('./use-cases/people/erase-person.ts'),
      import('./kinds/hooks/revoke-hook.ts'),
    ]);
  const { requestsPerSecond, defaultTimeZone } = config;
  const deps = {
    ...all,
    kinds: await kinds(),
    findPerson: findPerson(all),
    requestsPerSecond,
    defaultTimeZone,
    clock,
  };
  return writeRoutes({
    ...deps,
    newId: randomUUID,
    isLocal: config.environment === 'local',
    publish: publishEvents({ events, kinds: catalog, clock }),
    cancel: cancelNotification({
      ...deps,
      startWork: starting,
      report: reportNotification({ ...all, readReceipts: config.readReceipts }),
      log,
    }),
    replay: replayParked({
      ...deps,
      deliveries,
      events,
      messages,
      plan: await plan(),
      startWork: starting,
    }),
    resolvePerson: resolvePerson(deps),
    erasePerson: erasePerson({ ...deps, jobs: async () => jobs }),
    revokeHook: async (id) => (await revokeHook(all, id))?.value,
  });
}
