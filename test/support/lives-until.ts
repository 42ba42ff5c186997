import { type Instant, minutes } from '../../shared/domain/time.ts';
import type { World } from './world.ts';

/** Lets the queues run and the heartbeat look every minute, at the minute, until then. */
export async function livesUntil(world: World, end: Instant): Promise<void> {
  while (world.clock.now() < end) {
    const minute = Math.min(end, world.clock.now() - (world.clock.now() % minutes(1)) + minutes(1));
    await world.run(minute);
    world.clock.set(minute);
    await world.sweep();
  }
  await world.run(end);
}
