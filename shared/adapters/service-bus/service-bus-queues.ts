import type {
  ServiceBusClient,
  ServiceBusMessage,
  ServiceBusReceivedMessage,
  ServiceBusReceiverOptions,
  ServiceBusSender,
} from '@azure/service-bus';
import { type DueCall, idOfCalls, inMessages, toCallsBody } from '../../domain/delivery/wake-up-call.ts';
import type { CloudEvent } from '../../domain/event/cloud-event.ts';
import { toStructured } from '../../domain/event/cloud-event.ts';
import { type Job, jobName, toJobBody } from '../../domain/event/job.ts';
import { hashOf } from '../../domain/hash.ts';
import type { Instant } from '../../domain/time.ts';
import { queueNames } from '../../manifest.ts';
import type { Clock } from '../../ports/clock.ts';
import {
  type DeliveryQueue,
  type EventQueue,
  type JobQueue,
  type MessageReturn,
  type OutcomeQueue,
  type QueueFigure,
  type QueueFigures,
  QueueUnavailable,
} from '../../ports/queues.ts';

/** Messages of a queue that a look counts: more are more than anybody wants to count. */
const MOST_PEEKED = 500;
const PEEKED_AT_ONCE = 250;
/** The broker ends an answer early where bodies are large. */
const MOST_PEEKS = 5;

/** The queues, on one connection with one sender each. */
export class ServiceBusQueues {
  readonly #client: ServiceBusClient;
  readonly #clock: Clock;
  readonly #senders = new Map<string, ServiceBusSender>();

  constructor(client: ServiceBusClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  readonly deliveries: DeliveryQueue = {
    sendCalls: (calls) =>
      this.#send(
        queueNames.deliveries,
        inMessages(calls).map((message) => this.#scheduled(callsMessage(message), message[0]?.at)),
      ),
  };

  readonly jobs: JobQueue = {
    sendJobs: (jobs) =>
      this.#send(
        queueNames.jobs,
        jobs.map(({ message, at }) => this.#scheduled(jobMessage(message), at)),
      ),
  };

  readonly events: EventQueue = {
    publishEvents: (events) => this.#send(queueNames.events, events.map(eventMessage)),
    putBackEvent: (event, at) =>
      this.#send(queueNames.events, [
        {
          // As bytes, so that the body is again what it was and not a JSON string of it.
          body: event.bytes ?? Buffer.from(event.original),
          scheduledEnqueueTimeUtc: new Date(at),
          ...(event.properties === undefined ? {} : { applicationProperties: { ...event.properties } }),
        },
      ]),
    bytesOf: (sequenceNumber) => this.#peek(queueNames.events, sequenceNumber),
  };

  readonly outcomes: OutcomeQueue = {
    publishOutcomes: (events) =>
      this.#send(
        queueNames.outcomes,
        events.map((event) => ({
          ...eventMessage(event),
          messageId: shortened(`${event.source}:${event.id}`),
        })),
      ),
  };

  readonly messages: MessageReturn = {
    putBackMessage: (queue, original) => this.#send(queue, [{ body: Buffer.from(original) }]),
  };

  /** Opens a link to each queue that the app sends to, to see that the broker answers. Throws `QueueUnavailable`. */
  async ping(): Promise<void> {
    try {
      const sender = this.#sender(queueNames.deliveries);
      await sender.createMessageBatch();
    } catch (cause) {
      // Nothing was sent: whoever looks after the app's health hears of it.
      throw new QueueUnavailable(queueNames.deliveries, cause);
    }
  }

  /** Of the queues whose messages the app may look at. */
  readonly figures: QueueFigures = {
    figures: () =>
      Promise.all(
        [queueNames.events, queueNames.deliveries, queueNames.jobs].map((queue) => this.#figureOf(queue)),
      ),
  };

  async #figureOf(queue: string): Promise<QueueFigure> {
    const [here, dead] = await Promise.all([
      this.#peekAll(queue, {}),
      this.#peekAll(queue, { subQueueType: 'deadLetter' }),
    ]);
    // What is scheduled waits for its own time, and not for the app.
    const waiting = here.messages.filter(({ state }) => state === 'active');
    const oldest = Math.min(...waiting.map(({ enqueuedTimeUtc: at }) => at?.getTime() ?? Infinity));
    return {
      queue,
      waiting: waiting.length,
      ...(here.isAll ? {} : { atLeast: true }),
      ...(Number.isFinite(oldest) ? { oldestAt: oldest } : {}),
      deadLetters: dead.messages.length,
      ...(dead.isAll ? {} : { deadLettersAtLeast: true }),
    };
  }

  /** `MOST_PEEKED` messages or a few more, in the order in which they came. */
  async #peekAll(queue: string, options: Pick<ServiceBusReceiverOptions, 'subQueueType'>) {
    const receiver = this.#client.createReceiver(queue, { skipParsingBodyAsJson: true, ...options });
    try {
      const messages: ServiceBusReceivedMessage[] = [];
      for (let peeked = 0; peeked < MOST_PEEKS && messages.length < MOST_PEEKED; peeked += 1) {
        const next = await receiver.peekMessages(PEEKED_AT_ONCE);
        if (next.length === 0) return { messages, isAll: true };
        messages.push(...next);
      }
      return { messages, isAll: false };
    } catch (cause) {
      // Nothing was taken: whoever asked may ask again.
      throw new QueueUnavailable(queue, cause);
    } finally {
      await receiver.close();
    }
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #scheduled(message: ServiceBusMessage, at: Instant | undefined): ServiceBusMessage {
    return at !== undefined && at > this.#clock.now()
      ? { ...message, scheduledEnqueueTimeUtc: new Date(at) }
      : message;
  }

  async #send(queue: string, messages: readonly ServiceBusMessage[]): Promise<void> {
    if (messages.length === 0) return;
    try {
      const sender = this.#sender(queue);
      let batch = await sender.createMessageBatch();
      for (const message of messages) {
        if (batch.tryAddMessage(message)) continue;
        await sender.sendMessages(batch);
        batch = await sender.createMessageBatch();
        if (!batch.tryAddMessage(message))
          throw new RangeError('a single message is larger than the queue takes');
      }
      await sender.sendMessages(batch);
    } catch (cause) {
      // Whoever asked sends all of it again: the ids are the same, so what did arrive is told apart from what did not.
      throw new QueueUnavailable(queue, cause);
    }
  }

  async #peek(queue: string, sequenceNumber: number): Promise<Uint8Array | undefined> {
    const receiver = this.#client.createReceiver(queue, { skipParsingBodyAsJson: true });
    try {
      // The client counts in a type of its own, of which the first message on the queue brings one.
      const [first] = await receiver.peekMessages(1);
      const base = first?.sequenceNumber;
      const fromSequenceNumber = base?.add(sequenceNumber - base.toNumber());
      if (fromSequenceNumber === undefined) return undefined;
      const [message] = await receiver.peekMessages(1, { fromSequenceNumber });
      if (message?.sequenceNumber?.toNumber() !== sequenceNumber) return undefined;
      const sections: readonly unknown[] = Array.isArray(message.body) ? message.body : [message.body];
      return sections.every((section) => section instanceof Uint8Array) ? Buffer.concat(sections) : undefined;
    } catch (cause) {
      // Nothing was taken: whoever asked fails with the message, which the broker gives again.
      throw new QueueUnavailable(queue, cause);
    } finally {
      await receiver.close();
    }
  }

  #sender(queue: string): ServiceBusSender {
    const known = this.#senders.get(queue);
    if (known !== undefined) return known;
    const sender = this.#client.createSender(queue);
    this.#senders.set(queue, sender);
    return sender;
  }
}

/** Calls of one notification, so that one trace is that of all. */
function callsMessage(calls: readonly DueCall[]): ServiceBusMessage {
  return {
    body: toCallsBody(calls),
    messageId: idOfCalls(calls),
    contentType: 'application/json',
    ...traced(calls[0]?.message ?? {}),
  };
}

function jobMessage(job: Job): ServiceBusMessage {
  return {
    body: toJobBody(job),
    messageId: shortened(jobName(job)),
    contentType: 'application/json',
    ...traced(job),
  };
}

function eventMessage(event: CloudEvent): ServiceBusMessage {
  return { body: toStructured(event), contentType: 'application/cloudevents+json', ...traced(event) };
}

/** The trace goes on in whoever receives this: the host reads `Diagnostic-Id`. */
function traced(message: {
  readonly traceparent?: string;
}): Pick<ServiceBusMessage, 'applicationProperties'> {
  return message.traceparent === undefined
    ? {}
    : { applicationProperties: { 'Diagnostic-Id': message.traceparent, traceparent: message.traceparent } };
}

/** Message ids have at most 128 characters. */
function shortened(id: string): string {
  return id.length <= 128 ? id : `${id.slice(0, 84)}${hash(id)}`;
}

function hash(text: string): string {
  return hashOf(text);
}
