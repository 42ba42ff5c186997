import { beforeEach, describe, expect, it } from 'vitest';
import { noPreferences, type Preferences } from '../../shared/domain/conversation/preferences.ts';
import { minutes } from '../../shared/domain/time.ts';
import { aConversation, aTopic } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describePreferenceStoreContract(name: string, makeStores: MakeStores): void {
  describe(`PreferenceStore ${name}`, () => {
    let stores: FreshStores;
    const { key } = aConversation();

    beforeEach(async () => {
      stores = await makeStores();
    });

    it('knows no preferences of somebody who never asked for any', async () => {
      expect(await stores.preferences.findPreferences(key)).toEqual({ preferences: noPreferences });
      expect((await stores.ledger.findDesk(key)).preferences).toEqual(noPreferences);
    });

    it('gives back what was saved, to the delivery desk too', async () => {
      const asked: Preferences = {
        mutes: [{ topic: aTopic('builds/web') }, { until: stores.clock.now() + minutes(5) }],
        quietHours: { from: 22 * 60, to: 7 * 60 },
        timeZone: 'Europe/Berlin',
        changedAt: { quietHours: stores.clock.now(), timeZone: stores.clock.now() - minutes(1) },
      };
      expect(await stores.preferences.savePreferences(key, asked)).toBe('saved');
      const found = await (await stores.inAnotherProcess()).preferences.findPreferences(key);
      expect(found.preferences).toEqual(asked);
      expect((await stores.ledger.findDesk(key)).preferences).toEqual(asked);
    });

    it('lets only one of two writers through who read the same', async () => {
      await stores.preferences.savePreferences(key, noPreferences);
      const { tag } = await stores.preferences.findPreferences(key);
      const mine = { ...noPreferences, timeZone: 'Asia/Tokyo' };
      expect(await stores.preferences.savePreferences(key, mine, tag)).toBe('saved');
      expect(await stores.preferences.savePreferences(key, { ...noPreferences, timeZone: 'UTC' }, tag)).toBe(
        'lost',
      );
      expect(await stores.preferences.savePreferences(key, noPreferences)).toBe('lost');
      expect((await stores.preferences.findPreferences(key)).preferences).toEqual(mine);
    });
  });
}
