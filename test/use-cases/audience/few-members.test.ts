import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { aConversation, anEvent, aTopic } from '../../support/builders.ts';
import { livesUntil } from '../../support/lives-until.ts';
import { aWorld, Crash, type World } from '../../support/world.ts';

async function aTopicOf(count: number, name = 'builds/web') {
  const world = aWorld();
  const people = Array.from({ length: count }, () => aConversation());
  await world.knows(...people);
  await subscribed(world, people, name);
  const event = anEvent({ data: { to: { topic: 'builds/web' }, text: 'hello' } });
  return { world, people, event, id: notificationId(event.source, event.id) };
}

async function subscribed(world: World, people: readonly Conversation[], name: string): Promise<void> {
  for (const { key, tenant } of people)
    await world.subscriptions.subscribe({ conversation: key, tenant, topic: aTopic(name), since: 0 });
}

describe('an event to a topic of a few', () => {
  it.each([
    [1, { recipients: 1 }, 0],
    [10, { recipients: 10 }, 0],
    [11, { recipients: 0 }, 1],
  ])(
    'of %i subscribers is told by its plan, or walked to where they are more than ten',
    async (count, accepted, walks) => {
      const { world, event, id } = await aTopicOf(count);
      expect(await world.publish(event)).toMatchObject(accepted);
      expect((await world.notifications.walksOf(id)).length).toBe(walks);
      await world.run();
      expect(world.channel.shown.length).toBe(count);
      expect(await world.report(id)).toMatchObject({ complete: true, outcomes: { delivered: count } });
    },
  );

  it('waits for nothing on its way, and takes as many writes in turn as to somebody who is named', async () => {
    const { world, people, event } = await aTopicOf(1);
    const begun = world.clock.now();
    await world.publish(event);
    await world.run();
    expect(world.clock.now() - begun).toBe(0);
    const byTopic = writesOf(world);
    const { world: other } = await aTopicOf(1);
    await other.knows(...people);
    await other.publish(anEvent({ data: { to: { conversation: people[0]?.key }, text: 'hello' } }));
    await other.run();
    expect(byTopic).toEqual(writesOf(other));
    expect(byTopic).not.toContain('jobs.sendJobs');
  });

  it('tells somebody once who is in two of its groups, or named beside them', async () => {
    const { world, people, id, event } = await aTopicOf(2);
    await subscribed(world, people, 'builds');
    const to = [{ topic: 'builds/web' }, { conversation: people[0]?.key }];
    expect(await world.publish({ ...event, data: { to, text: 'hello' } })).toMatchObject({ recipients: 2 });
    await world.run();
    expect(world.channel.shown.length).toBe(2);
    expect((await world.report(id))?.addressed).toBe(2);
  });

  it('addresses nobody where it was cancelled before it came', async () => {
    const { world, event, id } = await aTopicOf(3);
    await world.cancel(id);
    await world.publish(event);
    await world.run();
    expect(world.channel.shown).toEqual([]);
    expect(await world.report(id)).toMatchObject({ complete: true, addressed: 0, notAddressed: 3 });
  });

  it.each([
    ['has one more than ten by the time it is planned again', 10, 1],
    ['has ten left by the time it is planned again', 11, -1],
  ])('that %s, after a process died at any step, reaches each of them once', async (_what, count, change) => {
    let died = true;
    for (let step = 0; died; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world, people, event, id } = await aTopicOf(count);
        world.watch.failCall(world.watch.calls.length + step, { error: new Crash(), when });
        died = await world.publish(event).then(
          () => false,
          () => true,
        );
        if (!died) break;
        const isPlanned = await world.notifications.isPlanned(id);
        const leaver = change < 0 ? people[0] : undefined;
        const stay = people.filter((one) => one !== leaver);
        if (leaver !== undefined) await world.subscriptions.unsubscribe(leaver, aTopic('builds/web'));
        const comes = Array.from({ length: Math.max(0, change) }, () => aConversation());
        await world.knows(...comes);
        await subscribed(world, comes, 'builds/web');
        await world.publish(event);
        await world.run();
        world.clock.advance(minutes(3));
        await world.sweep();
        await world.run();
        const at = `${when} step ${step}`;
        const told = world.channel.shown.map(({ conversationId }) => conversationId);
        expect(new Set(told).size, at).toBe(told.length);
        // Whoever came once all was planned is not told, and whoever left may have been told before.
        if (!isPlanned)
          expect(told, at).toEqual(
            expect.arrayContaining([...stay, ...comes].map(({ conversationId }) => conversationId)),
          );
        expect((await world.report(id))?.complete, at).toBe(true);
      }
    }
  });

  it('tells also whoever left a topic that grew, where the process died between rows and calls', async () => {
    const { world, people, event, id } = await aTopicOf(10);
    world.watch.failNext('deliveries.sendCalls', { error: new Crash(), when: 'before' });
    await expect(world.publish(event)).rejects.toThrow(Crash);
    // No page of the walk comes so far as theirs.
    const leaver = people.reduce((one, other) => (one.key > other.key ? one : other));
    await world.subscriptions.unsubscribe(leaver, aTopic('builds/web'));
    const comes = Array.from({ length: 40 }, () => aConversation())
      .filter(({ key }) => key < leaver.key)
      .slice(0, 2);
    await world.knows(...comes);
    await subscribed(world, comes, 'builds/web');
    await livesUntil(world, world.clock.now() + minutes(30));
    const report = await world.report(id);
    expect(report).toMatchObject({ complete: true, addressed: 12 });
  });

  it('that is cancelled after a process died at any step counts each of them once', async () => {
    let died = true;
    for (let step = 0; died; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world, event, id } = await aTopicOf(3);
        world.watch.failCall(world.watch.calls.length + step, { error: new Crash(), when });
        died = await world.publish(event).then(
          () => false,
          () => true,
        );
        if (!died) break;
        await world.cancel(id);
        await world.publish(event);
        await world.run();
        world.clock.advance(minutes(3));
        await world.sweep();
        await world.run();
        const at = `${when} step ${step}`;
        const report = await world.report(id);
        expect(world.channel.shown, at).toEqual([]);
        expect(report?.complete, at).toBe(true);
        expect((report?.outcomes.cancelled ?? 0) + (report?.notAddressed ?? 0), at).toBe(3);
      }
    }
  });

  it('that a process dies with at any step of its plan is found by the sweep, without the event', async () => {
    let died = true;
    for (let step = 0; died; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world, event, id } = await aTopicOf(3);
        const before = world.watch.calls.length;
        world.watch.failCall(before + step, { error: new Crash(), when });
        died = await world.publish(event).then(
          () => false,
          () => true,
        );
        if (!died) break;
        const at = `${when} ${JSON.stringify(world.watch.calls[before + step])}`;
        world.clock.advance(minutes(3));
        const due = await world.dueIndex.findOverdue(world.clock.now(), 10);
        // Until the plan's entry is written, the event itself comes again.
        if (!due.some(({ kind }) => kind === 'plan')) continue;
        await world.sweep();
        await world.run();
        expect(world.channel.shown.length, at).toBe(3);
        expect((await world.report(id))?.complete, at).toBe(true);
      }
    }
  });
});

/** What was written and sent, in turn. */
function writesOf(world: World): readonly string[] {
  return world.watch.calls
    .map(({ port, method }) => `${port}.${method}`)
    .filter((call) => /\.(add|accept|address|send|mark|claim|record|begin|advance|reserve)/.test(call));
}
