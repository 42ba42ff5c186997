import { messageIdOf, type WakeUpCall } from '../../../../shared/domain/delivery/wake-up-call.ts';
import type { CloudEvent } from '../../../../shared/domain/event/cloud-event.ts';
import { type Job, jobName } from '../../../../shared/domain/event/job.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import type { Clock } from '../../../../shared/ports/clock.ts';
import type {
  DeliveryQueue,
  EventBody,
  EventQueue,
  JobQueue,
  OutcomeQueue,
  Scheduled,
} from '../../../../shared/ports/queues.ts';
import { InMemoryQueue } from './in-memory-queue.ts';

/** A broker that looks for duplicates, or one that does not, to which everything is sent twice. */
export type Broker = 'finds duplicates' | 'has everything twice';

const copiesIn = (broker: Broker) => (broker === 'finds duplicates' ? 1 : 2);

export class InMemoryDeliveryQueue extends InMemoryQueue<WakeUpCall> implements DeliveryQueue {
  constructor(clock: Clock, broker: Broker = 'finds duplicates') {
    super(clock, broker === 'finds duplicates' ? messageIdOf : undefined, copiesIn(broker));
  }

  sendCalls(calls: readonly Scheduled<WakeUpCall>[]): Promise<void> {
    return this.send(calls);
  }
}

export class InMemoryJobQueue extends InMemoryQueue<Job> implements JobQueue {
  constructor(clock: Clock, broker: Broker = 'finds duplicates') {
    super(clock, broker === 'finds duplicates' ? jobName : undefined, copiesIn(broker));
  }

  sendJobs(jobs: readonly Scheduled<Job>[]): Promise<void> {
    return this.send(jobs);
  }
}

/** An event as it was published, or as it came and was put back. */
export type QueuedEvent = { readonly event: CloudEvent } | EventBody;

export class InMemoryEventQueue extends InMemoryQueue<QueuedEvent> implements EventQueue {
  /** Bodies of messages on the queue, by sequence number. */
  readonly bodies = new Map<number, Uint8Array>();

  async publishEvents(events: readonly CloudEvent[]): Promise<void> {
    await this.send(events.map((event) => ({ message: { event } })));
  }

  async putBackEvent(event: EventBody, at: Instant): Promise<void> {
    await this.send([{ message: event, at }]);
  }

  async bytesOf(sequenceNumber: number): Promise<Uint8Array | undefined> {
    return this.bodies.get(sequenceNumber);
  }
}

export class InMemoryOutcomeQueue extends InMemoryQueue<CloudEvent> implements OutcomeQueue {
  constructor(clock: Clock) {
    super(clock, ({ source, id }) => `${source}:${id}`);
  }

  async publishOutcomes(events: readonly CloudEvent[]): Promise<void> {
    await this.send(events.map((message) => ({ message })));
  }
}
