import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { days, minutes } from '../../../shared/domain/time.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aWorld, KEPT_FOR, type World } from '../../support/world.ts';

/** The minute timer, so often that everything due is looked at. */
async function sweepUntil(world: World, until: number): Promise<void> {
  while (world.clock.now() < until) {
    world.clock.set(Math.min(until, world.clock.now() + days(1)));
    for (let tick = 0; tick < 5; tick += 1) {
      await world.sweep();
      await world.run(world.clock.now());
      world.clock.set(world.clock.now() + minutes(1));
    }
  }
}

describe('what is older than it is kept', () => {
  it('is removed: a notification with its report and deliveries', async () => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    const event = anEvent({ data: { to: { conversation: ada.key }, text: 'Hello' } });
    await world.publish(event);
    await world.run();
    const id = notificationId(event.source, event.id);

    await sweepUntil(world, world.clock.now() + KEPT_FOR - days(1));
    expect(await world.notifications.findNotification(id)).toBeDefined();
    expect(await world.ledger.countOutcomes(id)).toMatchObject({ addressed: 1 });

    await sweepUntil(world, world.clock.now() + days(2));
    expect(await world.notifications.findNotification(id)).toBeUndefined();
    expect(await world.ledger.countOutcomes(id)).toMatchObject({ addressed: 0 });
    expect(await world.ledger.findDelivery({ notification: id, conversation: ada.key })).toBeUndefined();
    expect(world.dueIndex.all()).toEqual([]);
  });

  it('stays as long as somebody has not got it', async () => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    const at = world.clock.now() + KEPT_FOR + days(3);
    const id = await world.announce({
      source: '/test',
      eventId: 'late',
      type: 'notification.requested',
      data: { to: { conversation: ada.key }, text: 'Late' },
      conversation: ada.key,
      at,
    });
    await sweepUntil(world, at - days(1));
    expect(await world.notifications.findNotification(id)).toBeDefined();
    await world.run(at + minutes(1));
    expect(world.channel.textsIn(ada.conversationId)).toEqual(['Late']);
    await sweepUntil(world, at + days(3));
    expect(await world.notifications.findNotification(id)).toBeUndefined();
  });

  it('is removed from what is parked, counted from when it was parked last', async () => {
    const world = aWorld();
    const broken = { envelope: { no: 'event' }, original: '{"no":"event"}' };
    await world.accept({ ...broken, at: world.clock.now() });
    await sweepUntil(world, world.clock.now() + KEPT_FOR - days(2));
    await world.accept({ ...broken, at: world.clock.now() });
    await sweepUntil(world, world.clock.now() + days(10));
    expect((await world.parking.listParked({ limit: 10 })).items).toHaveLength(1);
    await sweepUntil(world, world.clock.now() + KEPT_FOR);
    expect((await world.parking.listParked({ limit: 10 })).items).toEqual([]);
    expect(world.dueIndex.all()).toEqual([]);
  });
});
