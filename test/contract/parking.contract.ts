import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ParkedItem } from '../../shared/ports/event/parking.ts';
import { allPages, type FreshStores, type MakeStores } from './stores.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('base64url');

function aParkedItem(fields: Partial<ParkedItem> = {}): ParkedItem {
  const original = fields.original ?? '{"no":"event"}';
  return {
    id: hash(original),
    reason: 'invalid-envelope',
    faults: [{ path: 'id', message: 'is required and must be a non-empty string' }],
    original,
    kind: 'event',
    parkedAt: Date.UTC(2026, 10, 23, 9),
    ...fields,
  };
}

/** As it is read again. */
function stored(item: ParkedItem): ParkedItem {
  return { ...item, tag: expect.any(String) };
}

export function describeParkingContract(name: string, makeStores: MakeStores): void {
  describe(`Parking ${name}`, () => {
    let stores: FreshStores;
    let parking: FreshStores['parking'];

    beforeEach(async () => {
      stores = await makeStores();
      parking = stores.parking;
    });

    it('gives back every field, also to another process', async () => {
      const item = aParkedItem({
        properties: { cloudEvents_id: "it's / odd", 'cloudEvents:source': '' },
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      });
      await parking.parkItem(item);
      expect(await parking.findParked(item.id)).toEqual(stored(item));
      expect(await (await stores.inAnotherProcess()).parking.findParked(item.id)).toEqual(stored(item));
    });

    it('parks the same thing once: the last one stands, with nothing of the first', async () => {
      const item = aParkedItem({ properties: { queue: 'jobs' }, faults: [] });
      const { properties: _gone, ...again } = {
        ...item,
        reason: 'exhausted',
        parkedAt: item.parkedAt + 1,
      } as const;
      await parking.parkItem(item);
      await parking.parkItem(again);
      expect((await parking.listParked({ limit: 10 })).items).toEqual([stored(again)]);
    });

    it('counts by the true reason, and looks at no more than it is told', async () => {
      for (const [index, reason] of (['rejected', 'exhausted', 'exhausted', 'too-large'] as const).entries())
        await parking.parkItem(aParkedItem({ original: `n${index}`, reason }));
      expect(await parking.count(100)).toEqual({ rejected: 1, exhausted: 2, 'too-large': 1 });
      const some = Object.values(await parking.count(2)).reduce((sum, count) => sum + count, 0);
      expect(some).toBe(2);
    });

    it('parks what was read before as new: its tag says nothing', async () => {
      const item = aParkedItem();
      await parking.parkItem({ ...item, tag: 'W/"an old one"' });
      expect(await parking.findParked(item.id)).toEqual(stored(item));
      expect((await parking.findParked(item.id))?.tag).not.toBe('W/"an old one"');
    });

    it.each([
      ['256 KB', 'x'.repeat(256 * 1024)],
      ['256 KB of quotes and control characters', '"\u0000\n'.repeat(85_000)],
      ['characters of four bytes across every boundary', `.${'👩‍👩‍👧'.repeat(14_000)}`],
      ['nothing', ''],
    ])('keeps an original of %s', async (_what, original) => {
      const item = aParkedItem({ original, kind: 'message', reason: 'too-large' });
      await parking.parkItem(item);
      expect(await parking.findParked(item.id)).toEqual(stored(item));
    });

    it.each([
      ['a byte that is no UTF-8', Buffer.from('{"a":"\xfc"}', 'latin1')],
      ['256 KB that are no UTF-8', Buffer.alloc(256 * 1024, 0xff)],
    ])('keeps %s, and a text of it to read', async (_what, bytes) => {
      const item = aParkedItem({ original: bytes.toString('utf8').slice(0, 100_000), bytes });
      await parking.parkItem(item);
      const found = await parking.findParked(item.id);
      expect(Buffer.from(found?.bytes ?? []).equals(bytes)).toBe(true);
      expect(found?.original.slice(0, 7)).toBe(item.original.slice(0, 7));
    });

    it('lists by id, page by page, all or those with one reason', async () => {
      const items = Array.from({ length: 9 }, (_, n) =>
        aParkedItem({ original: `original ${n}`, reason: n % 3 === 0 ? 'unconfirmed' : 'unknown-type' }),
      ).sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const item of items) await parking.parkItem(item);
      for (const limit of [1, 2, 9, 1000]) {
        const pages = await allPages((page) => parking.listParked(page), limit);
        expect(pages.flat()).toEqual(items.map(stored));
        expect(pages.every((page) => page.length <= limit)).toBe(true);
      }
      const unconfirmed = await allPages((page) => parking.listParked({ ...page, reason: 'unconfirmed' }), 2);
      expect(unconfirmed.flat()).toEqual(items.filter(({ reason }) => reason === 'unconfirmed').map(stored));
    });

    it('tells what is rejected from what is exhausted, page by page, although the former release reads both as one', async () => {
      const items = Array.from({ length: 8 }, (_, n) =>
        aParkedItem({
          original: `original ${n}`,
          kind: 'delivery',
          reason: n % 2 === 0 ? 'rejected' : 'exhausted',
        }),
      ).sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const item of items) await parking.parkItem(item);
      for (const wanted of ['rejected', 'exhausted'] as const) {
        for (const limit of [1, 3, 1000]) {
          const pages = await allPages((page) => parking.listParked({ ...page, reason: wanted }), limit);
          expect(pages.flat()).toEqual(items.filter(({ reason }) => reason === wanted).map(stored));
        }
      }
      const again = aParkedItem({
        ...items.find(({ reason }) => reason === 'rejected'),
        reason: 'exhausted',
      });
      await parking.parkItem(again);
      expect((await parking.findParked(again.id))?.reason).toBe('exhausted');
    });

    it('drops an item once', async () => {
      const item = aParkedItem();
      await parking.parkItem(item);
      expect(await parking.dropParked(item.id)).toBe(true);
      expect(await parking.dropParked(item.id)).toBe(false);
      expect(await parking.findParked(item.id)).toBeUndefined();
      expect(await parking.listParked({ limit: 10 })).toEqual({ items: [] });
    });

    it('drops by its tag only what was read, not what was parked again since', async () => {
      const item = aParkedItem();
      await parking.parkItem(item);
      const { tag: old } = (await parking.findParked(item.id)) ?? expect.fail('it is parked');
      await parking.parkItem(item);
      expect(await parking.dropParked(item.id, old)).toBe(false);
      const { tag } = (await parking.findParked(item.id)) ?? expect.fail('it stays parked');
      expect(await parking.dropParked(item.id, tag)).toBe(true);
      expect(await parking.dropParked(item.id, tag)).toBe(false);
    });

    it.each(['', 'nothing', "' or true", '../#?'])('knows nothing of the id %j', async (id) => {
      expect(await parking.findParked(id)).toBeUndefined();
      expect(await parking.dropParked(id)).toBe(false);
      await expect(parking.parkItem(aParkedItem({ id }))).rejects.toThrow(RangeError);
    });

    it('refuses a limit that is none and a place that no page gave', async () => {
      await expect(parking.listParked({ limit: 0 })).rejects.toThrow(RangeError);
      await expect(parking.listParked({ limit: 10, after: "' or true" })).rejects.toThrow(RangeError);
    });
  });
}
