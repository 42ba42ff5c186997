import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFunctionsCore, type FunctionsCore } from '../../dev/functions-local/core/functions-core.ts';
import { httpInput, serviceBusInput, toResponse } from '../../dev/functions-local/inputs.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { StoreUnavailable } from '../../shared/ports/store-errors.ts';
import { laterIfAway } from '../../shared/use-cases/delivery/later.ts';
import { publishEvents } from '../../shared/use-cases/intake/publish-events.ts';
import { aWorld, queueAway, type World } from '../support/world.ts';

// What common producers really put into a body, and what becomes of it.
let core: FunctionsCore;
let world: World = aWorld();

beforeAll(async () => {
  core = createFunctionsCore();
  await core.load(async () => {
    const { app } = await import('@azure/functions');
    const [{ events }, { publish }] = await Promise.all([
      import('../../functions/events.ts'),
      import('../../functions/publish.ts'),
    ]);
    app.serviceBusQueue('events', {
      connection: 'C',
      queueName: 'q',
      handler: (body, context) =>
        events({ ...world, queue: world.events, laterIfAway: laterIfAway(world) })(body, context),
    });
    app.http('publish', {
      methods: ['POST'],
      handler: (request, context) => publish({ publish: publishEvents(world) })(request, context),
    });
  });
});
afterAll(() => core.terminate());
beforeEach(() => {
  world = aWorld();
});

const data = { to: { everyone: true }, text: 'grüße' };
const event = {
  specversion: '1.0',
  type: 'notification.requested',
  source: 'urn:t',
  id: 'e1',
  datacontenttype: 'application/json',
  data,
};
const json = JSON.stringify(event);
const { data: _data, ...withoutData } = event;
const accepted = () => world.notifications.findNotification(notificationId('urn:t', 'e1'));
const parked = async () => (await world.parking.listParked({ limit: 10 })).items;

const bodies: readonly (readonly [string, string])[] = [
  ['JSON after a byte order mark', `\ufeff${json}`],
  ['JSON in a JSON string', JSON.stringify(json)],
  ['JSON with a byte order mark in a JSON string', JSON.stringify(`\ufeff${json}`)],
  ['JSON in a JSON string in a JSON string', JSON.stringify(JSON.stringify(json))],
  [
    'data_base64',
    JSON.stringify({ ...withoutData, data_base64: Buffer.from(JSON.stringify(data)).toString('base64') }),
  ],
  ['text/json', JSON.stringify({ ...event, datacontenttype: 'text/json; charset=utf-8' })],
  [
    'a media type that ends in +json',
    JSON.stringify({ ...event, datacontenttype: 'application/vnd.acme.v1+json' }),
  ],
];

describe('from the queue', () => {
  it.each(bodies)('%s is accepted', async (_what, body) => {
    await core.invoke('events', serviceBusInput({ body: Buffer.from(body) }));
    expect(await parked()).toEqual([]);
    expect(await accepted()).toMatchObject({ data });
  });

  const attributes = {
    'cloudEvents:specversion': '1.0',
    'cloudEvents:type': event.type,
    'cloudEvents:source': event.source,
    'cloudEvents:id': event.id,
  };

  it('binary mode with an AMQP timestamp as its time is accepted, with that time', async () => {
    const time = new Date(world.clock.now() - 60_000);
    const applicationProperties = { ...attributes, 'cloudEvents:time': time };
    await core.invoke('events', serviceBusInput({ body: data, applicationProperties }));
    expect(await accepted()).toMatchObject({ data, time: time.getTime() });
  });

  it.each([
    ['a field specversion', { ...data, specversion: '7' }],
    ['another event', { ...event, ...data, id: 'e2' }],
  ])('binary mode whose data has %s stays data', async (_what, body) => {
    await core.invoke('events', serviceBusInput({ body, applicationProperties: attributes }));
    expect(await parked()).toEqual([]);
    expect(await accepted()).toMatchObject({ eventId: 'e1', data: body });
  });

  it.each([
    [
      'says so',
      {
        contentType: 'application/cloudevents+json; charset=utf-8',
        applicationProperties: { ...attributes, 'cloudEvents:id': 'other' },
      },
    ],
    ['names the same event', { applicationProperties: attributes }],
    ['stands beside less than an event', { applicationProperties: { cloudEvents_id: 'other' } }],
  ])('an envelope that %s is the event, whatever attributes come with it', async (_what, message) => {
    await core.invoke('events', serviceBusInput({ body: event, ...message }));
    expect(await accepted()).toMatchObject({ data });
  });

  it.each([
    ['', 'it is empty'],
    ['hello', 'it is text that is not JSON ('],
    ['{"specversion":', 'it is text that is not JSON ('],
    ['<event/>', 'it is XML or HTML'],
    [Buffer.from('{"a":"\xfc"', 'latin1'), 'a byte at character 7 that is not UTF-8'],
    [Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]), 'compressed with gzip'],
    ['[1,2]', 'a list of 2; send each'],
    ['7', 'it is the number 7'],
    ['null', 'it is null'],
    [[json, 1, 2, 3, 4].reduce((text) => JSON.stringify(text)), 'JSON inside text, several times over'],
  ])('%j is parked with what is wrong with it', async (body, message) => {
    await core.invoke('events', serviceBusInput({ body }));
    expect((await parked())[0]?.faults).toEqual([{ path: '', message: expect.stringContaining(message) }]);
  });

  it.each([
    ['data_base64', { data_base64: '%%%' }, 'encoded in base64'],
    ['data_base64', { data_base64: Buffer.from([0xff, 0xff]).toString('base64') }, 'as UTF-8'],
    ['data_base64', { data_base64: Buffer.from('[1]').toString('base64') }, 'a list of 1'],
    ['data_base64', { data, data_base64: 'e30=' }, 'beside "data"'],
    ['data', { data: 'x' }, 'text that is not JSON'],
    ['datacontenttype', { data, datacontenttype: 'text/plain' }, 'text/json'],
  ])('a bad %s is named: %j', async (path, fields, message) => {
    await core.invoke('events', serviceBusInput({ body: { ...withoutData, ...fields } }));
    expect((await parked())[0]?.faults).toMatchObject([{ path, message: expect.stringContaining(message) }]);
  });
});

describe('a body that is not UTF-8', () => {
  const bytes = Buffer.from('{"text":"gr\xfc\xdfe"', 'latin1');
  const broken = () => serviceBusInput({ body: bytes, sequenceNumber: '41' });

  it('is parked with its bytes, which the queue still has', async () => {
    world.events.bodies.set(41, bytes);
    await core.invoke('events', broken());
    expect(await parked()).toMatchObject([
      { original: bytes.toString('utf8'), bytes: new Uint8Array(bytes) },
    ]);
  });

  it('is parked as it was read when the queue has it no more, or another one of that number', async () => {
    await core.invoke('events', broken());
    expect(await parked()).toEqual([expect.not.objectContaining({ bytes: expect.anything() })]);
    world.events.bodies.set(41, Buffer.from('another message \xff', 'latin1'));
    await core.invoke('events', broken());
    expect(await parked()).toEqual([expect.not.objectContaining({ bytes: expect.anything() })]);
  });

  it('two of which read alike are two', async () => {
    for (const last of [0xfe, 0xff]) {
      const body = Buffer.concat([bytes, Buffer.of(last)]);
      world.events.bodies.set(41, body);
      await core.invoke('events', serviceBusInput({ body, sequenceNumber: '41' }));
    }
    expect(await parked()).toHaveLength(2);
  });

  it('keeps its bytes also when the store is away', async () => {
    world.events.bodies.set(41, bytes);
    world.watch.failNext('parking.parkItem', {
      error: new StoreUnavailable('put', new Error()),
      when: 'before',
    });
    await core.invoke('events', broken());
    expect(world.events.waiting).toMatchObject([{ message: { bytes: new Uint8Array(bytes) } }]);
  });

  it('stays on the queue while the queue cannot give its bytes', async () => {
    world.events.bytesOf = () => Promise.reject(queueAway);
    await expect(core.invoke('events', broken())).rejects.toThrow('did not take the message');
    expect(world.events.waiting).toEqual([]);
    expect(await parked()).toEqual([]);
  });
});

describe('over HTTP', () => {
  const post = async (body: string | Uint8Array, headers = {}) => {
    const outcome = await core.invoke('publish', httpInput({ method: 'POST', headers, body }));
    const response = toResponse(outcome);
    return [response.status, await response.json()] as const;
  };

  it.each(bodies)('%s is accepted', async (_what, body) => {
    expect(await post(body, { 'content-type': 'application/cloudevents+json' })).toEqual([
      202,
      { ids: [notificationId('urn:t', 'e1')] },
    ]);
    expect(world.events.waiting).toMatchObject([{ message: { event: { data } } }]);
  });

  it('binary mode takes data in a JSON string, and data with a field specversion', async () => {
    const headers = { 'ce-id': 'e1', 'ce-source': 'urn:t', 'ce-specversion': '1.0', 'ce-type': event.type };
    expect((await post(JSON.stringify(JSON.stringify(data)), headers))[0]).toBe(202);
    expect((await post(JSON.stringify({ ...data, specversion: '7' }), headers))[0]).toBe(202);
    expect(world.events.waiting).toMatchObject([
      { message: { event: { data } } },
      { message: { event: { data: { specversion: '7' } } } },
    ]);
  });

  it.each([
    ['hello', 'text that is not JSON'],
    ['<event/>', 'XML or HTML'],
    [Buffer.from('{"a":"\xfc"', 'latin1'), 'not UTF-8'],
  ])('%j is refused with what is wrong with it', async (body, message) => {
    expect(await post(body)).toMatchObject([
      400,
      { error: 'invalid-request', faults: [{ path: '', message: expect.stringContaining(message) }] },
    ]);
  });
});
