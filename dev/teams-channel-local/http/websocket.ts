import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { encodeFrame, FrameError, FrameReader, OPCODE } from './websocket-frames.ts';

/** RFC 6455, section 1.3. */
const HANDSHAKE_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const MAX_MESSAGE_BYTES = 1024 * 1024;
/** A reader that is this far behind is cut off; it comes back and reads from its watermark. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024;
/** How long the other side may take to answer a goodbye. */
const CLOSE_GRACE_MS = 1000;

/** The server's end of one WebSocket that carries text. */
export class TextSocket {
  /** Called once, whoever ends it. */
  onClose: () => void = () => {};
  onText: (text: string) => void = () => {};
  readonly #socket: Duplex;
  readonly #frames = new FrameReader(MAX_MESSAGE_BYTES);
  #message: Buffer[] = [];
  #closed = false;

  constructor(socket: Duplex) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('close', () => this.#ended());
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.destroy());
  }

  send(text: string): void {
    if (this.#closed) return;
    if (this.#socket.writableLength > MAX_BACKLOG_BYTES) {
      this.#socket.destroy();
      return;
    }
    this.#socket.write(encodeFrame(OPCODE.text, Buffer.from(text)));
  }

  /** Says goodbye with a close code of RFC 6455 and ends the connection. */
  close(code = 1000): void {
    if (this.#closed) return;
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.#socket.end(encodeFrame(OPCODE.close, payload));
    setTimeout(() => this.#socket.destroy(), CLOSE_GRACE_MS).unref();
    this.#ended();
  }

  #ended(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onClose();
  }

  #read(chunk: Buffer): void {
    if (this.#closed) return;
    try {
      for (const { opcode, isFinal, payload } of this.#frames.push(chunk)) {
        if (opcode === OPCODE.close) {
          this.close();
          return;
        }
        if (opcode === OPCODE.ping) this.#socket.write(encodeFrame(OPCODE.pong, payload));
        if (opcode === OPCODE.ping || opcode === OPCODE.pong) continue;
        if (opcode === OPCODE.binary) throw new FrameError(1003, 'Only text is understood.');
        this.#append(payload, isFinal);
      }
    } catch (error) {
      // The client broke the protocol: nothing of it can be trusted any more, the page opens a new socket.
      this.close(error instanceof FrameError ? error.closeCode : 1011);
    }
  }

  #append(payload: Buffer, isFinal: boolean): void {
    this.#message.push(payload);
    if (this.#message.reduce((sum, part) => sum + part.length, 0) > MAX_MESSAGE_BYTES) {
      throw new FrameError(1009, `A message may hold ${MAX_MESSAGE_BYTES} bytes.`);
    }
    if (!isFinal) return;
    const text = Buffer.concat(this.#message).toString('utf8');
    this.#message = [];
    this.onText(text);
  }
}

/** Answers an HTTP upgrade. `undefined` (and a refusal on the wire) when it is not a WebSocket handshake. */
export function acceptWebSocket(req: IncomingMessage, socket: Duplex, head: Buffer): TextSocket | undefined {
  const key = req.headers['sec-websocket-key'];
  if (req.headers.upgrade?.toLowerCase() !== 'websocket' || typeof key !== 'string') {
    refuseUpgrade(socket, 400, 'Bad Request');
    return undefined;
  }
  const accept = createHash('sha1')
    .update(key + HANDSHAKE_GUID)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  if (head.length > 0) socket.unshift(head);
  return new TextSocket(socket);
}

/** Refuses an upgrade with a plain HTTP answer. */
export function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
