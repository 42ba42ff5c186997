import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFunctionsCore, type FunctionsCore } from '../../dev/functions-local/core/functions-core.ts';
import { httpInput, serviceBusInput, timerInput, toResponse } from '../../dev/functions-local/inputs.ts';
import { toMessageBody } from '../../shared/domain/delivery/wake-up-call.ts';
import { conversationKey, notificationId } from '../../shared/domain/ids.ts';
import { StoreUnavailable } from '../../shared/ports/store-errors.ts';
import { answerCalls } from '../../shared/use-cases/delivery/answer-calls.ts';
import { laterIfAway } from '../../shared/use-cases/delivery/later.ts';
import { parkMessage } from '../../shared/use-cases/intake/park-message.ts';
import { publishEvents } from '../../shared/use-cases/intake/publish-events.ts';
import { aConversation, aDueReminder } from '../support/builders.ts';
import { aWorld, Crash, queueAway, type World } from '../support/world.ts';

// The handlers behind the real library and its real InvocationContext; what they need is a world of fakes.
let core: FunctionsCore;
let world: World = aWorld();

beforeAll(async () => {
  core = createFunctionsCore();
  await core.load(async () => {
    const { app } = await import('@azure/functions');
    const [events, deliveries, jobs, heartbeat, publish, notifications, health, reminders] =
      await Promise.all([
        import('../../functions/events.ts'),
        import('../../functions/deliveries.ts'),
        import('../../functions/jobs.ts'),
        import('../../functions/heartbeat.ts'),
        import('../../functions/publish.ts'),
        import('../../functions/notifications.ts'),
        import('../../functions/health.ts'),
        import('../../functions/reminders.ts'),
      ]);
    const queue = { connection: 'C', queueName: 'q' };
    const back = () => laterIfAway(world);
    const park = () => parkMessage(world);
    app.serviceBusQueue('events', {
      ...queue,
      handler: (body, context) =>
        events.events({ ...world, queue: world.events, laterIfAway: back() })(body, context),
    });
    app.serviceBusQueue('deliveries', {
      ...queue,
      handler: (body, context) =>
        deliveries.deliveries({
          answer: answerCalls({
            ...world,
            queue: world.deliveries,
            laterIfAway: back(),
            wait: async (delay) => world.clock.advance(delay),
          }),
          parkMessage: park(),
        })(body, context),
    });
    app.serviceBusQueue('jobs', {
      ...queue,
      handler: (body, context) =>
        jobs.jobs({
          walk: world.walk,
          makeList: world.makeList,
          kinds: world.kinds,
          forget: world.forget,
          queue: world.jobs,
          parkMessage: park(),
          laterIfAway: back(),
        })(body, context),
    });
    app.timer('heartbeat', {
      schedule: '0 * * * * *',
      handler: (timer, context) => heartbeat.heartbeat(world)(timer, context),
    });
    app.timer('reminders', {
      schedule: '0 * * * * *',
      handler: (timer, context) => reminders.reminders(world)(timer, context),
    });
    app.http('publish', {
      methods: ['POST'],
      handler: (request, context) => publish.publish({ publish: publishEvents(world) })(request, context),
    });
    app.http('notifications', {
      methods: ['GET'],
      handler: (request, context) => notifications.notifications(world)(request, context),
    });
    app.http('health', {
      handler: (request, context) =>
        health.health({
          check: async () => ({ status: 'failing', parts: { tables: 'ok', queue: 'failing' } }),
        })(request, context),
    });
  });
});
afterAll(() => core.terminate());
beforeEach(() => {
  world = aWorld();
});

const envelope = (data: object) => ({
  specversion: '1.0',
  type: 'notification.requested',
  source: 'urn:t',
  id: 'e1',
  data,
});

async function parked() {
  return (await world.parking.listParked({ limit: 100 })).items;
}

describe('queue events', () => {
  it('turns a CloudEvent into a call for each recipient', async () => {
    const ana = aConversation();
    await world.knows(ana);
    await core.invoke(
      'events',
      serviceBusInput({ body: envelope({ to: { conversation: ana.key }, text: 'hi' }) }),
    );
    expect(world.deliveries.waiting.map(({ message }) => message.conversation)).toEqual([ana.key]);
  });

  it('takes an event that names no time for one of the moment at which it was enqueued', async () => {
    const enqueuedTime = new Date(world.clock.now() - 10 * 60_000);
    const body = envelope({ to: { everyone: true }, text: 'hi' });
    await core.invoke('events', serviceBusInput({ body, enqueuedTime }));
    const stored = await world.notifications.findNotification(notificationId('urn:t', 'e1'));
    expect(stored).toMatchObject({ time: enqueuedTime.getTime(), acceptedAt: world.clock.now() });
  });

  it.each([
    ['of the future', new Date(Date.UTC(2100, 0, 1)), {}],
    ['that is none', new Date(0), { enqueuedTime: 'yesterday' }],
    ['that is a number', new Date(0), { enqueuedTime: 0 }],
  ])('believes no enqueued time %s, whoever wrote it', async (_name, enqueuedTime, forged) => {
    const body = { ...envelope({ to: { everyone: true }, text: 'hi' }), ...forged };
    await core.invoke('events', serviceBusInput({ body, enqueuedTime }));
    const stored = await world.notifications.findNotification(notificationId('urn:t', 'e1'));
    expect(stored?.time).toBe(world.clock.now());
  });

  it('takes binary mode from the application properties, whose first letter the library changes', async () => {
    const ana = aConversation();
    await world.knows(ana);
    await core.invoke(
      'events',
      serviceBusInput({
        body: { to: { conversation: ana.key }, text: 'hi' },
        applicationProperties: {
          'cloudEvents:specversion': '1.0',
          'cloudEvents:type': 'notification.requested',
          'cloudEvents:source': 'urn:t',
          'cloudEvents:id': '12345',
        },
      }),
    );
    expect(world.deliveries.waiting.map(({ message }) => message.notification)).toEqual([
      notificationId('urn:t', '12345'),
    ]);
  });

  it.each([
    ['nothing', '', 'invalid-envelope'],
    ['broken JSON', '{"a":', 'invalid-envelope'],
    ['a number', '123', 'invalid-envelope'],
    ['null', 'null', 'invalid-envelope'],
    ['a list', '[]', 'invalid-envelope'],
    ['an unknown type', JSON.stringify({ ...envelope({}), type: 'x' }), 'unknown-type'],
    ['no recipients', JSON.stringify(envelope({ text: 'hi' })), 'invalid-data'],
    [
      'forged metadata',
      JSON.stringify({ deliveryCount: 99, lockToken: 'x', messageId: 'y', applicationProperties: 'z' }),
      'invalid-envelope',
    ],
  ])('parks %s with its reason and completes the message', async (_name, body, reason) => {
    await core.invoke('events', serviceBusInput({ body }));
    const items = await parked();
    expect(items).toMatchObject([{ reason, kind: 'event' }]);
    expect(items[0]?.faults.length).toBeGreaterThan(0);
  });

  it('keeps the original as it came, so that it can be put right', async () => {
    await core.invoke('events', serviceBusInput({ body: '{"a":' }));
    expect(await parked()).toMatchObject([{ original: '{"a":' }]);
  });

  it('puts the event back when the store is away, and throws when the queue is away too', async () => {
    const ana = aConversation();
    await world.knows(ana);
    const body = envelope({ to: { conversation: ana.key }, text: 'hi' });
    world.watch.failNext('notifications.acceptNotification', {
      error: new StoreUnavailable('insert', new Error()),
      when: 'before',
    });
    await core.invoke('events', serviceBusInput({ body }));
    expect(world.events.waiting).toMatchObject([{ message: { original: JSON.stringify(body) } }]);
    expect(world.events.nextAt).toBeGreaterThan(world.clock.now());

    world.watch.failNext('deliveries.sendCalls', { error: queueAway, when: 'before' });
    world.events.putBackEvent = () => Promise.reject(queueAway);
    await expect(core.invoke('events', serviceBusInput({ body }))).rejects.toThrow(
      'did not take the message',
    );
  });
});

describe('queue deliveries', () => {
  const call = {
    notification: notificationId('urn:t', 'unknown'),
    conversation: conversationKey('msteams', 'x'),
    version: 0,
    hop: 0,
  };

  it('parks what is no wake-up call', async () => {
    for (const body of ['', '{}', '{"call":{}}', '{"call":{"notification":"x"}}']) {
      await core.invoke('deliveries', serviceBusInput({ body }));
    }
    expect((await parked()).map(({ kind, properties }) => [kind, properties?.queue])).toEqual(
      Array.from({ length: 4 }, () => ['message', 'deliveries']),
    );
  });

  it('parks a message in which a call cannot be read, and answers the others', async () => {
    const body = { calls: [{ call }, { call: {} }, { call: { ...call, hop: 1 } }] };
    await core.invoke('deliveries', serviceBusInput({ body: JSON.stringify(body) }));
    expect(await parked()).toMatchObject([
      { kind: 'message', faults: [{ path: 'call.notification' }, {}, {}, {}] },
    ]);
    expect(world.log.of('delivery.unknown-notification')).toHaveLength(2);
  });

  it('reaches nobody for a notification that was never accepted', async () => {
    await core.invoke('deliveries', serviceBusInput({ body: toMessageBody(call) }));
    expect(world.channel.requests).toEqual([]);
    expect(world.log.of('delivery.unknown-notification')).toMatchObject([{ level: 'error' }]);
  });

  it('lets a bug reach the broker, which counts and in the end dead-letters', async () => {
    world.watch.failNext('notifications.findNotification', { error: new Crash('a bug'), when: 'before' });
    await expect(core.invoke('deliveries', serviceBusInput({ body: toMessageBody(call) }))).rejects.toThrow(
      'a bug',
    );
  });

  it('enqueues the call again, later, when the store is away', async () => {
    world.watch.failNext('notifications.findNotification', {
      error: new StoreUnavailable('get', new Error()),
      when: 'before',
    });
    await core.invoke('deliveries', serviceBusInput({ body: toMessageBody(call) }));
    expect(world.deliveries.waiting).toMatchObject([{ message: { ...call, hop: 1 } }]);
    expect(world.deliveries.nextAt).toBeGreaterThan(world.clock.now());
  });
});

it('queue jobs parks what is no job', async () => {
  await core.invoke('jobs', serviceBusInput({ body: '{"job":{"kind":"other"}}' }));
  expect(await parked()).toMatchObject([{ kind: 'message', properties: { queue: 'jobs' } }]);
});

it('the heartbeat leaves its line, by whose absence an operator notices that it stopped', async () => {
  await core.invoke('heartbeat', timerInput({ isPastDue: true }));
  expect(world.log.of('heartbeat')).toMatchObject([
    { fields: { over: 0, revived: 0, failed: 0, late: true } },
  ]);
});

it('the reminders’ timer announces what is due, and says how many and how late', async () => {
  const ada = aConversation();
  await world.knows(ada);
  const at = world.clock.now() + 60_000;
  const due = aDueReminder({ conversation: ada.key, at, occurrence: at });
  await world.reminderIndex.add(due);
  await core.invoke('reminders', timerInput({ isPastDue: true }));
  expect(world.log.of('reminders')).toMatchObject([
    { fields: { announced: 1, lapsed: 0, failed: 0, late: true } },
  ]);
  expect(world.deliveries.waiting).toMatchObject([{ visibleAt: at, message: { conversation: ada.key } }]);
});

describe('over HTTP', () => {
  it('events are taken with 202 and the ids of their notifications', async () => {
    const body = envelope({ to: { everyone: true }, text: 'hi' });
    const outcome = await core.invoke(
      'publish',
      httpInput({ method: 'POST', headers: { 'content-type': 'application/cloudevents+json' }, body }),
    );
    const response = toResponse(outcome);
    expect([response.status, await response.json()]).toEqual([202, { ids: [notificationId('urn:t', 'e1')] }]);
    expect(world.events.waiting).toMatchObject([{ message: { event: { id: 'e1', source: 'urn:t' } } }]);
  });

  it('fields that nothing is done with are named, as far as they are names, and the event is taken', async () => {
    const secret = 'my password is hunter2';
    const given = { to: { everyone: true }, text: 'hi', txet: 'x', [secret]: 1, __proto: 2 };
    const outcome = await core.invoke(
      'publish',
      httpInput({
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents+json' },
        body: envelope(given),
      }),
    );
    const response = toResponse(outcome);
    expect([response.status, await response.json()]).toEqual([
      202,
      {
        ids: [notificationId('urn:t', 'e1')],
        warnings: [
          {
            path: 'data.txet',
            message:
              'is no field of notification.requested and is ignored; known are to, except, text, card, delivery; did you mean text?',
          },
          {
            path: 'data.__proto',
            message:
              'is no field of notification.requested and is ignored; known are to, except, text, card, delivery',
          },
          { path: 'data', message: '1 more fields are unknown and ignored' },
        ],
      },
    ]);
    await core.invoke('events', serviceBusInput({ body: envelope(given) }));
    expect(world.log.of('event.unknown-fields')).toMatchObject([
      { fields: { type: 'notification.requested', count: 3, fields: 'txet __proto' } },
    ]);
    expect(JSON.stringify(world.log.of('event.unknown-fields'))).not.toContain('hunter2');
  });

  it('one bad event of a batch refuses all of it, naming its place', async () => {
    const good = envelope({ to: { everyone: true }, text: 'hi' });
    const outcome = await core.invoke(
      'publish',
      httpInput({
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents-batch+json' },
        body: JSON.stringify([good, { ...good, type: 'buld.finished' }]),
      }),
    );
    const response = toResponse(outcome);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: 'unknown-type',
      faults: [{ path: '[1].type', message: expect.stringMatching(/; did you mean build\.finished\?$/) }],
    });
    expect(world.events.waiting).toEqual([]);
  });

  it('a report is found by id and by source and event id; an unknown one is 404, none at all 400', async () => {
    const ana = aConversation();
    await world.knows(ana);
    await core.invoke(
      'events',
      serviceBusInput({ body: envelope({ to: { conversation: ana.key }, text: 'hi' }) }),
    );
    const id = notificationId('urn:t', 'e1');
    const ask = async (input: Parameters<typeof httpInput>[0]) =>
      toResponse(await core.invoke('notifications', httpInput(input)));
    expect(await (await ask({ params: { id } })).json()).toMatchObject({
      id,
      complete: false,
      pending: { queued: 1 },
    });
    const whole = await ask({ url: '/api/notifications?source=urn:t&id=e1&recipients=1' });
    expect([whole.status, await whole.json()]).toMatchObject([
      200,
      { recipients: [{ addressee: ana.key, conversation: ana.conversationId, state: 'queued' }] },
    ]);
    expect((await ask({ params: { id: 'x'.repeat(43) } })).status).toBe(404);
    expect((await ask({ params: { id: '../secret' } })).status).toBe(404);
    expect((await ask({})).status).toBe(400);
    expect((await ask({ params: { id }, url: '/?continuation=garbage' })).status).toBe(400);
  });

  it('a failing part makes health 503 and is named', async () => {
    const response = toResponse(await core.invoke('health', httpInput({})));
    expect([response.status, await response.json()]).toEqual([
      503,
      { status: 'failing', parts: { tables: 'ok', queue: 'failing' }, version: 'unbuilt' },
    ]);
  });
});
