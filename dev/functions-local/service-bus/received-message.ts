/** A message that the broker locked for this host, with what the trigger tells a function about it. */
export interface ReceivedMessage {
  /** Bytes of the data sections, or what an AMQP value or sequence section held. */
  body: unknown;
  messageId?: string | undefined;
  contentType?: string | undefined;
  correlationId?: string | undefined;
  subject?: string | undefined;
  to?: string | undefined;
  replyTo?: string | undefined;
  replyToSessionId?: string | undefined;
  sessionId?: string | undefined;
  partitionKey?: string | undefined;
  deadLetterSource?: string | undefined;
  /** A GUID. */
  lockToken?: string | undefined;
  lockedUntil?: Date | undefined;
  /** How often it was delivered before: 0 for the first time, as AMQP counts. */
  deliveryCount: number;
  enqueuedTime: Date;
  /** undefined for a message that never expires. */
  expiresAt?: Date | undefined;
  /** Decimal digits, because it may exceed what a number holds. */
  sequenceNumber: string;
  applicationProperties: Record<string, unknown>;
}

/** A message and what can be done with it. Each method throws when the lock is lost or the broker is away. */
export interface Delivery {
  readonly message: ReceivedMessage;
  complete(): Promise<void>;
  /** Gives the message back at once; the broker counts the delivery, and dead-letters after the last. */
  abandon(): Promise<void>;
  /** @returns until when it is locked now. */
  renewLock(): Promise<Date>;
}

/** Where a Service Bus function gets its messages from. */
export interface MessageSource {
  /** Begins to receive. A delivery's place is free again when the promise of its handler settles. */
  start(handle: (delivery: Delivery) => Promise<void>): Promise<void>;
  /** Fetches nothing more. Messages in work can still be settled. */
  stop(): Promise<void>;
}
