import { BrokerError } from '../broker-error.ts';
import type { JournalRecord } from '../journal/records.ts';
import type { Message } from '../message/message.ts';
import { Alarm } from './alarm.ts';
import { Endings } from './endings.ts';
import { MessageBox, type QueueCounts } from './message-box.ts';
import type { Outcome } from './outcome.ts';
import type { QueueParts } from './queue-parts.ts';
import type { QueueSettings } from './settings.ts';
import type { StoredMessage } from './stored-message.ts';

const never = Number.POSITIVE_INFINITY;

/**
 * One queue, or the dead letters of one: the rules of Service Bus, without any protocol. Each method is one change:
 * memory changes at once, the records form one group of the journal. What is answered to a client belongs behind a
 * `commit` of the same journal.
 */
export class Queue {
  readonly settings: QueueSettings;
  /** Called when there may be something to receive that was not there before. */
  onReady: () => void = () => {};
  readonly #parts: QueueParts;
  readonly #box: MessageBox;
  readonly #endings: Endings;
  readonly #alarm: Alarm;

  constructor(parts: QueueParts) {
    const { settings, box, clock, journal, image } = parts;
    this.#parts = parts;
    this.settings = settings;
    this.#alarm = new Alarm(clock, () => this.sweep());
    this.#box = new MessageBox(
      {
        queue: settings.name,
        box,
        record: (record) => journal.record(record),
        onDue: (at) => this.#alarm.ringBy(at),
      },
      image,
    );
    this.#endings = new Endings(this.#box, parts);
  }

  get counts(): QueueCounts {
    return this.#box.counts;
  }

  /** Bytes of all messages. */
  get bytes(): number {
    return this.#box.bytes;
  }

  /**
   * Takes messages in, all or none. Each gets a sequence number; a repeat of a message id within the window of
   * duplicate detection is dropped silently and answers with the number of the first.
   */
  accept(messages: readonly Message[]): number[] {
    const now = this.#now();
    const sequences = messages.map((message) => this.#accept(message, now));
    this.#commit();
    return sequences;
  }

  /** Takes in a dead letter. Its record also takes it out of the queue that it died in. */
  adopt(deadLetter: StoredMessage): void {
    this.#box.add(deadLetter);
    this.#commit();
  }

  /** Locks up to `max` messages, the oldest first. */
  receive(max: number): StoredMessage[] {
    return this.#take(max, (stored, now) => this.#box.lock(stored, now + this.settings.lockMs));
  }

  /** Takes out up to `max` messages, the oldest first. */
  receiveAndDelete(max: number): StoredMessage[] {
    return this.#take(max, (stored) => this.#box.remove(stored));
  }

  /** Locks (or takes out) deferred messages: all of them, or `message-not-found` and none. */
  receiveDeferred(sequences: readonly number[], andDelete: boolean): StoredMessage[] {
    const now = this.#now();
    const found = [...new Set(sequences)].map((sequence) => {
      const stored = this.#box.get(sequence);
      if (stored?.state === 'deferred' && !stored.lock && stored.expiresAt > now) return stored;
      throw notFound(`No deferred message has the sequence number ${sequence}, or it is locked.`);
    });
    for (const stored of found) {
      if (andDelete) this.#box.remove(stored);
      else this.#box.lock(stored, now + this.settings.lockMs);
    }
    this.#parts.journal.commit();
    return found;
  }

  /** Ends the hold of the lock `token`. `message-lock-lost` when the lock ended before. */
  settle(token: string, outcome: Outcome): void {
    const stored = this.#held(token);
    switch (outcome.kind) {
      case 'complete':
        this.#box.remove(stored);
        break;
      case 'abandon':
        this.#endings.fail(stored, outcome.properties);
        break;
      case 'release':
        this.#endings.free(stored);
        break;
      case 'defer':
        this.#endings.free(stored, { state: 'deferred', properties: outcome.properties });
        break;
      case 'dead-letter':
        this.#endings.bury(stored, outcome);
        break;
    }
    this.#commit();
  }

  /** Renews a lock for another lock duration from now and returns its new end. */
  renew(token: string): number {
    const until = this.#now() + this.settings.lockMs;
    this.#box.lock(this.#held(token), until, token);
    this.#parts.journal.commit();
    return until;
  }

  /** Takes back scheduled messages: all of them, or `message-not-found` and none. */
  cancelScheduled(sequences: readonly number[]): void {
    const found = [...new Set(sequences)].map((sequence) => {
      const stored = this.#box.get(sequence);
      if (stored?.state === 'scheduled') return stored;
      throw notFound(`No scheduled message has the sequence number ${sequence}.`);
    });
    for (const stored of found) this.#box.remove(stored);
    this.#parts.journal.commit();
  }

  /** Up to `max` messages in any state from a sequence number on, without locking them. */
  peek(fromSequence: number, max: number): StoredMessage[] {
    const now = this.#now();
    const seen: StoredMessage[] = [];
    for (const stored of this.#box.from(fromSequence)) {
      if (seen.length >= max) break;
      if (stored.expiresAt > now || stored.lock) seen.push(stored);
    }
    return seen;
  }

  /** Ends all locks now, as if their time were over, and returns how many. */
  expireLocks(): number {
    return this.#expireLocks(never);
  }

  /** Does what is due: locks that ended, schedules, times to live. Also to be called once after a restart. */
  sweep(): void {
    const now = this.#now();
    this.#expireLocks(now);
    for (let due = this.#box.nextScheduled(now); due; due = this.#box.nextScheduled(now)) {
      this.#activate(due, now);
      this.#commit();
    }
    for (let due = this.#box.nextExpired(now); due; due = this.#box.nextExpired(now)) {
      // A locked message outlives its time; whoever ends the lock looks at it again.
      if (!due.lock) this.#endings.expire(due);
      this.#commit();
    }
    const next = this.#box.nextDueAt();
    if (next !== never) this.#alarm.ringBy(next);
  }

  /** The records from which this queue can be built again. */
  snapshot(): Iterable<JournalRecord> {
    return this.#box.snapshot();
  }

  /** Stops the timer. */
  close(): void {
    this.#alarm.stop();
  }

  #now(): number {
    return this.#parts.clock.now();
  }

  #accept(message: Message, now: number): number {
    const { history } = this.#parts;
    const repeated = history.find(message.id, now);
    if (repeated) return repeated.sequence;
    const sequence = this.#parts.nextSequence();
    const dueAt = message.scheduledFor ?? 0;
    const isScheduled = dueAt > now;
    this.#box.add({
      message,
      sequence,
      enqueuedSequence: sequence,
      enqueuedAt: now,
      dueAt,
      expiresAt: isScheduled ? never : now + this.#timeToLive(message),
      deliveryCount: 0,
      state: isScheduled ? 'scheduled' : 'active',
      lock: undefined,
      deadLetterSource: undefined,
    });
    if (history.isOn) {
      const { id } = message;
      history.remember(id, { at: now, sequence });
      this.#parts.journal.record({ kind: 'seen', queue: this.settings.name, id, at: now, sequence });
    }
    return sequence;
  }

  #timeToLive(message: Message): number {
    return Math.min(message.ttlMs ?? never, this.settings.timeToLiveMs);
  }

  #take(max: number, take: (stored: StoredMessage, now: number) => void): StoredMessage[] {
    const now = this.#now();
    const taken: StoredMessage[] = [];
    while (taken.length < max) {
      const stored = this.#box.nextReady();
      if (!stored) break;
      if (stored.expiresAt <= now) {
        this.#endings.expire(stored);
      } else {
        take(stored, now);
        taken.push(stored);
      }
    }
    this.#parts.journal.commit();
    return taken;
  }

  #held(token: string): StoredMessage {
    const stored = this.#box.heldBy(token, this.#now());
    if (stored) return stored;
    throw new BrokerError(
      'com.microsoft:message-lock-lost',
      'The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.',
    );
  }

  #expireLocks(until: number): number {
    const held = this.#box.lockedUntil(until);
    for (const stored of held) {
      this.#endings.fail(stored);
      this.#commit();
    }
    return held.length;
  }

  #activate(scheduled: StoredMessage, now: number): void {
    this.#box.activate(scheduled, {
      ...scheduled,
      sequence: this.#parts.nextSequence(),
      state: 'active',
      enqueuedAt: now,
      expiresAt: now + this.#timeToLive(scheduled.message),
    });
  }

  #commit(): void {
    this.#parts.journal.commit(() => this.onReady());
  }
}

function notFound(description: string): BrokerError {
  return new BrokerError('com.microsoft:message-not-found', description);
}
