import { describe, expect, it } from 'vitest';
import { fromWall, parseWall } from '../../../shared/calendar/local-time.ts';
import { notificationId } from '../../../shared/domain/ids.ts';
import {
  days,
  hours,
  type Instant,
  minutes,
  parseInstant,
  seconds,
  toIso,
} from '../../../shared/domain/time.ts';
import { dueIn, faultOfAt, instantsOf } from '../../../shared/use-cases/intake/schedule.ts';
import { aConversation, anEvent, aTopic } from '../../support/builders.ts';
import { livesUntil } from '../../support/lives-until.ts';
import { aWorld, KEPT_FOR, type World } from '../../support/world.ts';

/** When each was told, by its key. */
async function toldAt(
  world: World,
  id: ReturnType<typeof notificationId>,
): Promise<ReadonlyMap<string, Instant>> {
  const report = await world.report(id, {});
  return new Map(
    (report?.recipients ?? []).flatMap(({ addressee = '', state, at }) =>
      state === 'delivered' && at !== undefined ? [[addressee, Date.parse(at)]] : [],
    ),
  );
}

function eventAt(to: object, at: unknown, more: object = {}) {
  const event = anEvent({ data: { to, text: 'hello', delivery: { at, ...more } } });
  return { event, id: notificationId(event.source, event.id) };
}

describe('a notification for a time', () => {
  it('waits as "deferred scheduled" and is told then, not before', async () => {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    const due = world.clock.now() + hours(30) + seconds(17);
    const { event, id } = eventAt({ conversation: ana.key }, toIso(due));
    await world.publish(event);
    await livesUntil(world, due - 1);
    const waiting = await world.report(id, {});
    expect(waiting).toMatchObject({ complete: false, pending: { deferred: 1 } });
    expect(waiting?.recipients).toMatchObject([{ state: 'deferred', reason: 'scheduled' }]);
    expect(world.channel.shown).toEqual([]);
    await livesUntil(world, due + seconds(1));
    expect(await toldAt(world, id)).toEqual(new Map([[ana.key, due]]));
    expect(await world.report(id)).toMatchObject({ complete: true });
  });

  it.each([
    { name: 'two seconds later at most', isLost: false, most: seconds(2) },
    { name: 'a minute later at most where the broker lost the job', isLost: true, most: seconds(60) },
  ])('reaches those who belong to a topic then, $name', async ({ isLost, most }) => {
    const world = aWorld();
    const [left, joined] = [aConversation(), aConversation()];
    await world.knows(left, joined);
    const topic = aTopic('builds');
    await world.subscriptions.subscribe({ conversation: left.key, tenant: left.tenant, topic, since: 0 });
    const due = world.clock.now() + days(3) + seconds(1);
    const { event, id } = eventAt({ topic: 'builds' }, toIso(due));
    await world.publish(event);
    if (isLost) world.jobs.lose();
    await livesUntil(world, due - hours(1));
    await world.subscriptions.unsubscribe(left, topic);
    await world.subscriptions.subscribe({ conversation: joined.key, tenant: joined.tenant, topic, since: 0 });
    await livesUntil(world, due + minutes(5));
    const told = await toldAt(world, id);
    expect([...told.keys()]).toEqual([joined.key]);
    const [at = 0] = told.values();
    expect(at - due).toBeGreaterThanOrEqual(0);
    expect(at - due).toBeLessThanOrEqual(most);
    expect(await world.report(id)).toMatchObject({ complete: true, addressed: 1 });
  });

  it('waits for its time where the clock of the broker is ahead', async () => {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    // So near that the broker still knows the message.
    const due = world.clock.now() + minutes(5);
    await world.publish(eventAt({ everyone: true }, toIso(due)).event);
    const [early] = world.jobs.waiting;
    expect(early?.visibleAt).toBe(due);
    if (early?.message.kind !== 'work') throw new Error('a job waits for its time');
    world.jobs.lose();
    world.clock.set(due - 80);
    await world.kinds.job(early.message.work)?.run(early.message.about, early.message);
    await world.run(due - 1);
    expect(world.channel.shown).toEqual([]);
    await world.run(due + seconds(1));
    expect(world.channel.textsIn(ana.conversationId)).toEqual(['hello']);
  });

  it('is told once by a broker that has each job twice', async () => {
    const world = aWorld({ broker: 'has everything twice' });
    const people = Array.from({ length: 30 }, () => aConversation());
    await world.knows(...people);
    const due = world.clock.now() + hours(1);
    const { event, id } = eventAt({ everyone: true }, toIso(due));
    await world.publish(event);
    await livesUntil(world, due + minutes(3));
    expect(world.channel.shown).toHaveLength(30);
    expect(await world.report(id)).toMatchObject({ complete: true, outcomes: { delivered: 30 } });
  });

  it('that is over already is told at once', async () => {
    const world = aWorld();
    const ana = aConversation();
    await world.knows(ana);
    const { event } = eventAt({ everyone: true }, toIso(world.clock.now() - hours(1)));
    await world.publish(event);
    await world.run(world.clock.now() + seconds(1));
    expect(world.channel.textsIn(ana.conversationId ?? '')).toEqual(['hello']);
  });

  it('is kept for as long behind its time as any other', async () => {
    const world = aWorld();
    await world.knows(aConversation());
    const due = world.clock.now() + days(60);
    const { event, id } = eventAt({ everyone: true }, toIso(due));
    await world.publish(event);
    const entries = await world.dueIndex.findDueBeyond(due + days(1), 10);
    expect(entries).toMatchObject([{ kind: 'old-notification', at: due + KEPT_FOR }]);
    world.clock.set(due);
    await livesUntil(world, due + minutes(5));
    world.clock.set(due + KEPT_FOR - minutes(1));
    await world.sweep();
    expect(await world.report(id)).toMatchObject({ outcomes: { delivered: 1 } });
    world.clock.set(due + KEPT_FOR + minutes(1));
    await world.sweep();
    expect(await world.report(id)).toBeUndefined();
  });

  it('is kept so long, too, when it was cancelled', async () => {
    const world = aWorld();
    await world.knows(aConversation());
    const begin = world.clock.now();
    const { event, id } = eventAt({ everyone: true }, toIso(begin + days(60)));
    await world.publish(event);
    await world.cancel(id);
    await world.run(begin + minutes(1));
    world.clock.set(begin + KEPT_FOR + days(1));
    await world.sweep();
    expect(await world.report(id)).toMatchObject({ complete: true });
  });

  it('is cancelled at once: complete, nobody addressed, nobody told when its time comes', async () => {
    const world = aWorld();
    await world.knows(aConversation(), aConversation());
    const ana = aConversation();
    await world.knows(ana);
    const due = world.clock.now() + days(2);
    const { event, id } = eventAt([{ conversation: ana.key }, { everyone: true }], toIso(due));
    await world.publish(event);
    await world.run(world.clock.now() + seconds(1));
    await world.cancel(id);
    await world.run(world.clock.now() + seconds(5));
    const report = { complete: true, addressed: 1, outcomes: { cancelled: 1 }, notAddressed: 2 };
    expect(await world.report(id)).toMatchObject(report);
    await livesUntil(world, due + minutes(10));
    expect(world.channel.shown).toEqual([]);
    expect(await world.report(id)).toMatchObject(report);
  });
});

describe("a notification for a time of each person's own clock", () => {
  const zones = [
    'Pacific/Kiritimati',
    'Pacific/Auckland',
    'Asia/Tokyo',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'Europe/Berlin',
    'Europe/London',
    'America/Sao_Paulo',
    'America/St_Johns',
    'America/New_York',
    'America/Los_Angeles',
    'Pacific/Pago_Pago',
  ]; // prettier-ignore
  const local = '2026-12-01T09:00:00';
  const dueOf = (zone = 'UTC') => fromWall(parseWall(local) ?? Number.NaN, zone);

  it.each([
    { name: 'two seconds', isLost: false, most: seconds(2) },
    { name: 'a minute where the broker lost the jobs', isLost: true, most: seconds(60) },
  ])(
    'reaches the people of each zone at their time: nobody early, and with their own number of slots and $name at most',
    async ({ isLost, most }) => {
      const requestsPerSecond = 10;
      const world = aWorld({ requestsPerSecond });
      const perZone = 8;
      const people = zones.flatMap((timeZone) =>
        Array.from({ length: perZone }, () => aConversation({ timeZone })),
      );
      await world.knows(...people);
      world.clock.set(parseInstant('2026-11-30T08:00:30Z') ?? 0);
      const { event, id } = eventAt({ everyone: true }, { local: '2026-12-01T09:00' });
      await world.publish(event);
      if (isLost) world.jobs.lose();
      await livesUntil(world, parseInstant('2026-12-01T22:30:00Z') ?? 0);
      const report = await world.report(id);
      expect(report).toMatchObject({ complete: true, outcomes: { delivered: people.length } });
      expect(world.channel.shown).toHaveLength(people.length);
      const told = new Map<string, Instant>();
      for (
        let continuation: string | undefined, first = true;
        first || continuation !== undefined;
        first = false
      ) {
        const page = await world.report(id, continuation === undefined ? {} : { continuation });
        for (const { addressee = '', at } of page?.recipients ?? [])
          told.set(addressee, Date.parse(at ?? ''));
        continuation = page?.continuation;
      }
      const lags = people.map(({ key, timeZone }) => (told.get(key) ?? Number.NaN) - dueOf(timeZone));
      expect(Math.min(...lags)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...lags)).toBeLessThanOrEqual(seconds(perZone / requestsPerSecond) + most);
    },
  );

  it('reaches those of the last zones, too, after an outage in which the sweep comes before their jobs', async () => {
    const world = aWorld();
    const people = ['UTC', 'Pacific/Honolulu', 'Pacific/Pago_Pago'].map((timeZone) =>
      aConversation({ timeZone }),
    );
    await world.knows(...people);
    world.clock.set(parseInstant('2026-11-30T08:00:30Z') ?? 0);
    const { event, id } = eventAt({ everyone: true }, { local });
    await world.publish(event);
    await livesUntil(world, dueOf('UTC') + minutes(10));
    expect(world.channel.shown).toHaveLength(1);
    world.clock.set(dueOf('Pacific/Pago_Pago') + hours(2));
    const [last] = instantsOf({ local }).slice(-1);
    await world.sweep();
    await livesUntil(world, (last ?? 0) + hours(3));
    const report = { complete: true, addressed: 3, outcomes: { delivered: 3 } };
    expect(await world.report(id)).toMatchObject(report);
    expect(world.channel.shown).toHaveLength(3);
  });

  it('goes by the clock that a person named directly has then', async () => {
    const world = aWorld();
    const ana = aConversation({ timeZone: 'Europe/Berlin' });
    await world.knows(ana);
    const { event, id } = eventAt({ conversation: ana.key }, { local: '2026-12-01T09:00' });
    await world.publish(event);
    await livesUntil(world, dueOf('Europe/Berlin') - hours(1));
    const { tag } = await world.preferences.findPreferences(ana.key);
    await world.preferences.savePreferences(ana.key, { mutes: [], timeZone: 'America/New_York' }, tag);
    await livesUntil(world, dueOf('America/New_York') + minutes(1));
    expect(await toldAt(world, id)).toEqual(new Map([[ana.key, dueOf('America/New_York')]]));
  });
});

describe('the time that a notification is for', () => {
  it('is read in a gap and in an overlap of the clock as reminders read it', () => {
    const iso = (local: string) => toIso(dueIn({ local }, 'Europe/Berlin'));
    expect(iso('2027-03-28T02:30:00')).toBe('2027-03-28T01:30:00.000Z');
    expect(iso('2026-10-25T02:30:00')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('spans 26 hours of the world by local clocks', () => {
    const all = instantsOf({ local: '2026-12-01T09:00:00' });
    expect([toIso(all.at(0) ?? 0), toIso(all.at(-1) ?? 0)]).toEqual([
      '2026-11-30T19:00:00.000Z',
      '2026-12-01T20:00:00.000Z',
    ]);
  });

  it('is at most 366 days ahead and before it expires, everywhere', () => {
    const now = Date.UTC(2026, 10, 23, 9);
    expect(faultOfAt({ at: now + days(366) }, now)).toBeUndefined();
    expect(faultOfAt({ at: now + days(366) + 1 }, now)).toMatchObject({ path: 'data.delivery.at' });
    expect(faultOfAt({ at: now + 1, expiresAt: now + 1 }, now)).toMatchObject({ path: 'data.delivery.at' });
    expect(faultOfAt({ at: now + 1, expiresAt: now + 2 }, now)).toBeUndefined();
    const local = { local: '2026-12-01T09:00:00' };
    expect(faultOfAt({ at: local, expiresAt: Date.UTC(2026, 11, 1, 12) }, now)).toBeDefined();
    expect(faultOfAt({ at: local, expiresAt: Date.UTC(2026, 11, 2) }, now)).toBeUndefined();
  });

  it.each([
    ['2026-12-01T09:00', 'an RFC 3339 date-time'],
    [{ local: '2026-12-01T09:00Z' }, 'RFC 3339'],
    [{ local: '2026-02-30T09:00' }, 'RFC 3339'],
    [{ local: '2026-12-01T09:00', zone: 'UTC' }, 'zone'],
    [7, 'RFC 3339'],
  ])('refuses %j with what it must be', async (at, says) => {
    const world = aWorld();
    const answer = await world.publish(eventAt({ everyone: true }, at).event);
    expect(answer).toMatchObject({ kind: 'parked', reason: 'invalid-data' });
    expect(JSON.stringify(answer)).toContain(says);
  });
});
