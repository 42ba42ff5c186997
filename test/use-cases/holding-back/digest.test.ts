import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import type { SendResult } from '../../../shared/ports/delivery/messenger.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { anEvent } from '../../support/builders.ts';
import { Crash } from '../../support/world.ts';
import { aPersonWhoIsTold, statesOf } from './held-person.ts';

const failed = (status: number, surelyNotSent: boolean): SendResult => ({
  kind: 'failed',
  code: 'Trouble',
  status,
  surelyNotSent,
});

type Told = Awaited<ReturnType<typeof aPersonWhoIsTold>>;

/** Three that wait for a dialog, a second apart. */
async function threeWaiting(told: Told, delivery: { readonly [name: string]: unknown } = {}) {
  await told.speaks();
  const ids = [];
  for (const text of ['one', 'two', 'three']) {
    ids.push(await told.tell(text, delivery));
    await told.passes(seconds(1));
  }
  return ids;
}

describe('several that are let go together', () => {
  it('come as one digest that names them, newest last', async () => {
    const told = await aPersonWhoIsTold();
    const ids = await threeWaiting(told);
    await told.finishes();
    await told.passes(seconds(5));
    expect(told.texts()).toEqual(['While you were busy: 3 notifications\n• one\n• two\n• three']);
    expect(await statesOf(told.world, ids)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('after quiet hours too, and what comes after that comes by itself', async () => {
    const told = await aPersonWhoIsTold();
    await told.prefers({ quietHours: { from: 8 * 60, to: 9 * 60 + 30 } });
    for (const text of ['one', 'two']) await told.tell(text);
    await told.passes(minutes(31));
    await told.tell('three');
    await told.passes(seconds(5));
    expect(told.texts()).toEqual(['During your quiet hours: 2 notifications\n• one\n• two', 'three']);
  });

  it('in a burst too, when the window ends, and the digest counts as one message', async () => {
    const told = await aPersonWhoIsTold();
    for (let number = 1; number <= 6; number += 1) {
      await told.tell(String(number), { mode: 'adHoc' });
      await told.passes(seconds(1));
    }
    await told.passes(seconds(53));
    expect(told.texts()).toEqual(['1', '2', '3']);
    await told.passes(seconds(2));
    expect(told.texts().slice(3)).toEqual(['A lot at once: 3 notifications\n• 4\n• 5\n• 6']);
  });

  it('leave out what is urgent, what asks something, and what is still waiting for its reason', async () => {
    const told = await aPersonWhoIsTold();
    await told.speaks();
    await told.tell('normal 1');
    await told.tell('normal 2');
    await told.tell('urgent', { urgent: true });
    const survey = { to: { conversation: told.ana.key }, question: 'How was it?', choices: ['Good', 'Bad'] };
    await told.world.publish(
      anEvent({ type: 'survey.requested', data: { ...survey, delivery: { mode: 'wait' } } }),
    );
    await told.passes(seconds(1));
    expect(told.texts()).toEqual([]);
    await told.finishes();
    await told.passes(seconds(1));
    expect(
      told
        .texts()
        .map((text) => text.split('\n')[0])
        .sort(),
    ).toEqual(['How was it?', 'While you were busy: 2 notifications', 'urgent']);
  });

  it('leave out one whose deadline passed while the others wait on', async () => {
    const told = await aPersonWhoIsTold();
    await told.speaks();
    await told.tell('hasty', { maxWait: 'PT1M' });
    for (const text of ['one', 'two']) await told.tell(text);
    await told.passes(minutes(2));
    expect(told.texts()).toEqual(['hasty']);
    await told.finishes();
    await told.passes(seconds(1));
    expect(told.texts().slice(1)).toEqual(['While you were busy: 2 notifications\n• one\n• two']);
  });

  it('are in one digest each when there are more than a digest takes, and none is left out', async () => {
    const told = await aPersonWhoIsTold();
    await told.speaks();
    const ids = [];
    for (let number = 0; number < 130; number += 1) ids.push(await told.tell(`number ${number}`));
    await told.passes(seconds(30));
    await told.finishes();
    const titles = () => told.texts().map((text) => text.split('\n')[0]);
    await told.passes(seconds(59));
    expect(titles()).toEqual(['While you were busy: 50 notifications']);
    // Those that had no room stay deferred, and come a window later.
    const states = await statesOf(told.world, ids);
    expect(states.slice(0, 50)).toEqual(Array(50).fill('delivered'));
    expect(states.slice(50)).toEqual(Array(80).fill('deferred waiting'));
    await told.passes(seconds(2));
    expect(titles().slice(1)).toEqual(['While you were busy: 50 notifications']);
    await told.passes(seconds(60));
    expect(titles().slice(2)).toEqual(['While you were busy: 30 notifications']);
    expect(new Set(await statesOf(told.world, ids))).toEqual(new Set(['delivered']));
  });

  it('fit the channel, however long their texts are', async () => {
    const told = await aPersonWhoIsTold();
    await told.speaks();
    const ids = [];
    for (let number = 0; number < 25; number += 1)
      ids.push(await told.tell(`${number} ${'長い'.repeat(2000)}`));
    await told.passes(seconds(5));
    await told.finishes();
    await told.passes(seconds(5));
    expect(told.world.channel.shown.length).toBe(1);
    // Teams counts two bytes a character.
    expect(2 * JSON.stringify(told.world.channel.shown[0]?.message).length).toBeLessThan(80 * 1024);
    expect(new Set(await statesOf(told.world, ids))).toEqual(new Set(['delivered']));
  });
});

describe('a digest', () => {
  it('that is refused for a while is tried again, and its members end as it does', async () => {
    const told = await aPersonWhoIsTold();
    const ids = await threeWaiting(told);
    told.world.channel.next(told.ana.conversationId, { result: failed(429, true) });
    await told.finishes();
    await told.passes(seconds(30));
    expect(told.texts().length).toBe(1);
    expect(await statesOf(told.world, ids)).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('whose result is unknown is repeated once, and each member says so', async () => {
    const told = await aPersonWhoIsTold();
    const [id] = await threeWaiting(told);
    told.world.channel.next(told.ana.conversationId, { result: failed(502, false), shown: true });
    await told.finishes();
    await told.passes(seconds(30));
    expect(told.texts().length).toBe(2);
    if (id === undefined) throw new Error('three were told');
    expect((await told.world.report(id, {}))?.recipients).toMatchObject([{ state: 'delivered', repeats: 1 }]);
  });

  it('with one member under "park" is never repeated, and can be replayed', async () => {
    const told = await aPersonWhoIsTold();
    await told.speaks();
    const ids = [await told.tell('one'), await told.tell('two', { onUnconfirmed: 'park' })];
    await told.passes(seconds(1));
    told.world.channel.next(told.ana.conversationId, { result: failed(502, false), shown: false });
    await told.finishes();
    await told.passes(minutes(3));
    expect(told.texts()).toEqual([]);
    expect(await statesOf(told.world, ids)).toEqual(['unconfirmed', 'unconfirmed']);
    const { items } = await told.world.parking.listParked({ limit: 10 });
    expect(items.map(({ reason }) => reason)).toEqual(['unconfirmed']);
    await told.replay(items);
    await told.passes(seconds(5));
    expect(told.texts().length).toBe(1);
    expect(await statesOf(told.world, ids)).toEqual(['delivered', 'delivered']);
  });

  it('does not tell what has expired since it was formed', async () => {
    const told = await aPersonWhoIsTold();
    await told.speaks();
    const ids = [await told.tell('milk', { expiresAt: '2026-11-23T09:00:10Z' }), await told.tell('honey')];
    await told.passes(seconds(5));
    const later = { ...failed(429, true), retryAfter: seconds(20) } as SendResult;
    told.world.channel.next(told.ana.conversationId, { result: later });
    await told.finishes();
    await told.passes(minutes(1));
    expect(told.texts()).toEqual(['While you were busy: 1 notification\n• honey']);
    expect(await statesOf(told.world, ids)).toEqual(['expired', 'delivered']);
  });

  it('to somebody who has blocked the bot ends as suppressed, and so do its members', async () => {
    const told = await aPersonWhoIsTold();
    const ids = await threeWaiting(told);
    const blocked = { ...failed(403, true), code: 'ConversationBlockedByUser' } as SendResult;
    told.world.channel.next(told.ana.conversationId, { result: blocked });
    await told.finishes();
    await told.passes(seconds(5));
    expect(new Set(await statesOf(told.world, ids))).toEqual(new Set(['suppressed blocked']));
  });

  it('settles its members later when the store is away just then', async () => {
    const told = await aPersonWhoIsTold();
    const ids = await threeWaiting(told);
    await told.finishes();
    // The first record is the digest's own, the second one a member's.
    const away = { error: new StoreUnavailable('insert', new Error('503')), when: 'before' } as const;
    const record = told.world.ledger.recordOutcome.bind(told.world.ledger);
    let records = 0;
    told.world.ledger.recordOutcome = async (id, result) => {
      records += 1;
      if (records === 2) throw away.error;
      return record(id, result);
    };
    await told.passes(minutes(1));
    expect(told.texts().length).toBe(1);
    expect(new Set(await statesOf(told.world, ids))).toEqual(new Set(['delivered']));
  });

  it('is formed by one of many workers that have the same idea at the same moment', async () => {
    const told = await aPersonWhoIsTold();
    const ids = await threeWaiting(told);
    await told.finishes();
    const calls = told.world.deliveries.takeAll();
    expect(calls.length).toBe(3);
    await Promise.all([...calls, ...calls].map((call) => told.world.handle(call)));
    await told.passes(minutes(5));
    expect(told.texts().length).toBe(1);
    expect(new Set(await statesOf(told.world, ids))).toEqual(new Set(['delivered']));
  });

  it('that lost the race for its members to another one is complete, of nobody, and they are told once', async () => {
    const told = await aPersonWhoIsTold();
    const { ledger, listing, report, clock } = told.world;
    const ids = await threeWaiting(told);
    const join = ledger.joinDigest.bind(ledger);
    let isFirst = true;
    ledger.joinDigest = async (digest, members, lastTag) => {
      const [one] = members;
      if (!isFirst || one === undefined) return join(digest, members, lastTag);
      isFirst = false;
      // Another worker changed one of them since it was read.
      const row = await ledger.findDelivery(one.id);
      if (row !== undefined) await ledger.changeDelivery({ ...row, version: row.version + 1 });
      return join(digest, members, lastTag);
    };
    await told.finishes();
    await told.passes(minutes(1));
    expect(told.texts()).toEqual(['While you were busy: 3 notifications\n• one\n• two\n• three']);
    expect(await statesOf(told.world, ids)).toEqual(['delivered', 'delivered', 'delivered']);
    const digests = [];
    for await (const { notification } of listing.acceptedBetween(0, clock.now())) {
      const found = await report(notification);
      if (found?.type === 'notification.digest') digests.push(found);
    }
    const said = digests.map(({ complete, addressed }) => ({ complete, addressed }));
    expect(said.toSorted((a, b) => a.addressed - b.addressed)).toEqual([
      { complete: true, addressed: 0 },
      { complete: true, addressed: 1 },
    ]);
  });

  it('whose worker died before it called for it is called for when the message comes again', async () => {
    const told = await aPersonWhoIsTold();
    await threeWaiting(told);
    told.world.watch.failNext('ledger.joinDigest', { error: new Crash(), when: 'after' });
    await told.finishes();
    await told.passes(seconds(1));
    expect(told.texts().length).toBe(1);
  });

  it('takes nobody in whose message may have been seen already: it is repeated alone, and marked', async () => {
    const told = await aPersonWhoIsTold();
    told.world.channel.next(told.ana.conversationId, { result: failed(502, false), shown: true });
    const id = await told.tell('one');
    await told.passes(0);
    await told.prefers({ quietHours: { from: 8 * 60, to: 9 * 60 + 30 } });
    for (const text of ['two', 'three']) await told.tell(text);
    await told.passes(minutes(31));
    expect([...told.texts()].sort()).toEqual([
      'During your quiet hours: 2 notifications\n• two\n• three',
      'one',
      'one',
    ]);
    expect((await told.world.report(id, {}))?.recipients).toMatchObject([{ state: 'delivered', repeats: 1 }]);
  });

  it('is not lost by a broker that loses its messages', async () => {
    const told = await aPersonWhoIsTold();
    const ids = await threeWaiting(told);
    told.world.deliveries.lose();
    await told.finishes();
    const call = told.world.deliveries.take();
    if (call === undefined) throw new Error('one was woken');
    await told.world.handle(call);
    told.world.deliveries.lose();
    for (let minute = 0; minute < 6; minute += 1) {
      await told.passes(minutes(1));
      await told.world.sweep();
    }
    await told.passes(seconds(1));
    expect(told.texts().length).toBe(1);
    expect(new Set(await statesOf(told.world, ids))).toEqual(new Set(['delivered']));
  });
});
