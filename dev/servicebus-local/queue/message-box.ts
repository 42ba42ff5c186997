import type { BoxImage } from '../journal/images.ts';
import type { Box, JournalRecord } from '../journal/records.ts';
import { LazyHeap } from './lazy-heap.ts';
import { type Lock, Locks } from './locks.ts';
import { MessageStore } from './message-store.ts';
import type { StoredMessage } from './stored-message.ts';

/** How many messages are in which state. `active` includes the locked ones, as Service Bus counts. */
export interface QueueCounts {
  readonly active: number;
  readonly scheduled: number;
  readonly deferred: number;
  /** Active or deferred ones that a receiver holds. */
  readonly locked: number;
}

export interface MessageBoxParts {
  readonly queue: string;
  readonly box: Box;
  readonly record: (record: JournalRecord) => void;
  /** Hears of every time (ms since 1970) at which something in the box becomes due. */
  readonly onDue: (at: number) => void;
}

interface Due {
  readonly at: number;
  readonly sequence: number;
}

const never = Number.POSITIVE_INFINITY;
const earlier = (a: Due, b: Due) => a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

/**
 * The messages of a queue with everything that finds them: by sequence number, by lock, the next to deliver, the
 * next due. Keeps these in step and records every change; the rules of who may do what are the queue's.
 */
export class MessageBox {
  readonly #parts: MessageBoxParts;
  readonly #store = new MessageStore();
  readonly #locks = new Locks();
  readonly #ready: LazyHeap<number>;
  readonly #schedule: LazyHeap<Due>;
  readonly #expiry: LazyHeap<Due>;

  constructor(parts: MessageBoxParts, image: BoxImage | undefined) {
    const store = this.#store;
    this.#parts = parts;
    this.#ready = new LazyHeap<number>(
      (a, b) => a < b,
      (sequence) => {
        const stored = store.get(sequence);
        return stored?.state === 'active' && !stored.lock;
      },
    );
    this.#schedule = new LazyHeap<Due>(earlier, ({ sequence }) => store.get(sequence)?.state === 'scheduled');
    this.#expiry = new LazyHeap<Due>(earlier, ({ sequence }) => store.get(sequence) !== undefined);
    this.#load(image);
  }

  get counts(): QueueCounts {
    return {
      active: this.#store.countOf('active'),
      scheduled: this.#store.countOf('scheduled'),
      deferred: this.#store.countOf('deferred'),
      locked: this.#locks.size,
    };
  }

  get bytes(): number {
    return this.#store.bytes;
  }

  get(sequence: number): StoredMessage | undefined {
    return this.#store.get(sequence);
  }

  /** The messages from this sequence number on, in order. The box must not change while they are read. */
  from(sequence: number): Iterable<StoredMessage> {
    return this.#store.from(sequence);
  }

  /** The message that the lock `token` holds at `now`. */
  heldBy(token: string, now: number): StoredMessage | undefined {
    const lock = this.#locks.find(token);
    return lock && lock.until > now ? this.#store.get(lock.sequence) : undefined;
  }

  /** The messages whose locks ended at or before `until`; `Infinity` for all that are locked. */
  lockedUntil(until: number): StoredMessage[] {
    return this.#locks.endingBy(until).flatMap(({ sequence }) => this.#store.get(sequence) ?? []);
  }

  /** Takes the oldest message that waits for a receiver out of the waiting line. It stays in the box. */
  nextReady(): StoredMessage | undefined {
    const sequence = this.#ready.pop();
    return sequence === undefined ? undefined : this.#store.get(sequence);
  }

  /** The next scheduled message that is due at `now`. It stays in the box. */
  nextScheduled(now: number): StoredMessage | undefined {
    return this.#nextDue(this.#schedule, now);
  }

  /** The next message whose time to live ended at `now`, locked or not. It stays in the box. */
  nextExpired(now: number): StoredMessage | undefined {
    return this.#nextDue(this.#expiry, now);
  }

  /** When something becomes due next; `Infinity` for never. */
  nextDueAt(): number {
    return Math.min(
      this.#locks.earliestEnd(),
      this.#schedule.peek()?.at ?? never,
      this.#expiry.peek()?.at ?? never,
    );
  }

  add(stored: StoredMessage): void {
    this.#insert(stored);
    this.#recordPut(stored);
  }

  /** Locks the message, or renews the lock when `token` is the one it has. */
  lock(stored: StoredMessage, until: number, token?: string): void {
    const { sequence } = stored;
    stored.lock = token ? this.#locks.put({ token, sequence, until }) : this.#locks.grant(sequence, until);
    this.#parts.onDue(until);
    this.#parts.record({ kind: 'lock', ...this.#place, lock: stored.lock });
  }

  /** Ends the lock. A message that is active afterwards waits for a receiver again. */
  unlock(stored: StoredMessage, to: Pick<StoredMessage, 'state' | 'message' | 'deliveryCount'>): void {
    const isChanged = to.message !== stored.message;
    this.#dropLock(stored);
    this.#store.setState(stored, to.state);
    this.#store.setMessage(stored, to.message);
    stored.deliveryCount = to.deliveryCount;
    if (to.state === 'active') this.#ready.push(stored.sequence);
    if (isChanged) this.#recordPut(stored);
    else {
      const { sequence, state, deliveryCount } = stored;
      this.#parts.record({ kind: 'unlock', ...this.#place, sequence, deliveryCount, state });
    }
  }

  remove(stored: StoredMessage): void {
    this.takeOut(stored);
    this.#parts.record({ kind: 'remove', ...this.#place, sequence: stored.sequence });
  }

  /** Removes without a record, for a message that goes where its own record says so. */
  takeOut(stored: StoredMessage): void {
    this.#dropLock(stored);
    this.#store.remove(stored);
  }

  /** Exchanges a scheduled message for the active one that it becomes. */
  activate(scheduled: StoredMessage, active: StoredMessage): void {
    this.#store.remove(scheduled);
    this.#insert(active);
    const { sequence, enqueuedAt, expiresAt } = active;
    const { queue } = this.#parts;
    const scheduledSequence = scheduled.sequence;
    this.#parts.record({ kind: 'activate', queue, scheduledSequence, sequence, enqueuedAt, expiresAt });
  }

  /** The records from which this box can be built again. */
  *snapshot(): Iterable<JournalRecord> {
    for (const stored of this.#store.from(0)) {
      yield { kind: 'put', ...this.#place, stored };
      if (stored.lock) yield { kind: 'lock', ...this.#place, lock: stored.lock };
    }
  }

  #load(image: BoxImage | undefined): void {
    const locks: Lock[] = [];
    for (const stored of image?.values() ?? []) {
      this.#insert(stored);
      if (stored.lock) locks.push(stored.lock);
    }
    for (const lock of locks.sort((a, b) => a.until - b.until)) this.#locks.put(lock);
  }

  #insert(stored: StoredMessage): void {
    const { sequence, state, dueAt, expiresAt } = stored;
    this.#store.add(stored);
    if (state === 'active' && !stored.lock) this.#ready.push(sequence);
    if (state === 'scheduled') this.#expect(this.#schedule, { at: dueAt, sequence });
    if (expiresAt !== never) this.#expect(this.#expiry, { at: expiresAt, sequence });
  }

  #expect(heap: LazyHeap<Due>, due: Due): void {
    heap.push(due);
    this.#parts.onDue(due.at);
  }

  #nextDue(heap: LazyHeap<Due>, now: number): StoredMessage | undefined {
    const due = heap.peek();
    if (!due || due.at > now) return undefined;
    heap.pop();
    return this.#store.get(due.sequence);
  }

  #dropLock(stored: StoredMessage): void {
    if (stored.lock) this.#locks.drop(stored.lock);
    stored.lock = undefined;
  }

  #recordPut(stored: StoredMessage): void {
    this.#parts.record({ kind: 'put', ...this.#place, stored });
  }

  /** The fields that every record of this box has. */
  get #place(): { readonly queue: string; readonly box: Box } {
    const { queue, box } = this.#parts;
    return { queue, box };
  }
}
