import { defined } from '../../../shared/domain/defined.ts';
import { type DueCall, inMessages } from '../../../shared/domain/delivery/wake-up-call.ts';
import type { Job } from '../../../shared/domain/event/job.ts';
import {
  type DeliveryOptions,
  defaultDelivery,
  type Notification,
  type Recipient,
} from '../../../shared/domain/event/notification.ts';
import type { ConversationKey, NotificationId } from '../../../shared/domain/ids.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import type { Duration, Instant } from '../../../shared/domain/time.ts';
import type { Scheduled } from '../../../shared/ports/queues.ts';
import { Chance } from './chance.ts';
import { paperChannel } from './channel.ts';
import { instanceOf } from './instance.ts';
import { Life } from './life.ts';
import type { PaperOptions } from './paper-run.ts';
import { peopleOf } from './people.ts';
import { portsOf } from './ports.ts';
import { PaperQueue } from './queue.ts';
import { paperStores } from './stores.ts';
import { VirtualTime } from './virtual-time.ts';

/** What `host.json` lets one instance handle at the same time, of each queue. */
const CONCURRENCY = 16;

/** The product over stores, queues and a channel in memory, with as many instances as asked for. */
export function paperWorld(options: PaperOptions, beginning: Instant) {
  const { requestsPerSecond, threadLimits, latency } = options;
  const time = new VirtualTime(beginning);
  const chance = new Chance(options.seed);
  const byTenant = peopleOf(options.recipients, { ...options, at: beginning });
  const people = [...byTenant.values()].flat();
  const failures: unknown[] = [];
  let tableRequests = 0;

  const bulk = {
    id: '' as NotificationId | '', // Named when it is published.
    told: new Map<ConversationKey, Instant>(), // When the outcome of each was recorded.
    outcomes: {} as { [outcome: string]: number }, // Filled by the records.
    repeated: 0,
    lastAt: beginning,
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
      time,
      chance,
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
        bulk.told.set(conversation, time.exactly());
        bulk.outcomes[outcome] = (bulk.outcomes[outcome] ?? 0) + 1;
        bulk.lastAt = time.exactly();
      },
    },
  );
  const { messenger, admitted } = paperChannel({
    time,
    chance,
    network: latency.network,
    spells: options.spells,
    requestsPerSecond,
    threadLimits,
  });

  const ports = {
    ...portsOf(stores),
    // Each of the three queues is made below, from what handles it.
    deliveries: {
      sendCalls: (calls: readonly DueCall[]): Promise<void> => deliveries.send(asMessages(calls)),
    },
    jobs: { sendJobs: (sent: readonly Scheduled<Job>[]): Promise<void> => jobs.send(sent) },
  };
  const failed = (cause: unknown) => failures.push(cause);
  const queue = <T>() =>
    new PaperQueue<T>({ time, chance, latency: latency.queue, concurrency: CONCURRENCY, onFailure: failed });
  const deliveries = queue<readonly DueCall[]>();
  const jobs = queue<Job>();
  const events = queue<Notification>();

  /** An instance that works from now on; gives what ends it, as a machine that is switched off. */
  function begin(): () => void {
    const life = new Life();
    const { clocksApart } = options;
    const skew = clocksApart === undefined ? 0 : (chance.next() - 0.5) * clocksApart;
    const clock = { now: () => Math.floor(time.exactly() + skew) };
    const instance = instanceOf(
      { ...ports, messenger, accept: stores.accept },
      { life, clock, time, chance, requestsPerSecond, threadLimits },
    );
    const ends = [
      deliveries.add(instance.deliver),
      jobs.add(instance.work),
      events.add(instance.accept),
      () => life.end(),
    ];
    return () => {
      for (const end of ends) end();
    };
  }
  const running = Array.from({ length: options.instances }, begin);

  function publish(to: Recipient, more: Partial<DeliveryOptions> = {}): NotificationId {
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
      delivery: { ...defaultDelivery, ...more },
    };
    publishedAt.set(notification.id, time.exactly());
    if (more.urgent === true) noise.published.add(notification.id);
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
    /** One more instance. */
    begin: () => void running.push(begin()),
    /** One instance fewer: what it held is given to others, when its locks end. */
    end: () => running.shift()?.(),
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

/** As the queue adapter puts calls together. */
function asMessages(calls: readonly DueCall[]): readonly Scheduled<readonly DueCall[]>[] {
  return inMessages(calls).map((message) => {
    const at = message[0]?.at;
    return { message, ...defined({ at }) };
  });
}
