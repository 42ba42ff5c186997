import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aWorld, type World } from '../../support/world.ts';

/** When each person was shown something, by conversation. */
function timesOf(world: World): Map<string, number> {
  const times = new Map<string, number>();
  const send = world.channel.sendActivity.bind(world.channel);
  world.channel.sendActivity = async (reference, message) => {
    const result = await send(reference, message);
    if (result.kind === 'sent') times.set(reference.conversationId, world.clock.now());
    return result;
  };
  return times;
}

describe('a broadcast', () => {
  it('reaches everybody once, at the rate of the tenant and no faster', async () => {
    const world = aWorld({ requestsPerSecond: 50 });
    const people = Array.from({ length: 1000 }, () => aConversation());
    await world.knows(...people);
    const times = timesOf(world);
    const event = anEvent();
    await world.publish(event);
    await world.run();
    expect(times.size).toBe(1000);
    expect(world.channel.shown.length).toBe(1000);
    const sorted = [...times.values()].sort((a, b) => a - b);
    sorted.forEach((at, index) => {
      const fiftyBefore = sorted[index - 50];
      if (fiftyBefore !== undefined) expect(at - fiftyBefore).toBeGreaterThanOrEqual(1000);
    });
    expect(await world.report(notificationId(event.source, event.id))).toMatchObject({
      complete: true,
      outcomes: { delivered: 1000 },
    });
  });

  it('to a thousand is not delayed for the others by one who fails', async () => {
    const people = Array.from({ length: 1000 }, () => aConversation());
    const failing = people[500];
    if (failing === undefined) throw new Error('somebody has to fail');
    const runs: Map<string, number>[] = [];
    for (const fails of [false, true]) {
      const world = aWorld();
      await world.knows(...people);
      if (fails) {
        const throttled = { kind: 'failed', status: 429, code: 'Throttled', surelyNotSent: true } as const;
        world.channel.next(
          failing.conversationId,
          ...Array.from({ length: 20 }, () => ({ result: throttled })),
        );
      }
      const times = timesOf(world);
      await world.publish(anEvent());
      await world.run(world.clock.now() + minutes(600));
      times.delete(failing.conversationId);
      runs.push(times);
    }
    expect(runs[1]).toEqual(runs[0]);
  });

  it('runs in two tenants side by side', async () => {
    const world = aWorld({ requestsPerSecond: 10 });
    const contoso = Array.from({ length: 100 }, () => aConversation({ tenantId: 'contoso' }));
    const fabrikam = Array.from({ length: 100 }, () => aConversation({ tenantId: 'fabrikam' }));
    await world.knows(...contoso, ...fabrikam);
    const begin = world.clock.now();
    await world.publish();
    await world.run();
    expect(world.channel.shown.length).toBe(200);
    // A hundred at ten a second, and not two hundred.
    expect(world.clock.now() - begin).toBeLessThan(11_000);
  });

  it('keeps somebody who must be told now waiting for about a second at most', async () => {
    const world = aWorld({ requestsPerSecond: 50 });
    const people = Array.from({ length: 500 }, () => aConversation());
    const ana = aConversation();
    await world.knows(...people, ana);
    await world.publish(anEvent());
    await world.run(world.clock.now() + 2000);
    const reserved = await world.pacer.reserve(ana.tenant, 1, world.clock.now(), minutes(10));
    if (!('slots' in reserved)) throw new Error('a slot is always to be had');
    expect(reserved.slots.first - world.clock.now()).toBeLessThanOrEqual(1500);
  });

  it('to a few takes no slots ahead, and keeps nobody waiting for them', async () => {
    const toldAfter = async (people: number): Promise<number> => {
      const world = aWorld({ requestsPerSecond: 50 });
      await world.knows(...Array.from({ length: people }, () => aConversation()));
      const times = timesOf(world);
      const publishedAt = world.clock.now();
      await world.publish(anEvent());
      await world.run();
      expect(times.size).toBe(people);
      return Math.min(...times.values()) - publishedAt;
    };
    expect(await toldAfter(3)).toBeLessThan(50);
    expect(await toldAfter(100)).toBeGreaterThanOrEqual(100);
  });

  it('leaves out who blocked or uninstalled the bot before it takes a slot', async () => {
    const world = aWorld();
    const [gone, here] = [aConversation(), aConversation()];
    await world.knows(gone, here);
    await world.conversations.suppressConversation(gone.key, 'blocked');
    const event = anEvent();
    await world.publish(event);
    await world.run();
    expect(world.channel.shown.map(({ conversationId }) => conversationId)).toEqual([here.conversationId]);
    expect((await world.report(notificationId(event.source, event.id)))?.addressed).toBe(1);
  });
});
