import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RestError, TableClient } from '@azure/data-tables';
import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tablesConnectionString } from '../../../../dev/tables/azurite.ts';
import { undiciHttpClient } from '../../../../shared/adapters/table/wire/undici-http-client.ts';

describe('the undici client of the Table SDK', () => {
  let server: Server | undefined;
  let agent: Agent;

  beforeEach(() => {
    agent = new Agent();
  });

  afterEach(async () => {
    await agent.destroy();
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function clientOf(listener: RequestListener, options: object = {}): Promise<TableClient> {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A server that listens on a port has an address of this form.
    return clientAt((server.address() as AddressInfo).port, options);
  }

  function clientAt(port: number, options: object = {}): TableClient {
    return TableClient.fromConnectionString(tablesConnectionString(`http://127.0.0.1:${port}`), 'people', {
      allowInsecureConnection: true,
      httpClient: undiciHttpClient({ dispatcher: agent }),
      retryOptions: { maxRetries: 1, retryDelayInMs: 1, maxRetryDelayInMs: 1 },
      ...options,
    });
  }

  const anEntity = JSON.stringify({
    PartitionKey: 'a',
    RowKey: 'b',
    name: 'Grüße 👩‍👩‍👧',
    'odata.etag': 'W/"1"',
  });

  it('sends what the SDK made, and gives it what came', async () => {
    const seen: { method?: string | undefined; url?: string | undefined; body: string }[] = [];
    const client = await clientOf((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({ method: request.method, url: request.url, body: Buffer.concat(chunks).toString() });
        response.setHeader('ETag', 'W/"7"').writeHead(204).end();
      });
    });
    const answer = await client.upsertEntity(
      { partitionKey: "o'b", rowKey: 'r', name: 'Grüße 👩‍👩‍👧' },
      'Replace',
    );
    expect(answer.etag).toBe('W/"7"');
    expect(seen).toMatchObject([{ method: 'PUT', url: expect.stringContaining("PartitionKey='o''b'") }]);
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({ PartitionKey: "o'b", name: 'Grüße 👩‍👩‍👧' });
  });

  it('asks for no packed answer, as nothing here would unpack it', async () => {
    let encoding: string | undefined = 'not asked';
    const client = await clientOf((request, response) => {
      encoding = request.headers['accept-encoding'];
      response.setHeader('Content-Type', 'application/json').end(anEntity);
    });
    expect(await client.getEntity('a', 'b')).toMatchObject({ name: 'Grüße 👩‍👩‍👧', etag: 'W/"1"' });
    expect(encoding).toBeUndefined();
  });

  it('reports a broken connection so that the SDK tries again', async () => {
    let requests = 0;
    const client = await clientOf((request, response) => {
      if (requests++ === 0) request.socket.destroy();
      else response.setHeader('Content-Type', 'application/json').end(anEntity);
    });
    expect(await client.getEntity('a', 'b')).toMatchObject({ name: 'Grüße 👩‍👩‍👧' });
    expect(requests).toBe(2);
  });

  it('reports a connection that is refused by the code of node:http', async () => {
    const client = await clientOf(() => {});
    server?.close();
    await once(server as Server, 'close');
    const error = await client.getEntity('a', 'b').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RestError);
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('ends a request that is aborted while it hangs', async () => {
    const controller = new AbortController();
    const client = await clientOf(() => controller.abort());
    const error = await client
      .getEntity('a', 'b', { abortSignal: controller.signal })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'AbortError' });
  });

  it('gives up one that is aborted while it waits for a connection, and never sends it', async () => {
    await agent.destroy();
    agent = new Agent({ connections: 1 });
    const held: (() => void)[] = [];
    const seen: (string | undefined)[] = [];
    const client = await clientOf((request, response) => {
      seen.push(request.url);
      held.push(() => response.setHeader('Content-Type', 'application/json').end(anEntity));
      controller.abort();
    });
    const controller = new AbortController();
    const first = client.getEntity('a', 'first');
    const second = client.getEntity('a', 'second', { abortSignal: controller.signal });
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    held[0]?.();
    await first;
    const third = client.getEntity('a', 'third');
    await expect.poll(() => held.length).toBe(2);
    held[1]?.();
    await third;
    expect(seen.map((url) => /RowKey='(\w+)'/.exec(url ?? '')?.[1])).toEqual(['first', 'third']);
  });

  it('keeps an answer with an error status for the SDK to read', async () => {
    const client = await clientOf((_request, response) => {
      response
        .writeHead(404, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ 'odata.error': { code: 'ResourceNotFound', message: { value: 'no' } } }));
    });
    await expect(client.getEntity('a', 'b')).rejects.toMatchObject({
      statusCode: 404,
      details: { odataError: { code: 'ResourceNotFound' } },
    });
  });

  it('refuses to send over plain http unless that was allowed', async () => {
    let requests = 0;
    const client = await clientOf(
      (_request, response) => {
        requests++;
        response.end(anEntity);
      },
      { allowInsecureConnection: false },
    );
    await expect(client.getEntity('a', 'b')).rejects.toThrow(/https/);
    expect(requests).toBe(0);
  });
});
