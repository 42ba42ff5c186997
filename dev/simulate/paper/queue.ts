import type { Scheduled } from '../../../shared/ports/queues.ts';
import type { Chance, Latency } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A queue whose messages become visible at their time and go to whichever instance has a worker free. */
export class PaperQueue<T> {
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #latency: Latency;
  readonly #free: number[];
  readonly #handlers: readonly ((message: T) => Promise<unknown>)[];
  readonly #onFailure: (cause: unknown) => void;
  readonly #backlog: T[] = [];
  #taken = 0;
  /** Messages that were sent; each is settled once too. */
  sent = 0;

  constructor(deps: {
    readonly time: VirtualTime;
    readonly chance: Chance;
    readonly latency: Latency;
    /** Calls that one instance handles at the same time. */
    readonly concurrency: number;
    /** One for each instance. */
    readonly handlers: readonly ((message: T) => Promise<unknown>)[];
    /** A handler that throws is a fault of the model: nothing here is ever away. */
    readonly onFailure: (cause: unknown) => void;
  }) {
    this.#time = deps.time;
    this.#chance = deps.chance;
    this.#latency = deps.latency;
    this.#handlers = deps.handlers;
    this.#free = deps.handlers.map(() => deps.concurrency);
    this.#onFailure = deps.onFailure;
  }

  readonly send = async (messages: readonly Scheduled<T>[]): Promise<void> => {
    await this.#time.wait(this.#chance.duration(this.#latency));
    const now = this.#time.exactly();
    for (const { message, at } of messages) {
      this.sent += 1;
      this.#time.at(Math.max(at ?? now, now) + this.#chance.duration(this.#latency), () => {
        this.#backlog.push(message);
        this.#giveOut();
      });
    }
  };

  #giveOut(): void {
    while (this.#taken < this.#backlog.length) {
      const most = Math.max(...this.#free);
      if (most === 0) return;
      const idle = this.#free.flatMap((free, instance) => (free === most ? [instance] : []));
      const instance = idle[Math.floor(this.#chance.next() * idle.length)] ?? 0;
      const message = this.#backlog[this.#taken++];
      const handle = this.#handlers[instance];
      if (message === undefined || handle === undefined) return;
      if (this.#taken > 1000) {
        this.#backlog.splice(0, this.#taken);
        this.#taken = 0;
      }
      this.#free[instance] = most - 1;
      void handle(message)
        .catch(this.#onFailure)
        .finally(() => {
          this.#free[instance] = (this.#free[instance] ?? 0) + 1;
          this.#giveOut();
        });
    }
  }
}
