import { describe, expect, it } from 'vitest';
import { aBroker, aClient, countsOf, receiveOne } from './broker-under-test.ts';
import { ManualClock } from './manual-clock.ts';

describe('time to live', () => {
  it.each([
    ['dropped', false, 0],
    ['dead-lettered', true, 1],
  ] as const)('an expired message is %s, as the queue says', async (_how, deadLetterOnExpiry, deadLetter) => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock, queues: [{ name: 'q', deadLetterOnExpiry }] });
    const client = aClient(broker);
    await client.createSender('q').sendMessages([{ body: 1, timeToLive: 10_000 }, { body: 2 }]);
    clock.advance(9_999);
    expect(countsOf(broker).active).toBe(2);
    clock.advance(1);
    expect(countsOf(broker)).toMatchObject({ active: 1, deadLetter });
    expect((await receiveOne(client.createReceiver('q'))).body).toBe(2);
    if (deadLetterOnExpiry) {
      const dead = await receiveOne(client.createReceiver('q', { subQueueType: 'deadLetter' }));
      expect(dead).toMatchObject({ body: 1, deadLetterReason: 'TTLExpiredException' });
    }
  });

  it('is bounded by the queue’s own', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock, queues: [{ name: 'q', timeToLiveMs: 5000 }] });
    const client = aClient(broker);
    await client.createSender('q').sendMessages([{ body: 1, timeToLive: 60_000 }, { body: 2 }]);
    const [message] = await client.createReceiver('q').peekMessages(1);
    expect(message?.expiresAtUtc?.getTime()).toBe(clock.now() + 5000);
    clock.advance(5000);
    expect(countsOf(broker).active).toBe(0);
  });

  it('waits for a receiver that holds the message, and no longer', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock, queues: [{ name: 'q', lockMs: 30_000 }] });
    const client = aClient(broker);
    const receiver = client.createReceiver('q');
    await client.createSender('q').sendMessages([
      { body: 1, timeToLive: 10_000 },
      { body: 2, timeToLive: 10_000 },
    ]);
    const first = await receiveOne(receiver);
    const second = await receiveOne(receiver);
    clock.advance(20_000);
    await receiver.completeMessage(first);
    await receiver.abandonMessage(second);
    expect(countsOf(broker)).toMatchObject({ active: 0, locked: 0 });
  });

  it('begins for a scheduled message when it becomes visible', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock });
    const scheduledEnqueueTimeUtc = new Date(clock.now() + 60_000);
    const message = { body: 1, timeToLive: 10_000, scheduledEnqueueTimeUtc };
    await aClient(broker).createSender('q').sendMessages(message);
    clock.advance(69_999);
    expect(countsOf(broker)).toMatchObject({ active: 1, scheduled: 0 });
    clock.advance(1);
    expect(countsOf(broker)).toMatchObject({ active: 0, scheduled: 0 });
  });
});
