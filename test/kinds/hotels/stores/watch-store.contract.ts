import { beforeEach, describe, expect, it } from 'vitest';
import { notificationId } from '../../../../shared/domain/ids.ts';
import { hotelKey, watchersOf } from '../../../../shared/kinds/hotels/prices/hotel.ts';
import { beginWatch } from '../../../../shared/kinds/hotels/prices/price-watch.ts';
import type { Watch } from '../../../../shared/kinds/hotels/stores/watch-store.ts';
import type { FreshStores, MakeStores } from '../../../contract/stores.ts';
import { aConversation } from '../../../support/builders.ts';
import { hotelStores } from '../support/hotel-world.ts';

const hotel = hotelKey('grand');

export function describeWatchStoreContract(name: string, makeStores: MakeStores): void {
  describe(`WatchStore ${name}`, () => {
    let stores: FreshStores & ReturnType<typeof hotelStores>;

    beforeEach(async () => {
      const fresh = await makeStores();
      stores = { ...fresh, ...hotelStores(fresh) };
    });

    function aWatch(fields: Partial<Watch> = {}): Watch {
      const { key: conversation, tenant } = aConversation();
      return {
        conversation,
        tenant,
        hotel,
        hotelName: 'Grand',
        city: 'Las Vegas',
        since: stores.clock.now(),
        state: beginWatch(
          { kind: 'below', price: 150.5 },
          { at: 1, price: 200, currency: 'USD', event: notificationId('s', '1') },
        ),
        told: [],
        ...fields,
      };
    }

    it('keeps a watch as it began, and says whether it is new', async () => {
      const watch = aWatch();
      expect(await stores.watches.begin(watch)).toBe(true);
      expect((await stores.watches.find(watch.conversation, hotel))?.watch).toEqual(watch);
      const other = { ...watch, state: beginWatch({ kind: 'drop', percent: 12.5 }) };
      expect(await stores.watches.begin(other)).toBe(false);
      expect((await stores.watches.find(watch.conversation, hotel))?.watch).toEqual(other);
    });

    it('lists the own watches of a conversation by name', async () => {
      const first = aWatch({ hotelName: 'Ritz' });
      const second = { ...first, hotel: hotelKey('plaza'), hotelName: 'Plaza' };
      for (const watch of [first, second, aWatch()]) await stores.watches.begin(watch);
      expect(await stores.watches.of(first.conversation)).toEqual([second, first]);
      expect(await stores.watches.of(aConversation().key)).toEqual([]);
    });

    it('ends a watch once', async () => {
      const watch = aWatch();
      await stores.watches.begin(watch);
      expect(await stores.watches.end(watch.conversation, hotel)).toBe(true);
      expect(await stores.watches.end(watch.conversation, hotel)).toBe(false);
      expect(await stores.watches.find(watch.conversation, hotel)).toBeUndefined();
      expect(await stores.watches.of(watch.conversation)).toEqual([]);
    });

    it('gives the watchers of a hotel in one tenant, a page at a time', async () => {
      const ours = Array.from({ length: 3 }, () => aWatch());
      for (const watch of ours) await stores.watches.begin(watch);
      await stores.watches.begin({ ...aWatch(), hotel: hotelKey('plaza') });
      const of = { hotel, tenant: aConversation().tenant };
      const [first, second, third] = ours.map(({ conversation }) => conversation).sort();
      const page = await stores.watches.watchers(of, { limit: 2 });
      expect(page.watches.map(({ watch }) => watch.conversation)).toEqual([first, second]);
      expect(page.done).toBe(false);
      const rest = await stores.watches.watchers(of, { limit: 2, ...(second && { after: second }) });
      expect(rest.watches.map(({ watch }) => watch)).toEqual(
        ours.filter(({ conversation }) => conversation === third),
      );
      expect(rest.done).toBe(true);
    });

    it('changes a watch that is as it was read, and no other', async () => {
      const watch = aWatch();
      await stores.watches.begin(watch);
      const { tag = '' } = (await stores.watches.find(watch.conversation, hotel)) ?? {};
      const alert = { before: 200, condition: watch.state.condition };
      const moved = { ...watch, told: [{ notification: notificationId('s', '2'), alert }] };
      expect(await stores.watches.change(moved, tag)).toBe('saved');
      expect(await stores.watches.change(watch, tag)).toBe('lost');
      expect((await stores.watches.find(watch.conversation, hotel))?.watch).toEqual(moved);
      const { watches } = await stores.watches.watchers(watch, { limit: 10 });
      await stores.watches.end(watch.conversation, hotel);
      expect(await stores.watches.change(watch, watches[0]?.tag ?? '')).toBe('lost');
      expect(await stores.watches.find(watch.conversation, hotel)).toBeUndefined();
    });

    it('names the tenants with watchers to whoever walks through them', async () => {
      const [ours, theirs] = [aWatch(), aWatch()];
      const { tenant } = aConversation({ tenantId: 'fabrikam' });
      await stores.watches.begin(ours);
      await stores.watches.begin({ ...theirs, tenant });
      expect(await stores.audience.tenants(watchersOf(hotel))).toEqual([ours.tenant, tenant].sort());
      expect(await stores.audience.tenants(watchersOf(hotelKey('none')))).toEqual([]);
    });
  });
}
