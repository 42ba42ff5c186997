import { beforeEach, describe, expect, it } from 'vitest';
import type { Announced } from '../../shared/ports/event/announcement-store.ts';
import { aConversation, aNotification } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeAnnouncementStoreContract(name: string, makeStores: MakeStores): void {
  describe(`AnnouncementStore ${name}`, () => {
    let stores: FreshStores;

    beforeEach(async () => {
      stores = await makeStores();
    });

    function announced(): Announced {
      const { key } = aConversation();
      const notification = aNotification({ to: [{ conversation: key }] });
      const at = stores.clock.now();
      return {
        notification,
        conversation: key,
        dueEntries: [
          { kind: 'plan', notification: notification.id, at },
          { kind: 'old-notification', notification: notification.id, at: at + 1000 },
        ],
      };
    }

    it('keeps hundreds, each addressed and planned, with what looks after it', async () => {
      const many = Array.from({ length: 230 }, announced);
      await stores.announcements.keep(many);
      const last = many.at(-1);
      if (last === undefined) throw new Error('there are 230');
      const { notification, conversation } = last;
      expect(await stores.notifications.findNotification(notification.id)).toEqual(notification);
      expect(await stores.notifications.isPlanned(notification.id)).toBe(true);
      expect(await stores.ledger.unfinishedDeliveries(notification.id)).toEqual([conversation]);
      expect(await stores.dueIndex.findOverdue(stores.clock.now() + 1000, 1000)).toHaveLength(460);
    });

    it('leaves one that is known as it is, its outcome too', async () => {
      const one = announced();
      const id = { notification: one.notification.id, conversation: one.conversation };
      await stores.announcements.keep([one]);
      await stores.ledger.recordOutcome(id, { outcome: 'delivered', at: 1, attempts: 1, repeats: 0 });
      await stores.announcements.keep([
        { ...one, notification: { ...one.notification, data: { text: 'another text' } } },
        announced(),
      ]);
      expect(await stores.notifications.findNotification(one.notification.id)).toEqual(one.notification);
      expect(await stores.ledger.unfinishedDeliveries(one.notification.id)).toEqual([]);
    });

    it('keeps nothing of nothing', async () => {
      await stores.announcements.keep([]);
      expect(await stores.dueIndex.findOverdue(stores.clock.now() + 1000, 10)).toEqual([]);
    });
  });
}
