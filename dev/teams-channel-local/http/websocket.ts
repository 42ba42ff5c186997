import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

const MAX_MESSAGE_BYTES = 1024 * 1024;
/** A reader that is this far behind is cut off; it comes back and reads from its watermark. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024;
/** How long the other side may take to answer a goodbye. */
const CLOSE_GRACE_MS = 1000;

const server = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: MAX_MESSAGE_BYTES,
});

/** The server's end of one WebSocket that text is sent by; what comes in is not read. */
export class TextSocket {
  /** Called once, whoever ends it. */
  onClose: () => void = () => {};
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.once('close', () => this.onClose());
    // The client broke the protocol; ws says goodbye to it with the reason, and the page opens a new socket.
    socket.on('error', () => {});
  }

  send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_BACKLOG_BYTES) this.#socket.terminate();
    else this.#socket.send(text);
  }

  /** Says goodbye with a close code of RFC 6455 and ends the connection. */
  close(code = 1000): void {
    this.#socket.close(code);
    const impatient = setTimeout(() => this.#socket.terminate(), CLOSE_GRACE_MS);
    this.#socket.once('close', () => clearTimeout(impatient));
  }
}

/** Answers an HTTP upgrade. `undefined` (and a refusal on the wire) when it is not a WebSocket handshake. */
export function acceptWebSocket(req: IncomingMessage, socket: Duplex, head: Buffer): TextSocket | undefined {
  let accepted: TextSocket | undefined;
  server.handleUpgrade(req, socket, head, (opened) => {
    accepted = new TextSocket(opened);
  });
  return accepted;
}

/** Refuses an upgrade with a plain HTTP answer. */
export function refuseUpgrade(socket: Duplex, status: number, reason: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
