import { describe, expect, it } from 'vitest';
import { aBroker, aClient, countsOf, present, receiveOne } from './broker-under-test.ts';
import { ManualClock } from './manual-clock.ts';

describe('peeking', () => {
  it('shows messages in every state, in order, without taking or locking them', async () => {
    const clock = new ManualClock();
    const broker = await aBroker({ clock });
    const client = aClient(broker);
    const sender = client.createSender('q');
    const receiver = client.createReceiver('q');
    await sender.sendMessages([{ body: 'deferred' }, { body: 'locked' }, { body: 'waiting' }]);
    await sender.scheduleMessages({ body: 'scheduled' }, new Date(clock.now() + 60_000));
    await receiver.deferMessage(await receiveOne(receiver));
    await receiveOne(receiver);
    const before = countsOf(broker);
    const seen = await receiver.peekMessages(10);
    expect(seen.map(({ body, state }) => [body, state])).toEqual([
      ['deferred', 'deferred'],
      ['locked', 'active'],
      ['waiting', 'active'],
      ['scheduled', 'scheduled'],
    ]);
    expect(seen.map(({ lockToken }) => lockToken)).toEqual([undefined, undefined, undefined, undefined]);
    expect(countsOf(broker)).toEqual(before);
  });

  it('goes on from where it ended, or from a given number', async () => {
    const client = aClient(await aBroker());
    await client.createSender('q').sendMessages(Array.from({ length: 10 }, (_, body) => ({ body })));
    const receiver = client.createReceiver('q');
    const bodies = async (...request: Parameters<typeof receiver.peekMessages>) =>
      (await receiver.peekMessages(...request)).map(({ body }) => body);
    expect(await bodies(3)).toEqual([0, 1, 2]);
    expect(await bodies(3)).toEqual([3, 4, 5]);
    const [seventh] = await receiver.peekMessages(1);
    expect(await bodies(2, { fromSequenceNumber: present(seventh?.sequenceNumber).sub(2) })).toEqual([4, 5]);
    expect(await client.createReceiver('q', { subQueueType: 'deadLetter' }).peekMessages(5)).toEqual([]);
  });

  it('answers large messages in parts that the client asks for one after the other', async () => {
    const client = aClient(await aBroker());
    const sender = client.createSender('q');
    for (let body = 0; body < 10; body += 1) await sender.sendMessages({ body: Buffer.alloc(200_000, body) });
    const receiver = client.createReceiver('q');
    const seen: number[] = [];
    for (
      let some = await receiver.peekMessages(10);
      some.length > 0;
      some = await receiver.peekMessages(10)
    ) {
      seen.push(...some.map(({ body }) => body[0]));
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
