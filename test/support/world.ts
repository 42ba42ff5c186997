import type { TableService } from '../../shared/adapters/table/table-service.ts';
import { isManager, mayManage } from '../../shared/chat/commands/may-manage.ts';
import { findPersonZone } from '../../shared/chat/person-zone.ts';
import type { Conversation } from '../../shared/domain/conversation/conversation.ts';
import { parseRateLimits, type RateLimit } from '../../shared/domain/delivery/pace.ts';
import type { WakeUpCall } from '../../shared/domain/delivery/wake-up-call.ts';
import { toStructured } from '../../shared/domain/event/cloud-event.ts';
import type { Job } from '../../shared/domain/event/job.ts';
import { proofsOf } from '../../shared/domain/identity/proofs.ts';
import { type Vouching, vouchesForAll } from '../../shared/domain/identity/vouching.ts';
import { type Duration, days, minutes, seconds } from '../../shared/domain/time.ts';
import { catalogOf } from '../../shared/kinds/catalog.ts';
import type { World as GivenWorld, Kind, OpenKind } from '../../shared/kinds/kind.ts';
import { notingKeepers } from '../../shared/kinds/open-kinds.ts';
import { makeChange } from '../../shared/kinds/reminders/change-reminder.ts';
import { reminderCommands } from '../../shared/kinds/reminders/commands/commands.ts';
import { createReminder } from '../../shared/kinds/reminders/create-reminder.ts';
import { fireReminders } from '../../shared/kinds/reminders/fire-reminders.ts';
import { entriesOf, forgetReminders } from '../../shared/kinds/reminders/forget-reminders.ts';
import { mergeReminders } from '../../shared/kinds/reminders/merge-reminders.ts';
import { reminderHooks } from '../../shared/kinds/reminders/reminder-hooks.ts';
import { occurrences } from '../../shared/kinds/reminders/reminder-occurrences.ts';
import type { Directory } from '../../shared/ports/conversation/directory.ts';
import type { Messenger } from '../../shared/ports/delivery/messenger.ts';
import type { Pacer } from '../../shared/ports/delivery/pacer.ts';
import { QueueUnavailable } from '../../shared/ports/queues.ts';
import { makeList } from '../../shared/use-cases/audience/make-list.ts';
import { walkAudience } from '../../shared/use-cases/audience/walk-audience.ts';
import { cancelJobs } from '../../shared/use-cases/cancel/cancel-jobs.ts';
import { cancelNotification } from '../../shared/use-cases/cancel/cancel-notification.ts';
import { endCancelled } from '../../shared/use-cases/cancel/end-cancelled.ts';
import { captureConversation } from '../../shared/use-cases/conversation/capture-conversation.ts';
import { findPerson } from '../../shared/use-cases/conversation/find-person.ts';
import { mergeAddressees } from '../../shared/use-cases/conversation/merge-addressees.ts';
import { mergeAndTell } from '../../shared/use-cases/conversation/merge-and-tell.ts';
import { sayOutcomes } from '../../shared/use-cases/delivery/answer-calls.ts';
import { deliverNotification } from '../../shared/use-cases/delivery/deliver-notification.ts';
import { laterIfAway } from '../../shared/use-cases/delivery/later.ts';
import { sendToPerson } from '../../shared/use-cases/delivery/send-to-person.ts';
import { releaseDeferred } from '../../shared/use-cases/holding-back/release-deferred.ts';
import { acceptEvent } from '../../shared/use-cases/intake/accept-event.ts';
import { type Announce, announce } from '../../shared/use-cases/intake/announce.ts';
import { announceMany } from '../../shared/use-cases/intake/announce-many.ts';
import { beginWalks } from '../../shared/use-cases/intake/begin-walks.ts';
import { planNotification } from '../../shared/use-cases/intake/plan-notification.ts';
import { scheduledJobs } from '../../shared/use-cases/intake/scheduled-work.ts';
import { snoozeNotification } from '../../shared/use-cases/intake/snooze-notification.ts';
import { startWork } from '../../shared/use-cases/intake/start-work.ts';
import { allKinds } from '../../shared/use-cases/kinds/all-kinds.ts';
import { closeReplaced } from '../../shared/use-cases/living/close-replaced.ts';
import { AllDepartures, spacedMessenger } from '../../shared/use-cases/pace/departures.ts';
import { SpacedPace } from '../../shared/use-cases/pace/spaced-pace.ts';
import { TenantWaves } from '../../shared/use-cases/pace/tenant-waves.ts';
import { askRosters } from '../../shared/use-cases/people/ask-rosters.ts';
import { exportPersonalData } from '../../shared/use-cases/privacy/export-personal-data.ts';
import { forgetConversation } from '../../shared/use-cases/privacy/forget-conversation.ts';
import { forgetMe } from '../../shared/use-cases/privacy/forget-me.ts';
import { returnFromForgetting } from '../../shared/use-cases/privacy/return-from-forgetting.ts';
import { recallOne } from '../../shared/use-cases/recall/recall-one.ts';
import { recallJobs } from '../../shared/use-cases/recall/recall-shown.ts';
import { keepFor } from '../../shared/use-cases/upkeep/keep-for.ts';
import { lookUpJobs } from '../../shared/use-cases/upkeep/look-up-parked.ts';
import { removeOld } from '../../shared/use-cases/upkeep/remove-old.ts';
import { removeOldAudit } from '../../shared/use-cases/upkeep/remove-old-audit.ts';
import { reportNotification } from '../../shared/use-cases/upkeep/report-notification.ts';
import { sweepOverdue } from '../../shared/use-cases/upkeep/sweep-overdue.ts';
import type { Stores } from '../contract/stores.ts';
import { anEvent } from './builders.ts';
import { FakeClock } from './fakes/fake-clock.ts';
import { FixedRandom } from './fakes/fixed-random.ts';
import { ImmediatePace } from './fakes/immediate-pace.ts';
import {
  type Broker,
  InMemoryDeliveryQueue,
  InMemoryEventQueue,
  InMemoryJobQueue,
  InMemoryOutcomeQueue,
} from './fakes/queues/in-memory-queues.ts';
import { RecordingLog } from './fakes/recording-log.ts';
import { ScriptedMessenger } from './fakes/scripted-messenger.ts';
import { ScriptedRoster } from './fakes/scripted-roster.ts';
import { inMemoryStores } from './fakes/stores/in-memory-stores.ts';
import { Watch } from './fakes/watch.ts';
import { heldToTransitions, type Transition } from './held-to-transitions.ts';

export const LEASE = seconds(60);
export const KEPT_FOR = days(30);
export const DIALOG_IDLE = minutes(15);

/** What a kind is given, and the watch over its steps. Tables are there where the world has some. */
export interface GivenToKind extends Omit<GivenWorld, 'tables'> {
  readonly tables?: TableService;
  readonly watch: Watch;
}

/** Ten thousand people at the pace of one tenant take 34,000 at a stretch; what wakes itself for ever takes any number. */
const MOST_STEPS = 100_000;

/**
 * The whole product without its wires: every use case over fakes, a clock that is moved by hand, and a channel that
 * does as it is told. Every port is watched, so that a test can let a process die at each of its steps.
 */
export function aWorld({
  requestsPerSecond = 50,
  burst = { count: 1000, window: seconds(60) },
  stores,
  vouching = vouchesForAll,
  kinds: others = [],
  known = [],
  onTransition,
  directory,
  isPaced = false,
  broker = 'finds duplicates',
}: {
  /** What becomes of calls and jobs that are sent twice. */
  readonly broker?: Broker;
  /** Requests keep to the tenant's pace, and waves of one refusal are noticed, as in the app; else each goes at once. */
  readonly isPaced?: boolean;
  /** Where names are looked up that no roster told. Default: nowhere. */
  readonly directory?: Directory;
  /** Kinds beside reminders, or what each is at work. */
  readonly kinds?: readonly (Kind | ((given: GivenToKind) => OpenKind))[];
  /** What is known of kinds whose work is among `kinds`. */
  readonly known?: readonly Kind[];
  /** Default: as on the local stack. */
  readonly vouching?: Vouching;
  readonly requestsPerSecond?: number;
  readonly burst?: RateLimit;
  /** Used in the place of those in memory, which the world then gives without anything in them. */
  readonly stores?: (clock: FakeClock) => Stores;
  /** Told of each change of a delivery's row. */
  readonly onTransition?: (transition: Transition) => void;
} = {}) {
  const clock = new FakeClock();
  const random = new FixedRandom();
  const log = new RecordingLog();
  const pace = new ImmediatePace();
  const watch = new Watch();
  const bare = inMemoryStores({ clock, requestsPerSecond });
  const used: Stores = stores?.(clock) ?? bare;
  const queues = {
    deliveries: new InMemoryDeliveryQueue(clock, broker),
    jobs: new InMemoryJobQueue(clock, broker),
    events: new InMemoryEventQueue(clock),
    outcomes: new InMemoryOutcomeQueue(clock),
  };
  const channel = new ScriptedMessenger();
  const roster = new ScriptedRoster();

  const ledger = heldToTransitions(used.ledger, onTransition);
  const kept = keepFor(KEPT_FOR, { ...used, clock });
  const ports = {
    conversations: watch.over('conversations', used.conversations),
    addressees: watch.over('addressees', used.addressees),
    subscriptions: watch.over('subscriptions', used.subscriptions),
    audience: watch.over('audience', used.audience),
    audit: watch.over('audit', used.audit),
    ledger: watch.over('ledger', ledger),
    living: watch.over('living', used.living),
    missed: watch.over('missed', used.missed),
    asked: watch.over('asked', used.asked),
    notifications: watch.over('notifications', kept.notifications),
    dueIndex: watch.over('dueIndex', used.dueIndex),
    parking: watch.over('parking', kept.parking),
    preferences: watch.over('preferences', used.preferences),
    records: used.records,
    particulars: watch.over('particulars', used.particulars),
    announcements: watch.over('announcements', used.announcements),
    lists: watch.over('lists', used.lists),
    audiences: watch.over('audiences', used.audiences),
    drafts: used.drafts,
    reminders: watch.over('reminders', used.reminders),
    reminderIndex: watch.over('reminderIndex', used.reminderIndex),
    occurrences,
    turns: watch.over('turns', used.turns),
    answers: watch.over('answers', used.answers),
    outcomes: watch.over('outcomes', queues.outcomes),
    retention: watch.over('retention', used.retention),
    topicActivity: watch.over('topicActivity', used.topicActivity),
    pacer: watch.over('pacer', used.pacer),
    personalData: watch.over('personalData', used.personalData),
    names: watch.over('names', used.names),
    peopleIndex: used.peopleIndex,
    tombstones: watch.over('tombstones', used.tombstones),
    deliveries: watch.over('deliveries', queues.deliveries),
    jobs: watch.over('jobs', queues.jobs),
    messenger: watch.over('messenger', channel),
    clock,
    random,
    log,
    pace,
    vouching,
    defaultTimeZone: 'UTC',
    threadLimits: parseRateLimits('7/1s,8/2s,60/30s,1800/3600s') ?? [],
    claimLease: LEASE,
    requestsPerSecond,
  };
  const announcing: Announce = (announcement) => announce({ ...deps, plan })(announcement);
  const { within, keepers } = notingKeepers(ports);
  const given: GivenToKind = {
    ...within,
    watch,
    announce: announcing,
    startWork: startWork(ports),
    publish: (events) => queues.events.publishEvents(events),
    settings: { hookTopics: ['alerts/*'], hookRate: { count: 60, window: seconds(60) } },
    origin: 'https://notifier.example.com',
    personZone: findPersonZone(ports),
    isManager: isManager({ ...ports, roster: async () => roster }),
    mayManage: mayManage({ ...ports, roster: async () => roster }),
    ...(used.tables === undefined ? {} : { tables: used.tables }),
  };
  const opens = ({ open }: Kind): OpenKind =>
    open?.({
      ...given,
      get tables(): TableService {
        if (used.tables !== undefined) return used.tables;
        throw new Error('a kind with tables of its own is opened by hand, over its stores in memory');
      },
    }) ?? {};
  const opened: readonly OpenKind[] = [
    {
      ...reminderHooks({
        ...ports,
        forgetReminders: forgetReminders(ports),
        entriesOf: async (reminder) => entriesOf(reminder, ports),
        mergeReminders: mergeReminders(ports),
      }),
      commands: async () => reminderCommands({ ...ports, ...given }),
    },
    ...others.map((other) => (typeof other === 'function' ? other(given) : opens(other))),
  ];
  const catalog = catalogOf([
    ...known,
    ...others.flatMap((other) => (typeof other === 'function' ? [] : [other])),
  ]);
  const ending = endCancelled(ports);
  const kinds = allKinds(
    [
      cancelJobs({ endCancelled: ending }),
      recallJobs({ ...ports, startWork: given.startWork }),
      scheduledJobs({
        ...ports,
        beginWalks: (...asked) => beginWalks(deps)(...asked),
        plan: (...asked) => plan(...asked),
      }),
      lookUpJobs({ ...ports, plan: (...asked) => plan(...asked) }),
      ...opened,
    ],
    catalog,
    keepers,
  );
  const releaseLater = releaseDeferred(ports);
  const merge = mergeAddressees({ ...ports, kinds, releaseDeferred: releaseLater });
  const telling = mergeAndTell({ merge, announce: announcing, type: 'notification.requested' });
  const deps = {
    ...ports,
    kinds,
    merge: telling,
    ...(directory === undefined ? {} : { directory: async () => directory }),
  };
  const plan = planNotification(deps);
  const accept = acceptEvent({ ...deps, plan });
  const announcingMany = announceMany({ ...deps, keptFor: KEPT_FOR });
  const paced = isPaced ? pacing(deps) : {};
  const deliver = deliverNotification({
    ...deps,
    ...paced,
    send: sendToPerson({ ...deps, ...paced, dialogIdle: DIALOG_IDLE }),
    closeReplaced: closeReplaced(deps),
    recallOne: recallOne(deps),
    holding: {
      burst,
      dialogIdle: DIALOG_IDLE,
      defaultTimeZone: deps.defaultTimeZone,
      entryOf: catalog.entryOf,
    },
  });
  const release = releaseDeferred(deps);
  const walk = walkAudience({ ...deps, endCancelled: ending });
  const makeLists = makeList({ ...deps, beginWalks: beginWalks(deps), endCancelled: ending });
  const sweep = sweepOverdue({
    ...deps,
    plan,
    removeOld: removeOld({ ...deps, keptFor: KEPT_FOR }),
    keptFor: KEPT_FOR,
  });
  const forget = forgetConversation(deps);
  const returning = returnFromForgetting({ ...deps, forget });
  const report = reportNotification(used);
  const cancel = cancelNotification({
    ...deps,
    startWork: given.startWork,
    report: reportNotification(deps),
  });
  const back = laterIfAway({ clock, random, log });

  /** Publishes an event as an upstream service would. */
  const publish = (event = anEvent()) =>
    accept({ envelope: toStructured(event), original: JSON.stringify(toStructured(event)), at: clock.now() });

  /** One message of queue `deliveries`, as its function treats it: done with, put back, or (a crash) left locked. */
  async function handle(call: WakeUpCall): Promise<void> {
    try {
      sayOutcomes(deps.log, [[call, await deliver(call)]]);
    } catch (cause) {
      if (cause instanceof Crash) {
        crashed.push(call);
        return;
      }
      await back(cause, call.hop, (at) =>
        queues.deliveries.send([{ message: { ...call, hop: call.hop + 1 }, at }]),
      );
    }
  }
  /** Calls whose worker died: the broker gives them out again when their lock has run out. */
  const crashed: WakeUpCall[] = [];
  const crashedJobs: Job[] = [];

  /** Lets the queues run, moving the clock to whatever comes next, until nothing is left or `until` is reached. */
  async function run(until = clock.now() + seconds(60 * 60)): Promise<void> {
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const job = queues.jobs.take() ?? crashedJobs.shift();
      if (job !== undefined) {
        try {
          if (job.kind === 'walk') await walk(job);
          else if (job.kind === 'forget') await forget(job.request);
          else if (job.kind === 'listed') await makeLists(job);
          else await kinds.job(job.work)?.run(job.about, job);
        } catch (cause) {
          if (!(cause instanceof Crash)) throw cause;
          crashedJobs.push(job);
        }
        continue;
      }
      const call = queues.deliveries.take() ?? crashed.shift();
      if (call !== undefined) {
        await handle(call);
        continue;
      }
      const next = Math.min(queues.jobs.nextAt ?? Infinity, queues.deliveries.nextAt ?? Infinity);
      if (next > until) return;
      clock.set(Math.max(next, clock.now()));
    }
    throw new Error('the world did not come to rest: something wakes itself for ever');
  }

  return {
    ...bare,
    /** The stores that all of it works over. */
    used,
    ledger: stores === undefined ? ledger : bare.ledger,
    ...queues,
    clock,
    random,
    log,
    pace,
    vouching,
    findPerson: findPerson(deps),
    isManager: given.isManager,
    mayManage: given.mayManage,
    rosters: roster,
    roster: async () => roster,
    askRosters: askRosters({
      ...deps,
      roster: async () => roster,
      wait: async (delay) => clock.advance(delay),
    }),
    removeOldAudit: removeOldAudit(deps),
    watch,
    channel,
    crashed,
    plan,
    accept,
    announce: announcing,
    kinds,
    offers: catalog.topicOffers,
    entries: catalog.entries,
    startWork: given.startWork,
    settings: given.settings,
    origin: given.origin ?? '',
    /** What people can say to the kinds. */
    kindCommands: async () => (await Promise.all(opened.map((kind) => kind.commands?.() ?? []))).flat(),
    createReminder: createReminder({ ...deps, announce: announcing }),
    changeReminder: makeChange({ ...deps, announce: announcing }),
    announceMany: announcingMany,
    fire: fireReminders({ ...deps, announceMany: announcingMany }),
    occurrences,
    deliver,
    walk,
    makeList: makeLists,
    sweep,
    release,
    report,
    cancel,
    publish,
    handle,
    run,
    capture: captureConversation({ ...deps, merge, returning }),
    forget,
    forgetMe: forgetMe(deps),
    returning,
    merge,
    snoozeNotification: snoozeNotification({ ...deps, announce: announcing }),
    exportPersonalData: exportPersonalData(deps),
    /** Remembers conversations, as if each person had written. */
    knows: async (...conversations: readonly Conversation[]) => {
      for (const conversation of conversations) {
        await bare.conversations.saveConversation(conversation);
        if (conversation.user === undefined || conversation.conversationType !== 'personal') continue;
        const { channelId, serviceUrl, bot, user, key, tenantId } = conversation;
        await bare.conversations.savePerson(
          {
            channelId,
            serviceUrl,
            bot,
            user,
            personal: key,
            metAt: clock.now(),
            ...(tenantId === undefined ? {} : { tenantId }),
          },
          proofsOf(user, conversation, vouching),
        );
      }
    },
  };
}

/** How the app keeps its pace, see `deliveriesOf` in `shared/compose.ts`. */
function pacing(deps: {
  readonly pacer: Pacer;
  readonly messenger: Messenger;
  readonly clock: FakeClock;
  readonly log: RecordingLog;
  readonly requestsPerSecond: number;
}) {
  const wait = async (delay: Duration) => deps.clock.advance(Math.ceil(delay));
  const departures = new AllDepartures({ ...deps, wait });
  const waves = new TenantWaves(deps);
  return {
    pace: new SpacedPace({ ...deps, departures, waves, wait }),
    messenger: spacedMessenger(deps.messenger, { departures, waves }),
  };
}

export type World = ReturnType<typeof aWorld>;

/** The process dies: nothing of the run goes on, not even what would handle an error. */
export class Crash extends Error {}

export const queueAway = new QueueUnavailable('deliveries', new Error('connection refused'));
