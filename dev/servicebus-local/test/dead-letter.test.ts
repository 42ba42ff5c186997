import { describe, expect, it } from 'vitest';
import { aBroker, aClient, countsOf, present, receiveOne } from './broker-under-test.ts';
import { ManualClock } from './manual-clock.ts';

describe('dead letters', () => {
  it('keep reason, description, the receiver’s properties and all that the sender wrote', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    const applicationProperties = { a: 1, kept: Buffer.from([0, 255]) };
    await client.createSender('q').sendMessages({ body: { x: 1 }, messageId: 'm', applicationProperties });
    const message = await receiveOne(receiver);
    await receiver.deadLetterMessage(message, {
      deadLetterReason: 'invalid-data',
      deadLetterErrorDescription: 'x must be a string',
      a: 2,
      faults: 3,
    });
    expect(countsOf(broker)).toMatchObject({ active: 0, deadLetter: 1 });
    const dead = await receiveOne(client.createReceiver('q', { subQueueType: 'deadLetter' }));
    expect(dead).toMatchObject({
      body: { x: 1 },
      messageId: 'm',
      sequenceNumber: message.sequenceNumber,
      deadLetterReason: 'invalid-data',
      deadLetterErrorDescription: 'x must be a string',
      deadLetterSource: 'q',
      applicationProperties: { a: 2, kept: Buffer.from([0, 255]), faults: 3 },
    });
  });

  it('need no reason', async () => {
    const client = aClient(await aBroker());
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 1 });
    await receiver.deadLetterMessage(await receiveOne(receiver));
    const dead = await receiveOne(client.createReceiver('q', { subQueueType: 'deadLetter' }));
    expect(dead.deadLetterReason).toBeUndefined();
    expect(dead.applicationProperties ?? {}).not.toHaveProperty('DeadLetterReason');
  });

  it('take in a message whose deliveries all failed, by whatever way they failed', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock, queues: [{ name: 'q', maxDeliveryCount: 3, lockMs: 5000 }] });
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 'poison' });
    const counts: unknown[] = [];
    counts.push((await receiveOne(receiver)).deliveryCount);
    clock.advance(5000);
    const second = await receiveOne(receiver);
    counts.push(second.deliveryCount);
    await receiver.abandonMessage(second);
    const third = await receiveOne(receiver);
    counts.push(third.deliveryCount);
    await receiver.abandonMessage(third);
    expect(counts).toEqual([0, 1, 2]);
    expect(countsOf(broker)).toMatchObject({ active: 0, deadLetter: 1 });
    const dead = await receiveOne(client.createReceiver('q', { subQueueType: 'deadLetter' }));
    expect(dead).toMatchObject({
      body: 'poison',
      deliveryCount: 3,
      deadLetterReason: 'MaxDeliveryCountExceeded',
      deadLetterErrorDescription: 'Message could not be consumed after 3 delivery attempts.',
    });
  });

  it('are received, abandoned, deferred, peeked and completed like other messages, without a last delivery', async () => {
    const broker = await aBroker({ queues: [{ name: 'q', maxDeliveryCount: 1 }] });
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 1 });
    await receiver.abandonMessage(await receiveOne(receiver));

    const dead = client.createReceiver('q', { subQueueType: 'deadLetter' });
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      const message = await receiveOne(dead);
      expect(message.deliveryCount).toBe(attempt);
      await dead.abandonMessage(message);
    }
    expect(await dead.peekMessages(5)).toHaveLength(1);
    const message = await receiveOne(dead);
    await dead.deferMessage(message);
    const [deferred] = await dead.receiveDeferredMessages([present(message.sequenceNumber)]);
    await dead.completeMessage(present(deferred));
    expect(countsOf(broker)).toEqual({ active: 0, scheduled: 0, deferred: 0, locked: 0, deadLetter: 0 });
  });

  it('cannot die again', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages({ body: 1 });
    await receiver.deadLetterMessage(await receiveOne(receiver));
    const dead = client.createReceiver('q', { subQueueType: 'deadLetter' });
    await expect(dead.deadLetterMessage(await receiveOne(dead))).rejects.toThrow(
      /cannot be dead-lettered again/,
    );
    expect(countsOf(broker).deadLetter).toBe(1);
  });
});
