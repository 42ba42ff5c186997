/**
 * Everything outside the code that the app needs to run: queues with their properties and settings.
 * Tests compare it with the code, `local.settings.sample.json` and `infra/`; the local stack builds its broker from it.
 */

/** Properties by Service Bus's own names; durations are ISO 8601. */
export interface QueueProperties {
  readonly name: string;
  /** How long a worker may hold a message before another one gets it. */
  readonly lockDuration: string;
  readonly maxDeliveryCount: number;
  /** Immutable once the queue exists. */
  readonly requiresDuplicateDetection: boolean;
  readonly duplicateDetectionHistoryTimeWindow: string;
  readonly defaultMessageTimeToLive: string;
  readonly deadLetteringOnMessageExpiration: boolean;
  readonly maxSizeInMegabytes: number;
}

const ordinary = {
  lockDuration: 'PT1M',
  maxDeliveryCount: 10,
  requiresDuplicateDetection: true,
  duplicateDetectionHistoryTimeWindow: 'PT10M',
  defaultMessageTimeToLive: 'P14D',
  deadLetteringOnMessageExpiration: true,
  maxSizeInMegabytes: 1024,
} as const satisfies Omit<QueueProperties, 'name'>;

export const queueNames = {
  /** CloudEvents from upstream services. */
  events: 'events',
  /** Wake-up calls, one a delivery. */
  deliveries: 'deliveries',
  /** Pages of broadcasts and long answers. */
  jobs: 'jobs',
  /** CloudEvents to upstream services: what people answered. */
  outcomes: 'outcomes',
} as const;

/**
 * `events` has no duplicate detection: message ids of upstream services are not ours to judge by; the ledger settles
 * copies by `(source, id)`. On our own queues it saves work, and correctness never rests on it.
 */
export const queues: readonly QueueProperties[] = [
  { ...ordinary, name: queueNames.events, requiresDuplicateDetection: false },
  { ...ordinary, name: queueNames.deliveries },
  { ...ordinary, name: queueNames.jobs },
  { ...ordinary, name: queueNames.outcomes },
];
