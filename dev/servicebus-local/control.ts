import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gate } from 'local-server/gate.mjs';
import { z } from 'zod';
import type { Broker } from './broker.ts';

/** The control server, running. */
export interface Control {
  readonly port: number;
  close(): Promise<void>;
}

const faultPlan = z
  .strictObject({ refuseSends: z.int().min(0), dropAfterSends: z.int().min(0) })
  .partial()
  .transform(({ refuseSends, dropAfterSends }) => ({
    ...(refuseSends === undefined ? {} : { refuseSends }),
    ...(dropAfterSends === undefined ? {} : { dropAfterSends }),
  }));

/** The longest body that is read. */
const maxBodyBytes = 64 * 1024;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Serves HTTP on the loopback interface, for people who look and tests that disturb:
 * `GET /health`, `GET /queues` (counts by queue), `POST /drop-connections`, `POST /queues/<queue>/expire-locks`,
 * `GET /faults` and `POST /faults` (`{"refuseSends": n}`, `{"dropAfterSends": n}`). Port 0 takes a free one; a taken
 * port rejects with `code` `EADDRINUSE`.
 */
export async function startControl(broker: Broker, port: number): Promise<Control> {
  const server = gate(createServer());
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(broker, request).then(
      (result) => send(response, result),
      (thrown: unknown) =>
        send(response, refusal(400, thrown instanceof Error ? thrown.message : String(thrown))),
    );
  });
  const taken = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
  return {
    port: taken,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(broker: Broker, request: IncomingMessage): Promise<Answer> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const call = `${request.method} ${pathname}`;
  if (call === 'GET /health') return ok({ status: 'ok' });
  if (call === 'GET /queues') return ok(broker.stats().queues);
  if (call === 'POST /drop-connections') return ok({ dropped: broker.dropConnections() });
  if (call === 'GET /faults') return ok(broker.planFaults({}));
  if (call === 'POST /faults')
    return ok(broker.planFaults(faultPlan.parse(JSON.parse(await readBody(request)))));
  const queue = /^POST \/queues\/(.+)\/expire-locks$/.exec(call)?.[1];
  if (queue === undefined) return refusal(404, `There is no ${call}.`);
  const expired = broker.expireLocks(decodeURIComponent(queue));
  return expired === undefined ? refusal(404, `There is no queue "${queue}".`) : ok({ expired });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxBodyBytes) throw new Error(`The body is longer than ${maxBodyBytes} bytes.`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function refusal(status: number, error: string): Answer {
  return { status, body: { error } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
