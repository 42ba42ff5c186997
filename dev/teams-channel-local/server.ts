import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { gate } from 'local-server/gate.mjs';
import { Connector, ELSEWHERE } from './connector/connector.ts';
import { CONTROL } from './control/control.ts';
import type { Live } from './control/live.ts';
import { DirectLine } from './directline/directline.ts';
import { openStream } from './directline/stream.ts';
import { answerEmpty, answerJson } from './http/answer.ts';
import { corsHeaders } from './http/cors.ts';
import { HttpError, notFound } from './http/errors.ts';
import { parseTarget, type Target } from './http/path.ts';
import { refuseUpgrade, type TextSocket } from './http/websocket.ts';
import type { PageAssets } from './page/assets.ts';
import type { ChannelParts } from './parts.ts';

/** Longer than any client keeps a connection that it does not use, so that it is never closed under its hands. */
const KEEP_ALIVE_MS = 120_000;

/** Everything on one port: the connector for the bot, Direct Line and the page for people, and the controls. */
export class ChannelServer {
  readonly http: Server;
  readonly #parts: ChannelParts;
  readonly #connector: Connector;
  readonly #directLine: DirectLine;
  readonly #live: Live;
  readonly #page: PageAssets;
  readonly #sockets = new Set<TextSocket>();

  constructor(parts: ChannelParts, { live, page }: { live: Live; page: PageAssets }) {
    this.#parts = parts;
    this.#connector = new Connector(parts);
    this.#directLine = new DirectLine(parts);
    this.#live = live;
    this.#page = page;
    this.http = gate(createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: 0, noDelay: true }), {
      // Somebody may write a chat page of their own, and serve it from here.
      isForAllPagesHere: (path) => path.startsWith('/v3/directline/'),
    });
    this.http.on('request', (req, res) => this.#answer(req, res));
    this.http.on('upgrade', (req, socket, head) => this.#upgrade(req, socket, head));
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    this.#live.close();
    const closed = new Promise((resolve) => this.http.close(resolve));
    for (const socket of this.#sockets) socket.close(1001);
    this.http.closeAllConnections();
    await closed;
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      const { origin } = req.headers;
      if (origin !== undefined) {
        for (const [name, value] of Object.entries(corsHeaders(origin))) res.setHeader(name, value);
      }
      if (req.method === 'OPTIONS') answerEmpty(res, 204);
      else await this.#route(req, res, parseTarget(req.url ?? '/'));
    } catch (error) {
      this.#refuse(req, res, error);
    }
  }

  #route(req: IncomingMessage, res: ServerResponse, target: Target): void | Promise<void> {
    const [first = '', second] = target.segments;
    if (first === 'v3' && second === 'conversations') return this.#connector.handle(req, res, target);
    if (first === 'v3' && second === 'directline') return this.#directLine.handle(req, res, target);
    const control = Object.hasOwn(CONTROL, first) ? CONTROL[first] : undefined;
    if (control) {
      if (req.method !== 'GET') res.once('finish', () => this.#live.touch());
      return control(this.#parts, { req, res, target });
    }
    switch (first) {
      case '':
      case 'page':
      case 'webchat.js':
        return this.#page.serve(res, target.segments, req.headers.host ?? '');
      case 'attachments':
        return this.#serveUpload(res, target.segments[1] ?? '');
      case ELSEWHERE:
        this.#parts.stats.redirectFollowed(req.headers.authorization !== undefined);
        return answerJson(res, 201, { id: 'elsewhere' });
      default:
        throw notFound(`There is no ${req.method} ${req.url}`);
    }
  }

  #serveUpload(res: ServerResponse, id: string): void {
    const file = this.#directLine.uploads.get(id);
    if (!file) throw notFound(`No uploaded file has the id "${id}".`);
    // Whatever somebody uploaded, the browser must not run it as a page of this origin.
    res.writeHead(200, {
      'Content-Type': file.contentType || 'application/octet-stream',
      'Content-Length': file.content.length,
      'Content-Disposition': 'attachment',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    });
    res.end(file.content);
  }

  #upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    try {
      const target = parseTarget(req.url ?? '/');
      const opened = this.#openSocket({ req, socket, head, target });
      if (!opened) return;
      this.#sockets.add(opened);
      const onClose = opened.onClose;
      opened.onClose = () => {
        this.#sockets.delete(opened);
        onClose();
      };
    } catch (error) {
      refuseUpgrade(socket, error instanceof HttpError ? error.status : 500, 'Refused');
    }
  }

  #openSocket(upgrade: { req: IncomingMessage; socket: Duplex; head: Buffer; target: Target }) {
    const { segments } = upgrade.target;
    if (segments[0] === 'live') return this.#live.open(upgrade);
    const isStream = segments[1] === 'directline' && segments[4] === 'stream';
    if (isStream) return openStream(this.#directLine, upgrade);
    refuseUpgrade(upgrade.socket, 404, 'Not Found');
    return undefined;
  }

  #refuse(req: IncomingMessage, res: ServerResponse, error: unknown): void {
    if (this.#parts.closing.aborted || res.headersSent) {
      req.socket.destroy();
      return;
    }
    if (error instanceof HttpError) {
      answerJson(res, error.status, error.toBody(), error.headers);
      return;
    }
    // A request whose sender is gone is nobody's fault; everything else is a defect of this channel.
    if (!req.destroyed || !isConnectionError(error)) console.error(`${req.method} ${req.url}:`, error);
    answerJson(res, 500, {
      error: { code: 'ServiceError', message: 'The local channel failed; its log says why.' },
    });
  }
}

function isConnectionError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}
