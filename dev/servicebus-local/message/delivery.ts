import type { MessageState, StoredMessage } from '../queue/stored-message.ts';
import { encodeString, encodeSymbol, writeInteger64 } from './codec.ts';
import { sectionCode } from './sections.ts';

const stateNumber: Readonly<Record<MessageState, number>> = { active: 0, deferred: 1, scheduled: 2 };

const longType = Buffer.of(0x81);
const timestampType = Buffer.of(0x83);
const sequenceKey = keyed('x-opt-sequence-number', longType);
const enqueuedSequenceKey = keyed('x-opt-enqueue-sequence-number', longType);
const enqueuedTimeKey = keyed('x-opt-enqueued-time', timestampType);
const lockedUntilKey = keyed('x-opt-locked-until', timestampType);
const stateKey = keyed('x-opt-message-state', Buffer.of(0x54));
const sourceKey = encodeSymbol('x-opt-deadletter-source');

/** What a `uint` can hold; a longer time to live is left out of the header, which means "for ever". */
const longestTtlMs = 2 ** 32 - 1;
const mapHeadLength = 12;

function keyed(name: string, type: Buffer): Buffer {
  return Buffer.concat([encodeSymbol(name), type]);
}

/**
 * The bytes that a receiver gets: header and message annotations written anew with what the broker knows, all other
 * sections as the sender wrote them. `lockedUntil` is in ms since 1970; a message that is not locked has none.
 */
export function encodeDelivery(stored: StoredMessage, lockedUntil: number | undefined): Buffer {
  const { message, deadLetterSource } = stored;
  const { wire, annotations, deliveryAnnotations, bareAt } = message;
  const source = deadLetterSource === undefined ? undefined : encodeString(deadLetterSource);
  const annotationsLength =
    sequenceKey.length +
    enqueuedSequenceKey.length +
    enqueuedTimeKey.length +
    stateKey.length +
    (8 * 3 + 1) +
    (lockedUntil === undefined ? 0 : lockedUntilKey.length + 8) +
    (source === undefined ? 0 : sourceKey.length + source.length) +
    (annotations.end - annotations.start);
  const header = encodeHeader(stored);
  const bytes = Buffer.allocUnsafe(
    header.length +
      (deliveryAnnotations.end - deliveryAnnotations.start) +
      mapHeadLength +
      annotationsLength +
      (wire.length - bareAt),
  );

  let at = header.copy(bytes);
  at += wire.copy(bytes, at, deliveryAnnotations.start, deliveryAnnotations.end);
  const entries = 4 + (lockedUntil === undefined ? 0 : 1) + (source === undefined ? 0 : 1);
  at = writeMapHead(bytes, at, entries * 2 + message.annotationCount, annotationsLength);
  at = writeLong(bytes, at, sequenceKey, stored.sequence);
  at = writeLong(bytes, at, enqueuedSequenceKey, stored.enqueuedSequence);
  at = writeLong(bytes, at, enqueuedTimeKey, stored.enqueuedAt);
  at += stateKey.copy(bytes, at);
  at = bytes.writeInt8(stateNumber[stored.state], at);
  if (lockedUntil !== undefined) at = writeLong(bytes, at, lockedUntilKey, lockedUntil);
  if (source !== undefined) {
    at += sourceKey.copy(bytes, at);
    at += source.copy(bytes, at);
  }
  at += wire.copy(bytes, at, annotations.start, annotations.end);
  wire.copy(bytes, at, bareAt);
  return bytes;
}

function encodeHeader({ message, deliveryCount, enqueuedAt, expiresAt }: StoredMessage): Buffer {
  const ttl = expiresAt - enqueuedAt;
  const hasTtl = ttl > 0 && ttl <= longestTtlMs;
  const header = Buffer.allocUnsafe(hasTtl ? 20 : 16);
  header.set([0x00, 0x53, sectionCode.header, 0xc0, hasTtl ? 15 : 11, 5]);
  header.set([message.durable ? 0x41 : 0x42, 0x50, message.priority, hasTtl ? 0x70 : 0x40], 6);
  const at = hasTtl ? header.writeUInt32BE(ttl, 10) : 10;
  header.set([0x42, 0x70], at);
  header.writeUInt32BE(deliveryCount, at + 2);
  return header;
}

function writeMapHead(bytes: Buffer, at: number, count: number, length: number): number {
  bytes.set([0x00, 0x53, sectionCode.messageAnnotations, 0xd1], at);
  bytes.writeUInt32BE(length + 4, at + 4);
  return bytes.writeUInt32BE(count, at + 8);
}

function writeLong(bytes: Buffer, at: number, key: Buffer, value: number): number {
  const valueAt = at + key.copy(bytes, at);
  writeInteger64(bytes, value, valueAt);
  return valueAt + 8;
}
