import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the connector does with a request, once it has read all of it. */
export type Behaviour =
  | {
      readonly status: number;
      /** An object is sent as JSON, a string as it is. */
      readonly body?: unknown;
      readonly headers?: { readonly [name: string]: string };
    }
  /** Breaks the connection without an answer. */
  | 'reset'
  /** Never answers. */
  | 'hang'
  /** Answers with bytes that are no HTTP. */
  | 'garbage'
  /** Sends a 201 and breaks the connection within the body. */
  | 'cut-off'
  /** Sends a 201 and never ends the body. */
  | 'endless'
  /** Sends a 200 and a character of the body now and then, for as long as somebody listens. */
  | 'trickle';

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as they came, not decoded. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A Bot Connector that records what it receives and does as it is told: `next` for one request, else `always`. */
export interface FakeConnector {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  readonly connections: () => number;
  next(...behaviours: readonly Behaviour[]): void;
  always(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export async function startConnector(): Promise<FakeConnector> {
  const requests: ReceivedRequest[] = [];
  const queue: Behaviour[] = [];
  let fallback: Behaviour | undefined;
  let connections = 0;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      behave(
        response,
        queue.shift() ?? fallback ?? { status: 201, body: { id: `activity-${requests.length}` } },
      );
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has a port.
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    next: (...behaviours) => queue.push(...behaviours),
    always: (behaviour) => {
      fallback = behaviour;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function behave(response: ServerResponse, behaviour: Behaviour): void {
  switch (behaviour) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'garbage':
      response.socket?.end('this is not HTTP\r\n\r\n');
      return;
    case 'cut-off':
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"id":', () => response.socket?.resetAndDestroy());
      return;
    case 'endless':
      response.writeHead(201, { 'content-type': 'application/json' });
      response.write('{"id":');
      return;
    case 'trickle': {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"id":"');
      const timer = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(timer));
      return;
    }
    default: {
      const { status, body, headers } = behaviour;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body));
    }
  }
}
