import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gate } from '../../../dev/local-server/gate.mjs';
import { findChromium } from '../../../dev/stack/chromium.mjs';

let browser: Browser;
let page: Server;
let server: Server;
/** What the server heard of, past its gate. */
const heard: string[] = [];

const portOf = (listening: Server) => (listening.address() as AddressInfo).port;

async function listening(made: Server): Promise<Server> {
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  return made;
}

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: findChromium() ?? 'chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  page = await listening(createServer((_request, response) => response.end('<!doctype html><p>A page')));
  const made = gate(createServer());
  made.on('request', (request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><p>Here');
  });
  made.on('upgrade', (request, socket) => {
    heard.push(`upgrade ${request.url}`);
    socket.destroy();
  });
  server = await listening(made);
});
afterAll(async () => {
  await browser.close();
  for (const one of [page, server]) await new Promise((resolve) => one.close(resolve));
});

/** Everything that a page can try; runs in the browser. */
const asking = (target: string) => `(async () => {
  const target = '${target}';
  const failed = () => 'failed';
  const simple = await fetch(target + '/api/events', {
    method: 'POST',
    mode: 'no-cors',
    headers: { 'content-type': 'text/plain' },
    body: '{}',
  }).then(({ type }) => type, failed);
  const read = await fetch(target + '/admin/functions').then(() => 'read', failed);
  const preflighted = await fetch(target + '/faults', { method: 'DELETE' }).then(() => 'done', failed);
  const loaded = await new Promise((resolve) => {
    const image = new Image();
    image.onload = () => resolve('loaded');
    image.onerror = () => resolve('failed');
    image.src = target + '/image';
  });
  const socket = await new Promise((resolve) => {
    const opened = new WebSocket(target.replace('http', 'ws') + '/live');
    opened.onopen = () => resolve('open');
    opened.onerror = () => resolve('failed');
  });
  const framed = await new Promise((resolve) => {
    const frame = document.createElement('iframe');
    frame.name = 'frame' + Math.random();
    const form = document.createElement('form');
    Object.assign(form, { action: target + '/api/messages', method: 'post', enctype: 'text/plain' });
    form.target = frame.name;
    document.body.append(frame, form);
    frame.onload = () => resolve('came');
    form.submit();
  });
  return { simple, read, preflighted, loaded, socket, framed };
})()`;

it('a page of another port gets nothing past the gate, however it asks', async () => {
  const tab = await browser.newPage();
  await tab.goto(`http://localhost:${portOf(page)}/`);
  for (const host of ['127.0.0.1', 'localhost']) {
    const outcome = await tab.evaluate(asking(`http://${host}:${portOf(server)}`));
    expect(outcome).toEqual({
      // The browser does not tell a page what became of it.
      simple: 'opaque',
      read: 'failed',
      preflighted: 'failed',
      loaded: 'failed',
      socket: 'failed',
      framed: 'came',
    });
  }
  expect(heard).toEqual([]);

  // Its own pages are let in, and a link leads to them.
  await tab.evaluate(`location.href = 'http://localhost:${portOf(server)}/'`);
  await tab.waitForURL(`http://localhost:${portOf(server)}/`);
  const own = await tab.evaluate(() => fetch('/api/events', { method: 'POST' }).then(({ status }) => status));
  expect(own).toBe(200);
  expect(heard.filter((line) => !line.includes('favicon'))).toEqual(['GET /', 'POST /api/events']);
});
