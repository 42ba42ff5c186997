import { beforeEach, describe, expect, it } from 'vitest';
import { noSends } from '../../shared/domain/delivery/pace.ts';
import { type Living, livingIdOf } from '../../shared/domain/living/living.ts';
import { orderOf } from '../../shared/domain/living/order.ts';
import { aConversation, aDeliveryRow, aNotification } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeLivingStoreContract(name: string, makeStores: MakeStores): void {
  describe(`LivingStore ${name}`, () => {
    let stores: FreshStores;
    const ana = aConversation();
    const other = aConversation();
    const notification = aNotification({ delivery: { key: 'build/1' }, sequence: '7' });
    const id = livingIdOf(notification, ana.key) ?? { conversation: ana.key, name: '' };
    const shown = {
      notification: notification.id,
      channelId: 'msteams',
      conversationId: ana.conversationId,
      activityId: '1750000000001',
      last: true,
    } as const;
    const living: Living = {
      id,
      newest: { notification: notification.id, order: orderOf(notification) },
      shown,
      underWay: { notification: notification.id, as: 'change', until: 60_000, last: true, of: other.key },
      askedAt: 1000,
      isFixed: true,
      closing: [
        { ...shown, activityId: '1749999999999' },
        { ...shown, activityId: '1750000000000' },
      ],
    };

    beforeEach(async () => {
      stores = await makeStores();
    });

    async function written(row: Living): Promise<Living> {
      const stored = await stores.living.changeLiving(row);
      if (stored === 'lost') throw new Error('nobody else writes here');
      return stored;
    }

    it('has nothing of what nobody told', async () => {
      expect(await stores.living.findLiving(id)).toBeUndefined();
    });

    it('gives what was written, whole, in another process as well', async () => {
      const { etag } = await written(living);
      expect(await (await stores.inAnotherProcess()).living.findLiving(id)).toEqual({ ...living, etag });
      const least: Living = { id: { ...id, name: 'other' }, newest: living.newest };
      await written(least);
      expect(await stores.living.findLiving(least.id)).toMatchObject(least);
      const others = aConversation();
      await written({ ...least, id: { ...id, conversation: others.key } });
      const names = async (one: typeof ana) =>
        (await stores.living.livingsOf(one.key)).map(({ id: { name } }) => name).sort();
      expect(await names(ana)).toEqual([id.name, 'other'].sort());
      expect(await names(others)).toEqual([id.name]);
    });

    it('takes one of two that were made of the same row', async () => {
      const stored = await written(living);
      expect(await stores.living.changeLiving(living)).toBe('lost');
      const { shown: _gone, ...rest } = stored;
      const next = await written(rest);
      expect(await stores.living.changeLiving(stored)).toBe('lost');
      expect(await stores.living.findLiving(id)).toEqual(next);
      expect(next.shown).toBeUndefined();
    });

    it('is written together with a claim and its windows, all or none, and the tag of it goes on', async () => {
      const row = aDeliveryRow({ id: { notification: notification.id, conversation: ana.key } });
      const windows = { next: noSends };
      const claimed = await stores.ledger.claimDelivery(row, windows, [living]);
      if (claimed === 'lost') throw new Error('nobody else writes here');
      const stored = await stores.living.findLiving(id);
      expect(stored?.etag).toBe(claimed.livingTag);
      expect(await stores.ledger.findDelivery(row.id)).toMatchObject({ state: 'claimed' });
      const { windowsTag } = await stores.ledger.findDesk(ana.key);
      const { livingTag: _tag, ...again } = claimed;
      const late = { next: noSends, ...(windowsTag === undefined ? {} : { tag: windowsTag }) };
      // Made of a row of the key that is not the stored one.
      expect(await stores.ledger.claimDelivery({ ...again, attempts: 2 }, late, [living])).toBe('lost');
      expect(await stores.ledger.findDelivery(row.id)).toMatchObject({ attempts: 1 });
      const other = aDeliveryRow({ id: { notification: aNotification().id, conversation: ana.key } });
      const current = { ...living, etag: claimed.livingTag ?? '' };
      expect(await stores.ledger.claimDelivery(other, windows, [current])).toBe('lost');
      expect(await stores.living.findLiving(id)).toEqual(stored);
    });

    it('is written together with the rows of other keys, all or none', async () => {
      const keys = ['one', 'two', 'three'].map((name) => ({ ...living, id: { ...id, name } }));
      const row = aDeliveryRow({ id: { notification: notification.id, conversation: ana.key } });
      const claimed = await stores.ledger.claimDelivery(row, undefined, keys);
      if (claimed === 'lost') throw new Error('nobody else writes here');
      const stored = await Promise.all(keys.map((one) => stores.living.findLiving(one.id)));
      expect(stored.map((one) => one?.id.name)).toEqual(['one', 'two', 'three']);
      const [first, second] = stored;
      if (first === undefined || second === undefined) throw new Error('they are written');
      await written({ ...second, askedAt: 77 });
      const { livingTag: _tag, ...again } = claimed;
      const next = [{ ...first, askedAt: 78 }, second];
      expect(await stores.ledger.claimDelivery({ ...again, attempts: 2 }, undefined, next)).toBe('lost');
      expect(await stores.living.findLiving(first.id)).toEqual(first);
    });

    it('goes with the notification that is its newest state, and not before', async () => {
      await stores.notifications.acceptNotification(notification);
      const older = aNotification({ delivery: { key: 'build/1' } });
      await stores.notifications.acceptNotification(older);
      for (const one of [older, notification]) await stores.ledger.addressRecipients(one.id, [ana.key]);
      await written(living);
      await stores.retention.removeNotification(older.id, 100);
      expect(await stores.living.findLiving(id)).toBeDefined();
      await stores.retention.removeNotification(notification.id, 100);
      expect(await stores.living.findLiving(id)).toBeUndefined();
    });

    it('goes with the conversation that is forgotten, and leaves no id of a message on the report', async () => {
      const delivery = { notification: notification.id, conversation: ana.key };
      await written(living);
      await stores.ledger.recordOutcome(delivery, {
        outcome: 'updated',
        at: 1,
        attempts: 1,
        repeats: 0,
        activityId: '1',
        shownIn: ana.conversationId,
      });
      const request = { ...ana, conversation: ana.key, scope: 'conversation', persons: [] } as const;
      await stores.personalData.forgetDelivery(delivery, request);
      await stores.personalData.forgetConversation(request, { withDeliveries: true });
      expect(await stores.living.findLiving(id)).toBeUndefined();
      expect(await stores.ledger.findOutcome(delivery)).toEqual({
        outcome: 'updated',
        at: 1,
        attempts: 1,
        repeats: 0,
      });
    });
  });
}
