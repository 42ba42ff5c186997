import { currentSink } from './adapters/system/invocation-sink.ts';
import { JsonLog } from './adapters/system/json-log.ts';
import { newKey } from './adapters/system/new-key.ts';
import { cachingNotifications } from './adapters/system/notification-cache.ts';
import { systemClock, systemRandom } from './adapters/system/system-clock.ts';
import { findPersonZone } from './chat/person-zone.ts';
import type { Config } from './config.ts';
import { slotsPerSecond } from './domain/delivery/tenant-window.ts';
import { catalog } from './kinds/catalog.ts';
import { exportPasses } from './kinds/exports/exports.ts';
import type { World } from './kinds/kind.ts';
import { openKinds } from './kinds/open-kinds.ts';
import { type MergeAddressees, mergeAddressees } from './use-cases/conversation/merge-addressees.ts';
import { laterIfAway } from './use-cases/delivery/later.ts';
import { type ReleaseDeferred, releaseDeferred } from './use-cases/holding-back/release-deferred.ts';
import { type Announce, announce } from './use-cases/intake/announce.ts';
import { parkMessage } from './use-cases/intake/park-message.ts';
import { planNotification } from './use-cases/intake/plan-notification.ts';
import type { PublishOwn } from './use-cases/intake/publish-own.ts';
import { type StartWork, startWork } from './use-cases/intake/start-work.ts';
import { exportLinks } from './use-cases/privacy/export-links.ts';
import { exportPersonalData } from './use-cases/privacy/export-personal-data.ts';
import { type ForgetConversation, forgetConversation } from './use-cases/privacy/forget-conversation.ts';
import { keepFor } from './use-cases/upkeep/keep-for.ts';

export type Parts = ReturnType<typeof partsOf>;

/** What the functions share: each part is made when it is first asked for, and kept. */
export function partsOf(config: Config) {
  const clock = systemClock;
  const random = systemRandom;
  const log = new JsonLog(currentSink);

  const stores = once(async () => {
    const { connectTables } = await import('./adapters/table/connect.ts');
    const tables = await connectTables(config.tables, {
      clock,
      log,
      requestsPerSecond: slotsPerSecond(config.requestsPerSecond),
      vouching: config.vouching,
      tableNames: catalog.tableNames,
    });
    const kept = keepFor(config.retention, { ...tables, clock });
    return {
      ...tables,
      ...kept,
      notifications: cachingNotifications(kept.notifications),
      // Every use case that reads of people asks whose word is taken for who they are.
      vouching: config.vouching,
    };
  });
  const queues = once(async () => {
    const { connectQueues } = await import('./adapters/service-bus/connect.ts');
    return connectQueues(config.serviceBus, clock);
  });
  const bot = once(async () => {
    const { createBot } = await import('./adapters/bot/bot.ts');
    return createBot({
      identity: config.bot,
      trustedServiceUrls: config.trustedServiceUrls,
      sendTimeout: config.sendTimeout,
      allowUnauthenticated: config.environment === 'local',
      clock,
      log,
    });
  });

  const plan = once(async () => {
    const { deliveries, jobs } = await queues();
    return planNotification({
      ...(await stores()),
      kinds: await kinds(),
      merge: merging,
      deliveries,
      jobs,
      clock,
    });
  });
  /** Each kind, at work. */
  const opened = once(async () => {
    const all = await stores();
    const personZone = findPersonZone({ ...all, defaultTimeZone: config.defaultTimeZone });
    const world: World = {
      ...all,
      announce: announcing,
      startWork: starting,
      publish: publishing,
      settings: config,
      ...(config.origin === undefined ? {} : { origin: config.origin }),
      personZone,
      clock,
      log,
    };
    return openKinds(world);
  });
  const kinds = once(async () => (await opened()).all);
  const exporting = once(async () => {
    const all = await stores();
    const exportOne = exportPersonalData({ ...all, kinds: await kinds(), clock });
    return exportLinks({ ...all, passes: exportPasses(all), exportPersonalData: exportOne, newKey, clock });
  });
  const parking = once(async () => parkMessage({ ...(await stores()), clock, log }));
  /** The queue is connected to with the first thing that the app itself has to say. */
  const announcing: Announce = async (announcement) =>
    announce({ ...(await stores()), plan: await plan(), clock })(announcement);
  const starting: StartWork = async (work, after) =>
    startWork({ ...(await stores()), jobs: (await queues()).jobs, clock })(work, after);
  const publishing: PublishOwn = async (events) => (await queues()).events.publish(events);
  /** The queue is connected to with the first thing that is let go. */
  const releasing: ReleaseDeferred = async (conversation) => {
    const [all, { deliveries }] = await Promise.all([stores(), queues()]);
    return releaseDeferred({ ...all, deliveries, clock })(conversation);
  };
  const merging: MergeAddressees = async (from, into, about) =>
    mergeAddressees({ ...(await stores()), kinds: await kinds(), releaseDeferred: releasing })(
      from,
      into,
      about,
    );
  const forgetting: ForgetConversation = async (request) =>
    forgetConversation({ ...(await stores()), kinds: await kinds(), clock, log })(request);
  const ifAway = laterIfAway({ clock, random, log });
  return {
    announcing,
    bot,
    clock,
    exporting,
    forgetting,
    ifAway,
    kinds,
    log,
    merging,
    opened,
    parking,
    plan,
    publishing,
    queues,
    random,
    releasing,
    starting,
    stores,
  };
}

/** Makes something when it is first asked for, and keeps it; a making that failed is tried again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((cause: unknown) => {
      made = undefined;
      throw cause;
    });
    return made;
  };
}
