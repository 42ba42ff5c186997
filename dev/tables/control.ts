import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ZodError } from 'zod';
import { gate } from '../local-server/gate.mjs';
import { faultRule } from './faults.ts';
import type { TableProxy } from './proxy.ts';

/**
 * The proxy's control over HTTP, for callers in another process:
 *
 * - `GET /counts`, `DELETE /counts` (start again from zero)
 * - `GET /faults`, `POST /faults` (one rule as JSON; 201 with `{"id": n}`), `DELETE /faults`, `DELETE /faults/<id>`
 */
export async function startTableProxyControl(
  proxy: TableProxy,
  port = 0,
): Promise<{ readonly url: string; readonly port: number; stop(): Promise<void> }> {
  const server = gate(createServer());
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(proxy, request).then(
      ({ status, body }) => respond(response, status, body),
      (error: unknown) => respond(response, 400, { error: explain(error) }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A server that listens on TCP has an address object; the string form is for pipes.
  const listening = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${listening}`,
    port: listening,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  proxy: TableProxy,
  request: IncomingMessage,
): Promise<{ status: number; body?: unknown }> {
  const [, noun, id] = (request.url ?? '').split('/');
  switch (`${request.method} /${noun}`) {
    case 'GET /counts':
      return { status: 200, body: proxy.counts() };
    case 'DELETE /counts':
      proxy.resetCounts();
      return { status: 204 };
    case 'GET /faults':
      return { status: 200, body: proxy.rules.list() };
    case 'POST /faults':
      return { status: 201, body: { id: proxy.fail(faultRule.parse(await readJson(request))) } };
    case 'DELETE /faults':
      if (id === undefined) {
        proxy.rules.remove();
        return { status: 204 };
      }
      return { status: proxy.rules.remove(Number(id)) ? 204 : 404 };
    default:
      return {
        status: 404,
        body: { error: `No ${request.method} ${request.url}; there are /counts and /faults.` },
      };
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return JSON.parse(text);
}

function explain(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues.map((issue) => `${issue.path.join('.') || 'rule'}: ${issue.message}`).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}

function respond(response: ServerResponse, status: number, body?: unknown): void {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
