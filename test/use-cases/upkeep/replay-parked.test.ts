import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../shared/domain/ids.ts';
import { minutes, seconds } from '../../../shared/domain/time.ts';
import type { SendResult } from '../../../shared/ports/delivery/messenger.ts';
import type { ParkedItem } from '../../../shared/ports/event/parking.ts';
import { type ReplayDeps, replayParked } from '../../../shared/use-cases/upkeep/replay-parked.ts';
import { aConversation, aNotification, anEvent, aResult, aTopic } from '../../support/builders.ts';
import { aWorld, Crash, type World } from '../../support/world.ts';

const badGateway: SendResult = { kind: 'failed', status: 502, code: 'BadGateway', surelyNotSent: false };
const throttled: SendResult = { kind: 'failed', status: 429, code: 'Throttled', surelyNotSent: true };

/** The ports of a replay over a world, and what came back on the app's own queues. */
function replayDeps(world: World): ReplayDeps & { readonly returned: { queue: string; original: string }[] } {
  const returned: { queue: string; original: string }[] = [];
  const messages = {
    async putBackMessage(queue: string, original: string) {
      returned.push({ queue, original });
    },
  };
  return { ...world, messages, returned };
}

/** The same ports; `hook` runs before each call of one of their methods, numbered over all of them. */
function hooked(deps: ReplayDeps, hook: (call: number) => Promise<void>): ReplayDeps {
  let calls = 0;
  const over = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, property) {
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== 'function') return member;
        return async (...parameters: unknown[]): Promise<unknown> => {
          const call = calls;
          calls += 1;
          await hook(call);
          return Reflect.apply(member, target, parameters);
        };
      },
    });
  return {
    ...deps,
    parking: over(deps.parking),
    ledger: over(deps.ledger),
    notifications: over(deps.notifications),
    conversations: over(deps.conversations),
    dueIndex: over(deps.dueIndex),
    deliveries: over(deps.deliveries),
    events: over(deps.events),
    messages: over(deps.messages),
    plan: async (notification) => {
      const call = calls;
      calls += 1;
      await hook(call);
      return deps.plan(notification);
    },
  };
}

describe('what is parked for a conversation that turned out to be somebody’s', () => {
  /** Two conversations that become one person's after a delivery to the younger was given up. */
  async function merged() {
    const world = aWorld();
    const [one, other] = ['a:1', 'a:2'].map((conversationId, minute) => {
      const built = aConversation({ conversationId, user: { id: '29:ana', name: 'Ana' } });
      return { ...built, capturedAt: built.capturedAt + minutes(minute) };
    });
    if (one === undefined || other === undefined) throw new Error('two were made');
    return {
      world,
      one,
      other,
      merge: () => world.merge(other.key, one.key, { latest: one.key, locale: 'en' }),
    };
  }

  it('is told to that person', async () => {
    const { world, one, other, merge } = await merged();
    for (const conversation of [one, other]) await world.conversations.saveConversation(conversation);
    world.channel.next('a:2', ...Array.from({ length: 2 }, () => ({ result: badGateway, shown: false })));
    await world.publish(anEvent({ data: { to: [{ conversation: other.key }], text: 'hello' } }));
    await world.run(world.clock.now() + minutes(60 * 48));
    const { id } = await theOneParked(world);
    await merge();
    expect(await replayParked(replayDeps(world))(id)).toMatchObject({ kind: 'reopened' });
    await world.run(world.clock.now() + minutes(60 * 48));
    expect(world.channel.shown).toHaveLength(1);
    expect(await parked(world)).toEqual([]);
  });

  it('is known to a dry run', async () => {
    const { world, one, other, merge } = await merged();
    await world.publish(anEvent({ data: { to: [{ conversation: other.key }], text: 'hello' } }));
    const { id } = await theOneParked(world);
    for (const conversation of [one, other]) await world.conversations.saveConversation(conversation);
    await merge();
    const replay = replayParked(replayDeps(world));
    expect(await replay(id, { dryRun: true })).toEqual({ kind: 'planned', known: 1, unknown: 0 });
    expect(await replay(id)).toEqual({ kind: 'planned', known: 1, unknown: 0 });
    await world.run(world.clock.now() + minutes(1));
    expect(world.channel.shown).toHaveLength(1);
  });
});

async function parked(world: World): Promise<readonly ParkedItem[]> {
  return (await world.parking.listParked({ limit: 100 })).items;
}

async function theOneParked(world: World): Promise<ParkedItem> {
  const items = await parked(world);
  return items.length === 1 && items[0] !== undefined
    ? items[0]
    : expect.fail(`one item is parked, not ${items.length}`);
}

/** The steps that a replay takes in this world, to die or be overtaken at each of them. */
async function stepsOf(make: () => Promise<{ readonly world: World; readonly id: string }>): Promise<number> {
  const { world, id } = await make();
  let steps = 0;
  await replayParked(hooked(replayDeps(world), async () => void steps++))(id);
  return steps;
}

const dies = (at: number) => async (call: number) => {
  if (call === at) throw new Crash(`at step ${at}`);
};

describe('replaying an event that could not be used', () => {
  async function unknownType() {
    const world = aWorld();
    const original = JSON.stringify({ id: '1', source: 'urn:x', type: 'no.such.kind', specversion: '1.0' });
    const envelope: unknown = { ...JSON.parse(original), data: {} };
    const properties = { cloudEvents_id: '1' };
    const arrive = () => world.accept({ envelope, original, properties, at: world.clock.now() });
    await arrive();
    return { world, original, properties, arrive, id: (await theOneParked(world)).id };
  }

  it('puts it back on its queue as it came, and it is no longer parked', async () => {
    const { world, id, original, properties } = await unknownType();
    expect(await replayParked(replayDeps(world))(id)).toEqual({ kind: 'queued', queue: 'events' });
    expect(world.events.takeAll()).toMatchObject([{ original, properties }]);
    expect(await parked(world)).toEqual([]);
  });

  it('leaves it parked when the app parks it again before the replay has ended', async () => {
    const { world, id, arrive } = await unknownType();
    const deps = replayDeps(world);
    const events = {
      ...deps.events,
      publishEvents: deps.events.publishEvents,
      async putBackEvent() {
        world.clock.advance(1);
        await arrive();
      },
    };
    await replayParked({ ...deps, events })(id);
    expect(await parked(world)).toMatchObject([{ id, reason: 'unknown-type' }]);
  });

  it('never leaves it nowhere, wherever the process dies', async () => {
    const steps = await stepsOf(unknownType);
    for (let step = 0; step < steps; step += 1) {
      const { world, id } = await unknownType();
      await expect(replayParked(hooked(replayDeps(world), dies(step)))(id)).rejects.toThrow(Crash);
      expect(await parked(world), `died before step ${step}`).toMatchObject([{ id }]);
    }
  });

  it('does nothing when it is only asked what would happen', async () => {
    const { world, id } = await unknownType();
    expect(await replayParked(replayDeps(world))(id, { dryRun: true })).toEqual({
      kind: 'queued',
      queue: 'events',
    });
    expect(world.events.sent).toEqual([]);
    expect(await parked(world)).toHaveLength(1);
  });

  it('finds nothing under an id that is not parked', async () => {
    const { world, id } = await unknownType();
    const replay = replayParked(replayDeps(world));
    await replay(id);
    expect(await replay(id)).toEqual({ kind: 'not-found' });
    expect(world.events.sent).toHaveLength(1);
  });
});

describe('replaying recipients that nobody knew', () => {
  const ana = aConversation();
  const bob = aConversation({ user: { id: '29:bob', name: 'Bob' } });
  const cy = aConversation({ user: { id: '29:cy', name: 'Cy' } });
  const event = anEvent({
    data: { to: [{ conversation: ana.key }, { user: '29:bob' }, { conversation: cy.key }], text: 'hello' },
  });
  const notification = notificationId(event.source, event.id);

  /** Ana was told; Bob and Cy were unknown, and `met` of them are known by now. */
  async function twoUnknown(...met: readonly (typeof bob)[]) {
    const world = aWorld();
    await world.knows(ana);
    await world.publish(event);
    await world.run();
    await world.knows(...met);
    return { world, id: (await theOneParked(world)).id };
  }

  function told(world: World): readonly string[] {
    return world.channel.shown.map(({ conversationId }) => conversationId);
  }

  it('reaches those who are known by now, once, and counts nobody twice', async () => {
    const { world, id } = await twoUnknown(bob, cy);
    expect(await replayParked(replayDeps(world))(id)).toEqual({ kind: 'planned', known: 2, unknown: 0 });
    await world.run();
    expect(told(world).toSorted()).toEqual(
      [ana, bob, cy].map(({ conversationId }) => conversationId).toSorted(),
    );
    expect(await world.report(notification)).toMatchObject({
      complete: true,
      addressed: 3,
      outcomes: { delivered: 3 },
    });
    expect(await parked(world)).toEqual([]);
  });

  it('keeps who is still unknown parked, and only them', async () => {
    const { world, id } = await twoUnknown(bob);
    expect(await replayParked(replayDeps(world))(id)).toEqual({ kind: 'planned', known: 1, unknown: 1 });
    await world.run();
    const { original } = await theOneParked(world);
    expect(JSON.parse(original)).toMatchObject({ data: { to: [{ conversation: cy.key }], text: 'hello' } });
    expect(await world.report(notification)).toMatchObject({
      addressed: 3,
      outcomes: { delivered: 2, 'no-such-recipient': 1 },
    });
    await world.knows(cy);
    expect(await replayParked(replayDeps(world))(id)).toMatchObject({ known: 1, unknown: 0 });
    await world.run();
    expect(await world.report(notification)).toMatchObject({ addressed: 3, outcomes: { delivered: 3 } });
    expect(await parked(world)).toEqual([]);
  });

  it('says who would be reached, and does nothing, when it is only asked', async () => {
    const { world, id } = await twoUnknown(bob);
    expect(await replayParked(replayDeps(world))(id, { dryRun: true })).toEqual({
      kind: 'planned',
      known: 1,
      unknown: 1,
    });
    await world.run();
    expect(told(world)).toEqual([ana.conversationId]);
    expect(await world.report(notification)).toMatchObject({ outcomes: { 'no-such-recipient': 2 } });
  });

  it('loses and repeats nobody when the process dies at any step and the replay is made again', async () => {
    const steps = await stepsOf(() => twoUnknown(bob));
    expect(steps).toBeGreaterThan(3);
    for (let step = 0; step < steps; step += 1) {
      const { world, id } = await twoUnknown(bob);
      await expect(replayParked(hooked(replayDeps(world), dies(step)))(id)).rejects.toThrow(Crash);
      await world.run();
      await replayParked(replayDeps(world))(id);
      await world.run();
      const at = `died before step ${step}`;
      expect(told(world), at).toEqual([ana, bob].map(({ conversationId }) => conversationId));
      expect(await world.report(notification), at).toMatchObject({
        complete: true,
        addressed: 3,
        outcomes: { delivered: 2, 'no-such-recipient': 1 },
      });
      expect(await parked(world), at).toMatchObject([{ reason: 'no-such-recipient' }]);
    }
  });

  it('does what one replay does when another one runs through in the middle of it', async () => {
    const steps = await stepsOf(() => twoUnknown(bob, cy));
    for (let step = 0; step < steps; step += 1) {
      const { world, id } = await twoUnknown(bob, cy);
      const overtaken = hooked(replayDeps(world), async (call) => {
        if (call !== step) return;
        await replayParked(replayDeps(world))(id);
        await world.run();
      });
      await replayParked(overtaken)(id);
      await world.run();
      const at = `overtaken before step ${step}`;
      expect(told(world), at).toHaveLength(3);
      expect(await world.report(notification), at).toMatchObject({
        addressed: 3,
        outcomes: { delivered: 3 },
      });
      expect(await parked(world), at).toEqual([]);
    }
  });

  it('leaves alone everybody else whom the event names', async () => {
    const world = aWorld();
    const topical = anEvent({ data: { to: [{ topic: 'builds' }, { user: '29:bob' }], text: 'hello' } });
    await world.knows(ana);
    const subscription = { conversation: ana.key, tenant: ana.tenant, topic: aTopic('builds') };
    await world.subscriptions.subscribe({ ...subscription, since: world.clock.now() });
    await world.publish(topical);
    await world.run();
    await world.knows(bob);
    const walked = world.watch.count('jobs.sendJobs');
    await replayParked(replayDeps(world))((await theOneParked(world)).id);
    await world.run();
    expect(world.watch.count('jobs.sendJobs')).toBe(walked);
    expect(told(world)).toEqual([ana.conversationId, bob.conversationId]);
  });

  it('takes the event for a new one when its notification is stored no more', async () => {
    const { world, id } = await twoUnknown(bob);
    const elsewhere = aWorld();
    await elsewhere.parking.parkItem(await theOneParked(world));
    expect(await replayParked(replayDeps(elsewhere))(id)).toEqual({ kind: 'queued', queue: 'events' });
    expect(elsewhere.events.sent).toHaveLength(1);
  });
});

describe('replaying a delivery', () => {
  /** One that ended as exhausted, or as unconfirmed under "park", to a channel that is well again by now. */
  async function ended(reason: 'exhausted' | 'unconfirmed') {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    const delivery = reason === 'unconfirmed' ? { onUnconfirmed: 'park' } : {};
    const event = anEvent({ data: { to: { conversation: ana.key }, text: 'hello', delivery } });
    const result = reason === 'unconfirmed' ? badGateway : throttled;
    const answers = Array.from({ length: reason === 'unconfirmed' ? 1 : 12 }, () => ({ result }));
    world.channel.next(ana.conversationId, ...answers);
    await world.publish(event);
    await world.run(world.clock.now() + minutes(60 * 24));
    // What the first run left to be looked after is over: only the replay's own entry can wake its delivery.
    world.clock.advance(minutes(60));
    while ((await world.dueIndex.findOverdue(world.clock.now(), 1)).length > 0) await world.sweep();
    const { id } = await theOneParked(world);
    const notification = notificationId(event.source, event.id);
    expect(await world.report(notification)).toMatchObject({ complete: true, outcomes: { [reason]: 1 } });
    return { world, ana, id, notification, delivery: { notification, conversation: ana.key } };
  }

  const told = (world: World) => world.channel.shown.length;

  it.each(['exhausted', 'unconfirmed'] as const)(
    'that was %s reaches the person, and the report says so',
    async (reason) => {
      const { world, id, notification } = await ended(reason);
      expect(await replayParked(replayDeps(world))(id)).toMatchObject({ kind: 'reopened' });
      expect(await world.report(notification)).toMatchObject({ complete: false, pending: { retrying: 1 } });
      expect(await parked(world)).toEqual([]);
      await world.run();
      expect(told(world)).toBe(1);
      expect(await world.report(notification)).toMatchObject({
        complete: true,
        addressed: 1,
        outcomes: { delivered: 1 },
      });
    },
  );

  it('gives it all the attempts of a first run, and parks it again when they fail too', async () => {
    const { world, ana, id, notification } = await ended('exhausted');
    world.channel.next(ana.conversationId, ...Array.from({ length: 12 }, () => ({ result: throttled })));
    await replayParked(replayDeps(world))(id);
    await world.run(world.clock.now() + minutes(60 * 24));
    expect(world.channel.requests).toHaveLength(24);
    expect(await world.report(notification, {})).toMatchObject({
      recipients: [{ state: 'exhausted', attempts: 12 }],
    });
    expect(await parked(world)).toMatchObject([{ id, reason: 'exhausted' }]);
    expect(await replayParked(replayDeps(world))(id)).toMatchObject({ kind: 'reopened' });
    await world.run();
    expect(told(world)).toBe(1);
  });

  it('says what it would do, and does nothing, when it is only asked', async () => {
    const { world, id, notification, delivery } = await ended('exhausted');
    const before = await world.ledger.findDelivery(delivery);
    const answer = await replayParked(replayDeps(world))(id, { dryRun: true });
    expect(answer).toEqual({ kind: 'reopened', version: (before?.version ?? 0) + 1 });
    await world.run();
    expect(told(world)).toBe(0);
    expect(await world.ledger.findDelivery(delivery)).toEqual(before);
    expect(await world.report(notification)).toMatchObject({ outcomes: { exhausted: 1 } });
    expect(await parked(world)).toHaveLength(1);
  });

  it.each(['exhausted', 'unconfirmed'] as const)(
    'that was %s is told once when the replay dies at any step and is made again, at once or when all is over',
    async (reason) => {
      const steps = await stepsOf(() => ended(reason));
      expect(steps).toBeGreaterThan(8);
      for (const wait of [false, true]) {
        for (let step = 0; step < steps; step += 1) {
          const { world, id, notification } = await ended(reason);
          await expect(replayParked(hooked(replayDeps(world), dies(step)))(id)).rejects.toThrow(Crash);
          if (wait) {
            world.clock.advance(minutes(3));
            await world.sweep();
            await world.run();
          }
          const at = `died before step ${step}, replayed ${wait ? 'late' : 'at once'}`;
          expect(await parked(world), at).toHaveLength(1);
          await replayParked(replayDeps(world))(id);
          await world.run();
          expect(told(world), at).toBe(1);
          expect(await world.report(notification), at).toMatchObject({
            complete: true,
            addressed: 1,
            outcomes: { delivered: 1 },
          });
          expect(await parked(world), at).toEqual([]);
        }
      }
    },
  );

  it('is either still parked with its outcome, or delivered, when the replay dies and nobody makes it again', async () => {
    const steps = await stepsOf(() => ended('exhausted'));
    for (let step = 0; step < steps; step += 1) {
      const { world, id, notification } = await ended('exhausted');
      await expect(replayParked(hooked(replayDeps(world), dies(step)))(id)).rejects.toThrow(Crash);
      for (let sweep = 0; sweep < 4; sweep += 1) {
        world.clock.advance(minutes(3));
        await world.sweep();
        await world.run();
      }
      const report = await world.report(notification);
      expect(report?.complete, `died before step ${step}`).toBe(true);
      expect(report?.outcomes).toEqual(told(world) === 0 ? { exhausted: 1 } : { delivered: 1 });
      expect(await parked(world)).toHaveLength(1);
    }
  });

  it.each(['exhausted', 'unconfirmed'] as const)(
    'that was %s is told once when another replay and its delivery run through in the middle of this one',
    async (reason) => {
      const steps = await stepsOf(() => ended(reason));
      for (const delivered of [false, true]) {
        for (let step = 0; step < steps; step += 1) {
          const { world, id, notification } = await ended(reason);
          const overtaken = hooked(replayDeps(world), async (call) => {
            if (call !== step) return;
            await replayParked(replayDeps(world))(id);
            if (delivered) await world.run();
          });
          await replayParked(overtaken)(id);
          await world.run();
          const at = `overtaken before step ${step}, ${delivered ? 'also by the delivery' : 'not by the delivery'}`;
          expect(told(world), at).toBe(1);
          expect(await world.report(notification), at).toMatchObject({
            complete: true,
            outcomes: { delivered: 1 },
          });
          expect(await parked(world), at).toEqual([]);
        }
      }
    },
  );

  it('is told once when another replay goes through in the middle of this one and its worker dies behind the request', async () => {
    const steps = await stepsOf(() => ended('unconfirmed'));
    for (let step = 0; step < steps; step += 1) {
      const { world, id } = await ended('unconfirmed');
      const overtaken = hooked(replayDeps(world), async (call) => {
        if (call !== step) return;
        await replayParked(replayDeps(world))(id);
        world.watch.failNext('messenger.sendActivity', {
          error: new Crash('behind the request'),
          when: 'after',
        });
        await world.handle(world.deliveries.take() ?? expect.fail('the other replay made a call'));
      });
      await replayParked(overtaken)(id);
      await world.run();
      expect(told(world), `overtaken before step ${step}`).toBe(1);
      expect(await parked(world)).toMatchObject([{ reason: 'unconfirmed' }]);
    }
  });

  it('reads again when the row was written since, and opens it then', async () => {
    const { world, id, delivery } = await ended('exhausted');
    const deps = replayDeps(world);
    let touched = false;
    const ledger = new Proxy(deps.ledger, {
      get: (target, property) =>
        property === 'changeDelivery'
          ? async (row: Parameters<typeof target.changeDelivery>[0]) => {
              const stored = (await target.findDelivery(delivery)) ?? expect.fail('there is a row');
              if (!touched) await target.changeDelivery(stored);
              touched = true;
              return target.changeDelivery(row);
            }
          : Reflect.get(target, property).bind(target),
    });
    expect(await replayParked({ ...deps, ledger })(id)).toMatchObject({ kind: 'reopened' });
    await world.run();
    expect(told(world)).toBe(1);
  });

  it('that an earlier replay opened keeps its count and its time when it is replayed again', async () => {
    const { world, ana, id, delivery } = await ended('exhausted');
    const steps = await stepsOf(() => ended('exhausted'));
    await expect(replayParked(hooked(replayDeps(world), dies(steps - 1)))(id)).rejects.toThrow(Crash);
    world.channel.next(ana.conversationId, { result: throttled });
    await world.run(world.clock.now());
    const row = await world.ledger.findDelivery(delivery);
    expect(row).toMatchObject({ state: 'retrying', attempts: 1 });
    expect(await replayParked(replayDeps(world))(id)).toMatchObject({ kind: 'reopened' });
    expect(await world.ledger.findDelivery(delivery)).toEqual(row);
    await world.run();
    expect(told(world)).toBe(1);
    expect(await parked(world)).toEqual([]);
  });

  it('stays parked when it fails again before the replay has ended', async () => {
    const { world, ana, id, notification } = await ended('unconfirmed');
    world.channel.next(ana.conversationId, { result: badGateway });
    const deps = replayDeps(world);
    const deliveries = {
      async sendCalls(calls: Parameters<typeof deps.deliveries.sendCalls>[0]) {
        await deps.deliveries.sendCalls(calls);
        world.clock.advance(1);
        await world.run();
      },
    };
    await replayParked({ ...deps, deliveries })(id);
    expect(await world.report(notification)).toMatchObject({ outcomes: { unconfirmed: 1 } });
    expect(await parked(world)).toMatchObject([{ id, reason: 'unconfirmed' }]);
  });

  it('that ended otherwise meanwhile is not told again, and is no longer parked', async () => {
    const { world, id, delivery } = await ended('exhausted');
    const seen = (await world.ledger.findOutcome(delivery)) ?? expect.fail('it has an outcome');
    await world.ledger.withdrawOutcome(delivery, seen);
    await world.ledger.recordOutcome(delivery, aResult());
    const replay = replayParked(replayDeps(world));
    expect(await replay(id, { dryRun: true })).toEqual({ kind: 'over', outcome: 'delivered' });
    expect(await replay(id)).toEqual({ kind: 'over', outcome: 'delivered' });
    await world.run();
    expect(told(world)).toBe(0);
    expect(await parked(world)).toEqual([]);
  });

  it('that a worker holds right now is left alone, and stays parked', async () => {
    const { world, id, delivery } = await ended('unconfirmed');
    const seen = (await world.ledger.findOutcome(delivery)) ?? expect.fail('it has an outcome');
    // As between a worker's parking and its record.
    await world.ledger.withdrawOutcome(delivery, seen);
    const row = await world.ledger.findDelivery(delivery);
    expect(await replayParked(replayDeps(world))(id)).toEqual({ kind: 'under-way' });
    expect(await world.ledger.findDelivery(delivery)).toEqual(row);
    expect(await parked(world)).toHaveLength(1);
  });

  it("is told once when a late copy of the first run's call comes after the replay", async () => {
    const { world, id, delivery } = await ended('exhausted');
    const row = (await world.ledger.findDelivery(delivery)) ?? expect.fail('there is a row');
    await replayParked(replayDeps(world))(id);
    await world.handle({ ...delivery, version: row.version, hop: 3 });
    await world.handle({ ...delivery, version: 0, hop: 0 });
    world.clock.advance(seconds(1));
    await world.run();
    expect(told(world)).toBe(1);
  });

  it.each([
    ['names no delivery', 'nonsense'],
    ['belongs to a notification that is stored no more', `${aNotification().id}.${aConversation().key}`],
  ])('that %s cannot be replayed, and stays parked', async (_what, original) => {
    const world = aWorld();
    const id = createHash('sha256').update(original).digest('base64url');
    const parkedAt = world.clock.now();
    await world.parking.parkItem({
      id,
      kind: 'delivery',
      reason: 'exhausted',
      faults: [],
      original,
      parkedAt,
    });
    expect(await replayParked(replayDeps(world))(id)).toMatchObject({
      kind: 'unusable',
      faults: [{ path: 'original' }],
    });
    expect(await parked(world)).toHaveLength(1);
  });
});

describe("replaying a message of the app's own", () => {
  const item = (properties?: ParkedItem['properties']): ParkedItem => ({
    id: createHash('sha256').update('a message').digest('base64url'),
    kind: 'message',
    reason: 'invalid-envelope',
    faults: [],
    original: '{"call":{"of":"a later version"}}',
    parkedAt: 0,
    ...(properties === undefined ? {} : { properties }),
  });

  it('puts it back on the queue that it came from, as it was', async () => {
    const world = aWorld();
    await world.parking.parkItem(item({ queue: 'deliveries' }));
    const deps = replayDeps(world);
    expect(await replayParked(deps)(item().id)).toEqual({ kind: 'queued', queue: 'deliveries' });
    expect(deps.returned).toEqual([{ queue: 'deliveries', original: item().original }]);
    expect(await parked(world)).toEqual([]);
  });

  it('leaves it parked when it says no queue', async () => {
    const world = aWorld();
    await world.parking.parkItem(item());
    const deps = replayDeps(world);
    expect(await replayParked(deps)(item().id)).toMatchObject({ kind: 'unusable' });
    expect(deps.returned).toEqual([]);
    expect(await parked(world)).toHaveLength(1);
  });
});
