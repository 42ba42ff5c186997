import { randomUUID } from 'node:crypto';
import { ServiceBusClient, type ServiceBusMessage } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stack, startStack } from '../../dev/stack/stack.ts';
import { ChatPerson, eventually } from './person.ts';

let stack: Stack;
let upstream: ServiceBusClient;

beforeAll(async () => {
  stack = await startStack({
    channelArgs: ['--no-limits'],
    env: { NOTIFIER_REQUESTS_PER_SECOND: '200', NOTIFIER_BURST: '100/1s' },
  });
  upstream = new ServiceBusClient(stack.addresses.serviceBus);
});

afterAll(async () => {
  await upstream?.close();
  await stack?.stop();
});

const api = (path: string) => `${stack.addresses.functions}/api/${path}`;
const channel = () => {
  const { channel: address } = stack.addresses;
  if (address === undefined) throw new Error('this stack has no channel');
  return address;
};

async function publish(event: object, message: Partial<ServiceBusMessage> = {}): Promise<void> {
  const sender = upstream.createSender('events');
  await sender.sendMessages({ contentType: 'application/cloudevents+json', body: event, ...message });
  await sender.close();
}

function requested(data: object) {
  return {
    specversion: '1.0',
    type: 'notification.requested',
    source: 'urn:journey',
    id: randomUUID(),
    data,
  };
}

async function report(event: { readonly source: string; readonly id: string }) {
  const query = new URLSearchParams({ source: event.source, id: event.id, recipients: '1' });
  const answer = await fetch(`${api('notifications')}?${query}`);
  return answer.ok
    ? ((await answer.json()) as { complete: boolean; outcomes: object; recipients: object[] })
    : undefined;
}

async function parkedReasons(): Promise<readonly string[]> {
  const { TableClient } = await import('@azure/data-tables');
  const table = TableClient.fromConnectionString(stack.addresses.tables, 'parked', {
    allowInsecureConnection: true,
  });
  const reasons: string[] = [];
  for await (const row of table.listEntities<{ reason: string }>()) reasons.push(row.reason);
  return reasons;
}

describe('a person and an upstream service', () => {
  it('meet: hello, an event on the queue, and the message in the same conversation', async () => {
    const ana = await ChatPerson.arrives(channel(), 'dl_journey_ana');
    await ana.says('hello');
    await ana.hears('Hello dl\\_journey\\_ana, good to meet you! I know where to reach you now');
    const event = requested({ to: { everyone: true }, text: 'The **canteen** closes at 14:00' });
    await publish(event);
    await ana.hears('The **canteen** closes at 14:00');
    await eventually('the report', async () => (await report(event))?.complete === true);
    expect(await report(event)).toMatchObject({ outcomes: { delivered: 1 } });
  });

  it('an event that comes five times is told once', async () => {
    const ben = await ChatPerson.arrives(channel(), 'dl_journey_ben');
    await ben.says('hello');
    await ben.hears('Hello');
    const event = requested({ to: { user: ben.id }, text: 'once' });
    for (let copy = 0; copy < 5; copy += 1) await publish(event);
    await ben.hears('once');
    const last = requested({ to: { user: ben.id }, text: 'after it' });
    await publish(last);
    await ben.hears('after it');
    expect((await ben.texts()).filter((text) => text === 'once').length).toBe(1);
  });

  it('a topic reaches who subscribed to it or to what is above it, with a card, and nobody else', async () => {
    const [wide, narrow, other] = await Promise.all(
      ['wide', 'narrow', 'other'].map((name) => ChatPerson.arrives(channel(), `dl_journey_${name}`)),
    );
    if (wide === undefined || narrow === undefined || other === undefined)
      throw new Error('three people are needed');
    await wide.says('subscribe builds');
    await narrow.says('subscribe builds/web');
    await other.says('subscribe builds/api');
    for (const person of [wide, narrow, other]) await person.hears('Done.');
    await publish({
      specversion: '1.0',
      type: 'build.finished',
      source: 'urn:ci',
      id: randomUUID(),
      data: { pipeline: 'Web', number: 7, status: 'failed', url: 'https://builds.example/7' },
    });
    await wide.hears('Build Web #7 failed');
    await narrow.hears('Build Web #7 failed');
    const shown = (await wide.sees()).find(({ summary }) => summary?.startsWith('Build Web #7'));
    expect(shown?.attachments?.[0]?.contentType).toBe('application/vnd.microsoft.card.adaptive');
    expect((await other.texts()).some((text) => text.startsWith('Build'))).toBe(false);
  });

  it('a topic without subscribers is a success that reaches nobody', async () => {
    const event = requested({ to: { topic: 'nobody/cares' }, text: 'quiet' });
    await publish(event);
    await eventually('the report', async () => (await report(event))?.complete === true);
    expect(await report(event)).toMatchObject({ complete: true, outcomes: {}, recipients: [] });
  });

  it('whoever was never met is reported as no such recipient, while the rest is told', async () => {
    const cleo = await ChatPerson.arrives(channel(), 'dl_journey_cleo');
    await cleo.says('hello');
    await cleo.hears('Hello');
    const event = requested({
      to: [{ user: cleo.id }, { user: 'dl_never_seen' }],
      text: 'to whom it concerns',
    });
    await publish(event);
    await cleo.hears('to whom it concerns');
    await eventually('the report', async () => (await report(event))?.complete === true);
    expect((await report(event))?.outcomes).toEqual({ delivered: 1, 'no-such-recipient': 1 });
  });

  it('CloudEvents in AMQP binary mode arrive too, with either prefix', async () => {
    const dora = await ChatPerson.arrives(channel(), 'dl_journey_dora');
    await dora.says('hello');
    await dora.hears('Hello');
    for (const prefix of ['cloudEvents_', 'cloudEvents:']) {
      const attributes = {
        specversion: '1.0',
        type: 'notification.requested',
        source: 'urn:amqp',
        id: randomUUID(),
      };
      const applicationProperties = Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [`${prefix}${name}`, value]),
      );
      await publish(
        { to: { user: dora.id }, text: `binary ${prefix}` },
        { contentType: 'application/json', applicationProperties },
      );
      await dora.hears(`binary ${prefix}`);
    }
  });
});

describe('what cannot be used', () => {
  it('is parked with its reason, and the next good event is delivered', async () => {
    const eve = await ChatPerson.arrives(channel(), 'dl_journey_eve');
    await eve.says('hello');
    await eve.hears('Hello');
    const bad: readonly (readonly [unknown, Partial<ServiceBusMessage>])[] = [
      [{ specversion: '1.0', type: 'no.such.kind', source: 's', id: '1', data: {} }, {}],
      ['{"specversion": "1.0", broken', {}],
      [
        {
          specversion: '1.0',
          type: 'notification.requested',
          source: 's',
          id: '2',
          data: { to: { everyone: true } },
        },
        {},
      ],
      ['', {}],
      [requested({ to: { everyone: true }, text: 'x'.repeat(250 * 1024) }), {}],
      [requested({ to: { nobody: true }, text: 'x' }), {}],
    ];
    for (const [body, message] of bad) await publish({}, { ...message, body });
    await publish(requested({ to: { user: eve.id }, text: 'still here' }));
    await eve.hears('still here');
    await eventually('all to be parked', async () => (await parkedReasons()).length >= bad.length + 1);
    expect([...(await parkedReasons())].sort()).toEqual([
      'invalid-data',
      'invalid-data',
      'invalid-envelope',
      'invalid-envelope',
      'no-such-recipient',
      'too-large',
      'unknown-type',
    ]);
  });

  it('is refused over HTTP with every fault, and nothing is queued', async () => {
    const post = (body: string, contentType = 'application/cloudevents+json') =>
      fetch(api('events'), { method: 'POST', headers: { 'content-type': contentType }, body });
    for (const body of [
      '',
      '{',
      '[]',
      '{}',
      JSON.stringify(requested({ text: 'x' })),
      JSON.stringify(requested({ to: { everyone: true }, text: 'x'.repeat(1024 * 1024) })),
    ]) {
      const answer = await post(body);
      expect([answer.status, body.slice(0, 20)]).toEqual([400, body.slice(0, 20)]);
      expect(await answer.json()).toMatchObject({
        faults: expect.arrayContaining([expect.objectContaining({ message: expect.any(String) })]),
      });
    }
  });

  it('over HTTP a good event, a batch and binary mode are taken', async () => {
    const fay = await ChatPerson.arrives(channel(), 'dl_journey_fay');
    await fay.says('hello');
    await fay.hears('Hello');
    const event = (text: string) => requested({ to: { user: fay.id }, text });
    const one = await fetch(api('events'), {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event('by http')),
    });
    expect([one.status, await one.json()]).toEqual([202, { ids: [expect.stringMatching(/^[\w-]{43}$/)] }]);
    const batch = await fetch(api('events'), {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: JSON.stringify([event('batch 1'), event('batch 2')]),
    });
    expect(((await batch.json()) as { ids: string[] }).ids.length).toBe(2);
    const binary = await fetch(api('events'), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'ce-specversion': '1.0',
        'ce-type': 'notification.requested',
        'ce-source': 'urn:http',
        'ce-id': randomUUID(),
      },
      body: JSON.stringify({ to: { user: fay.id }, text: 'binary' }),
    });
    expect(binary.status).toBe(202);
    for (const text of ['by http', 'batch 1', 'batch 2', 'binary']) await fay.hears(text);
  });

  it('an activity that is none gets 400 and stores nothing', async () => {
    const good = {
      type: 'message',
      id: '1',
      channelId: 'test',
      serviceUrl: channel(),
      from: { id: 'u' },
      recipient: { id: 'b' },
      conversation: { id: 'c' },
      text: 'hello',
    };
    const post = (body: unknown) =>
      fetch(api('messages'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    for (const missing of ['type', 'channelId', 'serviceUrl', 'conversation', 'from'] as const) {
      const { [missing]: _left, ...rest } = good;
      expect([missing, (await post(rest)).status]).toEqual([missing, 400]);
    }
    for (const body of ['', '{', '7', '[]', 'null']) expect((await post(body)).status).toBe(400);
  });
});

describe('the parts', () => {
  it('say how they are', async () => {
    const answer = await fetch(api('health'));
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { status: 'ok', parts: { tables: 'ok', queue: 'ok' }, version: expect.stringMatching(/^\d+\.\d+/) },
    ]);
    expect((await fetch(api(`notifications/${'x'.repeat(43)}`))).status).toBe(404);
  });

  it('come back when they die, and nothing is lost meanwhile', async () => {
    const gus = await ChatPerson.arrives(channel(), 'dl_journey_gus');
    await gus.says('hello');
    await gus.hears('Hello');
    await stack.kill('functions', 'SIGKILL');
    await publish(requested({ to: { user: gus.id }, text: 'while you were away' }));
    await stack.waitUntilRestarted('functions');
    await gus.hears('while you were away');
    await stack.kill('broker', 'SIGKILL');
    await stack.waitUntilRestarted('broker');
    await publish(requested({ to: { user: gus.id }, text: 'after the broker' }));
    await gus.hears('after the broker');
  });
});
