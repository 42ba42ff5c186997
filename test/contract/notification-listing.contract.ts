import { describe, expect, it } from 'vitest';
import { days, hours } from '../../shared/domain/time.ts';
import { aConversation, aNotification } from '../support/builders.ts';
import type { MakeStores } from './stores.ts';

export function describeNotificationListingContract(name: string, makeStores: MakeStores): void {
  describe(`NotificationListing ${name}`, () => {
    it('lists what was accepted, announced one by one or many at a time, newest first, until it is removed', async () => {
      const stores = await makeStores();
      const now = Date.UTC(2026, 10, 23, 9);
      const at = (acceptedAt: number) => aNotification({ acceptedAt });
      const [recent, hour, before, daysAgo] = [
        at(now),
        at(now - hours(1)),
        at(now - hours(1) - 1),
        at(now - days(2)),
      ];
      for (const each of [before, recent, daysAgo]) await stores.notifications.acceptNotification(each);
      await stores.announcements.keep([
        { notification: hour, conversation: aConversation().key, dueEntries: [] },
      ]);
      // Accepted once more, it is listed once.
      await stores.notifications.acceptNotification(recent);
      const listed = async (
        since: number,
        until: Parameters<typeof stores.listing.acceptedBetween>[1] = now,
      ) => {
        const ids = [];
        for await (const { notification } of stores.listing.acceptedBetween(since, until))
          ids.push(notification);
        return ids;
      };
      expect(await listed(now - hours(1))).toEqual([recent.id, hour.id]);
      expect(await listed(0 + now - days(3))).toEqual([recent.id, hour.id, before.id, daysAgo.id]);
      expect(await listed(now - days(3), now - 1)).toEqual([hour.id, before.id, daysAgo.id]);
      const behind = { notification: hour.id, acceptedAt: hour.acceptedAt };
      expect(await listed(now - days(3), { behind })).toEqual([before.id, daysAgo.id]);
      await stores.retention.removeNotification(hour.id, 100);
      expect(await listed(now - hours(1))).toEqual([recent.id]);
    });

    it('lists once what is accepted many times at once by different clocks, and when: by the one that stands', async () => {
      const stores = await makeStores();
      const now = Date.UTC(2026, 10, 23, 0, 0, 0, 10);
      const { key } = aConversation();
      const all = async () => {
        const found = [];
        for await (const listed of stores.listing.acceptedBetween(now - days(1), now + days(1)))
          found.push(listed);
        return found.sort((a, b) => (a.notification < b.notification ? -1 : 1));
      };
      const [accepted, announced] = [aNotification(), aNotification({ to: [{ conversation: key }] })];
      const both = [accepted.id, announced.id];
      const attempts = Array.from({ length: 20 }, (_, attempt) => ({ acceptedAt: now - attempt }));
      await Promise.all(
        attempts.flatMap((attempt) => [
          stores.notifications.acceptNotification({ ...accepted, ...attempt }),
          stores.announcements.keep([
            { notification: { ...announced, ...attempt }, conversation: key, dueEntries: [] },
          ]),
        ]),
      );
      const stored = await Promise.all(both.map((id) => stores.notifications.findNotification(id)));
      const places = both.map((notification, index) => ({
        notification,
        acceptedAt: stored[index]?.acceptedAt,
      }));
      expect(await all()).toEqual(places.sort((a, b) => (a.notification < b.notification ? -1 : 1)));
    });

    it('gives those of one instant by id, so that none is lost or comes twice where a page ends among them', async () => {
      const stores = await makeStores();
      const now = Date.UTC(2026, 10, 23, 9);
      const same = Array.from({ length: 5 }, () => aNotification({ acceptedAt: now }));
      for (const each of same) await stores.notifications.acceptNotification(each);
      const ids = same.map(({ id }) => id).sort();
      const rest = [];
      const behind = { notification: ids[1] ?? same[0]?.id ?? aNotification().id, acceptedAt: now };
      for await (const { notification } of stores.listing.acceptedBetween(now - 1, { behind }))
        rest.push(notification);
      expect(rest).toEqual(ids.slice(2));
    });
  });
}
