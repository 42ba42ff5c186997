import { newKey } from './adapters/system/new-key.ts';
import { writeRoutesOf } from './compose-console-write.ts';
import type { Parts } from './compose-parts.ts';
import type { Config } from './config.ts';
import { readRoutes } from './console/read-routes.ts';
import { defined } from './domain/defined.ts';
import type { Duration } from './domain/time.ts';
import { catalog } from './kinds/catalog.ts';
import { allHooks } from './kinds/hooks/all-hooks.ts';
import { findPerson } from './use-cases/conversation/find-person.ts';
import type { CheckHealth } from './use-cases/upkeep/check-health.ts';
import { reportNotification } from './use-cases/upkeep/report-notification.ts';

/** What the door of the console needs, and all that is behind it. */
export async function composeConsole(
  config: Config,
  parts: Parts,
  given: {
    readonly version: string;
    readonly signIn: NonNullable<Config['console']>;
    readonly health: () => Promise<CheckHealth>;
    readonly wait: (delay: Duration) => Promise<unknown>;
  },
) {
  const { clock, kinds, log, queues, stores } = parts;
  const all = await stores();
  const { defaultTimeZone, requestsPerSecond } = config;
  const deps = {
    ...all,
    ...catalog,
    findPerson: findPerson(all),
    report: reportNotification({ ...all, readReceipts: config.readReceipts }),
    queues: async () => (await queues()).figures,
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
  return {
    signIn: given.signIn,
    routes: [...readRoutes(deps), ...(await writeRoutesOf(config, parts))],
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
