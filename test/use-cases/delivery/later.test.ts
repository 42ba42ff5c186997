import { describe, expect, it } from 'vitest';
import { seconds } from '../../../shared/domain/time.ts';
import { Crash, LEASE, queueAway, type World } from '../../support/world.ts';
import { type Answered, aDelivery, endingOf, failed, settle, storeAway } from './disturbed-delivery.ts';

describe('an answer that could not be written', () => {
  const told: Answered = { name: 'sent', answers: [{ result: { kind: 'sent', activityId: 'a1' } }] };

  /** Runs `meanwhile` between the channel's answer and what follows from it. */
  function atAnswer(world: World, meanwhile: () => Promise<void> | void): void {
    const send = world.channel.sendActivity.bind(world.channel);
    world.channel.sendActivity = async (reference, message) => {
      world.channel.sendActivity = send;
      const result = await send(reference, message);
      await meanwhile();
      return result;
    };
  }

  it('is not swallowed with the call of another worker who waits for the claim', async () => {
    const { world, id } = await aDelivery(told, 'park');
    const call = world.deliveries.take();
    if (call === undefined) throw new Error('no call was made');
    atAnswer(world, () => world.handle(call));
    world.watch.failNext('ledger.recordOutcome', { error: storeAway, when: 'before' });
    await world.handle(call);
    await settle(world);
    expect(await endingOf(world, id)).toMatchObject({ state: 'delivered', shown: 1, isParked: false });
  });

  it('is still known when the process dies as soon as it has passed it on', async () => {
    const { world, id } = await aDelivery(told, 'park');
    world.watch.failNext('ledger.recordOutcome', { error: storeAway, when: 'before' });
    world.watch.failNext('deliveries.sendCalls', { error: new Crash(), when: 'after' });
    await settle(world);
    expect(await endingOf(world, id)).toMatchObject({ state: 'delivered', shown: 1, isParked: false });
  });

  it.each(['resend', 'park'] as const)(
    'and cannot be passed on either is unknown, under "%s" as anywhere else',
    async (policy) => {
      const { world, id } = await aDelivery(told, policy);
      world.watch.failNext('ledger.recordOutcome', { error: storeAway, when: 'before' });
      world.watch.failNext('deliveries.sendCalls', { error: queueAway, when: 'before' });
      await settle(world);
      expect(await endingOf(world, id)).toMatchObject(
        policy === 'resend'
          ? { state: 'delivered', shown: 2, repeats: 1 }
          : { state: 'unconfirmed', shown: 1, repeats: 0, isParked: true },
      );
    },
  );

  it('keeps the time at which it came, and what the channel said', async () => {
    const { world, id, ana } = await aDelivery(told, 'park');
    const at = world.clock.now();
    world.watch.failNext('ledger.recordOutcome', { error: storeAway, when: 'before' });
    await settle(world);
    expect(await world.ledger.findOutcome({ notification: id, conversation: ana.key })).toMatchObject({
      outcome: 'delivered',
      at,
      activityId: 'a1',
    });
  });

  it.each([
    ['the queue did not take the call', 'deliveries.sendCalls', queueAway],
    ['the answer of the store was lost', 'ledger.changeDelivery', storeAway],
  ])(
    'makes the call of a retry that is written already, with no need of the sweep: %s',
    async (_why, name, error) => {
      const { world, id } = await aDelivery({ name: '429', answers: [failed(429, 'Throttled')] }, 'park');
      world.watch.failNext(name, { error, when: name === 'ledger.changeDelivery' ? 'after' : 'before' });
      await world.run();
      expect(await endingOf(world, id)).toMatchObject({ state: 'delivered', shown: 1, repeats: 0 });
    },
  );

  it('changes nothing for a worker who took the delivery over', async () => {
    const { world, id } = await aDelivery(told, 'resend');
    const call = world.deliveries.take();
    if (call === undefined) throw new Error('no call was made');
    world.watch.failNext('ledger.recordOutcome', { error: storeAway, when: 'before' });
    await world.handle(call);
    const late = world.deliveries.waiting.at(0)?.message;
    world.deliveries.lose();
    world.clock.advance(LEASE + seconds(1));
    await world.handle({ ...call, hop: 1 });
    if (late === undefined) throw new Error('nothing travelled');
    expect(await world.deliver(late)).toEqual({ kind: 'stale' });
    expect(await endingOf(world, id)).toMatchObject({ state: 'delivered', shown: 2, repeats: 1 });
  });

  it('renews a claim that has run out meanwhile, so that nobody takes it over at that moment', async () => {
    const { world, ana, id } = await aDelivery({ name: '429', answers: [failed(429, 'Throttled')] }, 'park');
    const call = world.deliveries.take();
    if (call === undefined) throw new Error('no call was made');
    atAnswer(world, () => world.clock.advance(LEASE + seconds(1)));
    await world.handle(call);
    expect(await world.ledger.findDelivery({ notification: id, conversation: ana.key })).toMatchObject({
      state: 'retrying',
      version: 1,
    });
    await settle(world);
    expect(await endingOf(world, id)).toMatchObject({ state: 'delivered', shown: 1, repeats: 0 });
  });

  it('that somebody blocked the bot does not silence who has come back since', async () => {
    const blocked = { name: '403', answers: [failed(403, 'ConversationBlockedByUser')] };
    const { world, ana, id } = await aDelivery(blocked, 'park');
    world.watch.failNext('conversations.suppressConversation', { error: storeAway, when: 'after' });
    const call = world.deliveries.take();
    if (call === undefined) throw new Error('no call was made');
    await world.handle(call);
    world.clock.advance(seconds(1));
    await world.capture({ reference: ana, change: 'seen' });
    await settle(world);
    expect(await endingOf(world, id)).toMatchObject({ state: 'suppressed', reason: 'blocked', shown: 0 });
    expect((await world.conversations.findConversation(ana.key))?.suppressed).toBeUndefined();
  });

  it('of a delivery that was opened again since closes nothing', async () => {
    const { world, ana, id } = await aDelivery(told, 'park');
    await settle(world);
    const delivery = { notification: id, conversation: ana.key };
    const row = await world.ledger.findDelivery(delivery);
    if (row === undefined) throw new Error('no row was written');
    await world.ledger.changeDelivery({ ...row, version: 1, state: 'retrying', attempts: 0 });
    const settled = await world.ledger.findOutcome(delivery);
    if (settled !== undefined) await world.ledger.withdrawOutcome(delivery, settled);
    const at = world.clock.now();
    const answer = { kind: 'answer', attempts: 1, at, answer: { kind: 'sent' } } as const;
    const result = {
      kind: 'result',
      result: { outcome: 'exhausted', at, attempts: 12, repeats: 0 },
    } as const;
    for (const learned of [answer, result]) {
      expect(await world.deliver({ ...delivery, version: 0, hop: 3, learned })).toEqual({ kind: 'stale' });
    }
    expect(await world.ledger.findOutcome(delivery)).toBeUndefined();
  });
});

describe('a store that is away before the message leaves', () => {
  it('is an answer too: surely nothing was sent, and an operator sees why', async () => {
    const { world, ana, id } = await aDelivery(
      { name: '404', answers: [failed(404, 'ConversationNotFound')] },
      'park',
    );
    world.watch.failNext('conversations.saveConversation', { error: storeAway, when: 'before' });
    await settle(world);
    expect(world.log.of('delivery.retrying')).toMatchObject([
      { fields: { conversation: ana.key, class: 'store', code: 'store-unavailable' } },
    ]);
    expect(await endingOf(world, id)).toMatchObject({ state: 'delivered', shown: 1, repeats: 0 });
  });
});
