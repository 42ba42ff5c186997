import { BrokerError } from '../broker-error.ts';
import { type PropertyChanges, withProperties } from '../message/properties.ts';
import {
  asProperties,
  type DeadLetterReason,
  deliveriesExhausted,
  timeToLiveEnded,
} from './dead-letter-reason.ts';
import type { MessageBox } from './message-box.ts';
import type { QueueParts } from './queue-parts.ts';
import type { StoredMessage } from './stored-message.ts';

/**
 * What becomes of a message when a delivery or its time ends: back into the line, aside, dropped, or to the dead
 * letters. The rules of expiry and of too many deliveries are here, so that every way out obeys them.
 */
export class Endings {
  readonly #box: MessageBox;
  readonly #parts: Pick<QueueParts, 'settings' | 'clock' | 'deadLetters'>;

  constructor(box: MessageBox, parts: QueueParts) {
    this.#box = box;
    this.#parts = parts;
  }

  /** The delivery failed: again, or to the dead letters when it was the last one allowed. */
  fail(stored: StoredMessage, properties?: PropertyChanges): void {
    const { deadLetters, settings } = this.#parts;
    const deliveryCount = stored.deliveryCount + 1;
    if (deadLetters && deliveryCount >= settings.maxDeliveryCount) {
      stored.deliveryCount = deliveryCount;
      this.bury(stored, { ...deliveriesExhausted(deliveryCount), properties });
    } else {
      this.free(stored, { deliveryCount, properties });
    }
  }

  /** Ends the lock without counting. The message keeps its state unless another is named. */
  free(
    stored: StoredMessage,
    to: Partial<Pick<StoredMessage, 'state' | 'deliveryCount'>> & {
      properties?: PropertyChanges | undefined;
    } = {},
  ): void {
    if (stored.expiresAt <= this.#parts.clock.now()) {
      this.expire(stored);
      return;
    }
    const { state = stored.state, deliveryCount = stored.deliveryCount } = to;
    this.#box.unlock(stored, {
      state,
      deliveryCount,
      message: withProperties(stored.message, to.properties),
    });
  }

  /** Its time to live is over. */
  expire(stored: StoredMessage): void {
    const { deadLetters, settings } = this.#parts;
    if (deadLetters && settings.deadLetterOnExpiry) this.bury(stored, timeToLiveEnded());
    else this.#box.remove(stored);
  }

  /** To the dead letters. `not-allowed` for a message that is one. */
  bury(stored: StoredMessage, reason: DeadLetterReason): void {
    const { deadLetters, settings } = this.#parts;
    if (!deadLetters) {
      throw new BrokerError(
        'amqp:not-allowed',
        'A message of a dead-letter queue cannot be dead-lettered again.',
      );
    }
    const message = withProperties(stored.message, asProperties(reason));
    this.#box.takeOut(stored);
    deadLetters.adopt({
      ...stored,
      message,
      state: 'active',
      expiresAt: Number.POSITIVE_INFINITY,
      deadLetterSource: settings.name,
    });
  }
}
