import { ServiceBusError } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { aBroker, aClient, countsOf, receiveAll, receiveOne } from './broker-under-test.ts';

describe('sending', () => {
  it('delivers a message with all that its sender wrote', async () => {
    const client = aClient(await aBroker());
    const sent = {
      body: { to: 'you', nested: [1, 2.5, null] },
      messageId: 'm-1',
      contentType: 'application/cloudevents+json',
      correlationId: 'c-1',
      subject: 'greeting',
      to: 'somewhere',
      replyTo: 'outcomes',
      partitionKey: 'p-1',
      applicationProperties: {
        cloudEvents_type: 'notification.requested',
        'cloudEvents:type': 'build.finished',
        'Diagnostic-Id': '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        number: 42,
        fraction: 0.5,
        yes: true,
      },
    };
    await client.createSender('q').sendMessages(sent);
    expect(await receiveOne(client.createReceiver('q'))).toMatchObject({ ...sent, deliveryCount: 0 });
  });

  it.each([
    ['an object', { a: { b: 'c' } }],
    ['a string', 'Grüße, 世界 🙂'],
    ['a number', 17],
    ['null', null],
    ['a list', [{ a: 1 }, 'two']],
    ['bytes that are no text', Buffer.from([0, 1, 2, 0xfe, 0xff, 0x80])],
    ['no bytes', Buffer.alloc(0)],
  ])('keeps a body that is %s', async (_what, body) => {
    const client = aClient(await aBroker());
    await client.createSender('q').sendMessages({ body });
    expect((await receiveOne(client.createReceiver('q'))).body).toEqual(body);
  });

  it.each(['value', 'sequence', 'data'] as const)('keeps an AMQP %s body what it is', async (bodyType) => {
    const client = aClient(await aBroker());
    const body = bodyType === 'sequence' ? [['one', 2]] : 'text';
    await client.createSender('q').sendMessages({ body, bodyType });
    const received = await receiveOne(client.createReceiver('q'));
    expect(received._rawAmqpMessage.bodyType).toBe(bodyType);
  });

  it('gives a message without an id one, which lock renewal needs', async () => {
    const client = aClient(await aBroker());
    await client.createSender('q').sendMessages([{ body: 1 }, { body: 2 }]);
    const ids = (await receiveAll(client.createReceiver('q'), 2)).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(2);
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  it('keeps the order of a list and of a batch, and numbers the messages', async () => {
    const client = aClient(await aBroker());
    const sender = client.createSender('q');
    await sender.sendMessages([{ body: 0 }, { body: 1 }, { body: 2 }]);
    const batch = await sender.createMessageBatch();
    for (const body of [3, 4]) expect(batch.tryAddMessage({ body })).toBe(true);
    await sender.sendMessages(batch);
    const received = await receiveAll(client.createReceiver('q'), 5);
    expect(received.map(({ body }) => body)).toEqual([0, 1, 2, 3, 4]);
    expect(received.map(({ sequenceNumber }) => sequenceNumber?.toNumber())).toEqual([1, 2, 3, 4, 5]);
  });

  it('carries many sends at the same time, each once', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    const sender = client.createSender('q');
    await Promise.all(Array.from({ length: 1500 }, (_, body) => sender.sendMessages({ body })));
    const received = await receiveAll(client.createReceiver('q'), 1500);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1500);
    expect(countsOf(broker).active).toBe(1500);
  });

  it('takes a message of nearly 256 KB and refuses a larger one', async () => {
    const client = aClient(await aBroker());
    const sender = client.createSender('q');
    expect((await sender.createMessageBatch()).maxSizeInBytes).toBe(262_144);
    const large = Buffer.alloc(261_000, 'x');
    await sender.sendMessages({ body: large });
    await expect(sender.sendMessages({ body: Buffer.alloc(262_145) })).rejects.toMatchObject({
      code: 'MessageSizeExceeded',
      retryable: false,
    });
    expect((await receiveOne(client.createReceiver('q'))).body).toEqual(large);
  });

  it('tells a good send and a refused one apart that end in the same moment', async () => {
    const broker = await aBroker();
    const sender = aClient(broker).createSender('q');
    await sender.createMessageBatch();
    const results = await Promise.allSettled(
      [10, 300_000, 10, 10, 300_000, 300_000, 10].map((size) =>
        sender.sendMessages({ body: Buffer.alloc(size) }),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(countsOf(broker).active).toBe(4);
  });

  it('says that a queue does not exist, to senders and receivers', async () => {
    const client = aClient(await aBroker());
    const notFound = { code: 'MessagingEntityNotFound' };
    await expect(client.createSender('nowhere').sendMessages({ body: 1 })).rejects.toMatchObject(notFound);
    await expect(client.createReceiver('nowhere').receiveMessages(1)).rejects.toMatchObject(notFound);
    await expect(client.createReceiver('nowhere').peekMessages(1)).rejects.toMatchObject(notFound);
    await expect(client.createReceiver('topic', 'subscription').receiveMessages(1)).rejects.toMatchObject(
      notFound,
    );
  });

  it('finds a queue whatever the case of its name', async () => {
    const client = aClient(await aBroker({ queues: [{ name: 'Events' }] }));
    await client.createSender('eVENTS').sendMessages({ body: 'x' });
    expect((await receiveOne(client.createReceiver('events'))).body).toBe('x');
  });

  it('lets nobody send to a dead-letter queue', async () => {
    const client = aClient(await aBroker());
    const refused = client.createSender('q/$deadletterqueue').sendMessages({ body: 1 });
    await expect(refused).rejects.toThrow(/Nobody can send to a dead-letter queue/);
  });

  it('says what it cannot do', async () => {
    const client = aClient(await aBroker());
    await expect(client.acceptSession('q', 's')).rejects.toThrow(ServiceBusError);
    await expect(client.acceptNextSession('q')).rejects.toThrow(ServiceBusError);
  });
});
