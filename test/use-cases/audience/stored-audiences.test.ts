import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { Outcome } from '../../../shared/domain/delivery/delivery.ts';
import { toStructured } from '../../../shared/domain/event/cloud-event.ts';
import { proofsOf } from '../../../shared/domain/identity/proofs.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import { hours, minutes, seconds } from '../../../shared/domain/time.ts';
import { planUnknown } from '../../../shared/use-cases/upkeep/look-up-parked.ts';
import { replayParked } from '../../../shared/use-cases/upkeep/replay-parked.ts';
import { aConversation, anEvent, aTopic } from '../../support/builders.ts';
import { aWorld, Crash } from '../../support/world.ts';

/** Random numbers that are the same in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe('an event for stored audiences', () => {
  let world: ReturnType<typeof aWorld>;

  beforeEach(() => {
    world = aWorld();
  });

  function person(name: string, fields: Partial<Conversation> = {}): Conversation {
    return aConversation({ user: { id: `29:${name}`, name }, conversationId: name, ...fields });
  }

  async function store(name: string, entries: readonly string[]): Promise<void> {
    const stored = await world.audiences.putAudience(
      { name: aTopic(name), changedAt: world.clock.now(), changedBy: 'Ada' },
      entries,
      (await world.audiences.findAudience(aTopic(name)))?.version,
    );
    expect(typeof stored).toBe('object');
  }

  async function subscribe({ key, tenant }: Conversation, topic: string): Promise<void> {
    await world.subscriptions.subscribe({
      conversation: key,
      tenant,
      topic: aTopic(topic),
      since: world.clock.now(),
    });
  }

  async function tell(data: object, id = '1') {
    const event = anEvent({ id, data: { text: 'Hello', ...data } });
    await world.publish(event);
    await world.run();
    return notificationId(event.source, event.id);
  }

  const told = () => world.channel.shown.map(({ conversationId }) => conversationId).sort();

  it('reaches whom its entries mean, by key, id and name without case, each once', async () => {
    const [ada, bob, cy] = [
      person('ada', { user: { id: '29:ada', aadObjectId: '0A000000-0000-4000-8000-000000000001' } }),
      person('bob'),
      person('cy'),
    ] as const;
    await world.knows(ada, bob, cy);
    await store('release', ['0a000000-0000-4000-8000-000000000001', '29:ada', '29:bob', bob.key]);
    const id = await tell({ to: { audience: 'release' } });
    expect(told()).toEqual(['ada', 'bob']);
    expect(await world.report(id)).toMatchObject({
      complete: true,
      addressed: 2,
      outcomes: { delivered: 2 },
    });
  });

  it('reports who is unknown, parks them, and tells the others', async () => {
    await world.knows(person('ada'));
    await store('release', ['29:ada', '29:nobody', 'nobody@example.com']);
    const id = await tell({ to: [{ audience: 'release' }] });
    expect(told()).toEqual(['ada']);
    expect((await world.report(id))?.outcomes).toEqual({ delivered: 1, [Outcome.noSuchRecipient]: 2 });
    const { items } = await world.parking.listParked({ limit: 10 });
    expect(items.map(({ reason, faults }) => [reason, faults.length])).toEqual([['no-such-recipient', 2]]);
  });

  it('tells nobody who is excepted when who was unknown is looked up again', async () => {
    const [ada, bob, cy] = [person('ada'), person('bob'), person('cy')] as const;
    await world.knows(cy);
    await store('away', [ada.key]);
    const to = [{ user: '29:ada' }, { user: '29:bob' }, { user: '29:dan' }, { user: '29:cy' }];
    const event = anEvent({ data: { text: 'Hi', to, except: [{ audience: 'away' }, { topic: 'board' }] } });
    await world.knows(ada);
    await world.publish(event);
    await world.run();
    expect(told()).toEqual(['cy']);
    const dan = person('dan');
    await world.knows(bob, dan);
    await subscribe(dan, 'board');
    const [item] = (await world.parking.listParked({ limit: 10 })).items;
    const stored = await world.notifications.findNotification(notificationId(event.source, event.id));
    if (item === undefined || stored === undefined) throw new Error('nothing is parked');
    const again = [{ user: '29:ada' }, { user: '29:bob' }, { user: '29:dan' }];
    expect(await planUnknown(world, { item, stored, to: again })).toBe(0);
    await world.run();
    expect(told()).toEqual(['bob', 'cy']);
  });

  it('says so of a name under which no audience is stored', async () => {
    const id = await tell({ to: { audience: 'nothing' } });
    expect(await world.report(id)).toMatchObject({
      complete: true,
      outcomes: { [Outcome.noSuchRecipient]: 1 },
    });
    const { items } = await world.parking.listParked({ limit: 10 });
    expect(items[0]?.faults[0]?.message).toContain('no audience is stored under the name "nothing"');
    const messages = { putBackMessage: async () => undefined };
    const replayed = await replayParked({ ...world, messages })(items[0]?.id ?? '');
    expect(replayed.kind).toBe('unusable');
    expect((await world.parking.listParked({ limit: 10 })).items).toHaveLength(1);
  });

  it('tells nobody whom it is not for, however they are named', async () => {
    const people = ['ada', 'bob', 'cy', 'dan', 'eve'].map((name) => person(name));
    const [ada, bob, cy, dan] = people as [Conversation, Conversation, Conversation, Conversation];
    await world.knows(...people);
    await subscribe(cy, 'board');
    await store('away', ['29:dan']);
    const except = [{ user: '29:ada' }, { conversation: bob.key }, { topic: 'board' }, { audience: 'away' }];
    await tell({ to: [{ everyone: true }, { user: '29:ada' }, { conversation: dan.key }], except });
    expect(told()).toEqual(['eve']);
    expect(ada.key).not.toBe(bob.key);
  });

  it('looks the audience up when it is walked, not when it was published', async () => {
    await world.knows(person('ada'), person('bob'));
    await store('release', ['29:ada']);
    const at = world.clock.now() + hours(2);
    await tell({ to: { audience: 'release' }, delivery: { at: new Date(at).toISOString() } });
    expect(told()).toEqual([]);
    await store('release', ['29:bob']);
    await world.run(at - 1);
    expect(told()).toEqual([]);
    await world.run(at + seconds(2));
    expect(told()).toEqual(['bob']);
  });

  it('is begun by the heartbeat where the broker lost the job', async () => {
    await world.knows(person('ada'));
    await store('release', ['29:ada']);
    const at = world.clock.now() + hours(2);
    await tell({ to: { audience: 'release' }, delivery: { at: new Date(at).toISOString() } });
    world.jobs.lose();
    world.clock.set(at + minutes(1));
    await world.sweep();
    await world.run();
    expect(told()).toEqual(['ada']);
  });

  it("tells each by their own clock, and is complete once all the world's have come", async () => {
    await world.knows(person('ada'), person('bob'));
    await store('release', ['29:ada', '29:bob']);
    const day = new Date(world.clock.now() + hours(48)).toISOString().slice(0, 10);
    const id = await tell({ to: { audience: 'release' }, delivery: { at: { local: `${day}T09:00` } } });
    expect((await world.report(id))?.complete).toBe(false);
    const end = world.clock.now() + hours(96);
    while (world.clock.now() < end) {
      world.clock.advance(minutes(15));
      await world.sweep();
      await world.run(world.clock.now());
    }
    expect(told()).toEqual(['ada', 'bob']);
    expect(await world.report(id)).toMatchObject({ complete: true, outcomes: { delivered: 2 } });
  });

  it('keeps what is excepted out of a cancel count, and ends when it is cancelled', async () => {
    await world.knows(...['ada', 'bob', 'cy'].map((name) => person(name)));
    const event = anEvent({ data: { text: 'Hi', to: { everyone: true }, except: { user: '29:ada' } } });
    const id = notificationId(event.source, event.id);
    await world.cancel(id);
    await world.publish(event);
    await world.run();
    expect(told()).toEqual([]);
    expect(await world.report(id)).toMatchObject({ complete: true, addressed: 0 });
  });

  it('goes on with the new entries of one that is written anew while it is looked up', async () => {
    const names = Array.from({ length: 2300 }, (_, index) => `29:p${index}`);
    await world.knows(person('ada'));
    await store('many', [...names, '29:ada']);
    await world.publish(anEvent({ data: { text: 'Hi', to: { audience: 'many' } } }));
    const job = world.jobs.take();
    if (job?.kind !== 'listed') throw new Error('no list was begun');
    expect(await world.makeList(job)).toBe('continued');
    await store('many', ['29:ada']);
    await world.run();
    expect(told().length).toBeLessThanOrEqual(1);
    const stored = await world.parking.listParked({ limit: 100 });
    expect(stored.items.flatMap(({ faults }) => faults).length).toBeLessThanOrEqual(1000);
  });

  it('tells at most a thousand unknown entries one by one, and counts the others', async () => {
    await store(
      'many',
      Array.from({ length: 1500 }, (_, index) => `29:p${index}`),
    );
    const id = await tell({ to: { audience: 'many' } });
    expect((await world.report(id))?.outcomes).toEqual({ [Outcome.noSuchRecipient]: 1000 });
    expect(world.log.of('list.made')[0]?.fields).toMatchObject({
      unknown: 1500,
    });
  });

  it('gives everybody one delivery and nobody of except any, whatever overlaps', async () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const roll = dice(seed * 7919);
      world = aWorld();
      const people = Array.from({ length: 12 }, (_, index) =>
        person(`p${index}`, { tenantId: index % 3 === 0 ? 'fabrikam' : 'contoso' }),
      );
      await world.knows(...people);
      const subscribed = new Map<string, Set<number>>([
        ['news', new Set()],
        ['news/web', new Set()],
      ]);
      for (const [topic, members] of subscribed) {
        for (const [index, one] of people.entries()) {
          if (roll(3) > 0) continue;
          await subscribe(one, topic);
          members.add(index);
        }
      }
      const lists = new Map<string, Set<number>>([
        ['one', new Set()],
        ['two', new Set()],
      ]);
      for (const [name, members] of lists) {
        for (const index of people.keys()) if (roll(3) === 0) members.add(index);
        const entries = [...members].map((index) =>
          roll(2) === 0 ? `29:p${index}` : (people[index]?.key ?? ''),
        );
        if (entries.length > 0) await store(name, entries);
      }
      const reached = new Set<number>();
      const pick = (into: Set<number>) => {
        switch (roll(4)) {
          case 0: {
            const index = roll(people.length);
            into.add(index);
            return { user: `29:p${index}` };
          }
          case 1: {
            const index = roll(people.length);
            into.add(index);
            return { conversation: people[index]?.key };
          }
          case 2: {
            for (const topic of ['news', 'news/web'])
              for (const one of subscribed.get(topic) ?? []) into.add(one);
            return { topic: 'news/web' };
          }
          default: {
            const name = roll(2) === 0 ? 'one' : 'two';
            for (const one of lists.get(name) ?? []) into.add(one);
            return { audience: name };
          }
        }
      };
      const to = Array.from({ length: 1 + roll(4) }, () => pick(reached));
      const away = new Set<number>();
      const except = Array.from({ length: roll(3) }, () => pick(away));
      const id = await tell({ to, ...(except.length === 0 ? {} : { except }) }, `seed-${seed}`);
      const expected = [...reached].filter((index) => !away.has(index)).map((index) => `p${index}`);
      expect(told(), `seed ${seed}: ${JSON.stringify({ to, except })}`).toEqual(expected.sort());
      expect((await world.report(id))?.complete, `seed ${seed}`).toBe(true);
    }
  });
});

describe('a process that dies at any step of it', () => {
  it.each(['before', 'after'] as const)('%s it tells everybody once, and nobody of except', async (when) => {
    for (let step = 0; ; step += 1) {
      const world = aWorld();
      const people = Array.from({ length: 6 }, (_, index) =>
        aConversation({ user: { id: `29:p${index}` }, conversationId: `p${index}` }),
      );
      await world.knows(...people);
      const audience = { name: aTopic('release'), changedAt: 0, changedBy: 'Ada' };
      await world.audiences.putAudience(audience, ['29:p0', '29:p1', '29:p2', '29:p3', '29:nobody']);
      const event = anEvent({
        data: { text: 'Hi', to: [{ audience: 'release' }, { user: '29:p4' }], except: { user: '29:p1' } },
      });
      const id = notificationId(event.source, event.id);
      world.watch.failCall(step, { error: new Crash(), when });
      const begins = world.watch.calls.length;
      // The broker gives the event out again.
      await world.publish(event).catch(() => world.publish(event));
      for (let minute = 0; minute < 8; minute += 1) {
        await world.run(world.clock.now() + minutes(1));
        world.clock.advance(minutes(1));
        await world.sweep().catch((cause: unknown) => {
          if (!(cause instanceof Crash)) throw cause;
        });
      }
      const died = world.watch.calls[begins + step];
      const at = `${when} step ${step} ${JSON.stringify(died)}`;
      const shown = world.channel.shown.map(({ conversationId }) => conversationId).sort();
      expect([...new Set(shown)], at).toEqual(['p0', 'p2', 'p3', 'p4']);
      // Who dies behind a send does not know that it arrived, and `resend` sends it once more.
      expect(shown.length, at).toBeLessThanOrEqual(
        died?.port === 'messenger' || died?.port === 'ledger' ? 5 : 4,
      );
      const report = await world.report(id);
      expect(report, at).toMatchObject({ complete: true, outcomes: { 'no-such-recipient': 1 } });
      if (died === undefined) {
        expect(step).toBeGreaterThan(40);
        return;
      }
      if (step > 400) throw new Error('it did not come to an end');
    }
  });
});

describe('a person who is forgotten', () => {
  it('is in no audience any more, by whatever they are named, and is told where they are before', async () => {
    const world = aWorld();
    const ada = aConversation({
      channelId: 'msteams',
      user: { id: '29:Ada', aadObjectId: 'aaaaaaaa-0000-4000-8000-000000000001', name: 'Ada' },
    });
    await world.knows(ada);
    const [proof] = proofsOf(ada.user, ada, world.vouching);
    if (proof === undefined) throw new Error('nobody vouches for Ada');
    await world.names.tellNames(proof.person, { mail: 'ada@example.com', toldAt: world.clock.now() });
    const lists = {
      id: ['29:Ada', '29:bob'],
      object: ['AAAAAAAA-0000-4000-8000-000000000001', '29:bob'],
      mail: ['ADA@example.com', '29:bob'],
      key: [ada.key, '29:bob'],
    };
    for (const [name, entries] of Object.entries(lists))
      await world.audiences.putAudience({ name: aTopic(name), changedAt: 0, changedBy: 'Bob' }, entries);
    const exported = await world.exportPersonalData(ada, ada.user);
    expect(exported.audiences).toEqual(['id', 'key', 'mail', 'object']);
    await world.forgetMe({ conversation: ada, turn: 'operator:1' });
    await world.run();
    for (const name of Object.keys(lists))
      expect(await world.audiences.entriesOf(aTopic(name), { limit: 10 }), name).toEqual({
        items: ['29:bob'],
      });
  });
});

describe('what an older release sees of it', () => {
  it('is parked where an entry of `to` is new to it: the mark beside `except`', async () => {
    const world = aWorld();
    await world.knows(aConversation({ user: { id: '29:ada' }, conversationId: 'ada' }));
    const event = anEvent({
      data: { text: 'Hi', to: [{ user: '29:ada' }, { except: true }], except: { user: '29:bob' } },
    });
    const accepted = await world.accept({
      envelope: toStructured(event),
      original: '{}',
      at: world.clock.now(),
    });
    expect(accepted.kind).toBe('accepted');
    await world.run();
    expect(world.channel.shown).toHaveLength(1);
  });
});
