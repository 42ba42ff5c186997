import { describe, expect, it } from 'vitest';
import { freshHop } from '../../../shared/domain/delivery/wake-up-call.ts';
import { seconds } from '../../../shared/domain/time.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aWorld } from '../../support/world.ts';

/** A call of a person's whose tenant is held back at this moment. */
async function held() {
  const world = aWorld();
  const ana = aConversation();
  await world.knows(ana);
  await world.publish(anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } }));
  const call = world.deliveries.take() ?? expect.fail('a call was made');
  const at = world.clock.now() + seconds(5);
  world.pace.answers.push({ at, isWithoutSlot: true, isHeldBack: true });
  return { world, ana, call, at };
}

describe('a call while everybody of the tenant is held back', () => {
  it('is put off before its claim, which costs no attempt, and told later', async () => {
    const { world, ana, call, at } = await held();
    await world.handle(call);
    expect(world.channel.requests).toEqual([]);
    expect(world.deliveries.waiting.map(({ visibleAt }) => visibleAt)).toEqual([at]);
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });

  it('that the sweep made is let go of: the sweep makes it again, and there is never one more', async () => {
    const { world, call } = await held();
    await world.handle({ ...call, hop: freshHop(77) });
    expect(world.deliveries.waiting).toEqual([]);
  });

  it('that lets something deferred go is kept: the sweep comes to that much later', async () => {
    const { world, call, at } = await held();
    await world.ledger.deferDelivery({
      id: { notification: call.notification, conversation: call.conversation },
      version: 1,
      state: 'deferred',
      deferral: 'quiet-hours',
      dueAt: at,
      attempts: 0,
      unconfirmed: 0,
      firstClaimedAt: 0,
    });
    await world.handle({ ...call, version: 1, hop: freshHop(world.clock.now()) });
    expect(world.deliveries.waiting).toHaveLength(1);
  });
});
