import type { Queue } from '../queue/queue.ts';
import type { Consumer } from './consumer.ts';

/** So many messages go to one receiver before the next one has its turn. */
const turn = 8;

/** Hands the messages of one queue to the receivers that have credit, turn by turn. */
export class Dispatcher {
  readonly #queue: Queue;
  #consumers: Consumer[] = [];
  #first = 0;

  constructor(queue: Queue) {
    this.#queue = queue;
    queue.onReady = () => this.pump();
  }

  add(consumer: Consumer): void {
    this.#consumers.push(consumer);
  }

  /** Delivers while there are messages and credit. */
  pump(): void {
    this.#consumers = this.#consumers.filter(({ isOpen }) => isOpen);
    let idle = 0;
    while (idle < this.#consumers.length) {
      this.#first = (this.#first + 1) % this.#consumers.length;
      const consumer = this.#consumers[this.#first];
      const credit = Math.min(consumer?.usableCredit ?? 0, turn);
      if (!consumer || credit === 0) {
        idle += 1;
        continue;
      }
      idle = 0;
      if (consumer.deliverFrom(this.#queue, credit) < credit) return;
    }
  }
}
