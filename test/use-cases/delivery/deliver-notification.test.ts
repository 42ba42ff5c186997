import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes, seconds, toIso } from '../../../shared/domain/time.ts';
import type { SendResult } from '../../../shared/ports/delivery/messenger.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import {
  aConversation,
  anEvent,
  anUncreatedConversation,
  aPerson,
  provenPerson,
} from '../../support/builders.ts';
import { aWorld, Crash, LEASE, queueAway, type World } from '../../support/world.ts';

const failed = (status: number | undefined, code: string, surelyNotSent: boolean): SendResult => ({
  kind: 'failed',
  code,
  surelyNotSent,
  ...(status === undefined ? {} : { status }),
});
const throttled = failed(429, 'Throttled', true);
const badGateway = failed(502, 'BadGateway', false);

async function toOne(delivery: { readonly [name: string]: unknown } = {}) {
  const world = aWorld();
  const ana = aConversation();
  await world.knows(ana);
  const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello', delivery } });
  const id = notificationId(event.source, event.id);
  return { world, ana, event, id };
}

async function outcomeOf(world: World, id: ReturnType<typeof notificationId>) {
  const report = await world.report(id, {});
  return { complete: report?.complete, recipients: report?.recipients };
}

describe('a delivery', () => {
  it('reaches the person once and says so', async () => {
    const { world, ana, event, id } = await toOne();
    await world.publish(event);
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect(await outcomeOf(world, id)).toMatchObject({
      complete: true,
      recipients: [
        { addressee: ana.key, conversation: ana.conversationId, state: 'delivered', attempts: 1, repeats: 0 },
      ],
    });
  });

  it('that the channel took without naming a message is delivered, and not sent again', async () => {
    const { world, ana, event, id } = await toOne();
    world.channel.next(ana.conversationId, { result: { kind: 'sent' } });
    await world.publish(event);
    await world.run(world.clock.now() + minutes(30));
    expect(world.channel.requests).toHaveLength(1);
    expect(await outcomeOf(world, id)).toMatchObject({
      complete: true,
      recipients: [{ state: 'delivered', attempts: 1, repeats: 0 }],
    });
  });

  it('is not repeated by five copies of its event, nor by copies of its call', async () => {
    const { world, ana, event } = await toOne();
    for (let copy = 0; copy < 5; copy += 1) await world.publish(event);
    const [first] = world.deliveries.waiting;
    await world.run();
    if (first === undefined) throw new Error('no call was made');
    await world.handle(first.message);
    await world.handle({ ...first.message, hop: 7 });
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });

  it('is sent by one of two workers that have the same call', async () => {
    const { world, ana, event } = await toOne();
    await world.publish(event);
    const call = world.deliveries.take();
    if (call === undefined) throw new Error('no call was made');
    await Promise.all([world.handle(call), world.handle(call), world.handle(call)]);
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });

  it('is not told to somebody who was never met', async () => {
    const { world } = await toOne();
    await world.publish(
      anEvent({ data: { to: [{ user: 'stranger' }, { conversation: 'x' }], text: 'hello' } }),
    );
    await world.run();
    expect(world.channel.requests).toEqual([]);
    const { items } = await world.parking.listParked({ limit: 10 });
    expect(items.map(({ reason }) => reason)).toEqual(['no-such-recipient']);
  });

  it.each([
    ['blocked', 'ConversationBlockedByUser'],
    ['uninstalled', 'BotNotInConversationRoster'],
    ['disabled-by-admin', 'BotDisabledByAdmin'],
  ])(
    'to a person who has %s the bot ends as suppressed, and so do all after it, unasked',
    async (reason, code) => {
      const { world, ana, event, id } = await toOne();
      world.channel.next(ana.conversationId, { result: failed(403, code, true) });
      await world.publish(event);
      await world.run();
      expect((await outcomeOf(world, id)).recipients).toMatchObject([{ state: 'suppressed', reason }]);
      await world.publish(anEvent({ data: { to: { conversation: ana.key }, text: 'again' } }));
      await world.run();
      expect(world.channel.requests.length).toBe(1);
    },
  );

  it('past its expiry reaches nobody', async () => {
    const { world, event, id } = await toOne({ expiresAt: '2026-11-23T09:00:10Z' });
    await world.publish(event);
    world.clock.advance(seconds(11));
    await world.run();
    expect((await outcomeOf(world, id)).recipients).toMatchObject([{ state: 'expired', attempts: 0 }]);
    expect(world.channel.requests).toEqual([]);
  });

  it.each(['resend', 'park'] as const)(
    'past its expiry is not taken for told when the worker dies before it says so, under "%s"',
    async (onUnconfirmed) => {
      const world = aWorld();
      const ada = aConversation();
      await world.knows(ada);
      const expiresAt = toIso(world.clock.now() + seconds(1));
      const event = anEvent({
        data: { to: { conversation: ada.key }, text: 'Hello', delivery: { expiresAt, onUnconfirmed } },
      });
      const id = notificationId(event.source, event.id);
      await world.publish(event);
      world.clock.set(world.clock.now() + seconds(2));
      world.watch.failNext('ledger.recordOutcome', { error: new Crash(), when: 'before' });
      await world.run();
      expect((await outcomeOf(world, id)).recipients).toMatchObject([{ state: 'expired', attempts: 0 }]);
      expect(world.channel.shown).toEqual([]);
    },
  );

  it('that is too large for the channel and says nothing in words is rejected without a request', async () => {
    const { world, ana } = await toOne();
    const url = `data:image/png;base64,${'x'.repeat(80 * 1024)}`;
    const card = { type: 'AdaptiveCard', body: [{ type: 'Image', url }] };
    const event = anEvent({ data: { to: { conversation: ana.key }, card } });
    await world.publish(event);
    await world.run();
    const { recipients } = await outcomeOf(world, notificationId(event.source, event.id));
    expect(recipients).toMatchObject([{ state: 'rejected', reason: 'too-large' }]);
    expect(world.channel.requests).toEqual([]);
  });

  it('to an untrusted service URL is rejected and an operator hears of it', async () => {
    const { world, ana, event, id } = await toOne();
    world.channel.next(ana.conversationId, { result: { kind: 'untrusted' } });
    await world.publish(event);
    await world.run();
    expect((await outcomeOf(world, id)).recipients).toMatchObject([
      { state: 'rejected', reason: 'untrusted-service-url' },
    ]);
    expect(world.log.of('delivery.untrusted-service-url')).toMatchObject([{ level: 'error' }]);
  });
});

describe('a request that was surely not sent', () => {
  it('is made again within two seconds, then within five, and the person sees it once', async () => {
    const { world, ana, event, id } = await toOne();
    world.channel.next(
      ana.conversationId,
      { result: throttled },
      { result: failed(412, 'PreconditionFailed', true) },
    );
    await world.publish(event);
    const start = world.clock.now();
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    const waits = world.deliveries.sent
      .filter(({ message }) => message.version > 0)
      .map(({ at }) => (at ?? 0) - start);
    expect(waits).toEqual([1050, 1050 + 2550]);
    expect((await outcomeOf(world, id)).recipients).toMatchObject([
      { state: 'delivered', attempts: 3, repeats: 0 },
    ]);
  });

  it('waits as long as the channel asks', async () => {
    const { world, ana, event } = await toOne();
    world.channel.next(ana.conversationId, {
      result: {
        kind: 'failed',
        status: 429,
        code: 'Throttled',
        surelyNotSent: true,
        retryAfter: seconds(20),
      },
    });
    await world.publish(event);
    const start = world.clock.now();
    await world.run();
    expect(world.clock.now() - start).toBeGreaterThanOrEqual(seconds(20));
    expect(world.clock.now() - start).toBeLessThan(seconds(22));
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });

  it('is given up after twelve attempts, as exhausted, and parked', async () => {
    const { world, ana, event, id } = await toOne();
    world.channel.next(ana.conversationId, ...Array.from({ length: 20 }, () => ({ result: throttled })));
    await world.publish(event);
    await world.run(world.clock.now() + minutes(600));
    expect(world.channel.requests.length).toBe(12);
    expect((await outcomeOf(world, id)).recipients).toMatchObject([{ state: 'exhausted', attempts: 12 }]);
    const { items } = await world.parking.listParked({ limit: 10 });
    expect(items).toMatchObject([{ reason: 'exhausted', kind: 'delivery' }]);
  });

  it('is not made again when it would come too late', async () => {
    const { world, ana, event, id } = await toOne({ expiresAt: '2026-11-23T09:00:01Z' });
    world.channel.next(ana.conversationId, { result: throttled });
    await world.publish(event);
    await world.run();
    expect((await outcomeOf(world, id)).recipients).toMatchObject([{ state: 'expired', attempts: 1 }]);
  });
});

describe('a request whose result is unknown', () => {
  it('is sent once more under "resend", and the repeat is marked', async () => {
    const { world, ana, event, id } = await toOne();
    world.channel.next(ana.conversationId, { result: badGateway, shown: true });
    await world.publish(event);
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello', 'hello']);
    expect((await outcomeOf(world, id)).recipients).toMatchObject([
      { state: 'delivered', attempts: 2, repeats: 1 },
    ]);
  });

  it('is final when the second one is unknown too', async () => {
    const { world, ana, event, id } = await toOne();
    world.channel.next(
      ana.conversationId,
      { result: badGateway },
      { result: badGateway },
      { result: badGateway },
    );
    await world.publish(event);
    await world.run();
    expect(world.channel.requests.length).toBe(2);
    expect((await outcomeOf(world, id)).recipients).toMatchObject([{ state: 'unconfirmed' }]);
  });

  it('is never repeated under "park", but listed', async () => {
    const { world, ana, event, id } = await toOne({ onUnconfirmed: 'park' });
    world.channel.next(ana.conversationId, { result: badGateway, shown: true });
    await world.publish(event);
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect((await outcomeOf(world, id)).recipients).toMatchObject([{ state: 'unconfirmed' }]);
    expect((await world.parking.listParked({ limit: 10 })).items).toMatchObject([{ reason: 'unconfirmed' }]);
  });
});

describe('a live claim', () => {
  it('met by a redelivery makes it wait for the lease instead of sending', async () => {
    const { world, ana, event } = await toOne();
    await world.publish(event);
    world.watch.failNext('messenger.sendActivity', { error: new Crash(), when: 'after' });
    const call = world.deliveries.take();
    if (call === undefined) throw new Error('no call was made');
    await world.handle(call);
    const start = world.clock.now();
    world.clock.advance(seconds(5));
    await world.handle(call);
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect(world.deliveries.waiting.map(({ visibleAt }) => visibleAt - start)).toEqual([LEASE + seconds(1)]);
  });
});

describe('a worker that stood still for longer than its claim held', () => {
  it('leaves the record to the one who took over, who marks the repeat', async () => {
    const { world, ana, event, id } = await toOne();
    await world.publish(event);
    const call = world.deliveries.take();
    if (call === undefined) throw new Error('no call was made');
    const send = world.channel.sendActivity.bind(world.channel);
    let first = true;
    world.channel.sendActivity = async (reference, message) => {
      const result = await send(reference, message);
      if (first) {
        first = false;
        world.clock.advance(LEASE + seconds(5));
        await world.handle(call);
      }
      return result;
    };
    await world.handle(call);
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello', 'hello']);
    expect((await outcomeOf(world, id)).recipients).toMatchObject([{ state: 'delivered', repeats: 1 }]);
  });
});

describe('when the store is away', () => {
  it('an outcome that is known travels in the next call, and the person is told once', async () => {
    const { world, ana, event, id } = await toOne();
    await world.publish(event);
    for (let times = 0; times < 3; times += 1) {
      world.watch.failNext('ledger.recordOutcome', {
        error: new StoreUnavailable('insert', new Error('503')),
        when: 'before',
      });
    }
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
    expect((await outcomeOf(world, id)).recipients).toMatchObject([
      { state: 'delivered', attempts: 1, repeats: 0 },
    ]);
  });

  it('the call comes back later instead of burning its deliveries', async () => {
    const { world, ana, event } = await toOne();
    await world.publish(event);
    world.watch.failNext('ledger.findDesk', {
      error: new StoreUnavailable('query', new Error('503')),
      when: 'before',
    });
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });
});

describe('a conversation that is yet to be created', () => {
  it('is created first, remembered, and used from then on', async () => {
    const world = aWorld();
    const person = anUncreatedConversation({ user: { id: '29:ben', name: 'Ben', aadObjectId: 'ben-oid' } });
    if (person.user === undefined) throw new Error('a person is needed');
    await world.conversations.savePerson(...provenPerson(aPerson({ user: person.user })));
    for (const text of ['first', 'second']) {
      await world.publish(anEvent({ data: { to: { user: 'ben-oid' }, text } }));
      await world.run();
    }
    expect(world.channel.creations.length).toBe(1);
    expect(world.channel.textsIn('personal-with-ben-oid')).toEqual(['first', 'second']);
  });

  it('is told once, also when the same notification goes to everyone', async () => {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    world.channel.next(ana.conversationId, { result: failed(404, 'ConversationNotFound', true) });
    const event = anEvent({
      data: { to: [{ user: ana.user?.id ?? '' }, { everyone: true }], text: 'hello' },
    });
    await world.publish(event);
    await world.run();
    const texts = world.channel.shown.map(({ conversationId }) => conversationId);
    expect(texts).toEqual([`personal-with-${ana.user?.id}`]);
    const report = await world.report(notificationId(event.source, event.id), {});
    expect(report).toMatchObject({ complete: true, pending: {} });
    expect(Object.keys(report?.outcomes ?? {})).toEqual(['delivered']);
  });
});

describe('a process that dies', () => {
  const scenarios = [
    { name: 'under "resend"', delivery: {}, most: 2 },
    { name: 'under "park"', delivery: { onUnconfirmed: 'park' }, most: 1 },
  ] as const;

  it.each(scenarios)('at any step of a delivery loses nobody, $name', async ({ delivery, most }) => {
    for (const when of ['before', 'after'] as const) {
      for (let step = 0; ; step += 1) {
        const { world, ana, event, id } = await toOne(delivery);
        await world.publish(event);
        const before = world.watch.calls.length;
        world.watch.failCall(before + step, { error: new Crash(), when });
        await world.run();
        const at = `${when} ${JSON.stringify(world.watch.calls[before + step])}`;
        const shown = world.channel.textsIn(ana.conversationId).length;
        const report = await world.report(id, {});
        expect(report?.complete, at).toBe(true);
        const [recipient] = report?.recipients ?? [];
        expect(shown, at).toBeLessThanOrEqual(most);
        if (shown > 1) expect(recipient?.repeats, at).toBe(1);
        if (recipient?.state === 'delivered') expect(shown, at).toBeGreaterThan(0);
        else expect(recipient?.state, at).toBe('unconfirmed');
        if (before + step >= world.watch.calls.length) break;
      }
    }
  });

  it.each([
    ['addressing a few', 5],
    ['walking through many', 12],
  ])(
    'at any step of taking an event, or of %s, loses nobody and tells nobody twice',
    async (_what, count) => {
      for (const when of ['before', 'after'] as const) {
        for (let step = 0; ; step += 1) {
          const world = aWorld({ requestsPerSecond: 4 });
          const people = Array.from({ length: count }, () => aConversation());
          await world.knows(...people);
          const to = [{ conversation: people[0]?.key }, { everyone: true }];
          const event = anEvent({ data: { to, text: 'hello' } });
          world.watch.failCall(step, { error: new Crash(), when });
          const died = await world.publish(event).then(
            () => false,
            (cause: unknown) => cause instanceof Crash,
          );
          if (died) await world.publish(event);
          const isWalking = world.watch.calls.length;
          await world.run();
          const at = `${when} ${JSON.stringify(world.watch.calls[step])}`;
          // A crash between a request and its record may repeat it, marked; the steps of a delivery have a test of their own.
          const ofDelivery =
            world.watch.calls[step]?.port === 'messenger' ||
            world.watch.calls[step]?.method === 'recordOutcome';
          if (!ofDelivery) expect(world.channel.shown.length, at).toBe(count);
          expect((await world.report(notificationId(event.source, event.id)))?.complete, at).toBe(true);
          if (step > isWalking + 60) break;
        }
      }
    },
  );

  it('between accepting an event and planning it is found by the sweep, also when the broker has lost the event', async () => {
    const { world, ana, event } = await toOne();
    world.watch.failNext('ledger.addressRecipients', { error: new Crash(), when: 'before' });
    await world.publish(event).catch(() => undefined);
    await world.run();
    expect(world.channel.shown).toEqual([]);
    world.clock.advance(minutes(3));
    await world.sweep();
    await world.run();
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });
});

describe('a broker that loses its messages', () => {
  it('strands nobody: the sweep finds who was addressed and not told', async () => {
    const world = aWorld();
    const people = Array.from({ length: 30 }, () => aConversation());
    await world.knows(...people);
    const event = anEvent();
    await world.publish(event);
    await world.run(world.clock.now() + seconds(0.3));
    world.deliveries.lose();
    world.jobs.lose();
    for (let minute = 0; minute < 12; minute += 1) {
      world.clock.advance(minutes(1));
      await world.sweep();
      await world.run(world.clock.now() + seconds(30));
    }
    for (const { conversationId } of people) expect(world.channel.textsIn(conversationId).length).toBe(1);
    expect((await world.report(notificationId(event.source, event.id)))?.complete).toBe(true);
    expect(await world.dueIndex.findOverdue(world.clock.now() + minutes(600), 100)).toEqual([]);
  });

  it('and one that is away makes the function throw, so that the message stays where it is', async () => {
    const { world, ana, event } = await toOne();
    world.channel.next(ana.conversationId, { result: throttled });
    await world.publish(event);
    const call = world.deliveries.take();
    if (call === undefined) throw new Error('no call was made');
    // The call of the retry, and the one that would say later what is known.
    for (let times = 0; times < 2; times += 1) {
      world.watch.failNext('deliveries.sendCalls', { error: queueAway, when: 'before' });
    }
    await expect(world.deliver(call)).rejects.toBe(queueAway);
  });
});
