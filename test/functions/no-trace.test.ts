import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createFunctionsCore, type FunctionsCore } from '../../dev/functions-local/core/functions-core.ts';
import { httpInput, serviceBusInput } from '../../dev/functions-local/inputs.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { laterIfAway } from '../../shared/use-cases/delivery/later.ts';
import { publishEvents } from '../../shared/use-cases/intake/publish-events.ts';
import { aConversation } from '../support/builders.ts';
import { aWorld, type World } from '../support/world.ts';

// A host without Application Insights hands over an empty trace: nothing that is stored, sent or logged may have it.
let core: FunctionsCore;
let world: World = aWorld();
const seen: unknown[] = [];

beforeAll(async () => {
  core = createFunctionsCore({ trace: false });
  await core.load(async () => {
    const { app } = await import('@azure/functions');
    const [{ events }, { publish }] = await Promise.all([
      import('../../functions/events.ts'),
      import('../../functions/publish.ts'),
    ]);
    app.serviceBusQueue('events', {
      connection: 'C',
      queueName: 'q',
      handler: (body, context) => {
        seen.push(context.traceContext);
        return events({ ...world, queue: world.events, laterIfAway: laterIfAway(world) })(body, context);
      },
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

const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const event = (to: object) => ({
  specversion: '1.0',
  type: 'notification.requested',
  source: 'urn:t',
  id: 'e1',
  data: { to, text: 'hi' },
});

it('is what the host hands over, whatever the message says', async () => {
  await core.invoke(
    'events',
    serviceBusInput({ body: event({ everyone: true }), applicationProperties: { 'Diagnostic-Id': trace } }),
  );
  expect(seen.at(-1)).toMatchObject({ traceParent: '', traceState: '' });
});

it('is absent from what is stored, parked, called and logged', async () => {
  const ana = aConversation();
  await world.knows(ana);
  await core.invoke('events', serviceBusInput({ body: event({ conversation: ana.key }) }));
  await core.invoke('events', serviceBusInput({ body: 'no event' }));
  const stored = await world.notifications.findNotification(notificationId('urn:t', 'e1'));
  const { items } = await world.parking.listParked({ limit: 10 });
  const written = [stored, ...items, ...world.deliveries.waiting.map(({ message }) => message)];
  expect(written).toHaveLength(3);
  for (const each of written) expect(each).not.toHaveProperty('traceparent');
  for (const name of ['event.accepted', 'event.parked']) {
    expect(world.log.of(name)).toMatchObject([{ fields: { traceparent: undefined } }]);
  }
});

it('is absent from an event that is published; one that the event names stays', async () => {
  for (const body of [event({ everyone: true }), { ...event({ everyone: true }), traceparent: trace }]) {
    await core.invoke('publish', httpInput({ method: 'POST', body }));
  }
  const published = world.events.waiting.map(({ message }) => ('event' in message ? message.event : {}));
  expect(published.map((each) => 'traceparent' in each)).toEqual([false, true]);
});
