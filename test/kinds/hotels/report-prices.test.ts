import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { hotelKey } from '../../../shared/kinds/hotels/prices/hotel.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { Crash } from '../../support/world.ts';
import { aHotelWorld } from './support/hotel-world.ts';

const hotel = { hotelId: 'vegas-grand', hotelName: 'Vegas Grand', city: 'Las Vegas', currency: 'USD' };

async function aWorldWithPrices() {
  const world = aHotelWorld();
  const ana = aConversation();
  await world.knows(ana);
  for (const [minute, price] of [200, 180, 150].entries()) {
    const time = Date.UTC(2026, 10, 23, 8, minute);
    await world.publish(anEvent({ type: 'hotel.price.changed', time, data: { ...hotel, price } }));
  }
  await world.run();
  const request = {
    id: notificationId('turn', '1'),
    conversation: ana.key,
    hotel: hotelKey(hotel.hotelId),
  };
  return { world, ana, request };
}

const heard = 'Price report for Vegas Grand, Las Vegas: $150 now.';

describe('a price report', () => {
  it('is delivered later, once, however often it is asked for under one id', async () => {
    const { world, request } = await aWorldWithPrices();
    await world.askForPriceReport(request);
    await world.askForPriceReport(request);
    expect(world.channel.shown).toEqual([]);
    await world.run();
    world.clock.advance(minutes(15));
    await world.askForPriceReport(request);
    await world.run();
    expect(world.channel.shown.map(({ message }) => message.summary?.slice(0, heard.length))).toEqual([
      heard,
    ]);
  });

  it("shows times by the clock that the person asked for, and not the channel's", async () => {
    const { world, ana, request } = await aWorldWithPrices();
    await world.preferences.savePreferences(ana.key, { mutes: [], timeZone: 'Asia/Tokyo' });
    await world.askForPriceReport(request);
    await world.run();
    const card = JSON.stringify(world.channel.shown[0]?.message.card);
    // 08:00 UTC.
    expect(card).toContain('5:00 PM');
  });

  it('that the broker lost is made all the same', async () => {
    const { world, request } = await aWorldWithPrices();
    await world.askForPriceReport(request);
    world.jobs.lose();
    await world.run();
    expect(world.channel.shown).toEqual([]);
    world.clock.advance(minutes(3));
    await world.sweep();
    await world.run();
    expect(world.channel.shown.length).toBe(1);
    world.clock.advance(minutes(10));
    await world.sweep();
    await world.run();
    expect(world.channel.shown.length).toBe(1);
    expect(world.dueIndex.all().filter(({ kind }) => kind === 'work')).toEqual([]);
  });

  it('survives the death of the process at any step, and is told once', async () => {
    const rehearsal = await aWorldWithPrices();
    await rehearsal.world.askForPriceReport(rehearsal.request);
    const from = rehearsal.world.watch.calls.length;
    await rehearsal.world.makeReport(rehearsal.request, {});
    const steps = rehearsal.world.watch.calls.length - from;
    expect(steps).toBeGreaterThan(4);
    for (let step = 0; step < steps; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world, request } = await aWorldWithPrices();
        await world.askForPriceReport(request);
        world.watch.failCall(world.watch.calls.length + step, { error: new Crash('died'), when });
        await world.run();
        expect([step, when, world.channel.shown.length]).toEqual([step, when, 1]);
      }
    }
  });

  it('of a hotel that never was is not made', async () => {
    const { world, request } = await aWorldWithPrices();
    await world.makeReport({ ...request, hotel: hotelKey('nowhere') }, {});
    await world.run();
    expect(world.channel.shown).toEqual([]);
  });
});
