import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { hours, type Instant, minutes, seconds, toIso } from '../../../shared/domain/time.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aWorld, Crash, type World } from '../../support/world.ts';

/** What the channel lets into a conversation in the long run, 60 in 30 s. */
const ALLOWED_PER_SECOND = 2;

/** Publishes urgent messages to one person; gives the ids of their notifications. */
async function flood(world: World, count: number, delivery: { readonly [name: string]: unknown } = {}) {
  const ana = aConversation();
  await world.knows(ana);
  const ids = [];
  for (let number = 1; number <= count; number += 1) {
    const data = {
      to: { conversation: ana.key },
      text: `${number}`,
      delivery: { urgent: true, ...delivery },
    };
    const event = anEvent({ data });
    await world.publish(event);
    ids.push(notificationId(event.source, event.id));
  }
  return { ana, ids };
}

/** Lets the world run, and notes when each call is looked at and each message shown. */
async function watched(world: World, until?: Instant) {
  const looks: Instant[] = [];
  const sends: Instant[] = [];
  const { findDesk: desk } = world.ledger;
  const { sendActivity: send } = world.channel;
  world.ledger.findDesk = (key) => {
    looks.push(world.clock.now());
    return desk.call(world.ledger, key);
  };
  world.channel.sendActivity = (reference, message) => {
    sends.push(world.clock.now());
    return send.call(world.channel, reference, message);
  };
  await world.run(until);
  return { looks, sends };
}

function mostWithin(instants: readonly Instant[], window: number): number {
  return Math.max(
    ...instants.map((from) => instants.filter((at) => at >= from && at < from + window).length),
  );
}

/** The heartbeat of the next minute goes on. */
function unlessCrashed(cause: unknown): void {
  if (!(cause instanceof Crash)) throw cause;
}

describe('a noisy conversation', () => {
  it('gets nine tenths of its rate, each message looked at three times at most, no two waking together', async () => {
    const world = aWorld();
    const { ana } = await flood(world, 1500);
    const { looks, sends } = await watched(world);
    expect(world.channel.textsIn(ana.conversationId).length).toBe(1500);
    const rate = 1500 / ((Math.max(...sends) - Math.min(...sends)) / 1000);
    expect(rate).toBeGreaterThan(0.9 * ALLOWED_PER_SECOND);
    expect(looks.length / 1500).toBeLessThan(3);
    // The first look at all of them comes when they are published; after it nobody wakes in a crowd.
    const woken = looks.filter((at) => at > Math.min(...looks));
    expect(mostWithin(woken, seconds(1))).toBeLessThanOrEqual(3);
  });

  it('wakes nobody more often because the heartbeat looks after what is late', async () => {
    const world = aWorld();
    await flood(world, 300);
    for (let minute = 0; minute < 4; minute += 1) {
      const next = world.clock.now() + minutes(1);
      await world.run(next);
      world.clock.set(next);
      await world.sweep();
    }
    const { findDesk: desk } = world.ledger;
    let looks = 0;
    world.ledger.findDesk = (key) => {
      looks += 1;
      return desk.call(world.ledger, key);
    };
    await world.run();
    expect(looks).toBe(0);
    expect(world.watch.count('ledger.findDesk')).toBeLessThan(3 * 300);
  });

  it('tells the oldest first, whatever comes meanwhile', async () => {
    const world = aWorld();
    const { ana } = await flood(world, 30);
    await world.run(world.clock.now() + seconds(5));
    const data = { to: { conversation: ana.key }, text: 'later', delivery: { urgent: true } };
    await world.publish(anEvent({ data }));
    await world.run();
    const texts = Array.from({ length: 30 }, (_text, index) => `${index + 1}`);
    expect(world.channel.textsIn(ana.conversationId)).toEqual([...texts, 'later']);
  });

  it('loses and repeats nothing when replies take its room', async () => {
    const world = aWorld();
    const { ana } = await flood(world, 100);
    for (let second = 0; second < 40; second += 1) {
      const next = world.clock.now() + seconds(1);
      await world.run(next);
      world.clock.set(next);
      await world.ledger.countSends(ana.key, 1, world.clock.now());
    }
    await world.run();
    const texts = world.channel.textsIn(ana.conversationId);
    expect(texts.length).toBe(100);
    expect(new Set(texts).size).toBe(100);
    expect(world.watch.count('ledger.findDesk')).toBeLessThan(3.5 * 100);
  });

  it('loses and repeats nothing when a worker dies at any step of lining up', async () => {
    const calm = aWorld();
    await flood(calm, 8);
    await calm.run(calm.clock.now() + seconds(1));
    const steps = calm.watch.calls.length;
    for (let step = 0; step < steps; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const world = aWorld();
        const { ana } = await flood(world, 8);
        world.watch.failCall(world.watch.calls.length + step, { error: new Crash(), when });
        for (let minute = 0; minute < 6; minute += 1) {
          await world.run();
          world.clock.advance(minutes(1));
          await world.sweep().catch(unlessCrashed);
        }
        const texts = world.channel.textsIn(ana.conversationId);
        expect(new Set(texts).size, `${step} ${when}`).toBe(8);
        // Once more is what `resend` allows, where nobody knows whether the request was made.
        expect(texts.length, `${step} ${when}`).toBeLessThanOrEqual(9);
      }
    }
  });

  it('holds nobody back behind moments that nobody uses', async () => {
    const world = aWorld();
    const { ana } = await flood(world, 300);
    await world.run(world.clock.now() + seconds(3));
    // Most of them expire, are cancelled or forgotten: their calls never come.
    while (world.deliveries.take() !== undefined);
    world.clock.advance(seconds(6));
    while (world.deliveries.take() !== undefined);
    const data = { to: { conversation: ana.key }, text: 'fresh', delivery: { urgent: true } };
    await world.publish(anEvent({ data }));
    const shown = world.channel.shown.length;
    await world.run(world.clock.now());
    expect(world.channel.textsIn(ana.conversationId).slice(shown)).toContain('fresh');
  });

  it('ends what has no room before it expires as expired, not all in one instant', async () => {
    const world = aWorld();
    let number = 0;
    world.random.next = () => {
      number += 1;
      return (number % 97) / 97;
    };
    const expiresAt = toIso(world.clock.now() + seconds(20));
    const { ana, ids } = await flood(world, 200, { expiresAt });
    const { looks, sends } = await watched(world);
    expect(Math.max(...sends)).toBeLessThan(Date.parse(expiresAt));
    const reports = await Promise.all(ids.map((id) => world.report(id, {})));
    const states = reports.flatMap((report) => report?.recipients?.map(({ state }) => state) ?? []);
    expect(states.filter((state) => state === 'delivered').length).toBe(sends.length);
    expect(states.filter((state) => state === 'expired').length).toBe(200 - sends.length);
    // None of them holds a moment for which it would be too late.
    const { line } = await world.ledger.findDesk(ana.key);
    expect(line?.recent.at(-1)).toBeLessThan(Date.parse(expiresAt) + seconds(1));
    expect(Math.max(...looks)).toBeLessThanOrEqual(Date.parse(expiresAt) + minutes(1));
    const late = looks.filter((at) => at >= Date.parse(expiresAt));
    expect(mostWithin(late, seconds(1))).toBeLessThanOrEqual(10);
  });

  it('is not held for years by a line that a wrong clock made', async () => {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    const ahead = world.clock.now() + hours(24 * 365);
    const sent = { recent: [ahead], older: [], bursts: [] };
    await world.ledger.lineUp(ana.key, { sent, limits: [{ count: 1, window: seconds(1) }], now: ahead });
    for (let text = 0; text < 20; text += 1) {
      const data = { to: { conversation: ana.key }, text: `${text}`, delivery: { urgent: true } };
      await world.publish(anEvent({ data }));
    }
    await world.run(world.clock.now() + minutes(1));
    expect(world.channel.textsIn(ana.conversationId).length).toBe(20);
  });
});
