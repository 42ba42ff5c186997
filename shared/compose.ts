import { setTimeout as wait } from 'node:timers/promises';
import { currentSink } from './adapters/system/invocation-sink.ts';
import { JsonLog } from './adapters/system/json-log.ts';
import { cachingNotifications } from './adapters/system/notification-cache.ts';
import { slotsPerSecond, spacedMessenger } from './adapters/system/spaced-messenger.ts';
import { SpacedPace } from './adapters/system/spaced-pace.ts';
import { systemClock, systemRandom } from './adapters/system/system-clock.ts';
import type { Config } from './config.ts';
import { acceptEvent } from './use-cases/accept-event.ts';
import { captureConversation } from './use-cases/capture-conversation.ts';
import { checkHealth } from './use-cases/check-health.ts';
import { comeBack } from './use-cases/come-back.ts';
import { countReplies } from './use-cases/count-replies.ts';
import { deliverNotification } from './use-cases/deliver-notification.ts';
import { parkMessage } from './use-cases/park-message.ts';
import { planNotification } from './use-cases/plan-notification.ts';
import { publishEvents } from './use-cases/publish-events.ts';
import { reportNotification } from './use-cases/report-notification.ts';
import { sendToPerson } from './use-cases/send-to-person.ts';
import { sweepOverdue } from './use-cases/sweep-overdue.ts';
import { walkAudience } from './use-cases/walk-audience.ts';

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
    });
    return { ...tables, notifications: cachingNotifications(tables.notifications) };
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
    return planNotification({ ...(await stores()), deliveries, jobs, clock });
  });
  const parking = once(async () => parkMessage({ ...(await stores()), clock, log }));
  const backAgain = comeBack({ clock, random, log });

  return {
    messages: once(async () => {
      const [{ gateway }, { conversations, subscriptions, ledger, pacer }] = await Promise.all([
        bot(),
        stores(),
      ]);
      const [{ botLogic }, { answer }, { fromActivity }] = await Promise.all([
        import('./chat/bot.ts'),
        import('./chat/answer.ts'),
        import('./adapters/bot/activity/sighting.ts'),
      ]);
      const logic = botLogic({
        sight: fromActivity,
        capture: captureConversation({ conversations, clock }),
        conversations,
        countReplies: countReplies({ ledger, pacer, clock, log }),
        answer: answer({ subscriptions, clock, defaultTimeZone: config.defaultTimeZone }),
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
      accept: acceptEvent({ ...(await stores()), plan: await plan(), clock, log }),
      queue: (await queues()).events,
      comeBack: backAgain,
      clock,
    })),

    deliveries: once(async () => {
      const [all, { deliveries }, { messenger }] = await Promise.all([stores(), queues(), bot()]);
      const { requestsPerSecond, defaultTimeZone, threadLimits, claimLease } = config;
      return {
        deliver: deliverNotification({
          ...all,
          deliveries,
          pace: new SpacedPace({ pacer: all.pacer, clock, requestsPerSecond }),
          send: sendToPerson({
            ...all,
            messenger: spacedMessenger(messenger, { clock, requestsPerSecond }),
            clock,
            defaultTimeZone,
          }),
          clock,
          random,
          log,
          threadLimits,
          claimLease,
        }),
        queue: deliveries,
        parkMessage: await parking(),
        comeBack: backAgain,
      };
    }),

    jobs: once(async () => {
      const [all, { deliveries, jobs }] = await Promise.all([stores(), queues()]);
      const { requestsPerSecond } = config;
      return {
        walk: walkAudience({ ...all, deliveries, jobs, clock, log, requestsPerSecond }),
        queue: jobs,
        parkMessage: await parking(),
        comeBack: backAgain,
      };
    }),

    heartbeat: once(async () => {
      const [all, { deliveries, jobs }] = await Promise.all([stores(), queues()]);
      return { sweep: sweepOverdue({ ...all, deliveries, jobs, plan: await plan(), clock, log }), log };
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
