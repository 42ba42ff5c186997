import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { anEvent, aPerson, aTopic, provenPerson } from '../../support/builders.ts';
import { Crash } from '../../support/world.ts';
import { aPersonWhoIsTold, statesOf } from './held-person.ts';

// The clock of the world begins on a Monday at 09:00 UTC.

describe('a notification that waits', () => {
  it('is held back while the person is at a dialog, and comes when that ends', async () => {
    const { world, speaks, finishes, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    const id = await tell('the canteen closes');
    await passes(minutes(1));
    expect(texts()).toEqual([]);
    expect(await statesOf(world, [id])).toEqual(['deferred waiting']);
    await finishes();
    await passes(seconds(1));
    expect(texts()).toEqual(['the canteen closes']);
    expect(await statesOf(world, [id])).toEqual(['delivered']);
  });

  it('is delivered at its deadline, though the dialog goes on', async () => {
    const { world, speaks, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    const id = await tell('late', { maxWait: 'PT3M' });
    await passes(minutes(3) - 1);
    expect(texts()).toEqual([]);
    await passes(seconds(1));
    expect(texts()).toEqual(['late']);
    expect(await statesOf(world, [id])).toEqual(['delivered']);
  });

  it('is dropped at its deadline when it says so', async () => {
    const { world, speaks, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    const id = await tell('never', { maxWait: 'PT3M', onDeadline: 'drop' });
    await passes(minutes(4));
    expect(texts()).toEqual([]);
    expect(await statesOf(world, [id])).toEqual(['dropped']);
  });

  it('is not held back by a dialog that was left alone, and no longer than until it counts as such', async () => {
    const { world, speaks, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    await passes(minutes(12));
    await tell('soon');
    await passes(minutes(3) - seconds(1));
    expect(texts()).toEqual([]);
    await passes(seconds(2));
    expect(texts()).toEqual(['soon']);
    await tell('at once');
    await world.run(world.clock.now());
    expect(texts()).toEqual(['soon', 'at once']);
  });

  it('waits on when the person speaks again, up to the deadline of the first wait', async () => {
    const { speaks, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    await tell('patience', { maxWait: 'PT20M' });
    await passes(minutes(10));
    await speaks();
    await passes(minutes(9));
    expect(texts()).toEqual([]);
    await passes(minutes(2));
    expect(texts()).toEqual(['patience']);
  });

  it('is expired when it may not be told any more, at that moment', async () => {
    const { world, speaks, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    const id = await tell('gone', { expiresAt: '2026-11-23T09:02:00Z' });
    await passes(minutes(2));
    expect(texts()).toEqual([]);
    expect(await statesOf(world, [id])).toEqual(['expired']);
  });

  it('waits for nothing in a group, and as adHoc nowhere', async () => {
    const group = await aPersonWhoIsTold({ conversationType: 'groupChat' });
    await group.speaks();
    await group.tell('to all of you');
    await group.passes(seconds(1));
    expect(group.texts()).toEqual(['to all of you']);
    const alone = await aPersonWhoIsTold();
    await alone.speaks();
    await alone.tell('by the way', { mode: 'adHoc' });
    await alone.passes(seconds(1));
    expect(alone.texts()).toEqual(['by the way']);
  });

  it('that was released while its worker was writing it down is seen by that worker', async () => {
    const { world, ana, speaks, finishes, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    await tell('between the lines');
    const defer = world.ledger.deferDelivery.bind(world.ledger);
    world.ledger.deferDelivery = async (row) => {
      // The dialog ends when the policy was asked and the row is not there yet.
      await finishes();
      return defer(row);
    };
    await passes(seconds(1));
    expect(await world.ledger.deferredDeliveries(ana.key)).toEqual([]);
    expect(texts()).toEqual(['between the lines']);
  });

  it('whose worker died while the dialog ended is looked at when the message comes again', async () => {
    const { world, speaks, finishes, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    await tell('between the lines');
    const defer = world.ledger.deferDelivery.bind(world.ledger);
    world.ledger.deferDelivery = async (row) => {
      await finishes();
      return defer(row);
    };
    world.watch.failNext('ledger.deferDelivery', { error: new Crash(), when: 'after' });
    await passes(seconds(1));
    expect(texts()).toEqual(['between the lines']);
  });

  it('to a person by the one of their ids that the conversation does not say is told all the same', async () => {
    const { world, ana, speaks, finishes, texts, passes } = await aPersonWhoIsTold();
    const { user } = ana;
    if (user === undefined) throw new Error('ana is a person');
    const aadObjectId = 'c1d6ba0f-3f2c-4b6f-9f0c-1d7a1f2b3c4d';
    const person = aPerson({ personal: ana.key, user: { ...user, aadObjectId } });
    await world.conversations.savePerson(...provenPerson(person));
    await speaks();
    await world.publish(anEvent({ data: { to: { user: aadObjectId }, text: 'hello' } }));
    await passes(seconds(5));
    await finishes();
    await passes(seconds(5));
    expect(texts()).toEqual(['hello']);
  });

  it('to a topic that the person has unsubscribed from since is not told', async () => {
    const { world, ana, speaks, finishes, texts, passes } = await aPersonWhoIsTold();
    const topic = aTopic('news');
    const subscription = { conversation: ana.key, tenant: ana.tenant, topic, since: 0 };
    await world.subscriptions.subscribe(subscription);
    await speaks();
    const event = anEvent({ data: { to: { topic: 'news' }, text: 'old news' } });
    const accepted = await world.publish(event);
    if (accepted.kind !== 'accepted') throw new Error('it is a good event');
    await passes(seconds(5));
    await world.subscriptions.unsubscribe(ana, topic);
    await finishes();
    await passes(seconds(5));
    expect(texts()).toEqual([]);
    expect(await statesOf(world, [accepted.notification])).toEqual(['suppressed unsubscribed']);
  });
});

describe('an ordinary delivery', () => {
  it('reads the desk, claims and records, and asks for nothing else', async () => {
    const { world, tell, passes } = await aPersonWhoIsTold();
    await tell('hello');
    const before = world.watch.calls.length;
    await passes(seconds(1));
    const asked = world.watch.calls.slice(before).map(({ port, method }) => `${port}.${method}`);
    expect(asked).toEqual([
      'notifications.findNotification',
      // Both are known with what was found, and read again after a second only.
      'notifications.findCancellation',
      'ledger.findDesk',
      'ledger.claimDelivery',
      'messenger.sendActivity',
      'notifications.findCancellation',
      'ledger.recordOutcome',
    ]);
  });
});

describe('a call that lets go', () => {
  it('and meets a store that is away comes back within two seconds, as any other call', async () => {
    const { world, speaks, finishes, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    await tell('held');
    await passes(seconds(1));
    await finishes();
    const away = { error: new StoreUnavailable('query', new Error('503')), when: 'before' } as const;
    world.watch.failNext('ledger.findDesk', away);
    await passes(seconds(2));
    expect(texts()).toEqual(['held']);
  });
});

describe('more than the burst setting', () => {
  it('is held back until the window ends, whatever its mode', async () => {
    const { world, tell, texts, passes } = await aPersonWhoIsTold();
    for (const text of ['1', '2', '3']) await tell(text, { mode: 'adHoc' });
    await passes(seconds(5));
    const fourth = await tell('4');
    await passes(seconds(50));
    expect(texts()).toEqual(['1', '2', '3']);
    expect(await statesOf(world, [fourth])).toEqual(['deferred burst']);
    await passes(seconds(5));
    expect(texts()).toEqual(['1', '2', '3', '4']);
  });

  it('holds nothing back that is urgent, and urgent ones do not count', async () => {
    const { tell, texts, passes } = await aPersonWhoIsTold();
    for (const text of ['1', '2', '3', '4', '5']) await tell(text, { mode: 'adHoc', urgent: true });
    await tell('6', { mode: 'adHoc' });
    await passes(seconds(5));
    expect(texts()).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('is counted by what was delivered, not by attempts', async () => {
    const { world, ana, tell, texts, passes } = await aPersonWhoIsTold();
    const refused = { kind: 'failed', status: 429, code: 'Throttled', surelyNotSent: true } as const;
    world.channel.next(ana.conversationId, { result: refused }, { result: refused }, { result: refused });
    for (const text of ['1', '2', '3']) {
      await tell(text, { mode: 'adHoc' });
      await passes(seconds(2));
    }
    await passes(seconds(10));
    expect([...texts()].sort()).toEqual(['1', '2', '3']);
  });

  it('counts no replies', async () => {
    const { world, ana, tell, texts, passes } = await aPersonWhoIsTold();
    await world.ledger.countSends(ana.key, 5, world.clock.now() - seconds(2));
    for (const text of ['1', '2', '3']) await tell(text);
    await passes(seconds(5));
    expect(texts()).toEqual(['1', '2', '3']);
  });
});

describe('an interrupt', () => {
  it('waits for the interrupt of another notification, and not for any other dialog', async () => {
    const { world, ana, speaks, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    await tell('first', { mode: 'interrupt' });
    await passes(seconds(1));
    expect(texts().length).toBe(1);
    const other = await tell('second', { mode: 'interrupt' });
    const place = { conversation: ana.key };
    const { state, tag } = await world.turns.loadTurns(place);
    const interruption = { notification: other, pushedAt: 0, prompt: { text: 'x' } };
    const notOther = { ...interruption, notification: await tell('unrelated', { urgent: true }) };
    await world.turns.saveTurns(place, { ...state, interruptions: [notOther] }, tag);
    await passes(seconds(1));
    expect(await statesOf(world, [other])).toEqual(['deferred waiting']);
  });
});
