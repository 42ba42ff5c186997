import type { Seen } from '../queue/duplicate-history.ts';
import type { StoredMessage } from '../queue/stored-message.ts';
import type { Box, JournalRecord } from './records.ts';

/** The messages of a queue, or of its dead letters, by sequence number. */
export type BoxImage = Map<number, StoredMessage>;

/** What a journal says about one queue. */
export interface QueueImage {
  readonly boxes: Readonly<Record<Box, BoxImage>>;
  /** Message ids that were accepted, oldest first. */
  readonly seen: Map<string, Seen>;
  /** The highest sequence number that was ever given out. */
  usedSequence: number;
}

/** The queues of a journal by name, built record by record. */
export class Images {
  readonly queues = new Map<string, QueueImage>();

  /** Applies one change. A change of a message that is not there changes nothing. */
  apply(record: JournalRecord): void {
    const queue = this.#queue(record.queue);
    switch (record.kind) {
      case 'put':
        if (record.box === 'dead') queue.boxes.main.delete(record.stored.sequence);
        queue.boxes[record.box].set(record.stored.sequence, record.stored);
        use(queue, record.stored.sequence);
        break;
      case 'remove':
        queue.boxes[record.box].delete(record.sequence);
        break;
      case 'lock': {
        const stored = queue.boxes[record.box].get(record.lock.sequence);
        if (stored) stored.lock = record.lock;
        break;
      }
      case 'unlock': {
        const stored = queue.boxes[record.box].get(record.sequence);
        if (!stored) break;
        stored.lock = undefined;
        stored.state = record.state;
        stored.deliveryCount = record.deliveryCount;
        break;
      }
      case 'activate': {
        const { scheduledSequence, sequence, enqueuedAt, expiresAt } = record;
        const scheduled = queue.boxes.main.get(scheduledSequence);
        use(queue, sequence);
        if (!scheduled) break;
        queue.boxes.main.delete(scheduledSequence);
        queue.boxes.main.set(sequence, { ...scheduled, sequence, enqueuedAt, expiresAt, state: 'active' });
        break;
      }
      case 'seen':
        // Deleted first, so that an id that came again after its window moves to the end.
        queue.seen.delete(record.id);
        queue.seen.set(record.id, { at: record.at, sequence: record.sequence });
        break;
      case 'used':
        use(queue, record.sequence);
        break;
    }
  }

  #queue(name: string): QueueImage {
    let queue = this.queues.get(name);
    if (!queue) {
      queue = { boxes: { main: new Map(), dead: new Map() }, seen: new Map(), usedSequence: 0 };
      this.queues.set(name, queue);
    }
    return queue;
  }
}

function use(queue: QueueImage, sequence: number): void {
  queue.usedSequence = Math.max(queue.usedSequence, sequence);
}
