import { describe, expect, it } from 'vitest';
import { aBroker, aClient, countsOf, present, receiveAll, receiveOne } from './broker-under-test.ts';
import { ManualClock } from './manual-clock.ts';

describe('duplicate detection', () => {
  const queues = [{ name: 'q', duplicateWindowMs: 600_000 }];

  it('drops a message whose id came within the window, whether alone, in a list or scheduled', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock, queues });
    const client = aClient(broker);
    const sender = client.createSender('q');
    const later = new Date(clock.now() + 3_600_000);
    await sender.sendMessages({ body: 'a', messageId: 'a' });
    await sender.sendMessages({ body: 'a again', messageId: 'a' });
    await sender.sendMessages([
      { body: 'a in a list', messageId: 'a' },
      { body: 'b', messageId: 'b' },
      { body: 'b again', messageId: 'b' },
    ]);
    await sender.scheduleMessages([{ body: 'b later', messageId: 'b' }], later);
    await sender.scheduleMessages([{ body: 'c', messageId: 'c' }], later);
    await sender.sendMessages({ body: 'c again', messageId: 'c' });
    await sender.sendMessages({ body: 'no id' });
    await sender.sendMessages({ body: 'no id either' });
    expect(countsOf(broker)).toMatchObject({ active: 4, scheduled: 1 });
    const received = await receiveAll(client.createReceiver('q'), 4);
    expect(received.map(({ body }) => body)).toEqual(['a', 'b', 'no id', 'no id either']);
  });

  it('remembers an id after its message is gone, and forgets it when the window ends', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock, queues });
    const client = aClient(broker);
    const sender = client.createSender('q');
    const receiver = client.createReceiver('q');
    await sender.sendMessages({ body: 1, messageId: 'a' });
    await receiver.completeMessage(await receiveOne(receiver));
    clock.advance(599_999);
    await sender.sendMessages({ body: 2, messageId: 'a' });
    expect(countsOf(broker).active).toBe(0);
    clock.advance(1);
    await sender.sendMessages({ body: 3, messageId: 'a' });
    expect((await receiveOne(receiver)).body).toBe(3);
  });

  it('answers a repeated schedule with the number of the first, so that it can be cancelled', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock, queues });
    const sender = aClient(broker).createSender('q');
    const due = new Date(clock.now() + 60_000);
    const [first] = await sender.scheduleMessages([{ body: 1, messageId: 'a' }], due);
    const [again] = await sender.scheduleMessages([{ body: 1, messageId: 'a' }], due);
    expect(again).toEqual(first);
    await sender.cancelScheduledMessages(present(again));
    expect(countsOf(broker).scheduled).toBe(0);
  });

  it('is off unless the queue asks for it', async () => {
    const broker = await aBroker();
    const sender = aClient(broker).createSender('q');
    await sender.sendMessages([
      { body: 1, messageId: 'a' },
      { body: 2, messageId: 'a' },
    ]);
    expect(countsOf(broker).active).toBe(2);
  });
});
