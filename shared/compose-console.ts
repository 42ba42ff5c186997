import { randomUUID } from 'node:crypto';
import { newKey } from './adapters/system/new-key.ts';
import type { Parts } from './compose-parts.ts';
import type { Config } from './config.ts';
import { readRoutes } from './console/read-routes.ts';
import { writeRoutes } from './console/write-routes.ts';
import { defined } from './domain/defined.ts';
import type { Duration } from './domain/time.ts';
import { catalog } from './kinds/catalog.ts';
import { allHooks } from './kinds/hooks/all-hooks.ts';
import { revokeHook } from './kinds/hooks/revoke-hook.ts';
import type { CancelNotification } from './use-cases/cancel/cancel-notification.ts';
import { findPerson } from './use-cases/conversation/find-person.ts';
import { publishEvents } from './use-cases/intake/publish-events.ts';
import { erasePerson } from './use-cases/people/erase-person.ts';
import { resolvePerson } from './use-cases/people/resolve-person.ts';
import type { CheckHealth } from './use-cases/upkeep/check-health.ts';
import { replayParked } from './use-cases/upkeep/replay-parked.ts';

/** What the door of the console needs, and all that is behind it. */
export async function composeConsole(
  config: Config,
  { clock, kinds, log, plan, queues, reporting, starting, stores }: Parts,
  given: {
    readonly version: string;
    readonly signIn: NonNullable<Config['console']>;
    readonly cancel: () => Promise<CancelNotification>;
    readonly health: () => Promise<CheckHealth>;
    readonly wait: (delay: Duration) => Promise<unknown>;
  },
) {
  const [all, { deliveries, events, jobs, messages, figures }] = await Promise.all([stores(), queues()]);
  const { defaultTimeZone, requestsPerSecond } = config;
  const deps = {
    ...all,
    ...catalog,
    findPerson: findPerson(all),
    report: await reporting(),
    queues: async () => figures,
    health: await given.health(),
    hooks: (after?: string) => shownHooks(all.tables, after),
    kinds: await kinds(),
    settings: config.shown,
    isLocal: given.signIn === 'nobody',
    version: given.version,
    wait: given.wait,
    defaultTimeZone,
    requestsPerSecond,
    clock,
    log,
  };
  const writes = writeRoutes({
    ...deps,
    newId: randomUUID,
    publish: publishEvents({ events, kinds: catalog, clock }),
    cancel: await given.cancel(),
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
  return {
    signIn: given.signIn,
    routes: [...readRoutes(deps), ...writes],
    audit: all.audit,
    newId: newKey,
    clock,
    log,
  };
}

/** What is shown of web hooks: no hash, no secret, nothing of what came. */
export async function* shownHooks(tables: Parameters<typeof allHooks>[0], after?: string) {
  for await (const { key: id, conversation, value } of allHooks(tables, after)) {
    const { name, topic, createdAt, shownTo: createdBy, lastAt: lastUsedAt } = value;
    yield { id, name, conversation, createdAt, ...defined({ topic, createdBy, lastUsedAt }) };
  }
}
