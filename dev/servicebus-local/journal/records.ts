import { parseMessage } from '../message/message.ts';
import type { Lock } from '../queue/locks.ts';
import type { MessageState, StoredMessage } from '../queue/stored-message.ts';
import { RecordReader, RecordWriter } from './fields.ts';

/** A queue's own messages, or its dead letters. */
export type Box = 'main' | 'dead';

/** One change of a queue. Numbers are absolute, never differences, so that a change may be applied twice. */
export type JournalRecord =
  /** A message with all that is known of it. In `dead` it also leaves the queue's own messages. */
  | { readonly kind: 'put'; readonly queue: string; readonly box: Box; readonly stored: StoredMessage }
  | { readonly kind: 'remove'; readonly queue: string; readonly box: Box; readonly sequence: number }
  /** Locked, or the lock renewed. */
  | { readonly kind: 'lock'; readonly queue: string; readonly box: Box; readonly lock: Lock }
  | {
      readonly kind: 'unlock';
      readonly queue: string;
      readonly box: Box;
      readonly sequence: number;
      readonly deliveryCount: number;
      readonly state: MessageState;
    }
  /** A scheduled message became active under a new sequence number. */
  | {
      readonly kind: 'activate';
      readonly queue: string;
      readonly scheduledSequence: number;
      readonly sequence: number;
      readonly enqueuedAt: number;
      readonly expiresAt: number;
    }
  /** A message id that duplicate detection remembers. */
  | {
      readonly kind: 'seen';
      readonly queue: string;
      readonly id: string;
      readonly at: number;
      readonly sequence: number;
    }
  /** Sequence numbers up to this one are used up. */
  | { readonly kind: 'used'; readonly queue: string; readonly sequence: number };

const kinds = ['put', 'remove', 'lock', 'unlock', 'activate', 'seen', 'used'] as const;
const boxes: readonly Box[] = ['main', 'dead'];
const states: readonly MessageState[] = ['active', 'deferred', 'scheduled'];

export function encodeRecord(record: JournalRecord): Buffer {
  const writer = new RecordWriter(256 + (record.kind === 'put' ? record.stored.message.wire.length : 0));
  writer.byte(kinds.indexOf(record.kind));
  writer.text(record.queue);
  switch (record.kind) {
    case 'put':
      writer.byte(boxes.indexOf(record.box));
      writeStored(writer, record.stored);
      break;
    case 'remove':
      writer.byte(boxes.indexOf(record.box));
      writer.number(record.sequence);
      break;
    case 'lock':
      writer.byte(boxes.indexOf(record.box));
      writer.text(record.lock.token);
      writer.number(record.lock.sequence);
      writer.number(record.lock.until);
      break;
    case 'unlock':
      writer.byte(boxes.indexOf(record.box));
      writer.number(record.sequence);
      writer.number(record.deliveryCount);
      writer.byte(states.indexOf(record.state));
      break;
    case 'activate':
      writer.number(record.scheduledSequence);
      writer.number(record.sequence);
      writer.number(record.enqueuedAt);
      writer.number(record.expiresAt);
      break;
    case 'seen':
      writer.text(record.id);
      writer.number(record.at);
      writer.number(record.sequence);
      break;
    case 'used':
      writer.number(record.sequence);
      break;
  }
  return writer.bytes();
}

/** The records of one frame. Throws `RangeError` for bytes that `encodeRecord` did not write. */
export function decodeRecords(bytes: Buffer): JournalRecord[] {
  const reader = new RecordReader(bytes);
  const records: JournalRecord[] = [];
  while (!reader.isAtEnd) records.push(decodeRecord(reader));
  return records;
}

function decodeRecord(reader: RecordReader): JournalRecord {
  const kind = reader.oneOf(kinds);
  const queue = reader.text();
  switch (kind) {
    case 'put':
      return { kind, queue, box: reader.oneOf(boxes), stored: readStored(reader) };
    case 'remove':
      return { kind, queue, box: reader.oneOf(boxes), sequence: reader.number() };
    case 'lock': {
      const box = reader.oneOf(boxes);
      const lock = { token: reader.text(), sequence: reader.number(), until: reader.number() };
      return { kind, queue, box, lock };
    }
    case 'unlock':
      return {
        kind,
        queue,
        box: reader.oneOf(boxes),
        sequence: reader.number(),
        deliveryCount: reader.number(),
        state: reader.oneOf(states),
      };
    case 'activate':
      return {
        kind,
        queue,
        scheduledSequence: reader.number(),
        sequence: reader.number(),
        enqueuedAt: reader.number(),
        expiresAt: reader.number(),
      };
    case 'seen':
      return { kind, queue, id: reader.text(), at: reader.number(), sequence: reader.number() };
    case 'used':
      return { kind, queue, sequence: reader.number() };
  }
}

/** The lock is a record of its own, behind this one. */
function writeStored(writer: RecordWriter, stored: StoredMessage): void {
  writer.number(stored.sequence);
  writer.number(stored.enqueuedSequence);
  writer.number(stored.enqueuedAt);
  writer.number(stored.dueAt);
  writer.number(stored.expiresAt);
  writer.number(stored.deliveryCount);
  writer.byte(states.indexOf(stored.state));
  writer.text(stored.deadLetterSource ?? '');
  writer.binary(stored.message.wire);
}

function readStored(reader: RecordReader): StoredMessage {
  return {
    sequence: reader.number(),
    enqueuedSequence: reader.number(),
    enqueuedAt: reader.number(),
    dueAt: reader.number(),
    expiresAt: reader.number(),
    deliveryCount: reader.number(),
    state: reader.oneOf(states),
    deadLetterSource: reader.text() || undefined,
    message: parseMessage(reader.binary()),
    lock: undefined,
  };
}
