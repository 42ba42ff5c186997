import { type Instant, minutes } from '../../../../shared/domain/time.ts';
import type { Clock } from '../../../../shared/ports/clock.ts';
import type { Scheduled } from '../../../../shared/ports/queues.ts';

/** As the queues of the app are made: a message id that was seen within this time is swallowed. */
const DUPLICATE_HISTORY = minutes(10);

interface Enqueued<Message> {
  readonly message: Message;
  readonly visibleAt: Instant;
  readonly order: number;
}

/**
 * A queue in memory: a message becomes visible at its instant by the given clock, the earliest first, in the order of
 * sending where they are due together. With `idOf` it swallows duplicates as the broker does.
 */
export class InMemoryQueue<Message> {
  /** Everything that was ever taken in, in the order of sending; `at` as it was given. */
  readonly sent: Scheduled<Message>[] = [];
  /** What duplicate detection swallowed. */
  readonly duplicates: Message[] = [];
  readonly #clock: Clock;
  readonly #idOf: ((message: Message) => string) | undefined;
  readonly #seen = new Map<string, Instant>();
  readonly #copies: number;
  #waiting: Enqueued<Message>[] = [];

  /** `copies`: how many of each message are there once it was sent: senders that had no answer sent it again. */
  constructor(clock: Clock, idOf?: (message: Message) => string, copies = 1) {
    this.#clock = clock;
    this.#idOf = idOf;
    this.#copies = copies;
  }

  async send(messages: readonly Scheduled<Message>[]): Promise<void> {
    for (let copy = 0; copy < this.#copies; copy += 1) this.#enqueue(messages);
  }

  #enqueue(messages: readonly Scheduled<Message>[]): void {
    for (const { message, at } of structuredClone(messages)) {
      if (this.#isDuplicate(message)) {
        this.duplicates.push(message);
        continue;
      }
      this.sent.push(at === undefined ? { message } : { message, at });
      const visibleAt = Math.max(at ?? this.#clock.now(), this.#clock.now());
      this.#waiting.push({ message, visibleAt, order: this.sent.length });
    }
    this.#waiting.sort((a, b) => a.visibleAt - b.visibleAt || a.order - b.order);
  }

  /** Takes the next visible message off the queue; `undefined` when none is visible yet. */
  take(): Message | undefined {
    const [first] = this.#waiting;
    if (first === undefined || first.visibleAt > this.#clock.now()) return undefined;
    this.#waiting.shift();
    return first.message;
  }

  /** Takes everything that is visible. */
  takeAll(): readonly Message[] {
    const taken: Message[] = [];
    for (let next = this.take(); next !== undefined; next = this.take()) taken.push(next);
    return taken;
  }

  /** What is on the queue, visible or not, in the order in which it will be. */
  get waiting(): readonly { readonly message: Message; readonly visibleAt: Instant }[] {
    return structuredClone(this.#waiting.map(({ message, visibleAt }) => ({ message, visibleAt })));
  }

  /** When the next message becomes visible, now or later. */
  get nextAt(): Instant | undefined {
    return this.#waiting[0]?.visibleAt;
  }

  /** Forgets what is on the queue: a broker that loses its messages. */
  lose(): void {
    this.#waiting = [];
  }

  #isDuplicate(message: Message): boolean {
    if (this.#idOf === undefined) return false;
    const id = this.#idOf(message);
    const seenAt = this.#seen.get(id);
    if (seenAt !== undefined && this.#clock.now() - seenAt <= DUPLICATE_HISTORY) return true;
    this.#seen.set(id, this.#clock.now());
    return false;
  }
}
