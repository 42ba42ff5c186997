import { type Duration, seconds } from '../../../shared/domain/time.ts';
import type { Scheduled } from '../../../shared/ports/queues.ts';
import type { Latency } from '../../teams-channel-local/limits/latency.ts';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

/** So long the broker holds a message for who received it and is gone, before it gives it to somebody else. */
const LOCK: Duration = seconds(60);

/** One instance, as the queue knows it. */
interface Receiver<T> {
  readonly handle: (message: T) => Promise<unknown>;
  free: number;
  readonly held: Set<T>;
}

/** A queue whose messages become visible at their time and go to whichever instance has a worker free. */
export class PaperQueue<T> {
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  readonly #latency: Latency;
  readonly #concurrency: number;
  readonly #receivers: Receiver<T>[] = [];
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
    /** A handler that throws is a fault of the model: nothing here is ever away. */
    readonly onFailure: (cause: unknown) => void;
  }) {
    this.#time = deps.time;
    this.#chance = deps.chance;
    this.#latency = deps.latency;
    this.#concurrency = deps.concurrency;
    this.#onFailure = deps.onFailure;
  }

  /** An instance that receives from now on. What it gives back ends that: what it holds then is given to others, when its locks end. */
  add(handle: (message: T) => Promise<unknown>): () => void {
    const receiver: Receiver<T> = { handle, free: this.#concurrency, held: new Set() };
    this.#receivers.push(receiver);
    this.#giveOut();
    return () => {
      this.#receivers.splice(this.#receivers.indexOf(receiver), 1);
      this.#time.at(this.#time.exactly() + LOCK, () => {
        this.#backlog.push(...receiver.held);
        this.#giveOut();
      });
    };
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
      const most = Math.max(0, ...this.#receivers.map(({ free }) => free));
      if (most === 0) return;
      const idle = this.#receivers.filter(({ free }) => free === most);
      const receiver = idle[Math.floor(this.#chance.next() * idle.length)];
      const message = this.#backlog[this.#taken++];
      if (message === undefined || receiver === undefined) return;
      if (this.#taken > 1000) {
        this.#backlog.splice(0, this.#taken);
        this.#taken = 0;
      }
      receiver.free -= 1;
      receiver.held.add(message);
      void receiver
        .handle(message)
        .catch(this.#onFailure)
        .finally(() => {
          receiver.free += 1;
          receiver.held.delete(message);
          this.#giveOut();
        });
    }
  }
}
