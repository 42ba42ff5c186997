import { describe, expect, it } from 'vitest';
import { hotelKey } from '../../../../shared/kinds/hotels/prices/hotel.ts';
import { watchLayout } from '../../../../shared/kinds/hotels/rows/watch-layout.ts';
import { tableStores } from '../../../contract/stores.ts';
import { aConversation } from '../../../support/builders.ts';
import { FakeClock } from '../../../support/fakes/fake-clock.ts';
import { RecordingLog } from '../../../support/fakes/recording-log.ts';
import { freshTables } from '../../../support/tables.ts';
import { hotelStores } from '../support/hotel-world.ts';

describe('a row that cannot be read', () => {
  it('is left out of the watchers of a hotel and of their own watches, and reported', async () => {
    const log = new RecordingLog();
    const service = await freshTables({ log });
    const { watches } = hotelStores(tableStores(service, new FakeClock()));
    const [ada, bob] = [aConversation(), aConversation()];
    const watchOf = ({ key, tenant }: typeof ada) => ({
      conversation: key,
      tenant,
      hotel: hotelKey('grand'),
      hotelName: 'Grand',
      city: 'Las Vegas',
      since: 1,
      state: { condition: { kind: 'drop', percent: 20 }, armed: true } as const,
      told: [],
    });
    for (const person of [ada, bob]) await watches.begin(watchOf(person));
    const partitionKey = watchLayout.partition(hotelKey('grand'), ada.tenant);
    await service.table('watches').put({ partitionKey, rowKey: ada.key, state: 'lent' });
    const page = await watches.watchers(watchOf(ada), { limit: 10 });
    expect(page.watches.map(({ watch }) => watch.conversation)).toEqual([bob.key]);
    expect(await watches.of(ada.key)).toEqual([]);
    await expect(watches.find(ada.key, hotelKey('grand'))).rejects.toMatchObject({
      code: 'corrupt-row',
      table: 'watches',
      partitionKey,
      rowKey: ada.key,
    });
    expect(log.of('corrupt-row')).toHaveLength(2);
  });
});
