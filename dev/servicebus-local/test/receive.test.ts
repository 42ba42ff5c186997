import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  aBroker,
  aClient,
  countsOf,
  impatient,
  present,
  receiveAll,
  receiveOne,
} from './broker-under-test.ts';
import { ManualClock } from './manual-clock.ts';

const lockLost = { code: 'MessageLockLost' };

describe('peek-lock', () => {
  it('removes a message that is completed', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 1 });
    const message = await receiveOne(receiver);
    expect(countsOf(broker)).toMatchObject({ active: 1, locked: 1 });
    await receiver.completeMessage(message);
    expect(countsOf(broker)).toMatchObject({ active: 0, locked: 0, deadLetter: 0 });
  });

  it('delivers an abandoned message again at once, before younger ones, and counts', async () => {
    const client = aClient(await aBroker());
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages([{ body: 'first' }, { body: 'second' }]);
    const message = await receiveOne(receiver);
    await receiver.abandonMessage(message, { note: 'try again', times: 2 });
    const again = await receiveOne(receiver);
    expect(again).toMatchObject({
      body: 'first',
      deliveryCount: 1,
      applicationProperties: { note: 'try again', times: 2 },
    });
    expect(again.sequenceNumber).toEqual(message.sequenceNumber);
    expect(again.lockToken).not.toBe(message.lockToken);
  });

  it('gives a locked message to nobody else', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    await client.createSender('q').sendMessages([{ body: 1 }, { body: 2 }]);
    const first = await receiveOne(client.createReceiver('q'));
    const second = await receiveOne(client.createReceiver('q'));
    expect([first.body, second.body]).toEqual([1, 2]);
    expect(countsOf(broker).locked).toBe(2);
  });

  it('sets a deferred message aside until it is asked for by number', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 'later', applicationProperties: { a: 1 } });
    const message = await receiveOne(receiver);
    await receiver.deferMessage(message, { why: 'not yet' });
    expect(countsOf(broker)).toMatchObject({ active: 0, deferred: 1, locked: 0 });

    const sequenceNumber = present(message.sequenceNumber);
    const [deferred] = await receiver.receiveDeferredMessages([sequenceNumber]);
    expect(deferred).toMatchObject({
      body: 'later',
      state: 'deferred',
      applicationProperties: { a: 1, why: 'not yet' },
    });
    await expect(receiver.receiveDeferredMessages([sequenceNumber])).rejects.toMatchObject({
      code: 'MessageNotFound',
    });
    await receiver.abandonMessage(present(deferred));
    expect(countsOf(broker)).toMatchObject({ deferred: 1, locked: 0 });
    const [again] = await receiver.receiveDeferredMessages([sequenceNumber]);
    await receiver.completeMessage(present(again));
    expect(countsOf(broker)).toMatchObject({ active: 0, deferred: 0, locked: 0 });
  });

  it('refuses deferred messages together when one of them is missing', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 1 });
    const message = await receiveOne(receiver);
    await receiver.deferMessage(message);
    const number = present(message.sequenceNumber);
    await expect(receiver.receiveDeferredMessages([number, number.add(9)])).rejects.toMatchObject({
      code: 'MessageNotFound',
    });
    expect(countsOf(broker)).toMatchObject({ deferred: 1, locked: 0 });
  });

  it('delivers again when the lock ends, and the late settlement is refused', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock, queues: [{ name: 'q', lockMs: 30_000 }] });
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 1 });
    const message = await receiveOne(receiver);
    expect(message.lockedUntilUtc?.getTime()).toBe(clock.now() + 30_000);

    clock.advance(29_999);
    expect(countsOf(broker).locked).toBe(1);
    clock.advance(1);
    expect(countsOf(broker).locked).toBe(0);
    await expect(receiver.completeMessage(message)).rejects.toMatchObject(lockLost);
    await expect(receiver.renewMessageLock(message)).rejects.toMatchObject(lockLost);
    const again = await receiveOne(receiver);
    expect(again.deliveryCount).toBe(1);
    await receiver.completeMessage(again);
  });

  it('keeps a lock as long as it is renewed', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock, queues: [{ name: 'q', lockMs: 30_000 }] });
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 1 });
    const message = await receiveOne(receiver);
    clock.advance(20_000);
    const until = await receiver.renewMessageLock(message);
    expect(until.getTime()).toBe(clock.now() + 30_000);
    clock.advance(29_999);
    await receiver.completeMessage(message);
    expect(countsOf(broker).active).toBe(0);
  });

  it('refuses to settle a message that is gone', async () => {
    const client = aClient(await aBroker());
    const first = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 1 });
    const message = await receiveOne(first);
    await first.close();
    const second = client.createReceiver('q');
    await second.completeMessage(message);
    await expect(second.completeMessage(message)).rejects.toMatchObject(lockLost);
  });

  it('lets a message be settled after its link was closed', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    await client.createSender('q').sendMessages([{ body: 1 }, { body: 2 }]);
    const first = client.createReceiver('q');
    const messages = await receiveAll(first, 2);
    await first.close();
    const second = client.createReceiver('q');
    await second.completeMessage(present(messages[0]));
    await second.deadLetterMessage(present(messages[1]), {
      deadLetterReason: 'late',
      deadLetterErrorDescription: '',
    });
    expect(countsOf(broker)).toMatchObject({ active: 0, locked: 0, deadLetter: 1 });
  });

  it('holds a lock on when the connection drops, and takes the settlement over the next one', async () => {
    const broker = await aBroker();
    const client = aClient(broker, impatient);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 1 });
    const message = await receiveOne(receiver);
    expect(broker.dropConnections()).toBe(1);
    expect(countsOf(broker)).toMatchObject({ active: 1, locked: 1 });
    await receiver.completeMessage(message);
    expect(countsOf(broker)).toMatchObject({ active: 0, locked: 0 });
  });

  it('delivers again after its locks are told to end', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 1 });
    const message = await receiveOne(receiver);
    expect(broker.expireLocks('q')).toBe(1);
    await expect(receiver.completeMessage(message)).rejects.toMatchObject(lockLost);
    expect(await receiveOne(receiver)).toMatchObject({ body: 1, deliveryCount: 1 });
    expect(broker.expireLocks('nowhere')).toBeUndefined();
  });
});

describe('receive and delete', () => {
  it('has removed a message when it arrives', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    await client.createSender('q').sendMessages(Array.from({ length: 300 }, (_, body) => ({ body })));
    const receiver = client.createReceiver('q', { receiveMode: 'receiveAndDelete' });
    const received = await receiveAll(receiver, 300);
    expect(received.map(({ body }) => body)).toEqual(Array.from({ length: 300 }, (_, body) => body));
    expect(countsOf(broker)).toMatchObject({ active: 0, locked: 0 });
  });

  it('removes a deferred message that is fetched so', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    await client.createSender('q').sendMessages({ body: 1 });
    const locker = client.createReceiver('q');
    const message = await receiveOne(locker);
    await locker.deferMessage(message);
    const receiver = client.createReceiver('q', { receiveMode: 'receiveAndDelete' });
    const fetched = await receiver.receiveDeferredMessages([present(message.sequenceNumber)]);
    expect(fetched).toHaveLength(1);
    expect(countsOf(broker).deferred).toBe(0);
  });
});

describe('subscribing', () => {
  it('runs as many handlers at a time as asked for, completes on success and repeats on failure', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const sender = client.createSender('q');
    await sender.sendMessages(Array.from({ length: 200 }, (_, body) => ({ body })));
    const runs = new Map<number, number>();
    let atOnce = 0;
    let most = 0;
    const allDone = Promise.withResolvers<void>();
    const receiver = client.createReceiver('q');
    receiver.subscribe(
      {
        async processMessage({ body }) {
          atOnce += 1;
          most = Math.max(most, atOnce);
          const run = (runs.get(body) ?? 0) + 1;
          runs.set(body, run);
          await delay(1);
          atOnce -= 1;
          if (body % 50 === 0 && run === 1) throw new Error('once more');
          if (runs.size === 200 && [0, 50, 100, 150].every((failing) => (runs.get(failing) ?? 0) > 1)) {
            allDone.resolve();
          }
        },
        async processError() {},
      },
      { maxConcurrentCalls: 16 },
    );
    await allDone.promise;
    await expect.poll(() => countsOf(broker).active).toBe(0);
    expect(most).toBe(16);
    expect([...runs.values()].reduce((sum, run) => sum + run)).toBe(204);
  });

  it('does not stall after the few thousand deliveries that a link can have open', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const messages = Array.from({ length: 2500 }, (_, body) => ({ body }));
    await client.createSender('q').sendMessages(messages);
    const receiver = client.createReceiver('q');
    receiver.subscribe({ async processMessage() {}, async processError() {} }, { maxConcurrentCalls: 50 });
    await expect.poll(() => countsOf(broker).active, { timeout: 5000 }).toBe(0);
  });

  it('shares a queue between receivers', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const counts = [0, 0];
    const allDone = Promise.withResolvers<void>();
    const receivers = [client.createReceiver('q'), client.createReceiver('q')];
    for (const [index, receiver] of receivers.entries()) {
      receiver.subscribe(
        {
          async processMessage() {
            counts[index] = (counts[index] ?? 0) + 1;
            await delay(1);
            if ((counts[0] ?? 0) + (counts[1] ?? 0) === 200) allDone.resolve();
          },
          async processError() {},
        },
        { maxConcurrentCalls: 4 },
      );
    }
    await client.createSender('q').sendMessages(Array.from({ length: 200 }, (_, body) => ({ body })));
    await allDone.promise;
    await expect.poll(() => countsOf(broker).active).toBe(0);
    expect(Math.min(...counts)).toBeGreaterThan(40);
  });

  it('keeps the lock of a slow handler by renewal', async () => {
    const broker = await aBroker({ queues: [{ name: 'q', lockMs: 1200 }] });
    const client = aClient(broker);
    await client.createSender('q').sendMessages({ body: 1 });
    const ran = Promise.withResolvers<number | undefined>();
    const receiver = client.createReceiver('q', { maxAutoLockRenewalDurationInMs: 10_000 });
    receiver.subscribe(
      {
        async processMessage({ deliveryCount }) {
          await delay(2500);
          ran.resolve(deliveryCount);
        },
        async processError() {},
      },
      { maxConcurrentCalls: 1 },
    );
    expect(await ran.promise).toBe(0);
    await expect.poll(() => countsOf(broker).active).toBe(0);
    expect(countsOf(broker).deadLetter).toBe(0);
  });

  it('goes on by itself after the connection was dropped', async () => {
    const broker = await aBroker();
    const client = aClient(broker, impatient);
    const receiver = client.createReceiver('q');
    const seen: unknown[] = [];
    let arrived = Promise.withResolvers<void>();
    receiver.subscribe({
      async processMessage({ body }) {
        seen.push(body);
        arrived.resolve();
      },
      async processError() {},
    });
    const sender = client.createSender('q');
    await sender.sendMessages({ body: 'before' });
    await expect.poll(() => countsOf(broker).active).toBe(0);
    arrived = Promise.withResolvers<void>();
    broker.dropConnections();
    await sender.sendMessages({ body: 'after' });
    await arrived.promise;
    await expect.poll(() => countsOf(broker).active).toBe(0);
    expect(seen).toEqual(['before', 'after']);
  });
});

describe('short receives while messages come in', () => {
  it('loses none, however they meet the end of a wait', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const sender = client.createSender('q');
    const receiver = client.createReceiver('q');
    const bodies = new Set<unknown>();
    const sending = (async () => {
      for (let body = 0; body < 300; body += 1) await sender.sendMessages({ body });
    })();
    while (bodies.size < 300) {
      for (const message of await receiver.receiveMessages(5, { maxWaitTimeInMs: 15 })) {
        bodies.add(message.body);
        await receiver.completeMessage(message);
      }
    }
    await sending;
    expect(countsOf(broker)).toMatchObject({ active: 0, locked: 0 });
  });

  it('answers at once that there is no more when the last credit was just used', async () => {
    const client = aClient(await aBroker());
    const sender = client.createSender('q');
    const receiver = client.createReceiver('q');
    for (let round = 0; round < 5; round += 1) {
      await sender.sendMessages([{ body: 1 }, { body: 2 }]);
      await receiveAll(receiver, 2);
    }
    expect(await receiver.receiveMessages(10, { maxWaitTimeInMs: 20 })).toEqual([]);
  });
});
