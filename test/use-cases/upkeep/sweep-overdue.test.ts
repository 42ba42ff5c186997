import { describe, expect, it } from 'vitest';
import { type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { sweepOverdue } from '../../../shared/use-cases/upkeep/sweep-overdue.ts';
import { aConversation, aNotification, anEvent, aTopic } from '../../support/builders.ts';
import { aWorld, KEPT_FOR, type World } from '../../support/world.ts';
import { aPersonWhoIsTold, statesOf } from '../holding-back/held-person.ts';

/** Entries that lead to nothing: each is one look. */
async function strays(world: World, count: number): Promise<void> {
  const at = world.clock.now() - minutes(5);
  for (let number = 0; number < count; number += 1)
    await world.dueIndex.addDue({ at: at + number, kind: 'plan', notification: aNotification().id });
}

/** A sweep of the world whose every look does `meanwhile` first. */
function sweepWith(world: World, meanwhile: () => Promise<void> | void) {
  const { notifications } = world;
  return sweepOverdue({
    ...world,
    keptFor: KEPT_FOR,
    notifications: Object.assign(Object.create(notifications), {
      async findNotification(id: NotificationId) {
        await meanwhile();
        return notifications.findNotification(id);
      },
    }),
    removeOld: async () => undefined,
  });
}

describe('the sweep', () => {
  it('gets through more than a minute brings of reminders and single notifications', async () => {
    const world = aWorld();
    await strays(world, 2600);
    expect(await world.sweep()).toEqual({ over: 2600, revived: 0, failed: 0 });
    expect(await world.dueIndex.findOverdue(world.clock.now(), 10)).toEqual([]);
  });

  it('looks at several entries at the same time, and not at all of them', async () => {
    const world = aWorld();
    await strays(world, 100);
    let now = 0;
    let most = 0;
    const sweep = sweepWith(world, async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
    });
    await sweep();
    expect(most).toBe(16);
  });

  it('finds who was lost behind any number of entries that fail', async () => {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    await world.publish(anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } }));
    world.deliveries.lose();
    world.clock.advance(minutes(3));
    const failing = 1300;
    for (let number = 0; number < failing; number += 1)
      await world.dueIndex.addDue({ at: number, kind: 'plan', notification: aNotification().id });
    for (let times = 0; times < failing; times += 1) {
      const error = new StoreUnavailable('get', new Error('row cannot be read'));
      world.watch.failNext('notifications.findNotification', { error, when: 'before' });
    }
    expect(await world.sweep()).toEqual({ over: 0, revived: 1, failed: failing });
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });

  it('begins nothing after 45 seconds, and the next one goes on, oldest first', async () => {
    const world = aWorld();
    await strays(world, 100);
    const sweep = sweepWith(world, () => world.clock.advance(seconds(1)));
    const { over } = await sweep();
    expect(over).toBeLessThan(70);
    const left = await world.dueIndex.findOverdue(world.clock.now(), 1000);
    expect(left).toHaveLength(100 - over);
    await sweep();
    await sweep();
    expect(await world.dueIndex.findOverdue(world.clock.now(), 1000)).toEqual([]);
  });

  it('wakes what waits for long less and less often, because it most likely waits for its slot', async () => {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } });
    await world.publish(event);
    const wokenAt: number[] = [];
    for (let minute = 1; minute <= 60; minute += 1) {
      world.deliveries.lose();
      world.clock.advance(minutes(1));
      if ((await world.sweep()).revived > 0) wokenAt.push(minute);
    }
    expect(wokenAt).toEqual([2, 4, 8, 16, 26, 36, 46, 56]);
    world.clock.advance(minutes(6));
    await world.sweep();
    await world.run();
    expect(await world.report(notificationId(event.source, event.id))).toMatchObject({ complete: true });
  });
});

describe('somebody who is named beside a group', () => {
  /** A topic of many, and somebody who is not among them and sorts behind all of them: no page of the group leads there. */
  async function namedBesideTopic() {
    const world = aWorld({ requestsPerSecond: 10 });
    const people = Array.from({ length: 60 }, () => aConversation()).sort((a, b) => (a.key < b.key ? -1 : 1));
    await world.knows(...people);
    const named = people.at(-1) ?? aConversation();
    const members = people.slice(0, -1);
    for (const { key, tenant } of members)
      await world.subscriptions.subscribe({ conversation: key, tenant, topic: aTopic('builds'), since: 0 });
    const event = anEvent({
      data: { to: [{ conversation: named.key }, { topic: 'builds' }], text: 'hello' },
    });
    await world.publish(event);
    return { world, named, members, id: notificationId(event.source, event.id) };
  }

  it('is told after two minutes where the broker lost that call, and of the group nobody is called again', async () => {
    const { world, named, members, id } = await namedBesideTopic();
    expect(world.deliveries.take()?.conversation).toBe(named.key);
    await world.run(world.clock.now() + minutes(1));
    expect(await world.report(id)).toMatchObject({
      complete: false,
      outcomes: { delivered: members.length },
    });
    world.clock.advance(minutes(2));
    expect(await world.sweep()).toMatchObject({ revived: 1 });
    await world.run();
    expect(world.channel.textsIn(named.conversationId)).toEqual(['hello']);
    expect(await world.report(id)).toMatchObject({ complete: true, outcomes: { delivered: 60 } });
  });

  it('is told while the group is still walked, and again looked after until then', async () => {
    const { world, named, members } = await namedBesideTopic();
    world.deliveries.take();
    world.jobs.lose();
    for (let minute = 0; minute < 2; minute += 1) {
      world.clock.advance(minutes(1));
      await world.sweep();
    }
    const calls = world.deliveries.takeAll();
    expect(calls.map(({ conversation }) => conversation)).toEqual([named.key]);
    for (let minute = 0; minute < 3; minute += 1) {
      world.clock.advance(minutes(1));
      await world.sweep();
      await world.run(world.clock.now() + seconds(30));
    }
    expect(world.channel.textsIn(named.conversationId)).toEqual(['hello']);
    expect(world.channel.shown).toHaveLength(members.length + 1);
  });
});

describe('somebody whose quiet hours end together with those of many', () => {
  it('waits for a slot without being taken for lost, and is told when it comes', async () => {
    const told = await aPersonWhoIsTold();
    const { world } = told;
    await told.prefers({ quietHours: { from: 8 * 60, to: 9 * 60 + 30 } });
    const id = await told.tell('good morning');
    // No slot is free for nine minutes.
    world.pace.answers.push({ at: world.clock.now() + minutes(39) });
    const woken: number[] = [];
    for (let minute = 1; minute <= 38; minute += 1) {
      await told.passes(minutes(1));
      woken.push((await world.sweep()).revived);
    }
    expect(Math.max(...woken)).toBe(0);
    await told.passes(minutes(2));
    expect(told.texts()).toEqual(['good morning']);
    expect(await statesOf(world, [id])).toEqual(['delivered']);
    expect(world.pace.turns.at(-1)).toHaveProperty('slotAt');
  });

  it('comes without a slot when there was none to be had', async () => {
    const told = await aPersonWhoIsTold();
    const { world } = told;
    world.pace.answers.push({ at: world.clock.now() + minutes(5), isWithoutSlot: true });
    await told.tell('hello');
    await told.passes(minutes(6));
    expect(told.texts()).toEqual(['hello']);
    expect(world.pace.turns.at(-1)).not.toHaveProperty('slotAt');
  });

  it('is found by the sweep when that late call is lost', async () => {
    const told = await aPersonWhoIsTold();
    const { world } = told;
    await told.prefers({ quietHours: { from: 8 * 60, to: 9 * 60 + 30 } });
    await told.tell('good morning');
    world.pace.answers.push({ at: world.clock.now() + minutes(39) });
    await told.passes(minutes(31));
    world.deliveries.lose();
    for (let minute = 0; minute < 12; minute += 1) {
      await told.passes(minutes(1));
      await world.sweep();
    }
    expect(told.texts()).toEqual(['good morning']);
  });
});
