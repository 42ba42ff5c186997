import { describe, expect, it } from 'vitest';
import type { DeliveryRow } from '../../../shared/domain/delivery/delivery.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { days, hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { aWorld, DIALOG_IDLE, KEPT_FOR, LEASE } from '../../support/world.ts';

const YEAR = days(365);

/** A delivery whose row was written by a machine whose clock was a year ahead; its call comes now. */
async function withRow(row: (now: number) => Partial<DeliveryRow>) {
  const world = aWorld();
  const ana = aConversation();
  await world.knows(ana);
  const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } });
  const id = notificationId(event.source, event.id);
  await world.publish(event);
  const call = world.deliveries.take() ?? expect.fail('a call was made');
  const now = world.clock.now();
  const own = { notification: id, conversation: ana.key };
  await world.ledger.claimDelivery({
    id: own,
    version: 0,
    state: 'claimed',
    attempts: 1,
    unconfirmed: 0,
    firstClaimedAt: now + YEAR,
    claimedAt: now + YEAR,
    ...row(now),
  });
  const stateOf = async () => (await world.report(id, {}))?.recipients?.[0];
  return { world, ana, call, own, id, stateOf };
}

describe('a delivery whose row was written by a machine with a clock a year ahead', () => {
  it('is not claimed for a year: it is free again a lease from now, once', async () => {
    const { world, ana, call, own, stateOf } = await withRow((now) => ({ leaseUntil: now + YEAR + LEASE }));
    const begun = world.clock.now();
    await world.handle({ ...call, hop: 1 });
    expect((await world.ledger.findDelivery(own))?.leaseUntil).toBe(begun + LEASE);
    await world.run();
    expect(world.clock.now() - begun).toBeLessThan(LEASE + minutes(1));
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    // What became of the first claim nobody knows.
    expect(await stateOf()).toMatchObject({ state: 'delivered', repeats: 1 });
  });

  it('keeps a lease that a clock five minutes ahead can have written', async () => {
    const { world, call, own } = await withRow((now) => ({ leaseUntil: now + LEASE + minutes(5) }));
    const { leaseUntil } = (await world.ledger.findDelivery(own)) ?? {};
    await world.handle({ ...call, hop: 1 });
    expect((await world.ledger.findDelivery(own))?.leaseUntil).toBe(leaseUntil);
  });

  it('does not wait for a year for its retry', async () => {
    const { world, ana, call } = await withRow((now) => ({
      state: 'retrying',
      version: 1,
      dueAt: now + YEAR,
    }));
    await world.handle({ ...call, version: 1 });
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });

  it('waits for a retry that the channel can have asked for', async () => {
    const { world, call } = await withRow((now) => ({
      state: 'retrying',
      version: 1,
      dueAt: now + hours(1),
    }));
    await world.handle({ ...call, version: 1 });
    expect(world.channel.shown).toEqual([]);
  });

  it('does not wait for a year for a dialog', async () => {
    const { world, ana, call, own } = await withRow((now) => ({
      state: 'deferred',
      version: 1,
      deferral: 'waiting',
      dueAt: now + YEAR,
      waitUntil: now + YEAR,
      attempts: 0,
    }));
    const dialog = {
      name: 'book travel',
      title: 'your trip',
      version: 1,
      state: {},
      prompt: { text: 'Where to?' },
    };
    const speak = async () => {
      const place = { conversation: ana.key };
      const { state, tag } = await world.turns.loadTurns(place);
      await world.turns.saveTurns(place, { ...state, dialog, spokeAt: world.clock.now() }, tag);
    };
    await speak();
    await world.handle({ ...call, version: 1 });
    expect((await world.ledger.findDelivery(own))?.waitUntil).toBe(world.clock.now() + minutes(10));
    for (let minute = 0; minute < 11; minute += 1) {
      world.clock.advance(minutes(1));
      await speak();
      await world.run(world.clock.now());
    }
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect(DIALOG_IDLE).toBeGreaterThan(minutes(11));
  });

  it('is woken by the sweep although its row says a year', async () => {
    const { world, ana, own } = await withRow((now) => ({
      state: 'retrying',
      version: 1,
      dueAt: now + YEAR,
    }));
    await world.dueIndex.addDue({ at: world.clock.now(), kind: 'delivery', id: own });
    await world.sweep();
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });

  it('is found by the sweep where its due entry lies further ahead than any', async () => {
    const { world, ana, own } = await withRow((now) => ({
      state: 'retrying',
      version: 1,
      dueAt: now + 3 * YEAR,
    }));
    await world.dueIndex.addDue({ at: world.clock.now() + 3 * YEAR, kind: 'delivery', id: own });
    await world.sweep();
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });

  it('suppresses somebody who blocked the bot, although their record is from next year', async () => {
    const world = aWorld();
    const ana = { ...aConversation(), changedAt: world.clock.now() + YEAR };
    await world.knows(ana);
    world.channel.next(ana.conversationId ?? '', {
      result: { kind: 'failed', status: 403, code: 'ConversationBlockedByUser', surelyNotSent: true },
    });
    await world.publish(anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } }));
    await world.run();
    expect((await world.conversations.findConversation(ana.key))?.suppressed).toBe('blocked');
  });

  it('does not make its request when the process stood still for longer than its claim holds', async () => {
    const { world, ana, call, stateOf } = await withRow((now) => ({
      state: 'retrying',
      version: 1,
      dueAt: now,
    }));
    const claim = world.ledger.claimDelivery.bind(world.ledger);
    let stalls = 1;
    world.ledger.claimDelivery = async (row, windows) => {
      const claimed = await claim(row, windows);
      if (stalls-- > 0) world.clock.advance(LEASE + seconds(1));
      return claimed;
    };
    await world.handle({ ...call, version: 1 });
    expect(world.channel.requests).toEqual([]);
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect(await stateOf()).toMatchObject({ state: 'delivered', repeats: 0 });
  });
});

describe('what is kept by a machine with a clock years ahead', () => {
  it('is removed when its time is over, counted from when it was noticed', async () => {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    const now = world.clock.now();
    world.clock.set(now + 3 * YEAR);
    const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } });
    const id = notificationId(event.source, event.id);
    await world.publish(event);
    await world.run();
    await world.accept({ envelope: { no: 'event' }, original: '{"no":"event"}', at: world.clock.now() });
    world.clock.set(now);
    for (let tick = 0; tick < 3; tick += 1) await world.sweep();
    world.clock.set(now + KEPT_FOR - minutes(1));
    for (let tick = 0; tick < 3; tick += 1) await world.sweep();
    expect(await world.notifications.findNotification(id)).toBeDefined();
    world.clock.set(now + KEPT_FOR + minutes(1));
    for (let tick = 0; tick < 3; tick += 1) await world.sweep();
    expect(await world.notifications.findNotification(id)).toBeUndefined();
    expect((await world.parking.listParked({ limit: 10 })).items).toEqual([]);
    expect(world.dueIndex.all()).toEqual([]);
  });
});
