import { ServiceBusClient as Client, type ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emulatorConfiguration } from '../../../dev/servicebus-emulator/configuration.ts';
import { startBroker } from '../../../dev/servicebus-local/broker.ts';
import { parseConfig } from '../../../dev/servicebus-local/config.ts';
import { connectQueues } from '../../../shared/adapters/service-bus/connect.ts';
import type { ServiceBusQueues } from '../../../shared/adapters/service-bus/service-bus-queues.ts';
import { systemClock } from '../../../shared/adapters/system/system-clock.ts';
import { parseCalls, parseWakeUpCall } from '../../../shared/domain/delivery/wake-up-call.ts';
import { parseCloudEvent } from '../../../shared/domain/event/cloud-event.ts';
import { queues as manifestQueues } from '../../../shared/manifest.ts';
import { QueueUnavailable } from '../../../shared/ports/queues.ts';
import { aNotification, anEvent, aWakeUpCall } from '../../support/builders.ts';

let broker: Awaited<ReturnType<typeof startBroker>>;
let client: ServiceBusClient;
let queues: ServiceBusQueues;
const manifest = parseConfig(JSON.stringify(emulatorConfiguration(manifestQueues)), 'the manifest');
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const connectionTo = (port: number) =>
  `Endpoint=sb://localhost:${port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true;`;

beforeAll(async () => {
  broker = await startBroker({ port: 0, queues: manifest });
  client = new Client(connectionTo(broker.port));
  queues = await connectQueues({ kind: 'connectionString', value: connectionTo(broker.port) }, systemClock);
});
afterAll(async () => {
  await client?.close();
  await queues?.close();
  await broker?.close();
});

async function receive(queue: string, count: number) {
  const receiver = client.createReceiver(queue, { receiveMode: 'receiveAndDelete' });
  const messages = [];
  while (messages.length < count) {
    const more = await receiver.receiveMessages(count - messages.length, { maxWaitTimeInMs: 5000 });
    if (more.length === 0) break;
    messages.push(...more);
  }
  await receiver.close();
  return messages;
}

describe('outcomes', () => {
  it('arrive as CloudEvents, and a copy is swallowed', async () => {
    const event = anEvent({ type: 'survey.answered', source: '/answers', data: { choice: 'Yes' } });
    await queues.outcomes.publishOutcomes([event]);
    await queues.outcomes.publishOutcomes([event]);
    const messages = await receive('outcomes', 1);
    expect(messages.map(({ contentType }) => contentType)).toEqual(['application/cloudevents+json']);
    expect(parseCloudEvent(messages[0]?.body)).toEqual({ ok: true, value: event });
    const [first] = await client.createReceiver('outcomes').peekMessages(1);
    expect(first).toBeUndefined();
  });
});

describe('how much is on the queues', () => {
  it('is said of those that the app takes from: what waits, since when, what is dead; what is scheduled waits for its time', async () => {
    const before = systemClock.now();
    await client.createSender('jobs').sendMessages([{ body: 'a' }, { body: 'b' }, { body: 'c' }]);
    await queues.jobs.sendJobs([]);
    const later = new Date(systemClock.now() + 60_000);
    const [number] = await client.createSender('jobs').scheduleMessages([{ body: 'later' }], later);
    const receiver = client.createReceiver('jobs');
    const [first] = await receiver.receiveMessages(1);
    if (first !== undefined) await receiver.deadLetterMessage(first);
    const figures = await queues.figures.figures();
    expect(figures.map(({ queue }) => queue)).toEqual(['events', 'deliveries', 'jobs']);
    const jobs = figures.find(({ queue }) => queue === 'jobs');
    expect(jobs).toEqual({ queue: 'jobs', waiting: 2, oldestAt: expect.any(Number), deadLetters: 1 });
    expect(jobs?.oldestAt).toBeGreaterThanOrEqual(before - 1000);
    expect(jobs?.oldestAt).toBeLessThanOrEqual(systemClock.now());
    await receiver.close();
    if (number !== undefined) await client.createSender('jobs').cancelScheduledMessages([number]);
    // Nothing was taken.
    expect(await receive('jobs', 2)).toHaveLength(2);
  });

  it('is counted up to a few hundred, and said to be more', async () => {
    const sender = client.createSender('events');
    const messages = Array.from({ length: 1100 }, (_one, index) => ({ body: index }));
    for (let sent = 0; sent < messages.length; sent += 275)
      await sender.sendMessages(messages.slice(sent, sent + 275));
    const [events] = await queues.figures.figures();
    expect(events).toMatchObject({ queue: 'events', atLeast: true });
    expect(events?.waiting).toBeGreaterThanOrEqual(500);
    expect(events?.waiting).toBeLessThan(1000);
    expect(await receive('events', messages.length)).toHaveLength(messages.length);
  });

  it('cannot be said where the broker is away', async () => {
    const gone = await connectQueues({ kind: 'connectionString', value: connectionTo(1) }, systemClock);
    await expect(gone.figures.figures()).rejects.toThrow(QueueUnavailable);
    await gone.close();
  }, 60_000);
});

describe('wake-up calls', () => {
  it('arrive as they were made, with their trace for the host', async () => {
    const call = aWakeUpCall({ version: 2, traceparent });
    await queues.deliveries.sendCalls([{ message: call }]);
    const [message] = await receive('deliveries', 1);
    expect(parseWakeUpCall(message?.body)).toEqual({ ok: true, value: call });
    expect(message?.applicationProperties).toMatchObject({ 'Diagnostic-Id': traceparent });
  });

  it('become visible at their instant, and not before', async () => {
    const at = systemClock.now() + 600;
    await queues.deliveries.sendCalls([{ message: aWakeUpCall(), at }]);
    const [message] = await receive('deliveries', 1);
    expect(message).toBeDefined();
    expect(systemClock.now()).toBeGreaterThanOrEqual(at);
  });

  it('of one version are swallowed as duplicates, other hops and versions are not', async () => {
    const call = aWakeUpCall();
    for (const message of [call, call, { ...call, hop: 1 }, { ...call, version: 1 }])
      await queues.deliveries.sendCalls([{ message }]);
    expect((await receive('deliveries', 3)).length).toBe(3);
    const receiver = client.createReceiver('deliveries');
    expect(await receiver.peekMessages(10)).toEqual([]);
    await receiver.close();
  });

  it('of one notification that are due together travel in one message, from the first instant on', async () => {
    const { id: notification } = aNotification();
    const at = systemClock.now() + 600;
    const calls = [0, 20, 40].map((delay) => ({
      message: aWakeUpCall({ notification, traceparent }),
      at: at + delay,
    }));
    await queues.deliveries.sendCalls(calls);
    await queues.deliveries.sendCalls(calls);
    const [message] = await receive('deliveries', 1);
    expect(systemClock.now()).toBeGreaterThanOrEqual(at);
    expect(parseCalls(message?.body)).toEqual(calls.map((value) => ({ ok: true, value })));
    expect(message?.applicationProperties).toMatchObject({ 'Diagnostic-Id': traceparent });
    const receiver = client.createReceiver('deliveries');
    expect(await receiver.peekMessages(10)).toEqual([]);
    await receiver.close();
  });

  it('by the hundred go in one send, also when they are more than one message holds', async () => {
    await queues.deliveries.sendCalls(
      Array.from({ length: 1200 }, () => ({ message: aWakeUpCall({ traceparent }) })),
    );
    expect((await receive('deliveries', 1200)).length).toBe(1200);
  });
});

describe('events', () => {
  it('arrive in structured mode', async () => {
    const event = anEvent();
    await queues.events.publishEvents([event]);
    const [message] = await receive('events', 1);
    expect(message?.contentType).toBe('application/cloudevents+json');
    expect(parseCloudEvent(message?.body)).toEqual({ ok: true, value: event });
  });

  it('that are put back have their body and attributes as they came', async () => {
    const event = { original: '{"broken":', properties: { cloudEvents_type: 't' } };
    await queues.events.putBackEvent(event, systemClock.now());
    const [message] = await receive('events', 1);
    expect(Buffer.from(message?.body).toString()).toBe(event.original);
    expect(message?.applicationProperties).toMatchObject(event.properties);
  });

  it('give the bytes of one that is on the queue, locked or not, and of no other', async () => {
    const sender = client.createSender('events');
    const bodies = ['{"a":1}', '\xff\xfe', 'text'].map((text) => Buffer.from(text, 'latin1'));
    await sender.sendMessages(bodies.map((body) => ({ body })));
    const receiver = client.createReceiver('events', { skipParsingBodyAsJson: true });
    const locked = await receiver.receiveMessages(1, { maxWaitTimeInMs: 5000 });
    const from = locked[0]?.sequenceNumber?.toNumber() ?? expect.fail('a message came');
    for (const [index, body] of bodies.entries()) {
      expect(Buffer.from((await queues.events.bytesOf(from + index)) ?? []).equals(body)).toBe(true);
    }
    expect(await queues.events.bytesOf(from + 3)).toBeUndefined();
    expect(await queues.events.bytesOf(from - 1)).toBeUndefined();
    await receiver.close();
    await sender.close();
    await receive('events', 3);
  });

  it('that are put back are the bytes that came, also where these are no UTF-8', async () => {
    const bytes = Buffer.from('gr\xfc\xdfe', 'latin1');
    await queues.events.putBackEvent({ original: bytes.toString('utf8'), bytes }, systemClock.now());
    const receiver = client.createReceiver('events', {
      receiveMode: 'receiveAndDelete',
      skipParsingBodyAsJson: true,
    });
    const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 5000 });
    await receiver.close();
    expect(Buffer.from(message?.body).equals(bytes)).toBe(true);
  });
});

it('a broker that is away is told apart by name', async () => {
  const gone = await startBroker({ port: 0, queues: manifest });
  await gone.close();
  const away = await connectQueues({ kind: 'connectionString', value: connectionTo(gone.port) }, systemClock);
  await expect(away.deliveries.sendCalls([{ message: aWakeUpCall() }])).rejects.toBeInstanceOf(
    QueueUnavailable,
  );
  await away.close();
});
