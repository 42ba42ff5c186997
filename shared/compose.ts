import { setTimeout as wait } from 'node:timers/promises';
import { currentSink } from './adapters/system/invocation-sink.ts';
import { JsonLog } from './adapters/system/json-log.ts';
import { newKey } from './adapters/system/new-key.ts';
import { cachingNotifications } from './adapters/system/notification-cache.ts';
import { systemClock, systemRandom } from './adapters/system/system-clock.ts';
import { findPersonZone } from './chat/person-zone.ts';
import type { Config } from './config.ts';
import { slotsPerSecond } from './domain/delivery/tenant-window.ts';
import type { Duration } from './domain/time.ts';
import { catalog } from './kinds/catalog.ts';
import { exportPasses } from './kinds/exports/exports.ts';
import type { World } from './kinds/kind.ts';
import { openKinds } from './kinds/open-kinds.ts';
import { fireReminders } from './kinds/reminders/fire-reminders.ts';
import { reminderStores } from './kinds/reminders/rows/reminder-stores.ts';
import { walkAudience } from './use-cases/audience/walk-audience.ts';
import { captureConversation } from './use-cases/conversation/capture-conversation.ts';
import { countReplies } from './use-cases/conversation/count-replies.ts';
import { findTold } from './use-cases/conversation/find-told.ts';
import { answerCalls } from './use-cases/delivery/answer-calls.ts';
import { deliverNotification } from './use-cases/delivery/deliver-notification.ts';
import { laterIfAway } from './use-cases/delivery/later.ts';
import { sendToPerson } from './use-cases/delivery/send-to-person.ts';
import { type ReleaseDeferred, releaseDeferred } from './use-cases/holding-back/release-deferred.ts';
import { acceptEvent } from './use-cases/intake/accept-event.ts';
import { type Announce, announce } from './use-cases/intake/announce.ts';
import { announceMany } from './use-cases/intake/announce-many.ts';
import { parkMessage } from './use-cases/intake/park-message.ts';
import { planNotification } from './use-cases/intake/plan-notification.ts';
import { publishEvents } from './use-cases/intake/publish-events.ts';
import { type StartWork, startWork } from './use-cases/intake/start-work.ts';
import { AllDepartures, spacedMessenger } from './use-cases/pace/departures.ts';
import { SpacedPace } from './use-cases/pace/spaced-pace.ts';
import { TenantWaves } from './use-cases/pace/tenant-waves.ts';
import { exportLinks } from './use-cases/privacy/export-links.ts';
import { exportPersonalData } from './use-cases/privacy/export-personal-data.ts';
import { type ForgetConversation, forgetConversation } from './use-cases/privacy/forget-conversation.ts';
import { forgetMe } from './use-cases/privacy/forget-me.ts';
import { returnFromForgetting } from './use-cases/privacy/return-from-forgetting.ts';
import { checkHealth } from './use-cases/upkeep/check-health.ts';
import { keepFor } from './use-cases/upkeep/keep-for.ts';
import { removeOld } from './use-cases/upkeep/remove-old.ts';
import { reportNotification } from './use-cases/upkeep/report-notification.ts';
import { sweepOverdue } from './use-cases/upkeep/sweep-overdue.ts';

/**
 * Brings configuration, adapters and use cases together: the only place that knows all three. Each function asks for
 * what it needs when it is first called; what two of them need is made once.
 */
export function compose(config: Config) {
  const { origin } = config;
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
    return planNotification({ ...(await stores()), kinds: await kinds(), deliveries, jobs, clock });
  });
  /** Each kind, at work. */
  const opened = once(async () => {
    const all = await stores();
    const personZone = findPersonZone({ ...all, defaultTimeZone: config.defaultTimeZone });
    const world: World = {
      ...all,
      announce: announcing,
      startWork: starting,
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
  /** The queue is connected to with the first thing that is let go. */
  const releasing: ReleaseDeferred = async (conversation) => {
    const [all, { deliveries }] = await Promise.all([stores(), queues()]);
    return releaseDeferred({ ...all, deliveries, clock })(conversation);
  };
  const forgetting: ForgetConversation = async (request) =>
    forgetConversation({ ...(await stores()), kinds: await kinds(), clock, log })(request);
  const ifAway = laterIfAway({ clock, random, log });

  return {
    messages: once(async () => {
      const [{ gateway }, all] = await Promise.all([bot(), stores()]);
      const [{ botLogic }, { answer }, { storeCommands }, { dialogBook }, { fromActivity }] =
        await Promise.all([
          import('./chat/bot.ts'),
          import('./chat/answer.ts'),
          import('./chat/commands/store-commands.ts'),
          import('./chat/dialogs/dialog-book.ts'),
          import('./adapters/bot/activity/sighting.ts'),
        ]);
      const dialogs = dialogBook(catalog.dialogEntries);
      const kindCommands = await Promise.all((await opened()).each.map((kind) => kind.commands?.() ?? []));
      const logic = botLogic({
        ...all,
        sight: fromActivity,
        capture: captureConversation({
          ...all,
          returning: returnFromForgetting({ ...all, forget: forgetting }),
          clock,
        }),
        // The queue is connected to with the first wish.
        forgetMe: async (wish) => forgetMe({ ...all, jobs: (await queues()).jobs, clock })(wish),
        countReplies: countReplies({ ...all, clock, log }),
        answer: answer({
          ...all,
          clock,
          defaultTimeZone: config.defaultTimeZone,
          dialogs: dialogs.names,
          offers: catalog.topicOffers,
          commands: [
            ...storeCommands({
              ...all,
              kinds: await kinds(),
              announce: announcing,
              releaseDeferred: releasing,
              linkToExport:
                origin === undefined
                  ? undefined
                  : async (to) => `${origin}/api/export/${await (await exporting()).make(to)}`,
              clock,
              defaultTimeZone: config.defaultTimeZone,
            }),
            ...kindCommands.flat(),
          ],
        }),
        dialogs,
        told: findTold({ ...all, kinds: catalog }),
        kinds: catalog,
        // The queue is connected to with the first answer.
        recordAnswer: async (given) => {
          const { recordAnswer } = await import('./use-cases/conversation/record-answer.ts');
          return recordAnswer({ ...all, kinds: catalog, outcomes: (await queues()).outcomes })(given);
        },
        releaseDeferred: releasing,
        defaultTimeZone: config.defaultTimeZone,
        clock,
        log,
        wait,
      });
      return { inbound: { process: (request: InboundRequest) => gateway.process(request, logic) }, log };
    }),

    publish: once(async () => ({
      publish: publishEvents({ events: (await queues()).events, kinds: catalog, clock }),
    })),

    exported: once(async () => ({ links: await exporting(), clock })),

    notifications: once(async () => ({ report: reportNotification(await stores()) })),

    health: once(async () => {
      const [{ probe }, { ping }] = await Promise.all([
        stores(),
        queues().then((all) => ({ ping: () => all.ping() })),
      ]);
      return {
        check: checkHealth([
          { part: 'tables', ping: probe },
          { part: 'queue', ping },
        ]),
      };
    }),

    events: once(async () => ({
      accept: acceptEvent({
        ...(await stores()),
        plan: await plan(),
        kinds: await kinds(),
        clock,
        log,
      }),
      queue: (await queues()).events,
      laterIfAway: ifAway,
      clock,
    })),

    deliveries: once(async () => {
      const [all, { deliveries }, { messenger }] = await Promise.all([stores(), queues(), bot()]);
      const { requestsPerSecond, defaultTimeZone, threadLimits, claimLease } = config;
      const departures = new AllDepartures({ clock, requestsPerSecond, wait });
      const waves = new TenantWaves({ pacer: all.pacer, clock, log });
      const deliver = deliverNotification({
        ...all,
        kinds: await kinds(),
        deliveries,
        pace: new SpacedPace({ pacer: all.pacer, departures, waves, clock, wait: idly }),
        send: sendToPerson({
          ...all,
          kinds: catalog,
          messenger: spacedMessenger(messenger, { departures, waves }),
          clock,
          defaultTimeZone,
          dialogIdle: config.dialogIdle,
          releaseDeferred: releaseDeferred({ ...all, deliveries, clock }),
        }),
        clock,
        random,
        log,
        threadLimits,
        claimLease,
        holding: {
          burst: config.burst,
          dialogIdle: config.dialogIdle,
          defaultTimeZone,
          entryOf: catalog.entryOf,
        },
      });
      return {
        answer: answerCalls({ deliver, queue: deliveries, laterIfAway: ifAway, clock, wait }),
        parkMessage: await parking(),
      };
    }),

    jobs: once(async () => {
      const [all, { deliveries, jobs }] = await Promise.all([stores(), queues()]);
      const { requestsPerSecond } = config;
      return {
        walk: walkAudience({
          ...all,
          kinds: await kinds(),
          deliveries,
          jobs,
          clock,
          log,
          requestsPerSecond,
        }),
        kinds: await kinds(),
        forget: forgetting,
        queue: jobs,
        parkMessage: await parking(),
        laterIfAway: ifAway,
      };
    }),

    heartbeat: once(async () => {
      const [all, { deliveries, jobs }] = await Promise.all([stores(), queues()]);
      return {
        sweep: sweepOverdue({
          ...all,
          deliveries,
          jobs,
          plan: await plan(),
          kinds: await kinds(),
          removeOld: removeOld({ ...all, keptFor: config.retention, clock, log }),
          keptFor: config.retention,
          clock,
          log,
        }),
        log,
      };
    }),

    reminders: once(async () => {
      const [all, { deliveries }, { occurrences }] = await Promise.all([
        stores(),
        queues(),
        import('./kinds/reminders/reminder-occurrences.ts'),
      ]);
      const announcingMany = announceMany({ ...all, deliveries, clock, keptFor: config.retention });
      return {
        fire: fireReminders({
          ...reminderStores(all.tables),
          announceMany: announcingMany,
          occurrences,
          clock,
          log,
        }),
        log,
      };
    }),

    /** For the command line: the stores and queues themselves. */
    operator: once(async () => ({
      stores: await stores(),
      queues: await queues(),
      report: reportNotification(await stores()),
    })),
  };
}

/** Keeps no process alive. */
function idly(delay: Duration): Promise<unknown> {
  return wait(delay, undefined, { ref: false });
}

interface InboundRequest {
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
}

/** Makes something when it is first asked for, and keeps it; a making that failed is tried again. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((cause: unknown) => {
      made = undefined;
      throw cause;
    });
    return made;
  };
}
