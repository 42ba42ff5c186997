/**
 * The few AMQP 1.0 encodings that the broker reads and writes itself. It keeps every message as the bytes that
 * came in, so it needs to step over values, read a handful of scalars, and write strings, numbers and maps.
 */

/** Bytes that are not AMQP 1.0. The message names the offset at which reading stopped. */
export class DecodeError extends Error {
  constructor(what: string, at: number) {
    super(`${what} at byte ${at}: not a valid AMQP 1.0 encoding.`);
    this.name = 'DecodeError';
  }
}

/** Where the items of a list or map lie: `count` values, one after the other, from `start` to `end`. */
export interface Compound {
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

const DESCRIBED = 0x00;

/** The offset behind the value that begins at `at`. Throws `DecodeError` when it runs out of the buffer. */
export function endOfValue(bytes: Buffer, at: number): number {
  const code = byteAt(bytes, at);
  if (code === DESCRIBED) return endOfValue(bytes, endOfValue(bytes, at + 1));
  const end = at + 1 + sizeOf(bytes, at, code);
  if (end > bytes.length) throw new DecodeError('A value longer than the message', at);
  return end;
}

function sizeOf(bytes: Buffer, at: number, code: number): number {
  switch (code >>> 4) {
    case 0x4:
      return 0;
    case 0x5:
      return 1;
    case 0x6:
      return 2;
    case 0x7:
      return 4;
    case 0x8:
      return 8;
    case 0x9:
      return 16;
    case 0xa:
    case 0xc:
    case 0xe:
      return 1 + byteAt(bytes, at + 1);
    case 0xb:
    case 0xd:
    case 0xf:
      return 4 + uintAt(bytes, at + 1);
    default:
      throw new DecodeError(`Type code 0x${code.toString(16)}`, at);
  }
}

/** The items of the list or map at `at`. */
export function readCompound(bytes: Buffer, at: number): Compound {
  const code = byteAt(bytes, at);
  const end = endOfValue(bytes, at);
  if (code === 0x45) return { count: 0, start: end, end };
  if (code === 0xc0 || code === 0xc1) return { count: byteAt(bytes, at + 2), start: at + 3, end };
  if (code === 0xd0 || code === 0xd1) return { count: uintAt(bytes, at + 5), start: at + 9, end };
  throw new DecodeError(`Type code 0x${code.toString(16)} where a list or map belongs`, at);
}

/** The string or symbol at `at`; `undefined` for a value of any other type. */
export function readText(bytes: Buffer, at: number): string | undefined {
  const code = byteAt(bytes, at);
  if (code === 0xa1 || code === 0xa3) return bytes.toString('utf8', at + 2, endOfValue(bytes, at));
  if (code === 0xb1 || code === 0xb3) return bytes.toString('utf8', at + 5, endOfValue(bytes, at));
  return undefined;
}

/** The content of the binary value at `at` (a view, not a copy); `undefined` for any other type. */
export function readBinary(bytes: Buffer, at: number): Buffer | undefined {
  const code = byteAt(bytes, at);
  if (code === 0xa0) return bytes.subarray(at + 2, endOfValue(bytes, at));
  if (code === 0xb0) return bytes.subarray(at + 5, endOfValue(bytes, at));
  return undefined;
}

/** The unsigned or signed integer, or the timestamp in milliseconds, at `at`; `undefined` for any other type. */
export function readInteger(bytes: Buffer, at: number): number | undefined {
  endOfValue(bytes, at);
  switch (bytes[at]) {
    case 0x43:
    case 0x44:
      return 0;
    case 0x50:
    case 0x52:
    case 0x53:
      return bytes.readUInt8(at + 1);
    case 0x51:
    case 0x54:
    case 0x55:
      return bytes.readInt8(at + 1);
    case 0x70:
      return bytes.readUInt32BE(at + 1);
    case 0x71:
      return bytes.readInt32BE(at + 1);
    case 0x80:
      return Number(bytes.readBigUInt64BE(at + 1));
    case 0x81:
    case 0x83:
      return Number(bytes.readBigInt64BE(at + 1));
    default:
      return undefined;
  }
}

/** The boolean at `at`; `undefined` for any other type. */
export function readBoolean(bytes: Buffer, at: number): boolean | undefined {
  const code = byteAt(bytes, at);
  if (code === 0x41) return true;
  if (code === 0x42) return false;
  return code === 0x56 ? byteAt(bytes, at + 1) !== 0 : undefined;
}

export function encodeString(text: string): Buffer {
  return encodeText(0xa1, text);
}

export function encodeSymbol(text: string): Buffer {
  return encodeText(0xa3, text);
}

function encodeText(shortCode: number, text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length < 256) return Buffer.concat([Buffer.of(shortCode, length), Buffer.from(text)]);
  const head = Buffer.alloc(5, shortCode + 0x10);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, Buffer.from(text)]);
}

/** A described map or list section: `code` 0x70..0x78, `type` 0xd0 (list) or 0xd1 (map), encoded items. */
export function encodeSection(code: number, type: 0xd0 | 0xd1, items: readonly Buffer[]): Buffer {
  const body = Buffer.concat(items);
  return Buffer.concat([sectionHead(code, type, items.length, body.length), body]);
}

/** The 12 bytes before the items of a section with a 32-bit size and count. */
function sectionHead(code: number, type: 0xd0 | 0xd1, count: number, length: number): Buffer {
  const head = Buffer.of(0x00, 0x53, code, type, 0, 0, 0, 0, 0, 0, 0, 0);
  head.writeUInt32BE(length + 4, 4);
  head.writeUInt32BE(count, 8);
  return head;
}

/** Writes a non-negative integer below 2^53 as the eight bytes of a long or timestamp. */
export function writeInteger64(target: Buffer, value: number, at: number): void {
  target.writeUInt32BE(Math.floor(value / 2 ** 32), at);
  target.writeUInt32BE(value % 2 ** 32, at + 4);
}

function byteAt(bytes: Buffer, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new DecodeError('The end of the message', at);
  return byte;
}

function uintAt(bytes: Buffer, at: number): number {
  if (at + 4 > bytes.length) throw new DecodeError('The end of the message', at);
  return bytes.readUInt32BE(at);
}
