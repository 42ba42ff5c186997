import { app, type ServiceBusQueueHandler } from '@azure/functions';
import rhea from 'rhea';
import { afterEach, describe, expect, it } from 'vitest';
import { type FunctionsHost, startHost } from '../../host.ts';
import { type Orders, sendAmqp, startOrders } from '../queues.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function orders(...options: Parameters<typeof startOrders>): Promise<Orders> {
  const started = await startOrders(...options);
  opened.push(started.close);
  return started;
}

interface Running {
  host: FunctionsHost;
  lines: string[];
  /** Settles with the first log line that holds `text`. */
  line(text: string): Promise<string>;
}

async function hostOf(
  connection: string,
  handler: ServiceBusQueueHandler,
  { serviceBus = {}, queueName = 'orders' }: { serviceBus?: object; queueName?: string } = {},
): Promise<Running> {
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  const host = await startHost({
    app: () => app.serviceBusQueue('orders', { connection: 'OrdersConnection', queueName, handler }),
    port: 0,
    env: { OrdersConnection: connection },
    hostJson: { version: '2.0', extensions: { serviceBus } },
    write: (line) => {
      lines.push(line);
      for (const each of watchers) each();
    },
  });
  opened.push(host.stop);
  const line = (text: string) =>
    new Promise<string>((resolve) => {
      const look = () => {
        const found = lines.find((each) => each.includes(text));
        if (found !== undefined) resolve(found);
      };
      watchers.add(look);
      look();
    });
  return { host, lines, line };
}

/** A handler that keeps what it is called with, and settles `count` calls later. */
function recorder() {
  const seen: { body: unknown; metadata: Record<string, unknown> }[] = [];
  let wake = () => {};
  const handler: ServiceBusQueueHandler = (body, context) => {
    seen.push({ body, metadata: context.triggerMetadata ?? {} });
    wake();
  };
  const saw = async (count: number) => {
    while (seen.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return seen;
  };
  return { handler, seen, saw };
}

describe('a Service Bus function', () => {
  it('gets the message with its metadata, and it leaves the queue', async () => {
    const { broker, send, drained } = await orders();
    const { handler, saw } = recorder();
    await hostOf(broker.connectionString, handler);
    await send({
      body: { a: [1] },
      messageId: 'm-1',
      subject: 's',
      correlationId: 'c-1',
      applicationProperties: { Kind: 'x' },
    });
    const [first] = await saw(1);
    expect(first?.body).toEqual({ a: [1] });
    expect(first?.metadata).toMatchObject({
      messageId: 'm-1',
      subject: 's',
      correlationId: 'c-1',
      deliveryCount: 1,
      sequenceNumber: 1,
      lockToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
      enqueuedTimeUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+$/),
      applicationProperties: { kind: 'x' },
    });
    await drained();
  });

  it('can be run by hand with a text of its own', async () => {
    const { broker } = await orders();
    const { handler, saw } = recorder();
    const { host } = await hostOf(broker.connectionString, handler);
    const body = JSON.stringify({ input: '{"byHand":true}' });
    expect((await fetch(`${host.baseUrl}/admin/functions/orders`, { method: 'POST', body })).status).toBe(
      202,
    );
    expect(await saw(1)).toMatchObject([{ body: { byHand: true }, metadata: { deliveryCount: 1 } }]);
  });

  it('gets text as it was sent: the body of another client is not quoted', async () => {
    const { broker, send } = await orders();
    const { handler, saw } = recorder();
    await hostOf(broker.connectionString, handler);
    await send({ body: Buffer.from('plain text'), contentType: 'application/json' });
    expect((await saw(1))[0]?.body).toBe('plain text');
  });

  it('gets several data sections as one body', async () => {
    const { broker } = await orders();
    const { handler, saw } = recorder();
    await hostOf(broker.connectionString, handler);
    const body = rhea.message.data_sections([
      Buffer.from('{"a":"\xc3', 'latin1'),
      Buffer.from('\xbc"}', 'latin1'),
    ]);
    await sendAmqp(broker.port, 'orders', { body });
    expect((await saw(1))[0]?.body).toEqual({ a: 'ü' });
  });

  it('sees an AMQP timestamp among the application properties as date and time', async () => {
    const { broker } = await orders();
    const { handler, saw } = recorder();
    await hostOf(broker.connectionString, handler);
    const time = rhea.types.wrap_timestamp(Date.UTC(2026, 8, 21, 14, 13, 20));
    await sendAmqp(broker.port, 'orders', { body: 'x', application_properties: { time } });
    expect((await saw(1))[0]?.metadata.applicationProperties).toEqual({ time: '2026-09-21T14:13:20Z' });
  });

  it('that throws sees the message again at once, with rising counts, until it is dead-lettered', async () => {
    const { broker, send, deadLetter } = await orders({ maxDeliveryCount: 3 });
    const { handler, seen } = recorder();
    await hostOf(broker.connectionString, async (body, context) => {
      await handler(body, context);
      throw new Error('poison');
    });
    await send({ body: 'poison' });
    const { deadLetterReason } = await deadLetter();
    expect(deadLetterReason).toBe('MaxDeliveryCountExceeded');
    expect(seen.map(({ metadata }) => metadata.deliveryCount)).toEqual([1, 2, 3]);
  });

  it('sees its message again when it outlasts the longest renewal', async () => {
    const { broker, send } = await orders({ lockMs: 300 });
    const { handler, saw } = recorder();
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { line } = await hostOf(
      broker.connectionString,
      async (body, context) => {
        await handler(body, context);
        if (context.triggerMetadata?.deliveryCount === 1) await released;
      },
      { serviceBus: { maxAutoLockRenewalDuration: '00:00:00' } },
    );
    await send({ body: 'slow', messageId: 'm-1' });
    expect((await saw(2)).map(({ metadata }) => metadata.deliveryCount)).toEqual([1, 2]);
    release();
    await line('Message "m-1" could not be completed');
  });

  it('keeps its message when it outlasts the lock, also beside another message with the same id', async () => {
    const lockMs = 2000;
    const { broker, send, drained } = await orders({ lockMs });
    const { handler, seen } = recorder();
    await hostOf(broker.connectionString, async (body, context) => {
      await handler(body, context);
      if (body === 'slow') await new Promise((resolve) => setTimeout(resolve, lockMs * 1.2));
    });
    await send({ body: 'slow', messageId: 'same' }, { body: 'quick', messageId: 'same' });
    await drained();
    expect(seen.map(({ body }) => body).toSorted()).toEqual(['quick', 'slow']);
  });

  it('handles maxConcurrentCalls messages at a time, and no more with a prefetch', async () => {
    const { broker, send, drained } = await orders();
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
    };
    await hostOf(broker.connectionString, work, { serviceBus: { maxConcurrentCalls: 3, prefetchCount: 10 } });
    await send(...Array.from({ length: 40 }, (_, index) => ({ index })));
    await drained();
    expect(most).toBe(3);
  });
});

describe('a broker that is away', () => {
  it('is waited for at the start', async () => {
    const first = await startOrders();
    const { port, connectionString } = first.broker;
    await first.close();
    const { handler, saw } = recorder();
    const { line } = await hostOf(connectionString, handler);
    await line('not reachable');
    const { send } = await orders({}, port);
    await send({ body: 'late' });
    expect(await saw(1)).toMatchObject([{ body: 'late' }]);
  });

  it('is told once per outage, not per attempt, and its return once', async () => {
    const first = await startOrders();
    const { port, connectionString } = first.broker;
    const { handler, saw } = recorder();
    const { lines, line } = await hostOf(connectionString, handler);
    await first.send({ body: 'before' });
    await saw(1);
    await first.close();
    await line('not reachable');
    await new Promise((resolve) => setTimeout(resolve, 1100)); // long enough for a second attempt
    const { send } = await orders({}, port);
    await send({ body: 'after' });
    await saw(2);
    await line('receiving again');
    expect(lines.filter((each) => each.includes('Service Bus at'))).toHaveLength(2);
  });

  it('does not hold up the end of the host', async () => {
    const { host, line } = await hostOf(
      'Endpoint=sb://localhost:1;SharedAccessKeyName=k;SharedAccessKey=v;UseDevelopmentEmulator=true;',
      () => {},
    );
    await line('not reachable');
    await host.stop();
  });
});

describe('a Service Bus function that cannot receive', () => {
  it('from a queue that does not exist says so once', async () => {
    const { broker } = await orders();
    const { lines, line } = await hostOf(broker.connectionString, () => {}, { queueName: 'missing' });
    expect(await line('missing')).toContain('[warning]');
    await new Promise((resolve) => setTimeout(resolve, 300)); // long enough for another attempt
    expect(lines.filter((each) => each.includes('missing'))).toHaveLength(1);
  });

  it('because its connection string is none, stops the host', async () => {
    await expect(hostOf('not a connection string', () => {})).rejects.toThrow(
      'The app setting "OrdersConnection" is not a usable connection string',
    );
  });
});

describe('a host that stops', () => {
  it('lets the running function end and completes its message', async () => {
    const { broker, send } = await orders();
    let release = () => {};
    const { handler, saw } = recorder();
    const { host } = await hostOf(broker.connectionString, async (body, context) => {
      await handler(body, context);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    });
    await send({ body: 'running' });
    await saw(1);
    const stopped = host.stop();
    await send({ body: 'not begun' });
    release();
    await stopped;
    const counts = broker.stats().queues.orders;
    expect([counts?.active, counts?.locked]).toEqual([1, 0]);
  });
});
