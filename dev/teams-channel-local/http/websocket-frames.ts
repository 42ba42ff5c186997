/**
 * The part of RFC 6455 that a text stream needs: frames in both directions, as bytes.
 * https://www.rfc-editor.org/rfc/rfc6455#section-5
 */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One frame that a client sent, unmasked. */
export interface Frame {
  readonly opcode: number;
  readonly isFinal: boolean;
  readonly payload: Buffer;
}

/** The client broke the protocol; `closeCode` is what it is told. */
export class FrameError extends Error {
  readonly closeCode: number;

  constructor(closeCode: number, message: string) {
    super(message);
    this.closeCode = closeCode;
  }
}

/** A server's frame: final, not masked. */
export function encodeFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  header[0] = 0x80 | opcode;
  if (length < 126) {
    header[1] = length;
  } else if (length < 65_536) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([header, payload]);
}

/** Cuts the bytes of a connection into frames, however they arrive. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  readonly #maxPayload: number;

  constructor(maxPayload: number) {
    this.#maxPayload = maxPayload;
  }

  /** The frames that are complete after `chunk`. Throws FrameError. */
  push(chunk: Buffer): Frame[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) frames.push(frame);
    return frames;
  }

  #take(): Frame | undefined {
    const bytes = this.#rest;
    if (bytes.length < 2) return undefined;
    const first = bytes.readUInt8(0);
    const second = bytes.readUInt8(1);
    if ((first & 0x70) !== 0)
      throw new FrameError(1002, 'Reserved bits are set, but no extension was agreed.');
    if ((second & 0x80) === 0) throw new FrameError(1002, 'A client has to mask its frames.');

    const short = second & 0x7f;
    const lengthEnd = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < lengthEnd) return undefined;
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (length > this.#maxPayload) throw new FrameError(1009, `A frame may hold ${this.#maxPayload} bytes.`);

    const end = lengthEnd + 4 + length;
    if (bytes.length < end) return undefined;
    const mask = bytes.subarray(lengthEnd, lengthEnd + 4);
    const payload = Buffer.from(bytes.subarray(lengthEnd + 4, end));
    for (let i = 0; i < payload.length; i++) payload[i] = (payload[i] ?? 0) ^ (mask[i & 3] ?? 0);
    this.#rest = bytes.subarray(end);
    return { opcode: first & 0x0f, isFinal: (first & 0x80) !== 0, payload };
  }
}
