import { ServiceBusClient } from '@azure/service-bus';
import { startBroker } from 'servicebus-local';
import { expect, it } from 'vitest';
import { Settlements } from '../../service-bus/settlements.ts';

it('a message that is abandoned is not completed with its neighbours of the same turn', async () => {
  const broker = await startBroker({ port: 0, queues: [{ name: 'orders', maxDeliveryCount: 1 }] });
  const client = new ServiceBusClient(broker.connectionString);
  const bodies = ['good', 'bad', 'good', 'bad', 'bad', 'good', 'good', 'bad'];
  await client.createSender('orders').sendMessages(bodies.map((body) => ({ body })));
  const receiver = client.createReceiver('orders');
  const messages = await receiver.receiveMessages(bodies.length, { maxWaitTimeInMs: 5000 });
  expect(messages.map(({ body }) => body)).toEqual(bodies);

  const settlements = new Settlements();
  await Promise.all(
    messages.map((message) =>
      message.body === 'bad'
        ? settlements.run('abandon', () => receiver.abandonMessage(message))
        : settlements.run('complete', () => receiver.completeMessage(message)),
    ),
  );
  const dead = client.createReceiver('orders', { subQueueType: 'deadLetter' });
  expect((await dead.peekMessages(10)).map(({ body }) => body)).toEqual(['bad', 'bad', 'bad', 'bad']);
  expect(await receiver.peekMessages(10)).toEqual([]);
  await client.close();
  await broker.close();
});

it('a settlement that fails says so to whoever asked, and holds up nobody behind it', async () => {
  const settlements = new Settlements();
  const begun: string[] = [];
  const results = await Promise.allSettled([
    settlements.run('complete', () => Promise.reject(new Error('lock lost'))),
    settlements.run('abandon', async () => void begun.push('abandon')),
    settlements.run('complete', async () => void begun.push('complete')),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(begun).toEqual(['abandon', 'complete']);
});
