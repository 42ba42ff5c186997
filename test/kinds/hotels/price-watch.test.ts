import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import type { CloudEvent } from '../../../shared/domain/event/cloud-event.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { hotelKey, latestPrice } from '../../../shared/kinds/hotels/prices/hotel.ts';
import { beginWatch, type WatchCondition } from '../../../shared/kinds/hotels/prices/price-watch.ts';
import type { Watch } from '../../../shared/kinds/hotels/stores/watch-store.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { Crash } from '../../support/world.ts';
import { aHotelWorld, type HotelWorld } from './support/hotel-world.ts';

const grand = { hotelId: 'vegas-grand', hotelName: 'Vegas Grand', city: 'Las Vegas', currency: 'USD' };
const key = hotelKey(grand.hotelId);

/** An event that says what the hotel costs at a minute of the day. */
function aPrice(price: number, minute: number, fields: Partial<CloudEvent> = {}): CloudEvent {
  return anEvent({
    type: 'hotel.price.changed',
    time: Date.UTC(2026, 10, 23, 8, minute),
    data: { ...grand, price },
    ...fields,
  });
}

async function watches(
  world: HotelWorld,
  { key: conversation, tenant }: Conversation,
  condition: WatchCondition = { kind: 'drop', percent: 20 },
): Promise<void> {
  const hotel = (await world.hotels.find(key))?.hotel;
  const watch: Watch = {
    conversation,
    tenant,
    hotel: key,
    hotelName: grand.hotelName,
    city: grand.city,
    since: world.clock.now(),
    state: beginWatch(condition, hotel === undefined ? undefined : latestPrice(hotel)),
    told: [],
  };
  await world.watches.begin(watch);
}

const told = (world: HotelWorld) => world.channel.shown.map(({ message }) => message.summary);
const idOf = (event: CloudEvent) => notificationId(event.source, event.id);

describe('a price that falls', () => {
  it('is told to who watches the hotel and whose condition holds, with before and after, and to nobody else', async () => {
    const world = aHotelWorld();
    const [ana, ben, cy, dora] = [aConversation(), aConversation(), aConversation(), aConversation()];
    await world.knows(ana, ben, cy, dora);
    await world.publish(aPrice(200, 0));
    await watches(world, ana);
    await watches(world, ben, { kind: 'drop', percent: 50 });
    await watches(world, cy, { kind: 'below', price: 150 });
    const event = aPrice(149, 1);
    await world.publish(event);
    await world.run();
    expect(world.channel.shown.map(({ conversationId }) => conversationId).sort()).toEqual(
      [ana.conversationId, cy.conversationId].sort(),
    );
    expect(new Set(told(world))).toEqual(new Set(['Vegas Grand, Las Vegas: $149, was $200 (26% less)']));
    expect(await world.report(idOf(event))).toMatchObject({
      complete: true,
      outcomes: { delivered: 2 },
    });
  });

  it('is told once, however often the event comes', async () => {
    const world = aHotelWorld();
    const ana = aConversation();
    await world.knows(ana);
    await world.publish(aPrice(200, 0));
    await watches(world, ana);
    const event = aPrice(149, 1);
    for (let copy = 0; copy < 3; copy += 1) {
      await world.publish(event);
      await world.run();
    }
    expect(told(world).length).toBe(1);
    const { hotel } = (await world.hotels.find(key)) ?? {};
    expect(hotel?.prices.map(({ price }) => price)).toEqual([200, 149]);
  });

  it('is compared with what the person was last told', async () => {
    const world = aHotelWorld();
    const ana = aConversation();
    await world.knows(ana);
    await world.publish(aPrice(200, 0));
    await watches(world, ana);
    for (const [minute, price] of [150, 130, 119].entries()) {
      await world.publish(aPrice(price, minute + 1));
      await world.run();
    }
    expect(told(world)).toEqual([
      'Vegas Grand, Las Vegas: $150, was $200 (25% less)',
      'Vegas Grand, Las Vegas: $119, was $150 (21% less)',
    ]);
  });

  it('is told to nobody when a later price is known already', async () => {
    const world = aHotelWorld();
    const ana = aConversation();
    await world.knows(ana);
    await world.publish(aPrice(200, 0));
    await watches(world, ana);
    await world.publish(aPrice(190, 9));
    await world.publish(aPrice(100, 5));
    await world.run();
    expect(told(world)).toEqual([]);
  });

  it('in another currency is told to nobody', async () => {
    const world = aHotelWorld();
    const ana = aConversation();
    await world.knows(ana);
    await world.publish(aPrice(200, 0));
    await watches(world, ana);
    await world.publish(aPrice(0, 1, { data: { ...grand, price: 100, currency: 'EUR' } }));
    await world.run();
    expect(told(world)).toEqual([]);
  });

  it('when two events come at once, moves each watch by one of them and tells nothing twice', async () => {
    const world = aHotelWorld();
    const people = Array.from({ length: 60 }, () => aConversation());
    await world.knows(...people);
    await world.publish(aPrice(200, 0));
    for (const person of people) await watches(world, person);
    await world.publish(aPrice(150, 1));
    await world.publish(aPrice(148, 1));
    const walks = [world.jobs.take(), world.jobs.take()].flatMap((job) =>
      job?.kind === 'walk' ? [job] : [],
    );
    expect(walks.length).toBe(2);
    await Promise.all(walks.map((job) => world.walk(job)));
    await world.run();
    const byPerson = new Map<string, number>();
    for (const { conversationId } of world.channel.shown) {
      byPerson.set(conversationId, (byPerson.get(conversationId) ?? 0) + 1);
    }
    expect([byPerson.size, Math.max(...byPerson.values())]).toEqual([60, 1]);
  });

  it('reaches many watchers in pages, at the rate of the tenant, in each tenant', async () => {
    const world = aHotelWorld({ requestsPerSecond: 10 });
    const watchers = [
      ...Array.from({ length: 70 }, () => aConversation({ tenantId: 'contoso' })),
      ...Array.from({ length: 30 }, () => aConversation({ tenantId: 'fabrikam' })),
    ];
    await world.knows(...watchers);
    await world.publish(aPrice(200, 0));
    for (const [index, person] of watchers.entries()) {
      await watches(world, person, { kind: 'drop', percent: index % 2 === 0 ? 20 : 60 });
    }
    const begin = world.clock.now();
    const event = aPrice(149, 1);
    await world.publish(event);
    await world.run();
    expect(world.channel.shown.length).toBe(50);
    // 35 in the larger tenant at ten a second.
    expect(world.clock.now() - begin).toBeGreaterThan(3000);
    expect(await world.report(idOf(event))).toMatchObject({ complete: true, outcomes: { delivered: 50 } });
  });

  it('leaves the watch of who cannot be reached as it is, and tells the next drop when they are back', async () => {
    const world = aHotelWorld();
    const ana = aConversation();
    await world.knows(ana);
    await world.publish(aPrice(200, 0));
    await watches(world, ana);
    await world.conversations.suppressConversation(ana.key, 'blocked');
    await world.publish(aPrice(150, 1));
    await world.run();
    expect(told(world)).toEqual([]);
    await world.knows(ana);
    await world.publish(aPrice(149, 2));
    await world.run();
    expect(told(world)).toEqual(['Vegas Grand, Las Vegas: $149, was $200 (26% less)']);
  });

  it('is shown the same by a retry, whatever the watch has become since', async () => {
    const world = aHotelWorld();
    const ana = aConversation();
    await world.knows(ana);
    await world.publish(aPrice(200, 0));
    await watches(world, ana);
    world.channel.next(ana.conversationId, {
      result: { kind: 'failed', status: 503, code: 'Unavailable', surelyNotSent: true },
    });
    await world.publish(aPrice(149, 1));
    await world.run(world.clock.now() + 500);
    await world.watches.end(ana.key, key);
    await world.run();
    expect(told(world)).toEqual(['Vegas Grand, Las Vegas: $149, was $200 (26% less)']);
  });
});

describe('an alert that is held back', () => {
  const untilNoon = { mutes: [], quietHours: { from: 0, to: 12 * 60 } };

  it('says what it would have said, when it is released', async () => {
    const world = aHotelWorld();
    const ana = aConversation();
    await world.knows(ana);
    await world.preferences.savePreferences(ana.key, untilNoon);
    await world.publish(aPrice(200, 0));
    await watches(world, ana);
    await world.publish(aPrice(149, 1));
    await world.run(world.clock.now() + minutes(30));
    expect(told(world)).toEqual([]);
    await world.run(world.clock.now() + minutes(300));
    expect(told(world)).toEqual(['Vegas Grand, Las Vegas: $149, was $200 (26% less)']);
  });

  it('is not told to who has stopped watching meanwhile', async () => {
    const world = aHotelWorld();
    const ana = aConversation();
    await world.knows(ana);
    await world.preferences.savePreferences(ana.key, untilNoon);
    await world.publish(aPrice(200, 0));
    await watches(world, ana);
    const event = aPrice(149, 1);
    await world.publish(event);
    await world.run(world.clock.now() + minutes(30));
    await world.watches.end(ana.key, key);
    await world.run(world.clock.now() + minutes(300));
    expect(told(world)).toEqual([]);
    expect(await world.report(idOf(event))).toMatchObject({ complete: true, outcomes: { suppressed: 1 } });
  });
});

/** How many calls to the ports a fall of the price takes, from the event to its end. */
async function aFall(world: HotelWorld): Promise<void> {
  const people = [aConversation(), aConversation()];
  await world.knows(...people);
  await world.publish(aPrice(200, 0, { id: 'first' }));
  for (const person of people) await watches(world, person);
}

describe('a process that dies', () => {
  it('at any step of a fall leaves nobody untold and nobody told twice', async () => {
    const rehearsal = aHotelWorld();
    await aFall(rehearsal);
    const from = rehearsal.watch.calls.length;
    await rehearsal.publish(aPrice(149, 1, { id: 'fall' }));
    while (rehearsal.jobs.nextAt !== undefined) {
      const job = rehearsal.jobs.take();
      if (job?.kind !== 'walk') break;
      await rehearsal.walk(job);
    }
    const steps = rehearsal.watch.calls.length - from;
    expect(steps).toBeGreaterThan(15);
    for (let step = 0; step < steps; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const world = aHotelWorld();
        await aFall(world);
        world.watch.failCall(world.watch.calls.length + step, { error: new Crash('died'), when });
        const event = aPrice(149, 1, { id: 'fall' });
        // The broker gives the event out again to whoever comes after the one that died.
        await world.publish(event).catch(() => world.publish(event));
        await world.run();
        world.clock.advance(minutes(3));
        await world.sweep();
        await world.run();
        expect([step, when, told(world).length]).toEqual([step, when, 2]);
        expect(new Set(told(world))).toEqual(new Set(['Vegas Grand, Las Vegas: $149, was $200 (26% less)']));
      }
    }
  });
});
