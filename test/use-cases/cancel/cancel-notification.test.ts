import { describe, expect, it } from 'vitest';
import { EFFECTIVE_AFTER, REMEMBERED } from '../../../shared/domain/event/cancellation.ts';
import { type NotificationId, notificationId } from '../../../shared/domain/ids.ts';
import { hours, minutes, seconds, toIso } from '../../../shared/domain/time.ts';
import { aConversation, anEvent, aTopic } from '../../support/builders.ts';
import { aWorld, Crash, type World } from '../../support/world.ts';
import { aPersonWhoIsTold, statesOf } from '../holding-back/held-person.ts';

describe('a cancel', () => {
  it('ends what waits for a dialog, without a word to the person', async () => {
    const { world, speaks, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    const id = await tell('held');
    await passes(seconds(1));
    expect(await statesOf(world, [id])).toEqual(['deferred waiting']);
    const answer = await world.cancel(id);
    expect(answer).toMatchObject({ known: true, cancelled: toIso(world.clock.now()), addressed: 1 });
    await passes(EFFECTIVE_AFTER + seconds(1));
    expect(await statesOf(world, [id])).toEqual(['cancelled']);
    await passes(hours(1));
    expect(texts()).toEqual([]);
    expect(await world.report(id)).toMatchObject({ complete: true, outcomes: { cancelled: 1 } });
  });

  it('ends a retry at once, however late that is due', async () => {
    const { world, ana, tell, texts, passes } = await aPersonWhoIsTold();
    world.channel.next(ana.conversationId ?? '', {
      result: { kind: 'failed', status: 429, code: 'Throttled', retryAfter: minutes(5), surelyNotSent: true },
    });
    const id = await tell('later');
    await passes(seconds(1));
    await world.cancel(id);
    await passes(EFFECTIVE_AFTER + seconds(1));
    expect(await statesOf(world, [id])).toEqual(['cancelled']);
    expect(texts()).toEqual([]);
  });

  it('leaves what the person may have seen as unconfirmed, and sends no second one', async () => {
    const { world, ana, tell, passes } = await aPersonWhoIsTold();
    world.channel.next(ana.conversationId ?? '', {
      result: {
        kind: 'failed',
        status: 502,
        code: 'BadGateway',
        retryAfter: minutes(5),
        surelyNotSent: false,
      },
    });
    const id = await tell('perhaps');
    await passes(seconds(1));
    await world.cancel(id);
    await passes(minutes(10));
    expect(await statesOf(world, [id])).toEqual(['unconfirmed']);
    expect(world.channel.requests).toHaveLength(1);
  });

  it('changes nothing about who was told', async () => {
    const { world, tell, texts, passes } = await aPersonWhoIsTold();
    const id = await tell('told');
    await passes(seconds(1));
    await world.cancel(id);
    await passes(minutes(1));
    expect(await statesOf(world, [id])).toEqual(['delivered']);
    expect(texts()).toEqual(['told']);
  });

  it('takes its notification out of a digest that was not sent, and leaves the others in it', async () => {
    const { world, ana, speaks, finishes, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    const ids = [await tell('one'), await tell('two'), await tell('three')];
    await passes(seconds(1));
    await finishes();
    // They join, and the digest's own call is still on its way.
    const joining = world.deliveries.take();
    if (joining !== undefined) await world.handle(joining);
    const two = { notification: id(ids, 1), conversation: ana.key };
    expect((await world.ledger.findDelivery(two))?.state).toBe('joined');
    await world.cancel(id(ids, 1));
    await passes(minutes(1));
    expect(await statesOf(world, ids)).toEqual(['delivered', 'cancelled', 'delivered']);
    expect(texts().join()).toContain('three');
    expect(texts().join()).not.toContain('two');
  });

  it('of all members of a digest sends none', async () => {
    const { world, speaks, finishes, tell, texts, passes } = await aPersonWhoIsTold();
    await speaks();
    const ids = [await tell('one'), await tell('two')];
    await passes(seconds(1));
    await finishes();
    const joining = world.deliveries.take();
    if (joining !== undefined) await world.handle(joining);
    for (const each of ids) await world.cancel(each);
    await passes(minutes(1));
    expect(await statesOf(world, ids)).toEqual(['cancelled', 'cancelled']);
    expect(texts()).toEqual([]);
  });

  it('repeated says the same, and the first stands', async () => {
    const { world, tell, passes } = await aPersonWhoIsTold();
    const id = await tell('hello');
    const first = await world.cancel(id);
    await passes(minutes(1));
    expect((await world.cancel(id)).cancelled).toBe(first.cancelled);
  });

  it('of what nobody knows yet is remembered for a day', async () => {
    const { world, ana, texts, passes } = await aPersonWhoIsTold();
    const early = anEvent({ data: { to: { conversation: ana.key }, text: 'too late' } });
    const id = notificationId(early.source, early.id);
    expect(await world.cancel(id)).toEqual({
      known: false,
      id,
      cancelled: toIso(world.clock.now()),
    });
    await passes(REMEMBERED);
    await world.publish(early);
    await passes(minutes(1));
    expect(await statesOf(world, [id])).toEqual(['cancelled']);
    expect(texts()).toEqual([]);
  });

  it('of what nobody knew for a day is forgotten', async () => {
    const { world, ana, texts, passes } = await aPersonWhoIsTold();
    const late = anEvent({ data: { to: { conversation: ana.key }, text: 'in time' } });
    const id = notificationId(late.source, late.id);
    await world.cancel(id);
    world.clock.advance(REMEMBERED + 1);
    await world.publish(late);
    await passes(minutes(1));
    expect(texts()).toEqual(['in time']);
    expect(await world.report(id)).not.toHaveProperty('cancelled');
  });

  it('removes the mark of what nobody knew when its day is over', async () => {
    const { world } = await aPersonWhoIsTold();
    const id = notificationId('urn:t', 'never');
    await world.cancel(id);
    world.clock.advance(REMEMBERED + minutes(1));
    await world.sweep();
    expect(await world.notifications.findCancellation(id)).toBeUndefined();
  });
});

describe('a cancel of a broadcast', () => {
  async function aBroadcast(people: number) {
    const world = aWorld({ requestsPerSecond: 10 });
    const everybody = Array.from({ length: people }, () => aConversation());
    await world.knows(...everybody);
    const event = anEvent({ data: { to: { everyone: true }, text: 'hello' } });
    await world.publish(event);
    return { world, id: notificationId(event.source, event.id) };
  }

  it('under way tells nobody from then on, counts whom nobody had addressed, and is complete', async () => {
    const { world, id } = await aBroadcast(100);
    await world.run(world.clock.now() + seconds(3));
    const shown = world.channel.shown.length;
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(100);
    await world.cancel(id);
    await world.run();
    expect(world.channel.shown.length).toBe(shown);
    const report = await world.report(id);
    expect(report?.complete).toBe(true);
    expect(report?.outcomes.delivered).toBe(shown);
    expect((report?.addressed ?? 0) + (report?.notAddressed ?? 0)).toBe(100);
    expect(report?.outcomes.cancelled).toBe((report?.addressed ?? 0) - shown);
  });

  it('counts a person once who is in two of its groups', async () => {
    const world = aWorld();
    const people = [aConversation(), aConversation(), aConversation()];
    await world.knows(...people);
    const [one, two, three] = people;
    if (one === undefined || two === undefined || three === undefined) throw new Error('there are three');
    for (const { key, tenant } of [one, two])
      await world.subscriptions.subscribe({ conversation: key, tenant, topic: aTopic('builds'), since: 0 });
    for (const { key, tenant } of [two, three])
      await world.subscriptions.subscribe({
        conversation: key,
        tenant,
        topic: aTopic('builds/web'),
        since: 0,
      });
    const event = anEvent({ data: { to: { topic: 'builds/web' }, text: 'hello' } });
    const id = notificationId(event.source, event.id);
    await world.cancel(id);
    await world.publish(event);
    await world.run();
    expect(await world.report(id)).toMatchObject({ complete: true, addressed: 0, notAddressed: 3 });
    expect(world.channel.shown).toEqual([]);
  });
});

describe('a cancel of what nobody is in', () => {
  it.each([{ topic: 'nobodys' }, { everyone: true }])('says at once that nobody is left: %o', async (to) => {
    const world = aWorld();
    const event = anEvent({ data: { to, text: 'hello' } });
    const id = notificationId(event.source, event.id);
    await world.publish(event);
    expect(await world.report(id)).not.toHaveProperty('notAddressed');
    expect(await world.cancel(id)).toMatchObject({ complete: true, addressed: 0, notAddressed: 0 });
    await world.run();
    expect(await world.report(id)).toMatchObject({ complete: true, addressed: 0, notAddressed: 0 });
  });

  it('says it, too, where all were addressed, or it was for a time', async () => {
    const world = aWorld();
    await world.knows(aConversation());
    const [now, later] = [{}, { at: new Date(world.clock.now() + hours(3)).toISOString() }].map((delivery) =>
      anEvent({ data: { to: { everyone: true }, text: 'hello', delivery } }),
    );
    const idOf = (event = anEvent()) => notificationId(event.source, event.id);
    await world.publish(now);
    await world.run(world.clock.now() + minutes(1));
    expect(await world.cancel(idOf(now))).toMatchObject({ addressed: 1, notAddressed: 0 });
    const nobodys = anEvent({ data: { ...later?.data, to: { topic: 'nobodys' } } });
    for (const event of [later, nobodys]) {
      await world.publish(event);
      // Who belongs to it then is not counted before the work is done.
      expect(await world.cancel(idOf(event))).not.toHaveProperty('notAddressed');
    }
    await world.run(world.clock.now() + minutes(1));
    expect(await world.report(idOf(later))).toMatchObject({ complete: true, addressed: 0, notAddressed: 1 });
    expect(await world.report(idOf(nobodys))).toMatchObject({ complete: true, notAddressed: 0 });
  });

  it('says nothing of it where the cancel is not about a group', async () => {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello' } });
    await world.publish(event);
    await world.cancel(notificationId(event.source, event.id));
    await world.run();
    expect(await world.report(notificationId(event.source, event.id))).not.toHaveProperty('notAddressed');
  });
});

describe('a process that dies at any step of a cancel', () => {
  it.each(['before', 'after'] as const)(
    '%s it shows nothing that is not said, and ends everybody',
    async (when) => {
      for (let step = 0; ; step += 1) {
        const world = aWorld({ requestsPerSecond: 10 });
        const people = Array.from({ length: 12 }, () => aConversation());
        await world.knows(...people);
        const event = anEvent({ data: { to: { everyone: true }, text: 'hello' } });
        const id = notificationId(event.source, event.id);
        await world.publish(event);
        await world.run(world.clock.now() + seconds(1));
        const begins = world.watch.calls.length;
        world.watch.failCall(begins + step, { error: new Crash(), when });
        await world.cancel(id).catch(() => world.cancel(id));
        const shown = world.channel.shown.length;
        await settles(world);
        const died = world.watch.calls[begins + step];
        const at = `${when} step ${step} ${JSON.stringify(died)}`;
        const report = await world.report(id);
        expect(report?.complete, at).toBe(true);
        expect(world.channel.shown.length, at).toBe(shown);
        expect((report?.addressed ?? 0) + (report?.notAddressed ?? 0), at).toBe(12);
        expect(report?.outcomes.delivered ?? 0, at).toBe(shown);
        if (died === undefined) {
          expect(step).toBeGreaterThan(20);
          return;
        }
      }
    },
  );
});

async function settles(world: World): Promise<void> {
  for (let minute = 0; minute < 8; minute += 1) {
    await world.run(world.clock.now() + minutes(1));
    world.clock.advance(minutes(1));
    await world.sweep().catch((cause: unknown) => {
      if (!(cause instanceof Crash)) throw cause;
    });
  }
}

function id(ids: readonly NotificationId[], place: number): NotificationId {
  const found = ids[place];
  if (found === undefined) throw new Error(`there is no notification ${place}`);
  return found;
}
