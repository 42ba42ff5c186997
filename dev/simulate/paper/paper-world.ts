import { defined } from '../../../shared/domain/defined.ts';
import { type DueCall, inMessages } from '../../../shared/domain/delivery/call-message.ts';
import type { WakeUpCall } from '../../../shared/domain/delivery/wake-up-call.ts';
import type { Job } from '../../../shared/domain/event/job.ts';
import {
  defaultDelivery,
  type Notification,
  type Recipient,
} from '../../../shared/domain/event/notification.ts';
import { vouchesForAll } from '../../../shared/domain/identity/vouching.ts';
import type { ConversationKey, NotificationId } from '../../../shared/domain/ids.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { type Duration, type Instant, seconds } from '../../../shared/domain/time.ts';
import { catalog } from '../../../shared/kinds/catalog.ts';
import type { AddresseeStore } from '../../../shared/ports/conversation/addressee-store.ts';
import type { ConversationStore } from '../../../shared/ports/conversation/conversation-store.ts';
import type { NameStore } from '../../../shared/ports/conversation/name-store.ts';
import type { PeopleIndex } from '../../../shared/ports/conversation/people-index.ts';
import type { PersonalData } from '../../../shared/ports/conversation/personal-data.ts';
import type { SubscriptionStore } from '../../../shared/ports/conversation/subscription-store.ts';
import type { TurnStore } from '../../../shared/ports/conversation/turn-store.ts';
import type { DueIndex } from '../../../shared/ports/delivery/due-index.ts';
import type { Ledger } from '../../../shared/ports/delivery/ledger.ts';
import type { LivingStore } from '../../../shared/ports/delivery/living-store.ts';
import type { ParticularsStore } from '../../../shared/ports/delivery/particulars-store.ts';
import type { ToldList } from '../../../shared/ports/delivery/told-list.ts';
import type { ListStore } from '../../../shared/ports/event/list-store.ts';
import type { NotificationStore } from '../../../shared/ports/event/notification-store.ts';
import type { Parking } from '../../../shared/ports/event/parking.ts';
import type { Scheduled } from '../../../shared/ports/queues.ts';
import { walkAudience } from '../../../shared/use-cases/audience/walk-audience.ts';
import type { EndCancelled } from '../../../shared/use-cases/cancel/end-cancelled.ts';
import { deliverNotification } from '../../../shared/use-cases/delivery/deliver-notification.ts';
import { sendToPerson } from '../../../shared/use-cases/delivery/send-to-person.ts';
import { planNotification } from '../../../shared/use-cases/intake/plan-notification.ts';
import { allKinds } from '../../../shared/use-cases/kinds/all-kinds.ts';
import { AllDepartures, spacedMessenger } from '../../../shared/use-cases/pace/departures.ts';
import { SpacedPace } from '../../../shared/use-cases/pace/spaced-pace.ts';
import { silentLog } from '../../silent-log.ts';
import { Chance } from './chance.ts';
import { paperChannel } from './channel.ts';
import { modelled } from './modelled.ts';
import type { PaperOptions } from './paper-run.ts';
import { peopleOf } from './people.ts';
import { PaperQueue } from './queue.ts';
import { paperStores } from './stores.ts';
import { VirtualTime } from './virtual-time.ts';

/** What `host.json` lets one instance handle at the same time, of each queue. */
const CONCURRENCY = 16;
const CLAIM_LEASE = seconds(60);

/** Nobody cancels on paper. */
const walking = {
  endCancelled: modelled<EndCancelled>('endCancelled', {}),
  defaultTimeZone: 'UTC',
};

/** The product over stores, queues and a channel in memory, with as many instances as asked for. */
export function paperWorld(options: PaperOptions, begin: Instant) {
  const { requestsPerSecond, threadLimits, latency } = options;
  const time = new VirtualTime(begin);
  const chance = new Chance(options.seed);
  const byTenant = peopleOf(options.recipients, options.tenants, begin);
  const people = [...byTenant.values()].flat();
  const failures: unknown[] = [];
  let tableRequests = 0;

  const bulk = {
    id: '' as NotificationId | '', // Named when it is published.
    told: new Set<ConversationKey>(),
    outcomes: {} as { [outcome: string]: number }, // Filled by the records.
    repeated: 0,
    lastAt: begin,
  };
  const publishedAt = new Map<NotificationId, Instant>();
  const singles: Duration[] = [];
  const noise = {
    published: new Set<NotificationId>(),
    told: [] as Instant[], // Filled by the records.
  };

  const stores = paperStores(
    { byTenant },
    {
      requestsPerSecond,
      async cost(requests) {
        tableRequests += requests;
        for (let request = 0; request < requests; request += 1) {
          await time.wait(chance.duration(latency.tables));
        }
      },
      onRecord({ notification, conversation }, { outcome }) {
        if (noise.published.has(notification)) {
          noise.told.push(time.exactly());
          return;
        }
        if (notification !== bulk.id) {
          singles.push(time.exactly() - (publishedAt.get(notification) ?? 0));
          return;
        }
        if (bulk.told.has(conversation)) bulk.repeated += 1;
        bulk.told.add(conversation);
        bulk.outcomes[outcome] = (bulk.outcomes[outcome] ?? 0) + 1;
        bulk.lastAt = time.exactly();
      },
    },
  );
  const { messenger, admitted } = paperChannel({
    time,
    chance,
    network: latency.network,
    requestsPerSecond,
    threadLimits,
  });

  const ports = {
    kinds: allKinds([], catalog),
    audience: stores.audience,
    lists: modelled<ListStore>('lists', {}),
    notifications: modelled<NotificationStore>('notifications', stores.notifications),
    dueIndex: modelled<DueIndex>('dueIndex', stores.dueIndex),
    conversations: modelled<ConversationStore>('conversations', stores.conversations),
    ledger: modelled<Ledger>('ledger', stores.ledger),
    living: modelled<LivingStore>('living', {}),
    parking: modelled<Parking>('parking', {}),
    // Nobody here is asked for by an id, and nobody is in the middle of a dialog.
    personalData: modelled<PersonalData>('personalData', {}),
    ...onlyRecords(stores.conversations),
    turns: modelled<TurnStore>('turns', {}),
    pacer: stores.pacer,
    particulars: modelled<ParticularsStore>('particulars', {}),
    // Each of the three queues is made below, from what handles it.
    deliveries: { send: (calls: readonly DueCall[]): Promise<void> => deliveries.send(asMessages(calls)) },
    jobs: { send: (sent: readonly Scheduled<Job>[]): Promise<void> => jobs.send(sent) },
    clock: time,
    random: chance,
    log: silentLog,
  };
  /** A timer fires up to a millisecond late. */
  const wait = (delay: Duration) => time.wait(Math.ceil(delay) + chance.next());
  const deliverOf = () => {
    const departures = new AllDepartures({ clock: time, requestsPerSecond, wait });
    return deliverNotification({
      ...ports,
      pace: new SpacedPace({ pacer: stores.pacer, departures, clock: time, wait }),
      send: sendToPerson({
        ...ports,
        messenger: spacedMessenger(messenger, { departures }),
        defaultTimeZone: 'UTC',
        missed: modelled<ToldList>('missed', {}),
        asked: modelled<ToldList>('missed', {}),
        // What is broadcast here goes to everyone, so that nobody's subscriptions are asked for.
        subscriptions: modelled<SubscriptionStore>('subscriptions', {}),
        dialogIdle: 0,
      }),
      // Nothing here changes.
      closeReplaced: async () => undefined,
      recallOne: async () => undefined,
      threadLimits,
      claimLease: CLAIM_LEASE,
      // Nobody here asks for quiet, and the few that are told more than once are told at once.
      subscriptions: modelled<SubscriptionStore>('subscriptions', {}),
      holding: {
        burst: { count: 1000, window: seconds(1) },
        dialogIdle: 0,
        defaultTimeZone: 'UTC',
        entryOf: catalog.entryOf,
      },
    });
  };
  const walk = walkAudience({ ...ports, ...walking, requestsPerSecond });
  const plan = planNotification(ports);
  const accept = async (notification: Notification): Promise<unknown> => {
    await stores.accept(notification);
    return plan(notification);
  };

  const instances = Array.from({ length: options.instances });
  const queue = <T>(handlers: readonly ((message: T) => Promise<unknown>)[]) =>
    new PaperQueue<T>({
      time,
      chance,
      latency: latency.queue,
      concurrency: CONCURRENCY,
      handlers,
      onFailure: (cause) => failures.push(cause),
    });
  const deliveries = queue(instances.map(() => inTime(deliverOf(), { time, wait })));
  const jobs = queue<Job>(instances.map(() => async (job) => (job.kind === 'walk' ? walk(job) : undefined)));
  const events = queue<Notification>(instances.map(() => accept));

  function publish(to: Recipient, { urgent = false } = {}): NotificationId {
    const eventId = String(publishedAt.size);
    const now = time.now();
    const notification: Notification = {
      id: notificationId('urn:simulate', eventId),
      type: 'notification.requested',
      source: 'urn:simulate',
      eventId,
      time: now,
      acceptedAt: now,
      data: { to: [to], text: 'A simulated message' },
      to: [to],
      delivery: { ...defaultDelivery, urgent },
    };
    publishedAt.set(notification.id, time.exactly());
    if (urgent) noise.published.add(notification.id);
    if ('everyone' in to) bulk.id = notification.id;
    void events.send([{ message: notification }]).catch((cause) => failures.push(cause));
    return notification.id;
  }

  return {
    time,
    people,
    publish,
    /** To anybody, or to anybody but `without`. */
    publishSingle(without?: ConversationKey): void {
      const others = without === undefined ? people : people.filter(({ key }) => key !== without);
      const person = others[Math.floor(chance.next() * others.length)];
      if (person !== undefined) publish({ conversation: person.key });
    },
    isBulkOver: () => bulk.told.size >= people.length,
    isOver: () =>
      failures.length > 0 || (bulk.told.size >= people.length && singles.length >= publishedAt.size - 1),
    /** A fault of the model, or of the product in it. */
    rethrow(): void {
      if (failures.length > 0) throw new Error('a handler failed in the model', { cause: failures[0] });
    },
    walk,
    failed: () => failures.length > 0,
    read: () => ({
      bulk,
      noise,
      singles,
      stores,
      queues: { deliveries, jobs, events },
      admitted,
      tableRequests,
    }),
  };
}

/** A message is there when its first call is due; each of the others waits for its own time. */
function inTime(
  deliver: (call: WakeUpCall) => Promise<unknown>,
  { time, wait }: { readonly time: VirtualTime; readonly wait: (delay: Duration) => Promise<unknown> },
) {
  return (calls: readonly DueCall[]): Promise<unknown> =>
    Promise.all(
      calls.map(async ({ message, at = 0 }) => {
        const delay = at - time.exactly();
        if (delay > 0) await wait(delay);
        return deliver(message);
      }),
    );
}

/** As the queue adapter puts calls together. */
function asMessages(calls: readonly DueCall[]): readonly Scheduled<readonly DueCall[]>[] {
  return inMessages(calls).map((message) => {
    const at = message[0]?.at;
    return { message, ...defined({ at }) };
  });
}

/** Everybody here has one conversation, and is who they say. */
function onlyRecords(conversations: Partial<ConversationStore>) {
  const addressees = modelled<AddresseeStore>('addressees', {
    async look(key) {
      const record = await conversations.find?.(key);
      return defined({ record });
    },
  });
  return {
    addressees,
    vouching: vouchesForAll,
    merge: async () => [],
    names: modelled<NameStore>('names', {}),
    peopleIndex: modelled<PeopleIndex>('peopleIndex', {}),
  };
}
