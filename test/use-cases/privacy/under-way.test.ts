import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../shared/domain/event/notification.ts';
import { notificationId, personKey } from '../../../shared/domain/ids.ts';
import { days, minutes, seconds } from '../../../shared/domain/time.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import {
  aConversation,
  anEvent,
  anUncreatedConversation,
  aPerson,
  aTopic,
  provenPerson,
} from '../../support/builders.ts';
import { newsOf } from '../../support/reading.ts';
import { aWorld, type World } from '../../support/world.ts';

const away = new StoreUnavailable('a test', new Error('503'));
const ana = { id: '29:ana', name: 'Ana' };

describe('what is under way while somebody is forgotten', () => {
  let world: World;
  const hers = aConversation({ conversationId: 'a:ana', user: ana });

  beforeEach(async () => {
    world = aWorld();
    await world.knows(hers);
  });

  const forget = () => world.forgetMe({ conversation: hers, speaker: ana, turn: 'turn' });
  const later = async () => {
    world.clock.advance(minutes(3));
    await world.sweep();
    await world.run(world.clock.now());
  };

  it('a send in this very moment is left to its worker, and looked after later', async () => {
    const event = anEvent({ data: { to: { user: ana.id }, text: 'just now' } });
    await world.publish(event);
    const send = world.channel.sendActivity.bind(world.channel);
    // The wish comes while the request is on its way.
    world.channel.sendActivity = async (...request) => {
      await forget();
      const job = world.jobs.take();
      if (job?.kind === 'forget') await world.forget(job.request);
      world.channel.sendActivity = send;
      return send(...request);
    };
    await world.run(world.clock.now());
    const [delivered] = world.channel.shown;
    expect(delivered && newsOf(delivered.message)).toBe('just now');
    const [row] = await world.personalData.deliveriesOf(hers.key);
    const result = () => (row === undefined ? undefined : world.ledger.findOutcome(row.id));
    // It was sent before anybody could know: that stays true.
    expect(await result()).toMatchObject({ outcome: 'delivered' });
    await later();
    expect(await result()).not.toHaveProperty('activityId');
    const stored =
      row === undefined ? undefined : await world.notifications.findNotification(row.id.notification);
    expect(JSON.stringify(stored)).not.toMatch(/just now|29:ana/);
  });

  it('a conversation that is being created with them is not remembered', async () => {
    const met = anUncreatedConversation({ user: ana });
    world = aWorld();
    await world.conversations.saveConversation(met);
    await world.conversations.savePerson(...provenPerson(aPerson({ user: ana })));
    await world.publish(anEvent({ data: { to: { user: ana.id }, text: 'hello' } }));
    const create = world.channel.createConversation.bind(world.channel);
    world.channel.createConversation = async (person) => {
      await world.forgetMe({ conversation: met, speaker: ana, turn: 'turn' });
      const job = world.jobs.take();
      if (job?.kind === 'forget') await world.forget(job.request);
      return create(person);
    };
    await world.run(world.clock.now() + minutes(1));
    await later();
    expect(world.channel.requests).toEqual([]);
    expect((await world.conversations.listConversations({ limit: 10 })).items).toEqual([]);
    expect(await world.findPerson({ user: ana.id })).toBeUndefined();
  });

  it('what an earlier turn writes after it is found by the next look', async () => {
    await forget();
    await world.run(world.clock.now());
    await world.preferences.savePreferences(hers.key, { mutes: [], timeZone: 'Europe/Lisbon' });
    await world.conversations.savePerson(...provenPerson(aPerson({ user: ana, personal: hers.key })));
    await later();
    expect((await world.preferences.findPreferences(hers.key)).tag).toBeUndefined();
    expect(await world.findPerson({ user: ana.id })).toBeUndefined();
    // And then it is calm: nothing wakes itself for ever.
    world.clock.advance(minutes(3));
    expect(await world.sweep()).toMatchObject({ revived: 0 });
  });

  it('a job that is lost is made again, until it went through', async () => {
    await forget();
    world.jobs.lose();
    await later();
    expect(await world.conversations.findConversation(hers.key)).toBeUndefined();
  });
});

describe('somebody who is forgotten while processes die', () => {
  const hers = aConversation({ conversationId: 'a:ana', user: ana });

  /** Has lived, and says `forget me now`. */
  async function aLife() {
    const world = aWorld();
    await world.knows(hers);
    await world.subscriptions.subscribe({
      conversation: hers.key,
      tenant: hers.tenant,
      topic: aTopic('builds'),
      since: world.clock.now(),
    });
    await world.createReminder({
      conversation: hers.key,
      id: 'r1',
      text: 'water the orchids',
      schedule: { at: world.clock.now() + days(2), zone: 'UTC' },
    });
    const told = anEvent({ data: { to: { user: ana.id }, text: 'to ana alone' } });
    await world.publish(told);
    await world.run(world.clock.now());
    await world.parking.parkItem({
      id: 'p'.repeat(43),
      kind: 'event',
      reason: 'invalid-data',
      faults: [],
      original: JSON.stringify({ data: { to: { user: ana.id } } }),
      parkedAt: world.clock.now(),
    });
    return { world, told: notificationId(told.source, told.id) };
  }

  /** As the functions do it: what fails comes again. */
  async function forgetting(world: World): Promise<void> {
    const again = async (work: () => Promise<unknown>) => {
      try {
        await work();
      } catch {
        await work();
      }
    };
    await again(() => world.forgetMe({ conversation: hers, speaker: ana, turn: 'turn' }));
    for (let job = world.jobs.take(); job !== undefined; job = world.jobs.take()) {
      if (job.kind === 'forget') await world.forget(job.request).catch(() => undefined);
    }
    for (let look = 0; look < 4; look += 1) {
      world.clock.advance(minutes(3));
      // A run of the timer that fails is followed by the next; a job that fails is made again by it.
      await world.sweep().catch(() => undefined);
      await world.run(world.clock.now()).catch(() => undefined);
    }
  }

  it('is forgotten whole, whatever step it was', async () => {
    const rehearsal = await aLife();
    const before = rehearsal.world.watch.calls.length;
    await forgetting(rehearsal.world);
    const steps = rehearsal.world.watch.calls.length - before;
    expect(steps).toBeGreaterThan(50);
    for (let step = 0; step < steps; step += 1) {
      for (const when of ['before', 'after'] as const) {
        const { world, told } = await aLife();
        world.watch.failCall(world.watch.calls.length + step, { error: away, when });
        await forgetting(world);
        const left = {
          record: await world.conversations.findConversation(hers.key),
          person: await world.findPerson({ user: ana.id }),
          subscriptions: await world.subscriptions.subscriptionsOf(hers.key),
          reminders: (await world.reminders.of(hers.key)).reminders,
          parked: (await world.parking.listParked({ limit: 10 })).items,
          text: JSON.stringify(await world.notifications.findNotification(told)).includes('ana alone'),
          places: await world.personalData.conversationsOf(personKey(ana.id)),
        };
        expect(left, `step ${step}, ${when}`).toEqual({
          subscriptions: [],
          reminders: [],
          parked: [],
          text: false,
          places: [],
        });
        expect((await world.sweep()).revived, `step ${step}, ${when}: it comes to rest`).toBe(0);
      }
    }
  });
});

describe('what is parked about somebody who is forgotten', () => {
  const hers = aConversation({ conversationId: 'a:ana', user: ana });
  const parked = async (original: string, kind: 'event' | 'delivery' = 'event') => {
    const world = aWorld();
    await world.knows(hers);
    const id = 'p'.repeat(43);
    await world.parking.parkItem({
      id,
      kind,
      reason: 'invalid-data',
      faults: [],
      original,
      parkedAt: world.clock.now(),
    });
    await world.forgetMe({ conversation: hers, speaker: ana, turn: 'turn' });
    await world.run(world.clock.now() + seconds(1));
    return (await world.parking.findParked(id))?.original;
  };
  const event = (data: JsonObject) => JSON.stringify({ type: 'notification.requested', data });

  it('goes when it was for them alone, by whatever they were named', async () => {
    expect(await parked(event({ to: { user: ana.id }, text: 'secret' }))).toBeUndefined();
    expect(await parked(event({ to: [{ conversation: hers.key }] }))).toBeUndefined();
    expect(await parked(`${'n'.repeat(43)}.${hers.key}`, 'delivery')).toBeUndefined();
    expect(await parked(`{"to":{"user":"${ana.id}"`)).toBeUndefined();
    expect(await parked(`user=${ana.id}; text=hi`)).toBeUndefined();
  });

  it('loses their name where others wait for it too', async () => {
    const both = await parked(event({ to: [{ user: ana.id }, { user: '29:bob' }], text: 'x' }));
    expect(JSON.parse(both ?? '')).toMatchObject({
      data: { to: [{ user: 'forgotten' }, { user: '29:bob' }] },
    });
  });

  it('stays when it is about somebody else', async () => {
    const others = event({ to: [{ user: '29:anabel' }, { topic: 'builds' }], text: 'x' });
    expect(await parked(others)).toBe(others);
    expect(await parked(`${'n'.repeat(43)}.${aConversation().key}`, 'delivery')).toBeDefined();
  });
});
