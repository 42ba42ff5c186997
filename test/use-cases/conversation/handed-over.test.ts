import { describe, expect, it } from 'vitest';
import { noPreferences } from '../../../shared/domain/conversation/preferences.ts';
import { conversationKey, notificationId } from '../../../shared/domain/ids.ts';
import { hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { newsOf } from '../../support/reading.ts';
import { aWorld, Crash, type World } from '../../support/world.ts';

const ANA = { id: '29:ana', name: 'Ana', aadObjectId: '5b6f1a10-0000-4000-8000-00000000000a' };
const key = (id: string) => conversationKey('msteams', id);

/** Something is held back for `a:2` since long before it turns out that both conversations are one person's. */
async function held() {
  const world = aWorld();
  const quietHours = { from: 8 * 60, to: 10 * 60 };
  for (const [age, id] of ['a:1', 'a:2'].entries()) {
    await world.conversations.saveConversation(
      aConversation({ conversationId: id, user: ANA, capturedAt: age + 1, changedAt: age + 1 }),
    );
    await world.preferences.savePreferences(key(id), { ...noPreferences, quietHours });
  }
  const event = anEvent({ data: { to: { conversation: key('a:2') }, text: 'news' } });
  await world.publish(event);
  await lives(world, minutes(30));
  const merges = async () => {
    await world.merge(key('a:2'), key('a:1'), { latest: key('a:1'), locale: 'en' });
    // Nothing waits for the end of quiet hours any more.
    await world.preferences.savePreferences(
      key('a:1'),
      noPreferences,
      (await world.preferences.findPreferences(key('a:1'))).tag,
    );
  };
  return { world, merges, id: notificationId(event.source, event.id) };
}

/** Runs what is due, and the heartbeat each minute. */
async function lives(world: World, span: number): Promise<void> {
  for (const end = world.clock.now() + span; world.clock.now() < end; ) {
    await world.run(world.clock.now() + minutes(1));
    world.clock.set(Math.max(world.clock.now(), Math.min(end, world.clock.now() + minutes(1))));
    await world.sweep();
  }
}

async function whatBecame({ world, id }: Awaited<ReturnType<typeof held>>) {
  const outcomes = ['a:2', 'a:1'].map(async (one) => {
    const result = await world.ledger.findOutcome({ notification: id, conversation: key(one) });
    return result?.outcome;
  });
  return {
    seen: world.channel.shown.map(({ message }) => newsOf(message)),
    outcomes: await Promise.all(outcomes),
  };
}

describe('a delivery that is handed over to whom the conversation belongs to', () => {
  const told = { seen: ['news'], outcomes: ['delivered', 'delivered'] };

  it('is told once, whichever of its calls is lost', async () => {
    /** Lives on with the queue losing one call of those that are sent from the merge on; gives how many there were. */
    const losing = async (lost: number) => {
      const one = await held();
      const { deliveries } = one.world;
      const send = deliveries.sendCalls.bind(deliveries);
      let sent = 0;
      deliveries.sendCalls = async (calls) => {
        const kept = calls.filter(() => {
          sent += 1;
          return sent !== lost;
        });
        await send(kept);
      };
      await one.merges();
      await lives(one.world, hours(1));
      return { ...(await whatBecame(one)), sent };
    };
    const { sent, ...whole } = await losing(0);
    expect(whole).toEqual(told);
    expect(sent).toBeGreaterThan(2);
    for (let lost = 1; lost <= sent; lost += 1) {
      const { sent: _sent, ...became } = await losing(lost);
      expect(became, `call ${lost} is lost`).toEqual(told);
    }
  });

  it.each(['before', 'after'] as const)('is told once, whoever dies %s any step of it', async (when) => {
    const dying = async (step: number | undefined) => {
      const one = await held();
      const { watch, clock } = one.world;
      await one.merges();
      const begun = watch.calls.length;
      if (step !== undefined) watch.failCall(begun + step, { error: new Crash('killed'), when });
      await one.world.run(clock.now() + minutes(1));
      const steps = watch.calls.length - begun;
      await lives(one.world, hours(1));
      return { ...(await whatBecame(one)), steps };
    };
    const { steps, ...whole } = await dying(undefined);
    expect(whole).toEqual(told);
    expect(steps).toBeGreaterThan(10);
    for (let step = 0; step < steps; step += 1) {
      const { seen, outcomes } = await dying(step);
      // Who dies behind the request leaves one of which nobody knows whether it was shown.
      expect(new Set(seen), `step ${step}`).toEqual(new Set(told.seen));
      expect(outcomes, `step ${step}`).toEqual(told.outcomes);
    }
  });

  it('is told as soon as the tenant is not held back any more', async () => {
    const { world, merges } = await held();
    await merges();
    const until = world.clock.now() + seconds(5);
    world.pace.answers.push({ at: until, isWithoutSlot: true, isHeldBack: true });
    await world.run(until + seconds(5));
    expect(world.channel.shown.map(({ message }) => newsOf(message))).toEqual(['news']);
  });

  it('is called a few times, and not with each look, while it waits for the same hour on another clock', async () => {
    const world = aWorld();
    for (const [id, timeZone, changedAt] of [
      ['a:1', 'America/Los_Angeles', 2],
      ['a:2', 'Pacific/Auckland', 1],
    ] as const) {
      await world.conversations.saveConversation(
        aConversation({ conversationId: id, user: ANA, capturedAt: changedAt, changedAt }),
      );
      await world.preferences.savePreferences(key(id), {
        ...noPreferences,
        timeZone,
        changedAt: { timeZone: changedAt },
      });
    }
    const formatted = { timeZone: 'Pacific/Auckland', dateStyle: 'short', timeStyle: 'short' } as const;
    const inAnHour = new Intl.DateTimeFormat('sv-SE', formatted).format(world.clock.now() + hours(1));
    const delivery = { at: { local: inAnHour.replace(' ', 'T') } };
    await world.publish(anEvent({ data: { to: { conversation: key('a:2') }, text: 'news', delivery } }));
    await world.run(world.clock.now() + minutes(5));
    await world.merge(key('a:2'), key('a:1'), { latest: key('a:1'), locale: 'en' });
    const { deliveries } = world;
    const send = deliveries.sendCalls.bind(deliveries);
    let called = 0;
    deliveries.sendCalls = async (calls) => {
      called += calls.filter(({ message }) => message.conversation === key('a:1')).length;
      await send(calls);
    };
    await lives(world, hours(20));
    expect(world.channel.shown).toEqual([]);
    await lives(world, hours(4));
    expect(world.channel.shown.map(({ message }) => newsOf(message))).toEqual(['news']);
    // Each comes a second time, at its hour.
    expect(called).toBeLessThan(40);
  });
});
