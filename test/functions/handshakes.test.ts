import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FunctionsHost, startHost } from '../../dev/functions-local/host.ts';
import { publishEvents } from '../../shared/use-cases/intake/publish-events.ts';
import { aWorld, type World } from '../support/world.ts';

// As senders make them before they send the first event, over real HTTP.
let host: FunctionsHost;
let world: World = aWorld();
const address = () => `${host.baseUrl}/api/events`;

beforeAll(async () => {
  host = await startHost({
    app: async () => {
      const { app } = await import('@azure/functions');
      const { publish } = await import('../../functions/publish.ts');
      app.http('publish', {
        methods: ['POST', 'OPTIONS'],
        route: 'events',
        handler: (request, context) => publish({ publish: publishEvents(world) })(request, context),
      });
    },
    port: 0,
    write: () => {},
  });
});
afterAll(() => host?.stop());
beforeEach(() => {
  world = aWorld();
});

describe('the handshake of CloudEvents', () => {
  it('allows the sender that asks, at any rate', async () => {
    const headers = { 'WebHook-Request-Origin': 'eventgrid.azure.net', 'WebHook-Request-Rate': '120' };
    const response = await fetch(address(), { method: 'OPTIONS', headers });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      allow: 'POST',
      'webhook-allowed-origin': 'eventgrid.azure.net',
      'webhook-allowed-rate': '*',
    });
    expect(await response.text()).toBe('');
  });

  it('calls nobody back', async () => {
    let calls = 0;
    const { createServer } = await import('node:http');
    const server = createServer((_request, answer) => {
      calls += 1;
      answer.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number }; // of a TCP server
    const headers = {
      'WebHook-Request-Origin': 'x',
      'WebHook-Request-Callback': `http://127.0.0.1:${port}/`,
    };
    expect((await fetch(address(), { method: 'OPTIONS', headers })).status).toBe(200);
    await new Promise((resolve) => server.close(resolve));
    expect(calls).toBe(0);
  });

  it('wants to know who asks', async () => {
    const response = await fetch(address(), { method: 'OPTIONS' });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: 'invalid-request', faults: [{ message: expect.stringContaining('WebHook-Request-Origin') }] },
    ]);
  });
});

describe("Event Grid's validation", () => {
  const validation = {
    id: '2d1781af-3a4c-4d7c-bd0c-e34b19da4e66',
    topic: '/subscriptions/x',
    subject: '',
    data: {
      validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6',
      validationUrl: 'https://rp.example/validate',
    },
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    eventTime: '2026-11-25T22:12:19.4556811Z',
    metadataVersion: '1',
    dataVersion: '1',
  };
  const post = async (body: unknown, headers = {}) => {
    const response = await fetch(address(), {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body: JSON.stringify(body),
    });
    return [response.status, await response.json()] as const;
  };

  it('gets its code back, and nothing is queued', async () => {
    expect(await post([validation], { 'aeg-event-type': 'SubscriptionValidation' })).toEqual([
      200,
      { validationResponse: validation.data.validationCode },
    ]);
    expect(world.events.waiting).toEqual([]);
  });

  it.each([
    ['two of them', [validation, validation]],
    ['no code', [{ ...validation, data: {} }]],
    ['an endless code', [{ ...validation, data: { validationCode: 'x'.repeat(257) } }]],
    ['another event of its schema', [{ ...validation, eventType: 'Microsoft.Storage.BlobCreated' }]],
  ])('is not given for %s; the fault says which schema to choose', async (_what, body) => {
    expect(await post(body)).toMatchObject([
      400,
      {
        error: 'invalid-envelope',
        faults: expect.arrayContaining([
          expect.objectContaining({ message: expect.stringContaining('Cloud Event Schema v1.0') }),
        ]),
      },
    ]);
  });
});
