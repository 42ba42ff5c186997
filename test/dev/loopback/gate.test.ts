import { globSync, readFileSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../../dev/functions-local/http/http-server.ts';
import { type Broker, startBroker } from '../../../dev/servicebus-local/broker.ts';
import { startControl } from '../../../dev/servicebus-local/control.ts';
import { startTableProxyControl } from '../../../dev/tables/control.ts';
import { startTableProxy } from '../../../dev/tables/proxy.ts';
import { startChannel } from '../../../dev/teams-channel-local/channel.ts';
import { startAzurite } from '../tables/azurite-process.ts';

interface Local {
  readonly port: number;
  readonly path: string;
  /** What a program gets for its POST to `path`. */
  readonly status: number;
  stop(): Promise<unknown>;
}

/** Each kind of HTTP server that the local stack has. */
const servers: { readonly [name: string]: () => Promise<Local> } = {
  'the functions host': async () => {
    const host = await listen(0);
    // It has no app yet, and says so.
    return { port: host.port, path: '/api/events', status: 503, stop: host.close };
  },
  'the channel': async () => {
    const channel = await startChannel({ botUrl: 'http://127.0.0.1:9/api/messages', port: 0 });
    return { port: channel.port, path: '/faults', status: 400, stop: channel.close };
  },
  'the broker\u2019s control': async () => {
    // Nothing of it is asked.
    const control = await startControl({ dropConnections: () => 0 } as unknown as Broker, 0);
    return { port: control.port, path: '/drop-connections', status: 200, stop: control.close };
  },
  'the tables\u2019 proxy and Azurite behind it': async () => {
    const azurite = await startAzurite();
    const proxy = await startTableProxy({ upstream: azurite.url });
    const stop = async () => {
      await proxy.stop();
      await azurite.stop();
    };
    return { port: proxy.port, path: '/devstoreaccount1/Tables', status: 403, stop };
  },
  'the proxy\u2019s control': async () => {
    const proxy = await startTableProxy({ upstream: 'http://127.0.0.1:9' });
    const control = await startTableProxyControl(proxy);
    const stop = async () => {
      await control.stop();
      await proxy.stop();
    };
    return { port: control.port, path: '/faults', status: 400, stop };
  },
  Azurite: async () => {
    const azurite = await startAzurite();
    const { port } = new URL(azurite.url);
    return { port: Number(port), path: '/devstoreaccount1/Tables', status: 403, stop: azurite.stop };
  },
};

function ask(
  { port, path }: Pick<Local, 'port' | 'path'>,
  { method = 'POST', ...headers }: Record<string, string> = {},
): Promise<{ status: number | undefined; body: string; headers: object }> {
  return new Promise((resolve, reject) => {
    const asked: ClientRequest = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, body, headers: response.headers }));
    });
    asked.on('error', reject).end(method === 'POST' ? 'x' : undefined);
  });
}

const refusal = (what: RegExp) => ({ status: 403, body: expect.stringMatching(what) });
const FOREIGN = /^\{"error":\{"code":"ForbiddenOrigin","message":"The request .*\}\n$/;

describe.each(Object.entries(servers))('%s', (_name, start) => {
  let local: Local;
  beforeAll(async () => {
    local = await start();
  });
  afterAll(() => local.stop());

  it('lets programs in, by each name of this machine', async () => {
    for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
      const { status, body } = await ask(local, { host: `${host}:${local.port}` });
      expect([host, status]).toEqual([host, local.status]);
      expect(body).not.toMatch(FOREIGN);
    }
  });

  it('lets its own pages in, and whoever follows a link to it', async () => {
    const own = `http://localhost:${local.port}`;
    expect((await ask(local, { origin: own })).body).not.toMatch(FOREIGN);
    expect((await ask(local, { 'sec-fetch-site': 'same-origin' })).body).not.toMatch(FOREIGN);
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await ask(local, { ...link, method: 'GET' })).body).not.toMatch(FOREIGN);
    expect(await ask(local, link)).toMatchObject(refusal(FOREIGN));
  });

  it('refuses every other page, and says why', async () => {
    const { port } = local;
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '' },
      { origin: `http://localhost:${port === 3000 ? 3001 : 3000}` },
      { origin: 'http://localhost' },
      { origin: `https://localhost:${port}` },
      { origin: `http://localhost:${port}.evil.example` },
      { origin: `http://evil.example:${port}` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example', method: 'OPTIONS', 'access-control-request-method': 'POST' },
      { origin: 'https://evil.example', method: 'GET' },
    ]) {
      const answer = await ask(local, headers);
      expect([headers, answer]).toMatchObject([headers, refusal(FOREIGN)]);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('refuses whoever was led here under another name', async () => {
    const { port } = local;
    for (const host of [
      `evil.example:${port}`,
      'localhost',
      `localhost:${port + 1}`,
      `localhost:${port}@evil.example`,
      `localhost.evil.example:${port}`,
      `127.0.0.1.evil.example:${port}`,
      `0.0.0.0:${port}`,
      `localhost.:${port}`,
    ]) {
      const answer = await ask(local, { host, origin: `http://${host}` });
      expect([host, answer]).toMatchObject([host, refusal(/^\{.*The request is for the host/)]);
    }
  });

  it('refuses a foreign WebSocket', async () => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const answer = await ask(local, {
      ...upgrade,
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      origin: 'https://evil.example',
      method: 'GET',
    });
    expect(answer).toMatchObject(refusal(FOREIGN));
  });
});

it('lets other pages of this machine use Direct Line, and nothing else of the channel', async () => {
  const channel = await startChannel({ botUrl: 'http://127.0.0.1:9/api/messages', port: 0 });
  const origin = 'http://localhost:3000';
  const path = '/v3/directline/conversations';
  const preflight = await ask({ port: channel.port, path }, { origin, method: 'OPTIONS' });
  expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': origin } });
  expect((await ask({ port: channel.port, path: '/v3/conversations' }, { origin })).status).toBe(403);
  await channel.close();
});

it('the broker says nothing to a browser', async () => {
  const broker = await startBroker({ port: 0, queues: [{ name: 'q' }] });
  const socket = connect(broker.port, '127.0.0.1');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write('POST /q/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx');
  await closed;
  expect(heard).not.toContain('HTTP');
  expect(JSON.stringify(broker.stats().queues)).not.toMatch(/"active[^"]*":[1-9]/);
  await broker.close();
});

it('every HTTP server of the local stack and the measurements stands behind the gate', () => {
  const sources = globSync('{dev,bench}/**/*.{ts,mjs}', {
    exclude: ['**/node_modules/**', 'dev/*-local/test/**'],
  });
  expect(sources.length).toBeGreaterThan(300);
  const open = sources.filter((file) => {
    const source = readFileSync(file, 'utf8');
    const made = source.match(/(?<!gate\()\bcreateServer\(/g)?.length ?? 0;
    return /from '(node:)?https?'/.test(source) && made > 0;
  });
  expect(open).toEqual([]);
  const wildcard = sources.filter((file) =>
    /access-control-allow-origin['"]?\s*[:,]\s*['"]\*/i.test(readFileSync(file, 'utf8')),
  );
  expect(wildcard).toEqual([]);
});
