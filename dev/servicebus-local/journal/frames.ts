import { crc32 } from 'node:zlib';

/**
 * A frame is a group of records that is valid as a whole or not at all: four bytes length of the records, four
 * bytes CRC-32 of them, the records.
 */
const headLength = 8;

/** The largest frame that is believed; a longer length is damage. Far above any group that a broker writes. */
const longestFrame = 64 * 1024 * 1024;

/** A journal that cannot be read: neither whole nor torn at its end. */
export class DamagedJournalError extends Error {
  constructor(where: string, offset: number) {
    super(
      `The journal ${where} is damaged at byte ${offset}: the checksum does not fit. ` +
        'Move the file away to start with empty queues, or put back a copy of it.',
    );
    this.name = 'DamagedJournalError';
  }
}

/** The frame of these records. */
export function frame(records: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(headLength), ...records]);
  const content = bytes.subarray(headLength);
  bytes.writeUInt32BE(content.length, 0);
  bytes.writeUInt32BE(crc32(content), 4);
  return bytes;
}

/** A frame as it was read. */
export type FrameReading =
  | { readonly kind: 'whole'; readonly records: Buffer; readonly length: number }
  /** More bytes are needed: `length` in all, as far as can be told. */
  | { readonly kind: 'partial'; readonly length: number }
  | { readonly kind: 'damaged' };

/** Reads the frame at the beginning of `bytes`. The records are a view of them. */
export function readFrame(bytes: Buffer): FrameReading {
  if (bytes.length < headLength) return { kind: 'partial', length: headLength };
  const length = bytes.readUInt32BE(0);
  if (length === 0 || length > longestFrame) return { kind: 'damaged' };
  if (bytes.length < headLength + length) return { kind: 'partial', length: headLength + length };
  const records = bytes.subarray(headLength, headLength + length);
  if (crc32(records) !== bytes.readUInt32BE(4)) return { kind: 'damaged' };
  return { kind: 'whole', records, length: headLength + length };
}
