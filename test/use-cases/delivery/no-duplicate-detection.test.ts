import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aWorld } from '../../support/world.ts';

/** Service Bus Basic looks for no duplicates: what a sender repeats for want of an answer is on the queue twice. */
describe('on a broker where every call and every job is there twice', () => {
  it('a broadcast over several pages tells each person once, and ends', async () => {
    const world = aWorld({ requestsPerSecond: 4, broker: 'has everything twice' });
    await world.knows(...Array.from({ length: 12 }, () => aConversation()));
    const event = anEvent({ data: { to: { everyone: true }, text: 'hello' } });
    await world.publish(event);
    await world.run();
    expect(world.channel.shown).toHaveLength(12);
    const report = await world.report(notificationId(event.source, event.id));
    expect(report).toMatchObject({ complete: true, addressed: 12, outcomes: { delivered: 12 } });
  });

  it('who is named is told once, also when the channel did not take it at first', async () => {
    const world = aWorld({ broker: 'has everything twice' });
    const people = [aConversation(), aConversation()];
    await world.knows(...people);
    for (const { conversationId } of people)
      world.channel.next(conversationId, {
        result: { kind: 'failed', status: 503, code: 'ServiceUnavailable', surelyNotSent: true },
      });
    const to = people.map(({ key }) => ({ conversation: key }));
    await world.publish(anEvent({ data: { to, text: 'hello' } }));
    await world.run(world.clock.now() + minutes(30));
    expect(world.channel.shown).toHaveLength(2);
  });
});
