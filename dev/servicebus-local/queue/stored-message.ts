import type { Message } from '../message/message.ts';
import type { Lock } from './locks.ts';

/** `active`: waiting or locked; `deferred`: only by sequence number; `scheduled`: not visible yet. */
export type MessageState = 'active' | 'deferred' | 'scheduled';

/** A message in a queue or its dead letters, with what the broker knows about it. Times in ms since 1970. */
export interface StoredMessage {
  message: Message;
  sequence: number;
  /** The sequence number at which it first came in; differs from `sequence` once a schedule made it active. */
  readonly enqueuedSequence: number;
  enqueuedAt: number;
  /** When a scheduled message becomes active; 0 when it was not scheduled. */
  readonly dueAt: number;
  /** `Infinity` when it never expires. */
  expiresAt: number;
  /** Deliveries that ended without success. */
  deliveryCount: number;
  state: MessageState;
  lock: Lock | undefined;
  /** For a dead letter: the queue in which it died. */
  readonly deadLetterSource: string | undefined;
}
