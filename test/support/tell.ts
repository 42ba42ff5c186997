import { minutes } from '../../shared/domain/time.ts';
import { anEvent } from './builders.ts';
import { newsOf } from './reading.ts';
import type { World } from './world.ts';

/** Where a text was shown that was published to `to`. */
export async function tell(
  world: World,
  to: unknown,
  text: string,
  delivery?: object,
): Promise<readonly string[]> {
  await world.publish(anEvent({ data: { to, text, ...(delivery && { delivery }) } }));
  await world.run(world.clock.now() + minutes(2));
  return world.channel.shown.flatMap(({ conversationId, message }) =>
    newsOf(message).startsWith(text) ? [conversationId] : [],
  );
}
