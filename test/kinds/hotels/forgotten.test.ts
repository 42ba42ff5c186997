import { expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { days, minutes, seconds } from '../../../shared/domain/time.ts';
import { hotelKey } from '../../../shared/kinds/hotels/prices/hotel.ts';
import { beginWatch } from '../../../shared/kinds/hotels/prices/price-watch.ts';
import { tableStores } from '../../contract/stores.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { freshTables } from '../../support/tables.ts';
import { aHotelWorld, hotelStores } from './support/hotel-world.ts';

const seen = { price: 200, currency: 'USD', at: 1, event: notificationId('urn:hotels', '1') };

it('watches go with somebody who is forgotten, and those of others stay', async () => {
  const service = await freshTables();
  const world = aHotelWorld({ stores: (clock) => tableStores(service, clock) });
  const { watches } = hotelStores(tableStores(service, world.clock));
  const user = (name: string) => ({ id: `29:${name}`, name });
  const [hers, his] = [aConversation({ user: user('ana') }), aConversation({ user: user('bob') })];
  for (const { key: conversation, tenant, user: speaker, ...of } of [hers, his]) {
    await world.capture({
      reference: { ...of, tenantId: 'contoso', ...(speaker && { user: speaker }) },
      ...(speaker && { speaker }),
      change: 'seen',
    });
    await watches.begin({
      conversation,
      tenant,
      hotel: hotelKey('vegas'),
      hotelName: 'Vegas Grand',
      city: 'Las Vegas',
      since: world.clock.now(),
      state: beginWatch({ kind: 'drop', percent: 20 }, seen),
      told: [],
    });
  }
  const price = { hotelId: 'vegas', hotelName: 'Vegas Grand', city: 'Las Vegas', price: 99, currency: 'USD' };
  await world.publish(anEvent({ type: 'hotel.price.changed', data: price }));
  await world.run();
  expect(world.channel.shown).toHaveLength(2);

  await world.forgetMe({
    conversation: hers,
    speaker: user('ana'),
    turn: 'forget',
    saidAt: world.clock.now(),
  });
  await world.run(world.clock.now() + seconds(5));
  expect(await watches.of(hers.key)).toEqual([]);
  expect(await watches.of(his.key)).toHaveLength(1);
  world.clock.advance(days(1) + minutes(3));
  await world.sweep();
  for (const table of ['watches', 'hotels']) {
    for await (const row of service.table(table).rows({ firstPartition: '', lastPartition: '~' }))
      expect(JSON.stringify(row)).not.toContain(hers.key);
  }
});
