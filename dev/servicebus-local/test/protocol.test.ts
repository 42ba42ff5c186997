import { type EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import rhea, { type Connection, type EventContext, type link } from 'rhea';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { AmqpServer } from '../amqp/server.ts';
import type { Broker } from '../broker.ts';
import { aBroker, aClient, countsOf, receiveOne } from './broker-under-test.ts';

/** A bare AMQP client, for what the stock client never does. */
function aRawConnection({ port }: Pick<Broker, 'port'>): Connection {
  const connection = rhea.create_container().connect({ port, host: '127.0.0.1', reconnect: false });
  for (const event of ['connection_error', 'disconnected']) connection.on(event, () => {});
  onTestFinished(async () => {
    if (connection.is_open()) {
      connection.close();
      await once(connection, 'connection_close');
    }
  });
  return connection;
}

/** The next event of this name. */
function next(emitter: EventEmitter, name: string): Promise<EventContext> {
  return new Promise((resolve) => emitter.once(name, resolve));
}

/** Why the broker closed a link. */
function refusal(closed: link | undefined): { condition: string; description: string } {
  const error: unknown = closed?.error;
  return z.object({ condition: z.string(), description: z.string() }).parse({
    condition: Reflect.get(Object(error), 'condition'),
    description: Reflect.get(Object(error), 'description'),
  });
}

describe('clients that misbehave', () => {
  it('are told when a message is no AMQP, and can go on', async () => {
    const broker = await aBroker();
    const sender = aRawConnection(broker).open_sender('q');
    await once(sender, 'sendable');
    sender.send(Buffer.from('GET / HTTP/1.1'), undefined, 0);
    const { delivery } = await next(sender, 'rejected');
    expect(delivery?.remote_state?.error).toMatchObject({ condition: 'amqp:decode-error' });
    sender.send({ body: 'good' });
    await once(sender, 'accepted');
    expect(countsOf(broker).active).toBe(1);
  });

  it('are told when an operation of $management does not exist or does not fit', async () => {
    const broker = await aBroker();
    const connection = aRawConnection(broker);
    const receiver = connection.open_receiver({ source: 'q/$management', target: 'reply' });
    const sender = connection.open_sender('q/$management');
    await once(sender, 'sendable');
    const ask = async (operation: string, body: unknown) => {
      const answer = next(receiver, 'message');
      sender.send({ message_id: 'm', reply_to: 'reply', application_properties: { operation }, body });
      const { message } = await answer;
      expect(message?.correlation_id).toBe('m');
      return message?.application_properties;
    };
    expect(await ask('com.microsoft:set-session-state', {})).toMatchObject({
      statusCode: 501,
      errorCondition: 'amqp:not-implemented',
      statusDescription: expect.stringContaining('com.microsoft:set-session-state'),
    });
    expect(await ask('com.microsoft:renew-lock', { 'lock-tokens': 'x' })).toMatchObject({
      statusCode: 400,
      errorCondition: 'com.microsoft:argument-error',
      statusDescription: expect.stringContaining('lock-tokens'),
    });
    expect(await ask('com.microsoft:peek-message', undefined)).toMatchObject({ statusCode: 400 });
  });

  it('are told that there are no transactions and no sessions', async () => {
    const connection = aRawConnection(await aBroker());
    const coordinator = connection.open_sender({ target: {} });
    const { sender } = await next(coordinator, 'sender_error');
    expect(refusal(sender).condition).toBe('amqp:not-implemented');

    const filter = { 'com.microsoft:session-filter': rhea.types.wrap_described('s', 0x00000137000000c) };
    const session = connection.open_receiver({ source: { address: 'q', filter } });
    const { receiver } = await next(session, 'receiver_error');
    expect(refusal(receiver).description).toContain('no sessions');
  });

  it('do not take the broker down when they speak another protocol or vanish in the middle of a frame', async () => {
    const lines: string[] = [];
    const broker = await aBroker({ log: (line) => lines.push(line) });
    for (const bytes of [
      Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
      Buffer.from('AMQP\x00\x01\x00\x00\x00\x00'),
      Buffer.concat([
        Buffer.from('AMQP\x00\x01\x00\x00'),
        Buffer.of(0, 0, 0, 12, 2, 0, 0, 0, 0x00, 0x53, 0x14, 0x45),
      ]),
    ]) {
      const socket = connect(broker.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.resume();
      await once(socket, 'connect');
      socket.end(bytes);
      await once(socket, 'close');
    }
    await expect.poll(() => broker.stats().connections).toBe(0);
    expect(lines.length).toBeGreaterThan(0);
    const client = aClient(broker);
    await client.createSender('q').sendMessages({ body: 'fine' });
    expect((await receiveOne(client.createReceiver('q'))).body).toBe('fine');
  });
});

describe('a server that is not ready yet', () => {
  it('lets clients wait, and serves them when it is', async () => {
    const server = new AmqpServer(() => {});
    const port = await server.listen(0);
    const connection = aRawConnection({ port });
    await expect.poll(() => connection.socket?.connecting).toBe(false);
    const opened = next(connection, 'connection_open');
    expect(connection.is_open()).toBe(false);
    server.serve();
    await opened;
    expect(server.connectionCount).toBe(1);
    await server.close();
  });

  it('cuts them off when it ends before', async () => {
    const server = new AmqpServer(() => {});
    const socket = connect(await server.listen(0), '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(socket.resume(), 'close');
    await server.close();
    await closed;
  });
});

describe('links', () => {
  it('settle-first receivers need no second answer', async () => {
    const broker = await aBroker();
    const connection = aRawConnection(broker);
    const sender = connection.open_sender('q');
    await once(sender, 'sendable');
    for (let body = 0; body < 50; body += 1) sender.send({ body });
    const receiver = connection.open_receiver({ source: 'q', credit_window: 10 });
    let received = 0;
    await new Promise<void>((resolve) => {
      receiver.on('message', () => {
        received += 1;
        if (received === 50) resolve();
      });
    });
    await expect.poll(() => countsOf(broker).active).toBe(0);
  });

  it('send settled messages to a client that asks for them', async () => {
    const broker = await aBroker();
    await aClient(broker).createSender('q').sendMessages({ body: 1 });
    const receiver = aRawConnection(broker).open_receiver({ source: 'q', snd_settle_mode: 1 });
    const { delivery } = await next(receiver, 'message');
    expect(delivery?.remote_settled).toBe(true);
    expect(receiver.snd_settle_mode).toBe(1);
    expect(countsOf(broker).active).toBe(0);
  });

  it('answer a drain when the last credit was just used', async () => {
    const broker = await aBroker();
    await aClient(broker)
      .createSender('q')
      .sendMessages([{ body: 1 }, { body: 2 }]);
    const receiver = aRawConnection(broker).open_receiver({
      source: 'q',
      credit_window: 0,
      autoaccept: false,
    });
    receiver.add_credit(2);
    let received = 0;
    receiver.on('message', () => {
      received += 1;
    });
    await expect.poll(() => received).toBe(2);
    const drained = next(receiver, 'receiver_drained');
    receiver.drain_credit();
    await drained;
  });

  it('hand a released message back without counting', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    await client.createSender('q').sendMessages({ body: 1 });
    const receiver = aRawConnection(broker).open_receiver({
      source: 'q',
      credit_window: 0,
      autoaccept: false,
    });
    receiver.add_credit(1);
    const { delivery } = await next(receiver, 'message');
    delivery?.release();
    await expect.poll(() => countsOf(broker).locked).toBe(0);
    expect(await receiveOne(client.createReceiver('q'))).toMatchObject({ body: 1, deliveryCount: 0 });
  });

  it('take a rejection without a dead-letter reason as one', async () => {
    const broker = await aBroker();
    const client = aClient(broker);
    await client.createSender('q').sendMessages({ body: 1 });
    const receiver = aRawConnection(broker).open_receiver({
      source: 'q',
      credit_window: 0,
      autoaccept: false,
    });
    receiver.add_credit(1);
    const { delivery } = await next(receiver, 'message');
    delivery?.reject({ condition: 'amqp:not-allowed', description: 'no' });
    const dead = await receiveOne(client.createReceiver('q', { subQueueType: 'deadLetter' }));
    expect(dead).toMatchObject({ deadLetterReason: 'amqp:not-allowed', deadLetterErrorDescription: 'no' });
  });

  it('stop at the credit of the client', async () => {
    const broker = await aBroker();
    await aClient(broker)
      .createSender('q')
      .sendMessages(Array.from({ length: 20 }, (_, body) => ({ body })));
    const receiver = aRawConnection(broker).open_receiver({
      source: 'q',
      credit_window: 0,
      autoaccept: false,
    });
    const bodies: unknown[] = [];
    receiver.on('message', ({ message }: EventContext) => bodies.push(message?.body));
    receiver.add_credit(3);
    receiver.drain_credit();
    await once(receiver, 'receiver_drained');
    expect(countsOf(broker).locked).toBe(3);
    expect(bodies).toHaveLength(3);
  });
});
