import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type HostProcess, startHostProcess } from './host-process.ts';
import { type AppFolder, buildSampleApp } from './sample-app.ts';

/** What the sample app's echo function answers. */
const echoed = z.object({
  method: z.string(),
  url: z.string(),
  query: z.record(z.string(), z.string()),
  headers: z.record(z.string(), z.string()),
  params: z.record(z.string(), z.string()),
  body: z.string(),
  traceParent: z.string(),
  hooks: z.array(z.string()),
});

describe('HTTP functions of a bundled app, run by the command', () => {
  let app: AppFolder;
  let host: HostProcess;
  let base: string;

  beforeAll(async () => {
    app = await buildSampleApp('esm bundle');
    host = startHostProcess(['--app', app.directory, '--port', '0'], {
      HeartbeatSchedule: '0 0 0 1 1 *',
      'AzureWebJobs.off.Disabled': 'true',
    });
    base = `http://127.0.0.1:${(await host.ready).port}`;
  });
  afterAll(async () => {
    await host.stop();
    await app.remove();
  });

  const json = async (path: string): Promise<unknown> => (await fetch(`${base}${path}`)).json();
  const echo = async (path: string, init?: RequestInit) =>
    echoed.parse(await (await fetch(`${base}${path}`, init)).json());

  it('names the functions in the ready line and leaves the disabled one out', async () => {
    const { functions } = await host.ready;
    expect(functions).toContain('echo');
    expect(functions).toContain('heartbeat');
    expect(functions).not.toContain('off');
  });

  it('gives the function method, absolute address, lower-case headers and the body', async () => {
    const body = '{"a":1}';
    const seen = await echo('/api/echo?y=2', { method: 'POST', body, headers: { 'X-Mixed-Case': 'Value' } });
    expect(seen).toMatchObject({
      method: 'POST',
      url: `${base}/api/echo?y=2`,
      query: { y: '2' },
      params: {},
      body,
    });
    expect(seen.headers).toMatchObject({ 'x-mixed-case': 'Value' });
  });

  it('joins repeated query parameters by a comma', async () => {
    const { query } = await echo('/api/echo?x=1&x=2&empty=&x=3%2C4');
    expect(query).toEqual({ x: '1,2,3,4', empty: '' });
  });

  it('joins repeated headers by a comma', async () => {
    const seen = await rawRequest(`${base}/api/echo`, {
      method: 'GET',
      headers: [
        ['x-many', 'one'],
        ['x-many', 'two'],
      ],
    });
    expect(JSON.parse(seen).headers['x-many']).toBe('one,two');
  });

  it('passes a body on only when Content-Length announces it: a chunked upload arrives empty', async () => {
    const chunked = await rawRequest(`${base}/api/echo`, {
      method: 'PUT',
      headers: [],
      chunks: ['lost ', 'body'],
    });
    expect(JSON.parse(chunked)).toMatchObject({ method: 'PUT', body: '' });
    const whole = await rawRequest(`${base}/api/echo`, {
      method: 'PUT',
      headers: [['content-length', '4']],
      chunks: ['kept'],
    });
    expect(JSON.parse(whole)).toMatchObject({ body: 'kept' });
  });

  it('drops the body of a GET request', async () => {
    const seen = await rawRequest(`${base}/api/echo`, {
      method: 'GET',
      headers: [['content-length', '4']],
      chunks: ['gone'],
    });
    expect(JSON.parse(seen)).toMatchObject({ method: 'GET', body: '' });
  });

  it('fills route parameters, and leaves an optional one out that the path does not have', async () => {
    expect((await echo('/api/echo/7')).params).toEqual({ id: '7' });
    expect((await echo('/api/echo')).params).toEqual({});
    expect((await echo('/API/Echo/7/')).params).toEqual({ id: '7' });
    expect((await echo('/api/files/a/b%20c.txt')).params).toEqual({ path: 'a/b c.txt' });
  });

  it('routes a function without a route by its name, and asks for no key', async () => {
    expect((await echo('/api/nameless')).method).toBe('GET');
  });

  it.each([
    ['a route that no function has', 'GET', '/api/unknown'],
    ['a path outside of the route prefix', 'GET', '/echo'],
    ['a route constraint that the value breaks', 'GET', '/api/echo/seven'],
    ['a method that the function does not list, as the real host does (not 405)', 'DELETE', '/api/echo'],
    ['HEAD for a function that lists only GET', 'HEAD', '/api/nameless'],
    ['a disabled function', 'GET', '/api/off'],
  ])('answers 404 to %s', async (_, method, path) => {
    const response = await fetch(`${base}${path}`, { method });
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it('answers with the status, headers, cookies and bytes of the function', async () => {
    const response = await fetch(`${base}/api/answer`);
    expect(response.status).toBe(201);
    expect(response.headers.get('x-own')).toBe('yes');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.getSetCookie()).toEqual([
      'flavour=oat%20%26%20raisin; max-age=60; path=/api; secure; samesite=strict; httponly',
      'plain=1; expires=Fri, 02 Jan 1970 00:00:00 GMT; path=/; samesite=none',
    ]);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 1, 254, 255]);
  });

  it('answers HEAD without the body for a function that lists it', async () => {
    const response = await fetch(`${base}/api/answer`, { method: 'HEAD' });
    expect(response.status).toBe(201);
    expect(response.headers.get('content-length')).toBe('4');
    expect(await response.text()).toBe('');
  });

  it('answers 204 when the function returns nothing', async () => {
    expect((await fetch(`${base}/api/nothing`)).status).toBe(204);
  });

  it('answers 500 without a word when the function throws, and logs why', async () => {
    const response = await fetch(`${base}/api/fails`);
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(await host.line('the handler failed')).toMatch(
      /^\[.+Z\] \[error\] \[fails [0-9a-f]{8}\] Exception while/,
    );
  });

  it('answers 500 when the function returns something that is no response', async () => {
    expect((await fetch(`${base}/api/text`)).status).toBe(500);
  });

  it('keeps the trace of the traceparent header, in a span of its own', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const { traceParent } = await echo('/api/echo', {
      headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` },
    });
    expect(traceParent).toMatch(new RegExp(`^00-${trace}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`));
    expect((await echo('/api/echo')).traceParent).not.toContain(trace);
  });

  it('runs the appStart hook before the first invocation', async () => {
    expect((await echo('/api/echo')).hooks).toEqual(['appStart']);
  });

  it('logs one line per entry, changed by the log hook', async () => {
    await echo('/api/echo');
    expect(await host.line('echo of GET')).toMatch(
      /^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\] \[information\] \[echo [0-9a-f]{8}\] echo of GET, \*\*\*$/,
    );
  });

  it('tells its status', async () => {
    const response = await fetch(`${base}/admin/host/status`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ state: 'Running', version: expect.stringMatching(/^4\./) });
  });

  it('lists the functions with their bindings, addresses and state', async () => {
    expect(await json('/admin/functions')).toContainEqual(expect.objectContaining({ name: 'heartbeat' }));
    expect(await json('/admin/functions/off')).toMatchObject({
      isDisabled: true,
      invoke_url_template: `${base}/api/off`,
      config: { bindings: [{ type: 'httpTrigger' }, { type: 'http', direction: 'out' }] },
    });
  });

  it('runs a function by hand and answers before it ends', async () => {
    const post = (path: string, body: string) => fetch(`${base}${path}`, { method: 'POST', body });
    expect((await post('/admin/functions/heartbeat', '{"input":""}')).status).toBe(202);
    await host.line('heartbeat ran');
    expect((await post('/admin/functions/unknown', '{"input":""}')).status).toBe(404);
    expect((await post('/admin/functions/heartbeat', 'no JSON')).status).toBe(400);
    expect((await post('/admin/functions/echo', '{"input":""}')).status).toBe(400);
  });

  it('refuses a body above the limit without reading it', async () => {
    const status = new Promise((resolve, reject) => {
      const request = httpRequest(`${base}/api/echo`, {
        method: 'POST',
        headers: { 'content-length': 104_857_601 },
      });
      request.on('response', (response) => resolve(response.statusCode)).on('error', reject);
      request.flushHeaders();
    });
    expect(await status).toBe(413);
  });
});

/** A request whose headers go out as written; chunks without Content-Length make it chunked. */
function rawRequest(
  url: string,
  { method, headers, chunks = [] }: { method: string; headers: [string, string][]; chunks?: string[] },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers: [['host', new URL(url).host], ...headers].flat() });
    request.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    for (const chunk of chunks) request.write(chunk);
    request.end();
  });
}
