import { describe, expect, it } from 'vitest';
import { type Control, startControl } from '../control.ts';
import {
  aBroker,
  aClient,
  countsOf,
  impatient,
  onTestFinishedClose,
  receiveOne,
} from './broker-under-test.ts';

describe('planned faults', () => {
  it('refuse so many sends, which the client tries again', async () => {
    const broker = await aBroker();
    const sender = aClient(broker).createSender('q');
    expect(broker.planFaults({ refuseSends: 2 })).toEqual({ refuseSends: 2, dropAfterSends: 0 });
    await sender.sendMessages({ body: 1 });
    expect(broker.planFaults({})).toEqual({ refuseSends: 0, dropAfterSends: 0 });
    expect(countsOf(broker).active).toBe(1);
  });

  it('reach a sender that does not try again as “busy”', async () => {
    const broker = await aBroker();
    const sender = aClient(broker, { retryOptions: { maxRetries: 0 } }).createSender('q');
    broker.planFaults({ refuseSends: 2 });
    const busy = { code: 'ServiceBusy', retryable: true };
    await expect(sender.sendMessages({ body: 1 })).rejects.toMatchObject(busy);
    await expect(sender.scheduleMessages({ body: 1 }, new Date())).rejects.toMatchObject(busy);
    await sender.sendMessages({ body: 2 });
    expect(countsOf(broker).active).toBe(1);
  });

  it('store a message and drop the connection before the sender hears of it, so that it comes twice', async () => {
    const broker = await aBroker();
    const sender = aClient(broker, impatient).createSender('q');
    broker.planFaults({ dropAfterSends: 1 });
    await sender.sendMessages({ body: 1, messageId: 'a' });
    expect(countsOf(broker).active).toBe(2);
  });

  it('do no harm then where duplicate detection is on', async () => {
    const broker = await aBroker({ queues: [{ name: 'q', duplicateWindowMs: 60_000 }] });
    const sender = aClient(broker, impatient).createSender('q');
    broker.planFaults({ dropAfterSends: 1 });
    await sender.sendMessages({ body: 1, messageId: 'a' });
    expect(countsOf(broker).active).toBe(1);
  });
});

describe('the control server', () => {
  async function aControl() {
    const broker = await aBroker();
    const control: Control = await startControl(broker, 0);
    onTestFinishedClose(control);
    const call = async (method: string, path: string, body?: string) => {
      const url = `http://127.0.0.1:${control.port}${path}`;
      const response = await fetch(url, { method, ...(body === undefined ? {} : { body }) });
      return { status: response.status, body: await response.json() };
    };
    return { broker, call };
  }

  it('tells health and counts', async () => {
    const { broker, call } = await aControl();
    const client = aClient(broker);
    await client.createSender('q').sendMessages([{ body: 1 }, { body: 2 }]);
    await receiveOne(client.createReceiver('q'));
    expect(await call('GET', '/health')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await call('GET', '/queues')).toEqual({
      status: 200,
      body: { q: { active: 2, scheduled: 0, deferred: 0, deadLetter: 0, locked: 1 } },
    });
  });

  it('drops connections, ends locks and plans faults', async () => {
    const { broker, call } = await aControl();
    const client = aClient(broker);
    await client.createSender('q').sendMessages({ body: 1 });
    await receiveOne(client.createReceiver('q'));
    expect(await call('POST', '/queues/q/expire-locks')).toEqual({ status: 200, body: { expired: 1 } });
    expect(countsOf(broker).locked).toBe(0);
    expect(await call('POST', '/drop-connections')).toEqual({ status: 200, body: { dropped: 1 } });
    const plan = { refuseSends: 1, dropAfterSends: 2 };
    expect(await call('POST', '/faults', JSON.stringify(plan))).toEqual({ status: 200, body: plan });
    expect(await call('GET', '/faults')).toEqual({ status: 200, body: plan });
    expect(await call('POST', '/faults', '{"dropAfterSends":0}')).toMatchObject({
      body: { dropAfterSends: 0 },
    });
  });

  it('refuses what it does not know or cannot read', async () => {
    const { call } = await aControl();
    expect(await call('GET', '/nothing')).toEqual({
      status: 404,
      body: { error: 'There is no GET /nothing.' },
    });
    expect(await call('POST', '/queues/nowhere/expire-locks')).toMatchObject({ status: 404 });
    expect(await call('POST', '/faults', '{"refuse":1}')).toMatchObject({ status: 400 });
    expect(await call('POST', '/faults', '{"refuseSends":-1}')).toMatchObject({ status: 400 });
    expect(await call('POST', '/faults', 'x')).toMatchObject({ status: 400 });
    expect(await call('POST', '/faults', 'x'.repeat(70_000))).toMatchObject({ status: 400 });
  });
});
