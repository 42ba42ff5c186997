import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tenantRow } from '../../../../shared/adapters/table/people/directory-keys.ts';
import { conversationKey, tenantKey } from '../../../../shared/domain/ids.ts';
import { hotelKey, watchersOf } from '../../../../shared/kinds/hotels/prices/hotel.ts';
import { hotelKeys } from '../../../../shared/kinds/hotels/rows/hotel-row.ts';
import { watchLayout } from '../../../../shared/kinds/hotels/rows/watch-layout.ts';

const anything = fc.string({ unit: 'binary', maxLength: 900 });

it('keys of hotels and watches are ones that a table takes, and never the same for two rows', () => {
  fc.assert(
    fc.property(anything, anything, (text, other) => {
      const conversation = conversationKey(text, other);
      const tenant = tenantKey({ tenantId: text, channelId: other });
      const hotel = hotelKey(text);
      const keys = [
        hotelKeys(hotel),
        { partitionKey: watchLayout.partition(hotel, tenant), rowKey: conversation },
        { partitionKey: conversation, rowKey: `${watchLayout.prefix}${hotel}` },
        tenantRow(watchersOf(hotel), tenant),
      ];
      for (const { partitionKey, rowKey } of keys) {
        expect(partitionKey).toMatch(/^[A-Za-z0-9:_-]{1,200}$/);
        expect(rowKey).toMatch(/^[A-Za-z0-9:_-]{1,200}$/);
      }
      const names = keys.map(({ partitionKey, rowKey }) => `${partitionKey}/${rowKey}`);
      expect(new Set(names).size).toBe(names.length);
    }),
  );
});

it('no two hotels have one key', () => {
  const tricky = fc
    .string({
      unit: fc.constantFrom('a', 'b', '\n', ':', '.', '/', '\u0000', '\ufffd', '\ud800'),
      maxLength: 6,
    })
    .filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(tricky, tricky, (one, other) => {
      fc.pre(one !== other);
      expect(hotelKey(one)).not.toBe(hotelKey(other));
    }),
    { numRuns: 1000 },
  );
});
