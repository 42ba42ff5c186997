import type { Sender } from 'rhea';
import { encodeDelivery } from '../message/delivery.ts';
import type { Queue } from '../queue/queue.ts';
import { tagOfToken } from './lock-token.ts';
import {
  connectionInternals,
  type SenderInternals,
  senderInternals,
  sessionInternals,
} from './rhea-internals.ts';

/** How long to wait before looking again whether a drain can be answered. */
const drainRetryMs = 5;

/** A client's receiving link: the broker's end of it, which sends. */
export class Consumer {
  readonly #sender: Sender;
  readonly #internals: SenderInternals;
  readonly #deletes: boolean;
  #isDraining = false;

  /** To be made while the attach of the client is handled: the answer to it takes over the settle mode. */
  constructor(sender: Sender) {
    this.#sender = sender;
    this.#internals = senderInternals(sender);
    this.#deletes = sender.snd_settle_mode === 1;
    this.#internals.local.attach.rcv_settle_mode = sender.rcv_settle_mode;
    this.#internals._get_drain = () => this.#useUpCredit();
  }

  get isOpen(): boolean {
    return this.#sender.is_open();
  }

  /** How many messages may be sent now. rhea takes credit off only when a transfer is written. */
  get usableCredit(): number {
    if (this.#isDraining) return 0;
    const { outgoing } = sessionInternals(this.#sender.session);
    return Math.max(0, Math.min(this.#internals.credit - this.#unwritten, outgoing.available()));
  }

  /** Delivers up to `max` messages and returns how many there were. */
  deliverFrom(queue: Queue, max: number): number {
    const taken = this.#deletes ? queue.receiveAndDelete(max) : queue.receive(max);
    for (const stored of taken) {
      const tag = stored.lock ? tagOfToken(stored.lock.token) : undefined;
      this.#sender.send(encodeDelivery(stored, stored.lock?.until), tag, 0);
    }
    return taken.length;
  }

  /** The client gives up the rest of its credit: tells it so once everything sent is written. */
  drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    setImmediate(() => this.#answerDrain());
  }

  #answerDrain(): void {
    if (!this.isOpen || !this.#internals._draining) {
      this.#isDraining = false;
    } else if (this.#unwritten > 0) {
      setTimeout(() => this.#answerDrain(), drainRetryMs);
    } else {
      this.#sender.set_drained(true);
      this.#internals.issue_flow = true;
      connectionInternals(this.#sender.connection)._register();
    }
  }

  /**
   * Takes the place of rhea's own, which answers a drain only while credit is left; a client that used up its last
   * credit just before would wait for its timeout.
   */
  #useUpCredit(): boolean {
    const link = this.#internals;
    if (!link._draining || !link._drained) return false;
    link.delivery_count += link.credit;
    link.credit = 0;
    link._draining = false;
    this.#isDraining = false;
    return true;
  }

  get #unwritten(): number {
    const { outgoing } = sessionInternals(this.#sender.session);
    return outgoing.next_delivery_id - outgoing.next_pending_delivery;
  }
}
