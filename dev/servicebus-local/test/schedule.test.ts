import { describe, expect, it } from 'vitest';
import { aBroker, aClient, countsOf, present, receiveAll, receiveOne } from './broker-under-test.ts';
import { ManualClock } from './manual-clock.ts';

const notFound = { code: 'MessageNotFound' };

describe('scheduled messages', () => {
  it('stay out of sight until their time, then come in the order of their times', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock });
    const client = aClient(broker);
    const sender = client.createSender('q');
    const at = (ms: number) => new Date(clock.now() + ms);
    await sender.sendMessages({ body: 'late', scheduledEnqueueTimeUtc: at(3000) });
    await sender.scheduleMessages({ body: 'soon' }, at(1000));
    await sender.sendMessages({ body: 'past', scheduledEnqueueTimeUtc: at(-1000) });
    expect(countsOf(broker)).toMatchObject({ active: 1, scheduled: 2 });
    clock.advance(999);
    expect(countsOf(broker)).toMatchObject({ active: 1, scheduled: 2 });
    clock.advance(1);
    expect(countsOf(broker)).toMatchObject({ active: 2, scheduled: 1 });
    clock.advance(2000);
    const received = await receiveAll(client.createReceiver('q'), 3);
    expect(received.map(({ body }) => body)).toEqual(['past', 'soon', 'late']);
  });

  it('get a new sequence number and enqueued time when they become active', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock });
    const client = aClient(broker);
    const due = new Date(clock.now() + 1000);
    const [scheduled] = await client.createSender('q').scheduleMessages([{ body: 1 }], due);
    clock.advance(1000);
    const message = await receiveOne(client.createReceiver('q'));
    expect(message.sequenceNumber?.toNumber()).toBeGreaterThan(present(scheduled).toNumber());
    expect(message).toMatchObject({
      enqueuedSequenceNumber: present(scheduled).toNumber(),
      enqueuedTimeUtc: due,
      scheduledEnqueueTimeUtc: due,
      state: 'active',
    });
  });

  it('wake a receiver that waits for them', async () => {
    const client = aClient(await aBroker());
    const receiving = receiveOne(client.createReceiver('q'));
    const due = Date.now() + 300;
    await client.createSender('q').scheduleMessages({ body: 1 }, new Date(due));
    await receiving;
    expect(Date.now()).toBeGreaterThanOrEqual(due);
  });

  it('can be cancelled once, and not when they are active', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock });
    const sender = aClient(broker).createSender('q');
    const messages = [{ body: 1 }, { body: 2 }, { body: 3 }];
    const [first, second, third] = await sender.scheduleMessages(messages, new Date(clock.now() + 1000));
    await sender.cancelScheduledMessages([present(first), present(second)]);
    expect(countsOf(broker).scheduled).toBe(1);
    await expect(sender.cancelScheduledMessages(present(first))).rejects.toMatchObject(notFound);
    await expect(sender.cancelScheduledMessages([present(third), present(first)])).rejects.toMatchObject(
      notFound,
    );
    expect(countsOf(broker).scheduled).toBe(1);
    clock.advance(1000);
    await expect(sender.cancelScheduledMessages(present(third))).rejects.toMatchObject(notFound);
    expect(countsOf(broker)).toMatchObject({ active: 1, scheduled: 0 });
  });
});
