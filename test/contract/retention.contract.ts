import { beforeEach, describe, expect, it } from 'vitest';
import { Outcome } from '../../shared/domain/delivery/delivery.ts';
import { aConversation, aConversationKey, aDeliveryRow, aNotification } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeRetentionContract(name: string, makeStores: MakeStores): void {
  describe(`Retention ${name}`, () => {
    let stores: FreshStores;

    beforeEach(async () => {
      stores = await makeStores();
    });

    it('removes a notification with all that belongs to it, in bites, and nothing else', async () => {
      const old = aNotification();
      const other = aNotification();
      const conversations = Array.from({ length: 250 }, () => aConversationKey());
      const result = { outcome: Outcome.delivered, at: 1, attempts: 1, repeats: 0 };
      const { tenant } = aConversation();
      const walk = { notification: old.id, group: { kind: 'everyone' } as const, tenant, done: true };
      const asked = (digest: string) => ({ digest, source: 'console/ada' });
      for (const { id } of [old, other]) {
        for (let start = 0; start < conversations.length; start += 100) {
          await stores.ledger.addressRecipients(id, conversations.slice(start, start + 100));
        }
      }
      await stores.notifications.acceptNotification(old);
      await stores.notifications.beginWalk(walk);
      await stores.notifications.markPlanned(old.id);
      const [first] = [...conversations].sort();
      if (first === undefined) throw new Error('there are 250');
      for (const { id } of [old, other]) {
        await stores.ledger.claimDelivery(aDeliveryRow({ id: { notification: id, conversation: first } }));
        await stores.ledger.recordOutcome({ notification: id, conversation: first }, result);
        await stores.notifications.noteRequest(id, asked('first'));
        await stores.particulars.keepParticulars({ notification: id, conversation: first }, { before: 1 });
      }
      await stores.ledger.recordUnknown(old.id, 'nobody', { ...result, outcome: Outcome.noSuchRecipient });

      expect(await stores.retention.removeNotification(old.id, 200)).toBe('more');
      expect((await stores.ledger.countOutcomes(old.id)).addressed).toBe(51);
      expect(await stores.notifications.findNotification(old.id)).toBeDefined();
      expect(await stores.retention.removeNotification(old.id, 200)).toBe('done');
      expect(await stores.retention.removeNotification(old.id, 200)).toBe('done');

      expect((await stores.ledger.countOutcomes(old.id)).addressed).toBe(0);
      expect(await stores.ledger.findDelivery({ notification: old.id, conversation: first })).toBeUndefined();
      expect(await stores.notifications.findNotification(old.id)).toBeUndefined();
      expect(
        await stores.particulars.findParticulars({ notification: old.id, conversation: first }),
      ).toBeUndefined();
      expect(
        await stores.particulars.findParticulars({ notification: other.id, conversation: first }),
      ).toBeDefined();
      expect(await stores.notifications.noteRequest(old.id, asked('anew'))).toEqual(asked('anew'));
      expect(await stores.notifications.noteRequest(other.id, asked('anew'))).toEqual(asked('first'));
      expect(await stores.notifications.isPlanned(old.id)).toBe(false);
      expect(await stores.notifications.walksOf(old.id)).toEqual([]);
      expect(await stores.ledger.countOutcomes(other.id)).toMatchObject({
        addressed: 250,
        outcomes: { delivered: 1 },
      });
      expect(await stores.ledger.findDelivery({ notification: other.id, conversation: first })).toBeDefined();
    });
  });
}
