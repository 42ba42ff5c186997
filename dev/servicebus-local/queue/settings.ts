/** How a queue behaves. Durations in milliseconds. */
export interface QueueSettings {
  readonly name: string;
  /** How long a receiver holds a message; also what a renewal adds, counted from the renewal. */
  readonly lockMs: number;
  /** After so many deliveries without success a message is dead-lettered. */
  readonly maxDeliveryCount: number;
  /** Upper bound of every message's time to live; `Infinity` for none. */
  readonly timeToLiveMs: number;
  /** Whether an expired message is dead-lettered; else it is dropped. */
  readonly deadLetterOnExpiry: boolean;
  /** How long a message id is remembered; 0 turns duplicate detection off. */
  readonly duplicateWindowMs: number;
}

/** What Service Bus gives a queue that is created without settings. */
export const defaultSettings: Omit<QueueSettings, 'name'> = {
  lockMs: 60_000,
  maxDeliveryCount: 10,
  timeToLiveMs: Number.POSITIVE_INFINITY,
  deadLetterOnExpiry: false,
  duplicateWindowMs: 0,
};
