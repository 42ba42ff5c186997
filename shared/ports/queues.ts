import type { WakeUpCall } from '../domain/delivery/wake-up-call.ts';
import type { CloudEvent } from '../domain/event/cloud-event.ts';
import type { Job } from '../domain/event/job.ts';
import type { Instant } from '../domain/time.ts';

/** The broker did not take the message, or it is not known whether it did. Sending it again is harmless. */
export class QueueUnavailable extends Error {
  readonly code = 'queue-unavailable';
  readonly queue: string;

  constructor(queue: string, cause: unknown) {
    super(`queue "${queue}" did not take the message; the work comes back by itself`, { cause });
    this.name = 'QueueUnavailable';
    this.queue = queue;
  }
}

/** Any of the app's queues, by its name. May throw `QueueUnavailable`. */
export interface MessageReturn {
  /** Enqueues a body as it came. */
  putBackMessage(queue: string, original: string): Promise<void>;
}

/** A message with the instant at which it becomes visible; absent or past: at once. */
export interface Scheduled<T> {
  readonly message: T;
  readonly at?: Instant;
}

/** Queue `deliveries`. May throw `QueueUnavailable`. */
export interface DeliveryQueue {
  /** Each is due at its own instant and answered by itself; neighbours may travel in one message. */
  sendCalls(calls: readonly Scheduled<WakeUpCall>[]): Promise<void>;
}

/** Queue `jobs`. May throw `QueueUnavailable`. */
export interface JobQueue {
  sendJobs(jobs: readonly Scheduled<Job>[]): Promise<void>;
}

/** An event as it came. */
export interface EventBody {
  readonly original: string;
  /** The body, where it is no UTF-8: `original` then has U+FFFD in the place of what is none. */
  readonly bytes?: Uint8Array;
  /** Attributes that came beside the body (AMQP binary mode). */
  readonly properties?: { readonly [name: string]: string };
}

/** How much is on a queue; what a look did not reach is not counted. */
export interface QueueFigure {
  readonly queue: string;
  /** Messages that could be taken now, those included that are being handled. */
  readonly waiting: number;
  /** There are more than were looked at. */
  readonly atLeast?: true;
  /** When the oldest of them was enqueued, or became visible. */
  readonly oldestAt?: Instant;
  readonly deadLetters: number;
  readonly deadLettersAtLeast?: true;
}

/** Looks at the queues that the app takes from, and takes nothing. May throw `QueueUnavailable`. */
export interface QueueFigures {
  figures(): Promise<readonly QueueFigure[]>;
}

/** Queue `events`. May throw `QueueUnavailable`. */
export interface EventQueue {
  publishEvents(events: readonly CloudEvent[]): Promise<void>;

  /** Enqueues a received event once more, body and attributes as they came, visible from `at` on. */
  putBackEvent(event: EventBody, at: Instant): Promise<void>;

  /** The body's bytes of a message that is on the queue, locked or not; `undefined` where there is none of this number. */
  bytesOf(sequenceNumber: number): Promise<Uint8Array | undefined>;
}

/** Queue `outcomes`: what upstream services are told. May throw `QueueUnavailable`. */
export interface OutcomeQueue {
  /** A copy of an event (same source and id) is swallowed where the queue still remembers the first. */
  publishOutcomes(events: readonly CloudEvent[]): Promise<void>;
}
