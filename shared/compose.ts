import { setTimeout as wait } from 'node:timers/promises';
import { currentSink } from './adapters/system/invocation-sink.ts';
import { JsonLog } from './adapters/system/json-log.ts';
import { cachingNotifications } from './adapters/system/notification-cache.ts';
import { spacedMessenger } from './adapters/system/spaced-messenger.ts';
import { SpacedPace } from './adapters/system/spaced-pace.ts';
import { slotsPerSecond } from './adapters/system/spaced-window.ts';
import { SpacedWindows } from './adapters/system/spaced-windows.ts';
import { systemClock, systemRandom } from './adapters/system/system-clock.ts';
import { TenantWaves } from './adapters/system/tenant-waves.ts';
import type { Config } from './config.ts';
import { walkAudience } from './use-cases/audience/walk-audience.ts';
import { captureConversation } from './use-cases/conversation/capture-conversation.ts';
import { countReplies } from './use-cases/conversation/count-replies.ts';
import { answerCalls } from './use-cases/delivery/answer-calls.ts';
import { comeBack } from './use-cases/delivery/come-back.ts';
import { deliverNotification } from './use-cases/delivery/deliver-notification.ts';
import { sendToPerson } from './use-cases/delivery/send-to-person.ts';
import { type ReleaseDeferred, releaseDeferred } from './use-cases/holding-back/release-deferred.ts';
import { acceptEvent } from './use-cases/intake/accept-event.ts';
import { type Announce, announce } from './use-cases/intake/announce.ts';
import { announceMany } from './use-cases/intake/announce-many.ts';
import { parkMessage } from './use-cases/intake/park-message.ts';
import { planNotification } from './use-cases/intake/plan-notification.ts';
import { publishEvents } from './use-cases/intake/publish-events.ts';
import { knownKinds } from './use-cases/kinds/known-kinds.ts';
import { askForPriceReport } from './use-cases/prices/report-prices.ts';
import { type ForgetConversation, forgetConversation } from './use-cases/privacy/forget-conversation.ts';
import { forgetMe } from './use-cases/privacy/forget-me.ts';
import { returnFromForgetting } from './use-cases/privacy/return-from-forgetting.ts';
import { fireReminders } from './use-cases/reminders/fire-reminders.ts';
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
  const kinds = once(async () => knownKinds({ ...(await stores()), announce: announcing, clock, log }));
  const parking = once(async () => parkMessage({ ...(await stores()), clock, log }));
  /** The queue is connected to with the first thing that the app itself has to say. */
  const announcing: Announce = async (announcement) =>
    announce({ ...(await stores()), plan: await plan(), clock })(announcement);
  /** The queue is connected to with the first thing that is let go. */
  const releasing: ReleaseDeferred = async (conversation) => {
    const [all, { deliveries }] = await Promise.all([stores(), queues()]);
    return releaseDeferred({ ...all, deliveries, clock })(conversation);
  };
  const forgetting: ForgetConversation = async (request) =>
    forgetConversation({ ...(await stores()), kinds: await kinds(), clock, log })(request);
  const backAgain = comeBack({ clock, random, log });

  return {
    messages: once(async () => {
      const [{ gateway }, all] = await Promise.all([bot(), stores()]);
      const [{ botLogic }, { answer }, { storeCommands }, dialogs, { fromActivity }] = await Promise.all([
        import('./chat/bot.ts'),
        import('./chat/answer.ts'),
        import('./chat/commands/store-commands.ts'),
        import('./chat/dialogs/dialogs.ts'),
        import('./adapters/bot/activity/sighting.ts'),
      ]);
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
          dialogs: dialogs.dialogCommands,
          commands: storeCommands({
            ...all,
            kinds: await kinds(),
            announce: announcing,
            releaseDeferred: releasing,
            askForPriceReport: async (request) => {
              const { jobs } = await queues();
              return askForPriceReport({ ...all, jobs, clock })(request);
            },
            clock,
            defaultTimeZone: config.defaultTimeZone,
          }),
        }),
        dialogs: dialogs.loadDialogs,
        // The queue is connected to with the first answer.
        recordAnswer: async (given) => {
          const { recordAnswer } = await import('./use-cases/conversation/record-answer.ts');
          return recordAnswer({ ...all, outcomes: (await queues()).outcomes })(given);
        },
        releaseDeferred: releasing,
        defaultTimeZone: config.defaultTimeZone,
        clock,
        log,
        wait,
      });
      return { inbound: { process: (request: InboundRequest) => gateway.process(request, logic) }, log };
    }),

    publish: once(async () => ({ publish: publishEvents({ events: (await queues()).events, clock }) })),

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
      comeBack: backAgain,
      clock,
    })),

    deliveries: once(async () => {
      const [all, { deliveries }, { messenger }] = await Promise.all([stores(), queues(), bot()]);
      const { requestsPerSecond, defaultTimeZone, threadLimits, claimLease } = config;
      const windows = new SpacedWindows({ clock, requestsPerSecond });
      const waves = new TenantWaves({ pacer: all.pacer, clock, log });
      const deliver = deliverNotification({
        ...all,
        kinds: await kinds(),
        deliveries,
        pace: new SpacedPace({ pacer: all.pacer, windows, waves, clock }),
        send: sendToPerson({
          ...all,
          messenger: spacedMessenger(messenger, { windows, waves }),
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
        holding: { burst: config.burst, dialogIdle: config.dialogIdle, defaultTimeZone },
      });
      return {
        answer: answerCalls({ deliver, queue: deliveries, comeBack: backAgain, clock, wait }),
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
        comeBack: backAgain,
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
        parking: all.parking,
        log,
      };
    }),

    reminders: once(async () => {
      const [all, { deliveries }, { occurrences }] = await Promise.all([
        stores(),
        queues(),
        import('./use-cases/reminders/reminder-occurrences.ts'),
      ]);
      const announcingMany = announceMany({ ...all, deliveries, clock, keptFor: config.retention });
      return { fire: fireReminders({ ...all, announceMany: announcingMany, occurrences, clock, log }), log };
    }),

    /** For the command line: the stores and queues themselves. */
    operator: once(async () => ({
      stores: await stores(),
      queues: await queues(),
      report: reportNotification(await stores()),
    })),
  };
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
