import { once } from 'node:events';
import rhea, { type Connection, type ConnectionOptions, type Receiver } from 'rhea';
import { describe, expect, it, onTestFinished } from 'vitest';
import { scanMap, scanSections, sectionCode } from '../message/sections.ts';
import { aBroker, countsOf } from './broker-under-test.ts';

// What clients for .NET and Java, and plain AMQP clients, ask of the broker, and the one for JavaScript does not.
// test/journeys/dotnet.test.ts runs the genuine one for .NET where there is an SDK.

function connected(port: number, options: object = {}): Connection {
  const asked = { port, host: '127.0.0.1', reconnect: false, ...options };
  const connection = rhea.create_container().connect(asked as ConnectionOptions); // with what its typings leave out
  for (const event of ['connection_error', 'disconnected']) connection.on(event, () => {});
  onTestFinished(async () => {
    if (!connection.is_open()) return;
    connection.close();
    await once(connection, 'connection_close');
  });
  return connection;
}

/** The next message as bytes: read as a message its AMQP types would be lost. */
async function nextRaw(receiver: Receiver): Promise<Buffer> {
  const { incoming } = receiver.session as unknown as {
    incoming: { on_transfer(frame: { performative: { message_format?: number } }, link: Receiver): void };
  }; // a part of rhea that its typings leave out
  const original = incoming.on_transfer;
  incoming.on_transfer = (frame, link) => {
    frame.performative.message_format = 1;
    original.call(incoming, frame, link);
  };
  const [{ message }] = await once(receiver, 'message');
  return message;
}

/** The encoded value of each application property. */
function encodedProperties(wire: Buffer): { readonly [name: string]: string } {
  const section = scanSections(wire).find(({ code }) => code === sectionCode.applicationProperties);
  const { entries } = scanMap(wire, section?.value ?? expect.fail('there are application properties'));
  return Object.fromEntries(entries.map(({ key, value, end }) => [key, wire.toString('hex', value, end)]));
}

describe('a client that signs in', () => {
  it.each([
    ['as nobody', { username: 'anybody' }],
    ['with name and password', { username: 'RootManageSharedAccessKey', password: 'SAS_KEY_VALUE' }],
    [
      'by MSSBCBS, with tokens to follow',
      {
        sasl_mechanisms: {
          MSSBCBS: () => ({
            start: (next: (error: undefined, response: string) => void) => next(undefined, ''),
          }),
        },
      },
    ],
  ])('%s is let in', async (_how, options) => {
    const broker = await aBroker();
    const sender = connected(broker.port, options).open_sender('q');
    await once(sender, 'sendable');
    sender.send({ body: 'x' });
    await once(sender, 'accepted');
    expect(countsOf(broker).active).toBe(1);
  });
});

describe('a link', () => {
  it.each(['$cbs', 'q/$management', 'q'])(
    'to %s is answered with the settle mode that was asked for',
    async (address) => {
      const broker = await aBroker();
      const connection = connected(broker.port);
      for (const snd_settle_mode of [0, 1, 2] as const) {
        const sender = connection.open_sender({ target: address, snd_settle_mode });
        await once(sender, 'sender_open');
        const receiver = connection.open_receiver({ source: address, target: 'reply', snd_settle_mode });
        await once(receiver, 'receiver_open');
        const modes = [sender, receiver].map((link) => Reflect.get(link, 'remote').attach.snd_settle_mode);
        expect(modes).toEqual([snd_settle_mode, snd_settle_mode]);
      }
    },
  );

  it('whose requests come settled has them answered', async () => {
    const broker = await aBroker();
    const connection = connected(broker.port);
    const receiver = connection.open_receiver({ source: '$cbs', target: 'reply', snd_settle_mode: 1 });
    const sender = connection.open_sender({ target: '$cbs', snd_settle_mode: 1 });
    await once(sender, 'sendable');
    for (const id of ['m1', 'm2']) {
      const answer = once(receiver, 'message');
      sender.send({
        message_id: id,
        reply_to: 'reply',
        application_properties: { operation: 'put-token' },
        body: '',
      });
      const [{ message }] = await answer;
      expect([message.correlation_id, message.application_properties['status-code']]).toEqual([id, 202]);
    }
  });
});

describe('the AMQP types', () => {
  const symbol = (text: string) =>
    Buffer.from(`\xa3${String.fromCharCode(text.length)}${text}`, 'latin1').toString('hex');

  it('of an error of $management are symbols', async () => {
    const broker = await aBroker();
    const connection = connected(broker.port);
    const receiver = connection.open_receiver({ source: 'q/$management', target: 'reply' });
    const sender = connection.open_sender('q/$management');
    await once(sender, 'sendable');
    const answer = nextRaw(receiver);
    sender.send({
      message_id: 'm',
      reply_to: 'reply',
      application_properties: { operation: 'com.microsoft:cancel-scheduled-message' },
      body: { 'sequence-numbers': rhea.types.wrap_array([99], 0x81, undefined) },
    });
    expect(encodedProperties(await answer)).toMatchObject({
      errorCondition: symbol('com.microsoft:message-not-found'),
      'error-condition': symbol('com.microsoft:message-not-found'),
    });
  });

  const { wrap_int, wrap_long, wrap_timestamp } = rhea.types;
  const changes = {
    int: wrap_int(5),
    negative: wrap_int(-70_000),
    long: wrap_long(5),
    time: wrap_timestamp(1),
  };
  const kept = { int: '5405', negative: '71fffeee90', long: '5505', time: '830000000000000001' };

  it('of properties that change when a message is abandoned are kept', async () => {
    const state = { delivery_failed: true, undeliverable_here: false, message_annotations: changes };
    const broker = await aBroker();
    const connection = connected(broker.port);
    const sender = connection.open_sender('q');
    await once(sender, 'sendable');
    sender.send({ body: 'x', application_properties: { other: 'stays' } });
    const receiver = connection.open_receiver({ source: 'q', autoaccept: false, credit_window: 0 });
    receiver.add_credit(1);
    const [{ delivery }] = await once(receiver, 'message');
    delivery.modified(state);
    const again = nextRaw(receiver);
    receiver.add_credit(1);
    expect(encodedProperties(await again)).toMatchObject({ ...kept, other: 'a1057374617973' });
  });
});
