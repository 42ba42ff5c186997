import { currentSink, JsonLog } from './adapters/system/json-log.ts';
import { newKey } from './adapters/system/new-key.ts';
import { cachingNotifications } from './adapters/system/notification-cache.ts';
import { systemClock, systemRandom } from './adapters/system/system-clock.ts';
import { isManager, mayManage } from './chat/commands/may-manage.ts';
import { findPersonZone } from './chat/person-zone.ts';
import type { Config } from './config.ts';
import { defined } from './domain/defined.ts';
import { once } from './domain/once.ts';
import { catalog } from './kinds/catalog.ts';
import { exportPasses } from './kinds/exports/exports.ts';
import { notificationRequested } from './kinds/general/notification-requested.ts';
import type { World } from './kinds/kind.ts';
import { openKinds } from './kinds/open-kinds.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { DeliveryQueue, JobQueue } from './ports/queues.ts';
import { cancelJobs } from './use-cases/cancel/cancel-jobs.ts';
import { endCancelled } from './use-cases/cancel/end-cancelled.ts';
import { type MergeAddressees, mergeAddressees } from './use-cases/conversation/merge-addressees.ts';
import { mergeAndTell } from './use-cases/conversation/merge-and-tell.ts';
import { laterIfAway } from './use-cases/delivery/later.ts';
import { type ReleaseDeferred, releaseDeferred } from './use-cases/holding-back/release-deferred.ts';
import { type Announce, announce } from './use-cases/intake/announce.ts';
import { type BeginWalks, beginWalks } from './use-cases/intake/begin-walks.ts';
import { parkMessage } from './use-cases/intake/park-message.ts';
import { type PlanNotification, planNotification } from './use-cases/intake/plan-notification.ts';
import type { PublishOwn } from './use-cases/intake/publish-own.ts';
import { scheduledJobs } from './use-cases/intake/scheduled-work.ts';
import { type StartWork, startWork } from './use-cases/intake/start-work.ts';
import { exportLinks } from './use-cases/privacy/export-links.ts';
import { exportPersonalData } from './use-cases/privacy/export-personal-data.ts';
import { type ForgetConversation, forgetConversation } from './use-cases/privacy/forget-conversation.ts';
import { recallJobs } from './use-cases/recall/recall-shown.ts';
import { keepFor } from './use-cases/upkeep/keep-for.ts';
import { lookUpJobs } from './use-cases/upkeep/look-up-parked.ts';
import { reportNotification } from './use-cases/upkeep/report-notification.ts';

export type Parts = ReturnType<typeof partsOf>;

/** What the functions share: each part is made when it is first asked for, and kept. */
export function partsOf(config: Config) {
  const clock = systemClock;
  const random = systemRandom;
  const log = new JsonLog(currentSink);

  const { stores, queues, bot } = connectionsOf(config, { clock, log });
  const roster = async () => (await bot()).roster;

  const plan = once(async () => {
    const { deliveries, jobs } = await queues();
    const all = { ...(await stores()), ...resolving, deliveries, jobs, clock, log };
    return planNotification({ ...all, kinds: await kinds() });
  });
  const planning: PlanNotification = async (...asked) => (await plan())(...asked);
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
      ...defined({ origin: config.origin }),
      personZone,
      isManager: isManager({ ...all, roster }),
      mayManage: mayManage({ ...all, roster }),
      clock,
      log,
    };
    return openKinds(
      world,
      cancelJobs({ endCancelled: await ending() }),
      recallJobs({ ...all, deliveries: sending, startWork: starting, clock }),
      scheduledJobs({ ...all, beginWalks: beginning, plan: planning, jobs: working, clock }),
      lookUpJobs({ ...all, plan: planning }),
    );
  });
  const beginning: BeginWalks = async (notification, dueAt) =>
    beginWalks({ ...(await stores()), kinds: await kinds(), jobs: (await queues()).jobs, clock, log })(
      notification,
      dueAt,
    );
  /** The queue is connected to with the first call. */
  const sending: Pick<DeliveryQueue, 'sendCalls'> = {
    sendCalls: async (calls) => (await queues()).deliveries.sendCalls(calls),
  };
  const working: Pick<JobQueue, 'sendJobs'> = {
    sendJobs: async (jobs) => (await queues()).jobs.sendJobs(jobs),
  };
  const ending = once(async () => {
    const all = await stores();
    return endCancelled({ ...all, deliveries: sending, clock });
  });
  const kinds = once(async () => (await opened()).all);
  const exporting = once(async () => {
    const all = await stores();
    const exportOne = exportPersonalData({ ...all, kinds: await kinds(), clock });
    return exportLinks({ ...all, passes: exportPasses(all), exportPersonalData: exportOne, newKey, clock });
  });
  const reporting = reportingOf(config, stores);
  const parking = once(async () => parkMessage({ ...(await stores()), clock, log }));
  /** The queue is connected to with the first thing that the app itself has to say. */
  const announcing: Announce = async (announcement) =>
    announce({ ...(await stores()), plan: await plan(), clock })(announcement);
  const starting: StartWork = async (work, after) =>
    startWork({ ...(await stores()), jobs: (await queues()).jobs, clock })(work, after);
  const publishing: PublishOwn = async (events) => (await queues()).events.publishEvents(events);
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
  const mergingAloud = mergeAndTell({
    merge: merging,
    announce: announcing,
    type: notificationRequested.name,
  });
  /** How it is found out who is meant. */
  const resolving = { merge: mergingAloud, ...directoryOf(config, { clock, log }) };
  const forgetting: ForgetConversation = async (request) =>
    forgetConversation({ ...(await stores()), kinds: await kinds(), clock, log })(request);
  const ifAway = laterIfAway({ clock, random, log });
  return {
    announcing,
    beginning,
    bot,
    clock,
    exporting,
    ending,
    forgetting,
    ifAway,
    kinds,
    log,
    merging,
    mergingAloud,
    opened,
    parking,
    plan,
    publishing,
    queues,
    random,
    releasing,
    reporting,
    resolving,
    roster,
    starting,
    stores,
  };
}

/** Where names are looked up that no roster told; nowhere, where none is set up. */
function directoryOf(
  { directory, bot: identity, sendTimeout: timeout }: Config,
  deps: Pick<World, 'clock' | 'log'>,
) {
  if (directory === undefined) return {};
  return {
    directory: once(async () => {
      const { connectDirectory } = await import('./adapters/bot/directory/connect-directory.ts');
      return connectDirectory({ ...deps, ...directory, identity, timeout });
    }),
  };
}

/** What says what became of a notification. */
function reportingOf({ readReceipts }: Config, stores: ReturnType<typeof connectionsOf>['stores']) {
  return once(async () => reportNotification({ ...(await stores()), readReceipts }));
}

/** What the app is connected to: tables, queues and the channels. */
function connectionsOf(config: Config, { clock, log }: { readonly clock: Clock; readonly log: Log }) {
  const stores = once(async () => {
    const { connectTables } = await import('./adapters/table/connect.ts');
    const tables = await connectTables(config.tables, {
      clock,
      log,
      requestsPerSecond: config.requestsPerSecond,
      vouching: config.vouching,
      tableNames: catalog.tableNames,
    });
    const kept = keepFor(config.retention, { ...tables, clock });
    return {
      ...tables,
      ...kept,
      notifications: cachingNotifications(kept.notifications, clock),
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
  return { stores, queues, bot };
}
