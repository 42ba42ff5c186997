import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { gate } from '../local-server/gate.mjs';
import { OperationCounter, type TableCounts } from './counts.ts';
import { errorAnswer } from './error-answer.ts';
import { type FaultRuleInput, FaultRules } from './faults.ts';
import { type Operation, operationOf } from './operation.ts';

/** What the tables did with an operation. */
export interface Exchange {
  readonly operation: Operation;
  /** HTTP status of the tables' own answer; 202 for a batch, whatever its entities met. */
  readonly status: number;
}

export interface TableProxyOptions {
  /** Origin of the real table service: `http://127.0.0.1:10002`. */
  readonly upstream: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Connections kept open towards the tables; default 64. */
  readonly connections?: number;
}

/**
 * A man in the middle of the app and its tables: counts what passes and breaks it on demand.
 *
 * Requests pass unchanged: the signature of a table request covers its path and date, not its host. So a
 * client only needs the proxy's address in its connection string.
 */
export interface TableProxy {
  /** `http://127.0.0.1:<port>`; the table endpoint is this plus `/<account>`. */
  readonly url: string;
  readonly port: number;
  readonly rules: FaultRules;
  /** Adds a fault rule and returns its number. */
  fail(rule: FaultRuleInput): number;
  counts(): TableCounts;
  resetCounts(): void;
  /**
   * Calls back when the tables have answered and before the caller learns it; the answer waits for the
   * returned promise. The place to end the caller "after the write, before it knows". Returns a function
   * that takes the listener away.
   */
  onResponse(listener: (exchange: Exchange) => void | Promise<void>): () => void;
  stop(): Promise<void>;
}

/** Starts a proxy on 127.0.0.1. */
export async function startTableProxy(options: TableProxyOptions): Promise<TableProxy> {
  const pool = new Pool(options.upstream, { connections: options.connections ?? 64, pipelining: 1 });
  const rules = new FaultRules();
  const counter = new OperationCounter();
  const listeners = new Set<(exchange: Exchange) => void | Promise<void>>();

  const server = gate(createServer());
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // A caller that is gone, or tables that are: the connection breaks, as it would without a proxy.
    response.on('error', () => {});
    pass(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const url = request.url ?? '/';
    const override = request.headers['x-http-method'];
    const operation = operationOf(
      {
        method: request.method ?? 'GET',
        url,
        ifMatch: request.headers['if-match'],
        methodOverride: typeof override === 'string' ? override : undefined,
      },
      body,
    );
    counter.add(operation, body.length);
    const fault = rules.take(operation);
    if (fault) counter.addFault();
    if (fault?.type === 'status') {
      const answer = errorAnswer(operation, fault);
      response.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    }
    if (fault?.type === 'delay') await delay(fault.milliseconds);
    if (fault && 'when' in fault && fault.when === 'before') return breakOff(fault.type, response);

    const answer = await pool.request({
      method: request.method ?? 'GET',
      path: url,
      headers: endToEnd(request.headers),
      body: body.length > 0 ? body : null,
    });
    const answerBody = Buffer.from(await answer.body.arrayBuffer());
    counter.addReceived(answerBody.length);
    for (const listener of listeners) await listener({ operation, status: answer.statusCode });
    if (fault && 'when' in fault) return breakOff(fault.type, response);
    const hasBody = answer.statusCode !== 204 && answer.statusCode !== 304;
    response.writeHead(answer.statusCode, {
      ...endToEnd(answer.headers),
      ...(hasBody ? { 'content-length': answerBody.length } : {}),
    });
    response.end(hasBody ? answerBody : undefined);
  }

  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    rules,
    fail: (rule) => rules.add(rule),
    counts: () => counter.read(),
    resetCounts: () => counter.reset(),
    onResponse(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await pool.destroy();
    },
  };
}

/** `reset` closes the connection with TCP RST; `timeout` leaves the caller waiting. */
function breakOff(how: 'reset' | 'timeout', response: ServerResponse): void {
  if (how === 'reset') response.socket?.resetAndDestroy();
}

/** What is said anew on each way: how the connection is kept, who asks whom, and how long the body is. */
const OF_ONE_WAY = new Set([
  'connection',
  'content-length',
  'host',
  'origin',
  'sec-fetch-site',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'te',
  'upgrade',
  'expect',
]);

function endToEnd(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !OF_ONE_WAY.has(name)) kept[name] = value;
  }
  return kept;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      // A server that listens on TCP has an address object; the string form is for pipes.
      resolve((server.address() as AddressInfo).port);
    });
  });
}
