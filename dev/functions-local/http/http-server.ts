import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gate } from 'local-server/gate.mjs';
import { HostError, messageOf } from '../core/errors.ts';
import type { InvocationOutcome, TriggerInput } from '../core/invocation.ts';
import { childTraceContext } from '../core/trace-context.ts';
import { type AdminApiOptions, answerAdmin } from './admin-api.ts';
import type { Router } from './router.ts';
import { maxBodyBytes, readBody, toRpcRequest } from './rpc-request.ts';
import { fromRpcResponse, type HttpResponseParts } from './rpc-response.ts';

/** What the server needs of an app that is loaded. */
export interface ServedApp {
  router: Router;
  run(functionName: string, input: TriggerInput): Promise<InvocationOutcome>;
  admin: AdminApiOptions;
}

export interface HttpServer {
  readonly port: number;
  /** The address that it is bound to. */
  readonly host: string;
  /** Until then every request is answered with 503. */
  serve(app: ServedApp): void;
  /** Takes no new connection; requests under way are answered. */
  stopAccepting(): void;
  /** Settles when every request that came has been answered. */
  idle(): Promise<void>;
  /** Ends what is still open. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1.
 *
 * @param port 0 for a free one.
 * @throws HostError when the port is taken.
 */
export async function listen(port: number): Promise<HttpServer> {
  let app: ServedApp | undefined;
  const unanswered = new Set<ServerResponse>();
  let whenIdle: (() => void)[] = [];
  const server = gate(createServer());
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    unanswered.add(response);
    response.once('close', () => {
      unanswered.delete(response);
      if (unanswered.size > 0) return;
      for (const resolve of whenIdle) resolve();
      whenIdle = [];
    });
    handle(app, request, response).catch((error: unknown) => {
      // The connection broke while the request was read or answered: nobody is left to tell.
      response.destroy(error instanceof Error ? error : new Error(messageOf(error)));
    });
  });
  server.keepAliveTimeout = 120_000; // Kestrel's; a shorter one makes busy clients meet closed connections.
  await bind(server, port);
  const address = server.address();
  const closed = new Promise<void>((resolve) => server.once('close', () => resolve()));
  return {
    port: typeof address === 'object' && address ? address.port : port,
    host: typeof address === 'object' && address ? address.address : '',
    serve(loaded) {
      app = loaded;
    },
    stopAccepting() {
      server.close();
      server.closeIdleConnections();
    },
    idle: () =>
      unanswered.size === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve)),
    async close() {
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function bind(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') {
        reject(
          new HostError(`Port ${port} is in use. Choose another with --port, or end what listens there.`),
        );
      } else {
        reject(
          new HostError(`Port ${port} cannot be listened on: ${error.message}. Choose another with --port.`),
        );
      }
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function handle(
  app: ServedApp | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url: target = '/' } = request;
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  if (!app) return end(response, 503);
  if (path.startsWith('/admin/')) return answer(response, app, method, path, await readText(request));

  const found = app.router.find(method, path);
  if (!found) {
    request.resume();
    return end(response, 404);
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return end(response, 413);
  const body = await readBody(request);
  const url = `http://${request.headers.host ?? '127.0.0.1'}${target}`;
  const http = toRpcRequest({ method, url, rawHeaders: request.rawHeaders, params: found.values, body });
  const traceContext = childTraceContext(request.headers.traceparent, request.headers.tracestate);
  let answered: HttpResponseParts;
  try {
    const { response: returned } = await app.run(found.registered.name, { data: { http }, traceContext });
    answered = fromRpcResponse(returned);
  } catch {
    return end(response, 500); // The failure is in the log; as in the real host the caller is told nothing.
  }
  const { status, rawHeaders, body: content } = answered;
  if (status !== 204 && status !== 304) rawHeaders.push('Content-Length', String(content?.length ?? 0));
  response.writeHead(status, rawHeaders);
  response.end(content);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, app: ServedApp, method: string, path: string, body: string): void {
  const result = answerAdmin(app.admin, method, path, body);
  if (result.body === undefined) {
    end(response, result.status);
    return;
  }
  const text = JSON.stringify(result.body);
  response.writeHead(result.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0 });
  response.end();
}
