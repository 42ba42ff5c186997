import type { Delivery, Receiver } from 'rhea';
import { BrokerError } from '../broker-error.ts';
import { parseTransfer } from '../message/batch.ts';
import { DecodeError } from '../message/codec.ts';
import type { Message } from '../message/message.ts';
import type { Queue } from '../queue/queue.ts';
import { linkInternals } from './rhea-internals.ts';
import type { Services } from './services.ts';
import { accepted, rejected, settle } from './settlement.ts';

/** The largest transfer (a message or a batch) in bytes, as in the standard tier of Service Bus. */
export const maxMessageSize = 262_144;

/** Transfers that a client may have under way on one link; topped up when half of them came. */
const creditWindow = 500;

/** A client's sending link: the broker's end of it, which receives. */
export class IncomingLink {
  readonly #receiver: Receiver;
  readonly #queue: Queue;
  readonly #services: Services;

  constructor(receiver: Receiver, queue: Queue, services: Services) {
    this.#receiver = receiver;
    this.#queue = queue;
    this.#services = services;
    receiver.add_credit(creditWindow);
  }

  /** Stores what one transfer brings and answers once it cannot be lost. */
  onTransfer(delivery: Delivery, payload: Buffer, format: number): void {
    const { commit, drop, faults } = this.#services;
    this.#topUpCredit();
    const fault = faults.nextSend();
    try {
      if (fault === 'refuse') throw serverBusy();
      this.#queue.accept(readMessages(payload, format));
    } catch (thrown) {
      commit(() => settle(delivery, rejected(thrown)));
      return;
    }
    if (fault === 'drop-after') commit(() => drop(this.#receiver.connection));
    else commit(() => settle(delivery, accepted));
  }

  #topUpCredit(): void {
    const { credit } = linkInternals(this.#receiver);
    if (credit <= creditWindow / 2) this.#receiver.add_credit(creditWindow - credit);
  }
}

/** The refusal that clients answer by trying again. */
export function serverBusy(): BrokerError {
  return new BrokerError('com.microsoft:server-busy', 'The broker was told to refuse this send. Try again.');
}

function readMessages(payload: Buffer, format: number): Message[] {
  checkSize(payload);
  return decode(() => parseTransfer(payload, format));
}

/** Refuses an encoded message that is larger than the limit. */
export function checkSize(payload: Buffer): void {
  if (payload.length <= maxMessageSize) return;
  throw new BrokerError(
    'amqp:link:message-size-exceeded',
    `The received message (size: ${payload.length} bytes) exceeds the limit (${maxMessageSize} bytes) currently allowed on the link.`,
  );
}

/** Runs a parser and turns its complaint into a refusal. */
export function decode<T>(parse: () => T): T {
  try {
    return parse();
  } catch (thrown) {
    if (thrown instanceof DecodeError) throw new BrokerError('amqp:decode-error', thrown.message);
    throw thrown;
  }
}
