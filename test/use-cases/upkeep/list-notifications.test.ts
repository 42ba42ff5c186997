import { describe, expect, it } from 'vitest';
import { TableNotificationListing } from '../../../shared/adapters/table/notification/table-notification-listing.ts';
import { toStructured } from '../../../shared/domain/event/cloud-event.ts';
import { hours } from '../../../shared/domain/time.ts';
import { listNotifications } from '../../../shared/use-cases/upkeep/list-notifications.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aTableWorld } from '../../support/table-world.ts';
import { freshTables } from '../../support/tables.ts';

async function aListedWorld() {
  const service = await freshTables();
  const world = aTableWorld(service);
  const ana = aConversation();
  await world.stores.conversations.saveConversation(ana);
  const list = listNotifications({ ...world.stores, entryOf: () => undefined });
  return {
    world,
    service,
    /** Publishes one event as often, by a clock that goes on from one to the next. */
    async comes(times: number) {
      const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } });
      const envelope = toStructured(event);
      const attempts = Array.from({ length: times }, () => {
        world.clock.advance(3);
        return world.accept({ envelope, original: JSON.stringify(envelope), at: world.clock.now() });
      });
      await Promise.all(attempts);
    },
    /** Page after page. */
    async listed(limit = 10) {
      const since = world.clock.now() - hours(1);
      const pages = [await list({ since, until: world.clock.now(), limit })];
      for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next)
        pages.push(await list({ since, until: { behind: next }, limit }));
      return pages.flatMap(({ items }) => items);
    },
  };
}

describe('the list of notifications', () => {
  it('has one entry for an event that came twenty times at once', async () => {
    const { world, comes, listed } = await aListedWorld();
    await comes(20);
    expect(await listed()).toMatchObject([{ addressed: 1 }]);
    await world.run();
    expect(await listed()).toMatchObject([{ addressed: 1, outcomes: { delivered: 1 } }]);
  });

  it('has one entry for what the former release listed under the time of each attempt', async () => {
    const { service, comes, listed } = await aListedWorld();
    await comes(1);
    const [one] = await listed();
    if (one === undefined) throw new Error('it is listed');
    const acceptedAt = Date.parse(one.acceptedAt);
    const listing = new TableNotificationListing(service);
    for (const later of [-2, -1])
      await listing.note({ notification: one.id, acceptedAt: acceptedAt + later });
    expect(await listed()).toEqual([one]);
    expect(await listed(1)).toEqual([one]);
  });
});
