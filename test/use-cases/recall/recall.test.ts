import { describe, expect, it } from 'vitest';
import { type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import type { SendResult } from '../../../shared/ports/delivery/messenger.ts';
import { aConversation, anEvent } from '../../support/builders.ts';
import { BUSY } from '../../support/busy.ts';
import { wordsOf } from '../../support/reading.ts';
import { aWorld, Crash, type World } from '../../support/world.ts';

const refused = (status: number, code: string): SendResult => ({
  kind: 'failed',
  status,
  code,
  surelyNotSent: true,
});

async function toSome(count: number) {
  const world = aWorld();
  const people = Array.from({ length: count }, () => aConversation());
  await world.knows(...people);
  let number = 0;
  const tell = async (delivery: { readonly [name: string]: unknown } = {}): Promise<NotificationId> => {
    number += 1;
    const event = anEvent({
      sequence: String(number),
      source: 'urn:some',
      data: { to: people.map(({ key }) => ({ conversation: key })), text: `text ${number}`, delivery },
    });
    await world.publish(event);
    return notificationId(event.source, event.id);
  };
  const seen = () => world.channel.shown.map(({ message }) => wordsOf(message));
  return { world, people, tell, seen };
}

/** Lets everything run, with the sweep each minute. */
async function settle(world: World): Promise<void> {
  for (let minute = 0; minute < 6; minute += 1) {
    await world.run();
    world.clock.advance(minutes(1));
    await world.sweep();
  }
  await world.run();
}

describe('a recall', () => {
  it('takes back what was shown, and is the one outcome that follows another', async () => {
    const { world, tell, seen } = await toSome(3);
    const id = await tell();
    await world.run();
    const other = await tell();
    await world.run();
    expect(await world.cancel(id, { recall: true })).toMatchObject({
      known: true,
      outcomes: { delivered: 3 },
    });
    await settle(world);
    expect(seen()).toEqual(['text 2', 'text 2', 'text 2']);
    expect(await world.report(id)).toMatchObject({ complete: true, addressed: 3, outcomes: { recalled: 3 } });
    expect(await world.report(other)).toMatchObject({ outcomes: { delivered: 3 } });
  });

  it('cancels whom nobody told yet, and takes back what was under way by then', async () => {
    const { world, tell, seen } = await toSome(2);
    const id = await tell();
    const first = world.deliveries.take();
    if (first !== undefined) await world.handle(first);
    await world.cancel(id, { recall: true });
    await settle(world);
    expect(seen()).toEqual([]);
    expect(await world.report(id)).toMatchObject({ complete: true, outcomes: { recalled: 1, cancelled: 1 } });
  });

  it('of what was cancelled before is done all the same, and once', async () => {
    const { world, tell, seen } = await toSome(1);
    const id = await tell();
    await world.run();
    await world.cancel(id);
    await settle(world);
    expect(seen()).toEqual(['text 1']);
    await world.cancel(id, { recall: true });
    await world.cancel(id, { recall: true });
    await settle(world);
    expect(seen()).toEqual([]);
    expect(world.channel.changes.length).toBeLessThanOrEqual(2);
    expect(await world.report(id)).toMatchObject({ outcomes: { recalled: 1 } });
  });

  it.each([
    ['unsupported', refused(405, 'BadArgument')],
    ['blocked', refused(403, 'ConversationBlockedByUser')],
    ['uninstalled', refused(403, 'BotNotInConversationRoster')],
  ])('that the channel refuses says why (%s), and what was told stays told', async (reason, result) => {
    const { world, people, tell, seen } = await toSome(1);
    const id = await tell();
    await world.run();
    world.channel.nextChange(people[0]?.conversationId ?? '', { result });
    await world.cancel(id, { recall: true });
    await settle(world);
    expect(seen()).toEqual(['text 1']);
    expect((await world.report(id, {}))?.recipients).toMatchObject([
      { state: 'delivered', notRecalled: reason },
    ]);
    expect(world.channel.changes).toHaveLength(1);
  });

  it('is tried again where the channel has no time, or the worker died; what is gone already is taken back', async () => {
    const { world, people, tell, seen } = await toSome(1);
    const id = await tell();
    await world.run();
    const [ana] = people;
    world.channel.nextChange(ana?.conversationId ?? '', { result: refused(429, 'Throttled') });
    world.watch.failNext('ledger.noteRecall', { error: new Crash(), when: 'before' });
    await world.cancel(id, { recall: true });
    await settle(world);
    expect(seen()).toEqual([]);
    // Refused, made with its record lost, and found to be gone.
    expect(world.channel.changes).toHaveLength(3);
    expect(await world.report(id)).toMatchObject({ outcomes: { recalled: 1 } });
  });

  it('leaves alone what was answered without an id', async () => {
    const { world, people, tell, seen } = await toSome(1);
    world.channel.next(people[0]?.conversationId ?? '', { result: { kind: 'sent' } });
    const id = await tell();
    await world.run();
    await world.cancel(id, { recall: true });
    await settle(world);
    expect(seen()).toEqual(['text 1']);
    expect((await world.report(id, {}))?.recipients).toMatchObject([
      { state: 'delivered', notRecalled: 'no-message-of-its-own' },
    ]);
  });

  it('of a state that a newer one replaced changes nothing; of the newest it takes the message away', async () => {
    const { world, tell, seen } = await toSome(1);
    const first = await tell({ key: 'k' });
    await world.run();
    const second = await tell({ key: 'k' });
    await world.run();
    await world.cancel(first, { recall: true });
    await settle(world);
    expect(seen()).toEqual(['text 2']);
    expect((await world.report(first, {}))?.recipients).toMatchObject([
      { state: 'delivered', notRecalled: 'replaced' },
    ]);
    await world.cancel(second, { recall: true });
    await settle(world);
    expect(seen()).toEqual([]);
    expect(await world.report(second)).toMatchObject({ outcomes: { recalled: 1 } });
    // The next state is a message of its own.
    await tell({ key: 'k' });
    await settle(world);
    expect(seen()).toEqual(['text 3']);
  });

  it.each([
    ['that answers an earlier message', { onRepeat: 'reply' }, 1],
    ['that ended its key', { last: true }, 0],
    ['that a new message closed', { onRepeat: 'new' }, 0],
  ])('of one %s takes away that message, and leaves the other', async (_which, delivery, place) => {
    const { world, tell, seen } = await toSome(1);
    const ids: NotificationId[] = [];
    for (let state = 0; state < 2; state += 1) {
      ids.push(await tell({ key: 'k', ...delivery }));
      await world.run();
    }
    const [meant = ids[0]] = ids.splice(place, 1);
    if (meant === undefined) throw new Error('it was told');
    await world.cancel(meant, { recall: true });
    await settle(world);
    expect(seen()).toEqual([expect.stringContaining(place === 0 ? 'text 2' : 'text 1')]);
    expect(await world.report(meant)).toMatchObject({ outcomes: { recalled: 1 } });
  });

  it('takes the message away whose next state was cancelled before it was told', async () => {
    const { world, people, tell, seen } = await toSome(1);
    const first = await tell({ key: 'k' });
    await world.run();
    const busy = { ...refused(429, 'Throttled'), retryAfter: minutes(2) } as SendResult;
    world.channel.nextChange(people[0]?.conversationId ?? '', { result: busy });
    const second = await tell({ key: 'k' });
    await world.run(world.clock.now() + seconds(5));
    for (const id of [second, first]) await world.cancel(id, { recall: true });
    await settle(world);
    expect(seen()).toEqual([]);
    expect(await world.report(first)).toMatchObject({ outcomes: { recalled: 1 } });
    expect(await world.report(second)).toMatchObject({ outcomes: { cancelled: 1 } });
  });

  it('goes page by page, so far apart as the channel takes, also where a page dies half-way', async () => {
    const { world, tell, seen } = await toSome(250);
    const id = await tell();
    await world.run();
    const at: number[] = [];
    const remove = world.channel.removeActivity.bind(world.channel);
    world.channel.removeActivity = (...asked) => {
      at.push(world.clock.now());
      return remove(...asked);
    };
    world.watch.failNext('deliveries.sendCalls', { error: new Crash(), when: 'after' });
    await world.cancel(id, { recall: true }).catch(() => undefined);
    await world.cancel(id, { recall: true });
    await settle(world);
    expect(seen()).toEqual([]);
    expect(await world.report(id)).toMatchObject({ outcomes: { recalled: 250 } });
    const [begin = 0] = at;
    expect(at.filter((moment) => moment < begin + seconds(1)).length).toBeLessThanOrEqual(30);
  });

  it.each(BUSY)('waits for %s', async (_what, isBusy) => {
    const { world, people, tell, seen } = await toSome(1);
    const id = await tell();
    await world.run();
    const [ana = aConversation()] = people;
    const begin = world.clock.now();
    await isBusy(world, ana.key);
    await world.cancel(id, { recall: true });
    await world.run(begin + seconds(29));
    expect(seen()).toEqual(['text 1']);
    await world.run(begin + seconds(32));
    expect(seen()).toEqual([]);
  });

  it('costs three operations a message, beside the pages', async () => {
    const { world, tell } = await toSome(1);
    const id = await tell();
    await world.run();
    await world.cancel(id, { recall: true });
    world.clock.advance(seconds(10));
    const job = world.jobs.take();
    const other = world.jobs.take();
    for (const one of [job, other]) {
      if (one?.kind === 'work') await world.kinds.job(one.work)?.run(one.about, one);
    }
    const before = world.watch.calls.length;
    await world.run();
    const stores = ['ledger', 'living', 'addressees', 'conversations'];
    expect(
      world.watch.calls
        .slice(before)
        .flatMap(({ port, method }) => (stores.includes(port) ? [`${port}.${method}`] : [])),
    ).toEqual(['ledger.findDesk', 'ledger.noteSends', 'ledger.noteRecall']);
  });
});
