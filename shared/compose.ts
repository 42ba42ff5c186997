import { setTimeout as wait } from 'node:timers/promises';
import { type Parts, partsOf } from './compose-parts.ts';
import type { Config } from './config.ts';
import { once } from './domain/once.ts';
import type { Duration } from './domain/time.ts';
import { catalog } from './kinds/catalog.ts';
import { fireReminders } from './kinds/reminders/fire-reminders.ts';
import { reminderStores } from './kinds/reminders/rows/reminder-stores.ts';
import { makeList } from './use-cases/audience/make-list.ts';
import { walkAudience } from './use-cases/audience/walk-audience.ts';
import { cancelNotification } from './use-cases/cancel/cancel-notification.ts';
import { findPerson } from './use-cases/conversation/find-person.ts';
import { answerCalls } from './use-cases/delivery/answer-calls.ts';
import { deliverNotification } from './use-cases/delivery/deliver-notification.ts';
import { sendToPerson } from './use-cases/delivery/send-to-person.ts';
import { releaseDeferred } from './use-cases/holding-back/release-deferred.ts';
import { acceptEvent } from './use-cases/intake/accept-event.ts';
import { announceMany } from './use-cases/intake/announce-many.ts';
import { publishEvents } from './use-cases/intake/publish-events.ts';
import { closeReplaced } from './use-cases/living/close-replaced.ts';
import { AllDepartures, spacedMessenger } from './use-cases/pace/departures.ts';
import { SpacedPace } from './use-cases/pace/spaced-pace.ts';
import { TenantWaves } from './use-cases/pace/tenant-waves.ts';
import { askRosters } from './use-cases/people/ask-rosters.ts';
import { forgetDisappeared } from './use-cases/privacy/forget-disappeared.ts';
import { forgetMe } from './use-cases/privacy/forget-me.ts';
import { recallOne } from './use-cases/recall/recall-one.ts';
import { checkHealth } from './use-cases/upkeep/check-health.ts';
import { removeOld } from './use-cases/upkeep/remove-old.ts';
import { removeOldAudit } from './use-cases/upkeep/remove-old-audit.ts';
import { sweepOverdue } from './use-cases/upkeep/sweep-overdue.ts';

/**
 * Brings configuration, adapters and use cases together: the only place that knows all three. Each function asks for
 * what it needs when it is first called; what two of them need is made once.
 */
export function compose(config: Config, version = 'unbuilt') {
  const parts = partsOf(config);
  const { clock, exporting, ifAway, kinds, log, plan, queues, reporting, stores } = parts;
  return {
    messages: once(() => messagesOf(config, parts)),

    publish: once(async () => ({
      publish: publishEvents({ events: (await queues()).events, kinds: catalog, clock }),
    })),

    exported: once(async () => ({ links: await exporting(), clock })),

    hooks: once(() => hooksOf(config, parts)),
    notifications: once(async () => ({ report: await reporting() })),

    cancel: once(async () => ({ cancel: await cancelOf(parts) })),

    console: once(() => consoleOf(config, parts, version)),

    health: once(async () => ({ check: await healthOf(parts) })),

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

    jobs: once(() => jobsOf(config, parts)),

    heartbeat: once(() => heartbeatOf(config, parts)),

    reminders: once(() => remindersOf(config, parts)),

    /** For the command line: the stores and queues themselves. */
    operator: once(async () => ({
      stores: await stores(),
      queues: await queues(),
      report: await reporting(),
    })),
  };
}

/** What answers an inbound activity. Its code is loaded while the tables answer for the first time. */
async function messagesOf(config: Config, parts: Parts) {
  const [bot] = await Promise.all([import('./compose-bot.ts'), parts.stores(), parts.bot()]);
  return bot.messagesOf(config, parts);
}

async function healthOf({ stores, queues }: Parts) {
  const [{ probe }, all] = await Promise.all([stores(), queues()]);
  return checkHealth([
    { part: 'tables', ping: probe },
    { part: 'queue', ping: () => all.ping() },
  ]);
}

async function cancelOf({ clock, kinds, log, reporting, starting, stores }: Parts) {
  const [all, report, every] = await Promise.all([stores(), reporting(), kinds()]);
  return cancelNotification({ ...all, kinds: every, startWork: starting, report, clock, log });
}

/** What runs the work on queue `jobs`. */
async function jobsOf(config: Config, parts: Parts) {
  const { beginning, clock, ending, forgetting, ifAway, kinds, log, parking, queues, resolving, stores } =
    parts;
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
      endCancelled: await ending(),
      defaultTimeZone: config.defaultTimeZone,
    }),
    makeList: makeList({
      ...all,
      ...resolving,
      beginWalks: beginning,
      endCancelled: await ending(),
      jobs,
      clock,
      log,
    }),
    kinds: await kinds(),
    forget: forgetting,
    queue: jobs,
    parkMessage: await parking(),
    laterIfAway: ifAway,
  };
}

/** What each minute is looked after. */
async function heartbeatOf(config: Config, parts: Parts) {
  const { clock, kinds, log, plan, queues, roster, stores } = parts;
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
    askRosters: askRosters({ ...all, roster, clock, log, wait: idly }),
    removeOldAudit: removeOldAudit({ ...all, clock, log }),
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
}

/** What is due of the reminders. */
async function remindersOf(config: Config, { clock, log, queues, stores }: Parts) {
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
}

/** What is behind the door of the console; nothing where there is none. */
async function consoleOf(config: Config, parts: Parts, version: string) {
  if (config.console === undefined) return undefined;
  const { composeConsole } = await import('./compose-console.ts');
  return composeConsole(config, parts, {
    version,
    signIn: config.console,
    cancel: () => cancelOf(parts),
    health: () => healthOf(parts),
    wait: idly,
  });
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
  const { bot, clock, ifAway, kinds, log, mergingAloud, parking, queues, random, stores } = parts;
  const [all, { deliveries }, { messenger }] = await Promise.all([stores(), queues(), bot()]);
  const { requestsPerSecond, defaultTimeZone, threadLimits, claimLease } = config;
  const departures = new AllDepartures({ clock, requestsPerSecond, wait });
  const waves = new TenantWaves({ pacer: all.pacer, clock, log });
  const pace = new SpacedPace({ pacer: all.pacer, departures, waves, wait: idly });
  const spaced = spacedMessenger(messenger, { departures, waves });
  const deliver = deliverNotification({
    ...all,
    kinds: await kinds(),
    merge: mergingAloud,
    deliveries,
    recallOne: recallOne({ ...all, messenger: spaced, pace, deliveries, threadLimits, clock, random, log }),
    closeReplaced: closeReplaced({ ...all, kinds: catalog, messenger: spaced, deliveries, clock, random }),
    pace,
    send: sendToPerson({
      ...all,
      kinds: catalog,
      merge: mergingAloud,
      messenger: spaced,
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
    answer: answerCalls({
      deliver,
      queue: deliveries,
      laterIfAway: ifAway,
      clock: departures.clock,
      wait,
      log,
    }),
    parkMessage: await parking(),
  };
}

/** Keeps no process alive. */
function idly(delay: Duration): Promise<unknown> {
  return wait(delay, undefined, { ref: false });
}
