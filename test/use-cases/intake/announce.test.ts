import { describe, expect, it } from 'vitest';
import { minutes } from '../../../shared/domain/time.ts';
import { aConversation } from '../../support/builders.ts';
import { newsOf } from '../../support/reading.ts';
import { aWorld } from '../../support/world.ts';

describe('what the app itself has to say', () => {
  it('is said once at its time, however often it is announced', async () => {
    const world = aWorld();
    const ada = aConversation();
    await world.knows(ada);
    const announcement = {
      source: '/test',
      eventId: 'tea',
      type: 'notification.requested',
      data: { to: { conversation: ada.key }, text: 'Tea is ready.' },
      conversation: ada.key,
      at: world.clock.now() + minutes(5),
    };
    await world.announce(announcement);
    await world.announce(announcement);

    await world.run(announcement.at - 1);
    expect(world.channel.shown).toEqual([]);
    await world.run();
    expect(world.channel.shown.map(({ message }) => newsOf(message))).toEqual(['Tea is ready.']);
    expect(world.clock.now()).toBeGreaterThanOrEqual(announcement.at);
  });
});
