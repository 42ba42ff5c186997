import { setTimeout as wait } from 'node:timers/promises';
import { once, type Parts, partsOf } from './compose-parts.ts';
import type { Config } from './config.ts';
import type { Duration } from './domain/time.ts';
import { catalog } from './kinds/catalog.ts';
import { fireReminders } from './kinds/reminders/fire-reminders.ts';
import { reminderStores } from './kinds/reminders/rows/reminder-stores.ts';
import { walkAudience } from './use-cases/audience/walk-audience.ts';
import { captureConversation } from './use-cases/conversation/capture-conversation.ts';
import { countReplies } from './use-cases/conversation/count-replies.ts';
import { findPerson } from './use-cases/conversation/find-person.ts';
import { findTold } from './use-cases/conversation/find-told.ts';
import { answerCalls } from './use-cases/delivery/answer-calls.ts';
import { deliverNotification } from './use-cases/delivery/deliver-notification.ts';
import { sendToPerson } from './use-cases/delivery/send-to-person.ts';
import { releaseDeferred } from './use-cases/holding-back/release-deferred.ts';
import { acceptEvent } from './use-cases/intake/accept-event.ts';
import { announceMany } from './use-cases/intake/announce-many.ts';
import { publishEvents } from './use-cases/intake/publish-events.ts';
import { AllDepartures, spacedMessenger } from './use-cases/pace/departures.ts';
import { SpacedPace } from './use-cases/pace/spaced-pace.ts';
import { TenantWaves } from './use-cases/pace/tenant-waves.ts';
import { forgetDisappeared } from './use-cases/privacy/forget-disappeared.ts';
import { forgetMe } from './use-cases/privacy/forget-me.ts';
import { returnFromForgetting } from './use-cases/privacy/return-from-forgetting.ts';
import { checkHealth } from './use-cases/upkeep/check-health.ts';
import { removeOld } from './use-cases/upkeep/remove-old.ts';
import { reportNotification } from './use-cases/upkeep/report-notification.ts';
import { sweepOverdue } from './use-cases/upkeep/sweep-overdue.ts';

/**
 * Brings configuration, adapters and use cases together: the only place that knows all three. Each function asks for
 * what it needs when it is first called; what two of them need is made once.
 */
export function compose(config: Config) {
  const parts = partsOf(config);
  const { clock, exporting, forgetting, ifAway, kinds, log, parking, plan, queues, stores } = parts;
  return {
    messages: once(() => messagesOf(config, parts)),

    publish: once(async () => ({
      publish: publishEvents({ events: (await queues()).events, kinds: catalog, clock }),
    })),

    exported: once(async () => ({ links: await exporting(), clock })),

    hooks: once(() => hooksOf(config, parts)),
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

    deliveries: once(() => deliveriesOf(config, parts)),

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
        parking: all.parking,
        ...(config.forgetAfter === undefined
          ? {}
          : {
              forgetDisappeared: forgetDisappeared({
                ...all,
                forgetMe: forgetMe({ ...all, jobs, clock }),
                after: config.forgetAfter,
                clock,
                log,
              }),
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

/** What takes the posts of tools. */
async function hooksOf({ hookRate }: Config, { clock, log, publishing, starting, stores }: Parts) {
  const [all, { HookRates }, { hookParts }, { takePost }] = await Promise.all([
    stores(),
    import('./kinds/hooks/rate.ts'),
    import('./kinds/hooks/hooks.ts'),
    import('./kinds/hooks/take-post.ts'),
  ]);
  const made = hookParts({ ...all, publish: publishing, startWork: starting, clock });
  const knows = async (id: string) => (await findPerson(all)({ user: id })) !== undefined;
  const rates = new HookRates(hookRate);
  return { take: takePost({ ...all, ...made, publish: publishing, rates, knows, clock, log }) };
}

/** What a wake-up call for a delivery is answered by. */
async function deliveriesOf(config: Config, parts: Parts) {
  const { bot, clock, ifAway, kinds, log, merging, parking, queues, random, stores } = parts;
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
      merge: merging,
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
}

/** The bot: what an inbound activity is answered with. */
async function messagesOf({ origin, ...config }: Config, parts: Parts) {
  const {
    announcing,
    bot,
    clock,
    exporting,
    forgetting,
    kinds,
    log,
    merging,
    opened,
    queues,
    releasing,
    stores,
  } = parts;
  const [{ gateway }, all] = await Promise.all([bot(), stores()]);
  const [{ botLogic }, { answer }, { storeCommands }, { dialogBook }, { fromActivity }] = await Promise.all([
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
      merge: merging,
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
}

/** Keeps no process alive. */
function idly(delay: Duration): Promise<unknown> {
  return wait(delay, undefined, { ref: false });
}

interface InboundRequest {
  readonly headers: { readonly [name: string]: string };
  readonly body: unknown;
}
