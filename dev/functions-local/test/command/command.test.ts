import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHostProcess } from '../host-process.ts';
import { type Orders, startOrders } from '../queues.ts';
import { appFolder } from '../sample-app.ts';
import { sampleHosts, settings, text } from './sample-hosts.ts';

const { opened, directory, host, hostOf } = sampleHosts();

describe('the command', () => {
  it('with a wrong option ends with status 1 and one line that names the fault', async () => {
    const started = startHostProcess(['--app', '.', '--port', 'http']);
    expect(await started.ended).toBe(1);
    expect(started.lines).toEqual([]);
    expect(started.errors).toEqual([
      'functions-local: --port http is not a port: use a number from 0 to 65535.',
    ]);
  });

  it('shows its options', async () => {
    const started = startHostProcess(['--help']);
    expect(await started.ended).toBe(0);
    expect(started.lines.join('\n')).toContain('--exit-with-parent');
  });

  it('with a taken port ends with status 1 and one line that names the port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    opened.push(async () => other.close());
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const started = startHostProcess(['--app', directory(), '--port', String(port)], settings);
    expect(await started.ended).toBe(1);
    expect(started.errors).toEqual([
      `functions-local: Port ${port} is in use. Choose another with --port, or end what listens there.`,
    ]);
  });

  it.each([
    [
      'throws while it loads',
      `throw new Error('database unknown')`,
      'The app failed to load: database unknown',
    ],
    [
      'asks for HTTP streaming',
      `const { app } = require('@azure/functions');
       app.setup({ enableHttpStream: true });
       app.http('stream', { handler: () => ({}) });`,
      'Remove enableHttpStream from app.setup()',
    ],
  ])('with an app that %s ends with status 1 and names the cause', async (_, code, message) => {
    const started = await hostOf(code);
    expect(await started.ended).toBe(1);
    expect(started.errors[0]).toContain(message);
    const cause = message.replace('The app failed to load: ', '');
    expect(started.errors.filter((line) => line.includes(cause)).length).toBe(1);
  });

  it('ends with status 1 when the app leaves an error unhandled', async () => {
    const started = await hostOf(`setTimeout(() => { throw new Error('nobody caught this'); }, 50);
        const { app } = require('@azure/functions');
        app.http('hello', { handler: () => ({}) });`);
    expect(await started.ended).toBe(1);
    expect(started.errors[0]).toContain('nobody caught this');
  });

  it('takes settings from a file unless the environment has them', async () => {
    const values = { HeartbeatSchedule: 'from the file', SampleSetting: 'from the file' };
    const folder = await appFolder({ 'local.settings.json': { IsEncrypted: false, Values: values } });
    opened.push(folder.remove);
    const named = [
      '--settings',
      join(folder.directory, 'local.settings.json'),
      '--host-setting',
      'LISTENS_ON',
    ];
    const { port } = await host(named, { ...settings, LISTENS_ON: '0.0.0.0' }).ready;
    expect(await text(port, '/api/settings?name=LISTENS_ON')).toBe('127.0.0.1');
    expect(await text(port, '/api/settings?name=SampleSetting')).toBe('from the file');
    expect(await text(port, '/api/settings?name=HeartbeatSchedule')).toBe(settings.HeartbeatSchedule);
    expect(await text(port, '/api/settings?name=AZURE_FUNCTIONS_ENVIRONMENT')).toBe('Development');
    expect(await text(port, '/api/settings?name=WEBSITE_HOSTNAME')).toBe(`localhost:${port}`);
  });

  it('replays a tick that was missed while it was not running', async () => {
    const folder = await appFolder({
      'timers/heartbeat/status': {
        Last: '2026-01-01T00:00:00.000+00:00',
        Next: '2026-02-01T00:00:00.000+00:00',
        LastUpdated: '2026-01-01T00:00:00.000+00:00',
      },
    });
    opened.push(folder.remove);
    const late = host(['--data', folder.directory], { HeartbeatSchedule: '0 0 0 1 * *' });
    await late.line('heartbeat ran');
    const { port } = await late.ready;
    expect(await text(port, '/api/seen')).toContain('"isPastDue":true');
    await late.stop();
    const again = host(['--data', folder.directory], { HeartbeatSchedule: '0 0 0 1 * *' });
    expect(await text((await again.ready).port, '/api/seen')).toBe('[]');
  });
});

describe('the command with a broker', () => {
  let orders: Orders;
  beforeAll(async () => {
    orders = await startOrders({ maxDeliveryCount: 2 });
  });
  afterAll(() => orders.close());

  const withQueue = () => ({
    ...settings,
    SampleQueue: 'orders',
    ServiceBusConnection: orders.broker.connectionString,
  });

  it('runs the Service Bus function of the bundle, and warns that it ignores "retry"', async () => {
    const started = host([], withQueue());
    await orders.send({ body: { deliveryCount: 7, total: 3 }, messageId: 'm-1' });
    await started.line('order m-1 delivery 7');
    const { port, functions } = await started.ready;
    expect(functions).toContain('orders');
    expect(JSON.parse(await text(port, '/api/seen'))).toMatchObject([
      {
        function: 'orders',
        body: { total: 3 },
        triggerMetadata: { messageId: 'm-1', deliveryCount: 7, total: 3 },
      },
    ]);
    await started.line('The option "retry" is not supported for serviceBus triggers and is ignored.');
  });

  it('dead-letters what the function refuses', async () => {
    const started = host([], withQueue());
    await orders.send({ body: 'bad', messageId: 'm-2', subject: 'refuse' });
    await started.line('order m-2 delivery 2');
    expect(await orders.deadLetter()).toMatchObject({
      messageId: 'm-2',
      deadLetterReason: 'MaxDeliveryCountExceeded',
    });
  });

  it('refuses a connection by identity, with status 1', async () => {
    const { ServiceBusConnection: _, ...rest } = withQueue();
    const started = host([], {
      ...rest,
      ServiceBusConnection__fullyQualifiedNamespace: 'ns.servicebus.windows.net',
    });
    expect(await started.ended).toBe(1);
    expect(started.errors).toEqual([
      expect.stringContaining('signing in with an identity works in Azure only'),
    ]);
  });
});
