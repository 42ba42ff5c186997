import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { hours, minutes } from '../../../shared/domain/time.ts';
import { spanOf } from '../../../shared/use-cases/intake/schedule.ts';
import { aConversation, anEvent, aTopic } from '../../support/builders.ts';
import { livesUntil } from '../../support/lives-until.ts';
import { aWorld } from '../../support/world.ts';

describe('what went out on a topic', () => {
  const build = (delivery: object = {}) =>
    anEvent({ type: 'build.finished', data: { pipeline: 'web', number: 7, status: 'failed', delivery } });
  const idOf = ({ source, id }: ReturnType<typeof anEvent>) => notificationId(source, id);

  /** Somebody who subscribed, and how many they heard of. */
  async function aTopicWithSomebody() {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    const { key, tenant } = ana;
    await world.subscriptions.subscribe({ conversation: key, tenant, topic: aTopic('builds/web'), since: 0 });
    const counted = async () =>
      (await world.topicActivity.topicsLately(world.clock.now())).find(({ topic }) => topic === 'builds/web')
        ?.count ?? 0;
    return { world, counted };
  }

  it('is counted where it was sent, once, however often it comes, also where it was cancelled after', async () => {
    const { world, counted } = await aTopicWithSomebody();
    const event = build();
    for (let time = 0; time < 3; time += 1) await world.publish(event);
    await world.run(world.clock.now() + minutes(1));
    expect(await counted()).toBe(1);
    await world.cancel(idOf(event));
    await world.run(world.clock.now() + minutes(1));
    expect(await counted()).toBe(1);
  });

  it('is not what was cancelled before anybody was told, however often', async () => {
    const { world, counted } = await aTopicWithSomebody();
    await world.publish(build());
    await world.run(world.clock.now() + minutes(1));
    const event = build();
    await world.publish(event);
    expect(await counted()).toBe(2);
    await world.cancel(idOf(event));
    world.clock.advance(1);
    await world.cancel(idOf(event));
    expect(await counted()).toBe(1);
  });

  it('stays counted where another one was cancelled that was for later the same day', async () => {
    const { world, counted } = await aTopicWithSomebody();
    await world.publish(build());
    const later = build({ at: new Date(world.clock.now() + hours(3)).toISOString() });
    await world.publish(later);
    await world.cancel(idOf(later));
    expect(await counted()).toBe(1);
  });

  it('is not what was cancelled before it was known', async () => {
    const { world, counted } = await aTopicWithSomebody();
    const event = build();
    await world.cancel(idOf(event));
    await world.publish(event);
    await world.run(world.clock.now() + minutes(1));
    expect(await counted()).toBe(0);
  });

  it('is counted once where the job and the sweep plan it at the same moment', async () => {
    const { world, counted } = await aTopicWithSomebody();
    const event = build({ at: new Date(world.clock.now() + hours(3)).toISOString() });
    await world.publish(event);
    world.clock.advance(hours(3));
    const notification = await world.notifications.findNotification(idOf(event));
    if (notification === undefined) throw new Error('it was published');
    await Promise.all([world.plan(notification), world.plan(notification)]);
    await world.run(world.clock.now() + minutes(1));
    expect(await counted()).toBe(1);
    expect(world.channel.shown).toHaveLength(1);
  });

  it('is what is for a time once that has come, and not before', async () => {
    const { world, counted } = await aTopicWithSomebody();
    const due = world.clock.now() + hours(50);
    const [kept, cancelled] = [
      build({ at: new Date(due).toISOString() }),
      build({ at: new Date(due).toISOString() }),
    ];
    for (const event of [kept, cancelled]) await world.publish(event);
    await livesUntil(world, world.clock.now() + minutes(3));
    expect(await counted()).toBe(0);
    await world.cancel(idOf(cancelled));
    await livesUntil(world, due - minutes(1));
    expect(await counted()).toBe(0);
    await livesUntil(world, due + minutes(10));
    expect(await world.report(idOf(kept))).toMatchObject({ outcomes: { delivered: 1 } });
    expect(await counted()).toBe(1);
  });

  it('is what is for a time of each person’s own clock once, from the first of them on', async () => {
    const { world, counted } = await aTopicWithSomebody();
    const event = build({ at: { local: '2026-12-01T09:00' } });
    await world.publish(event);
    const { first = 0, last = 0 } = spanOf({ local: '2026-12-01T09:00:00' }) ?? {};
    await livesUntil(world, first - minutes(1));
    expect(await counted()).toBe(0);
    await livesUntil(world, first + minutes(2));
    expect(await counted()).toBe(1);
    await livesUntil(world, last + minutes(10));
    expect(await counted()).toBe(1);
  });
});
