import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../../../shared/domain/conversation/conversation.ts';
import { days, hours, type Instant, minutes, seconds } from '../../../../shared/domain/time.ts';
import { dueReminder, type Schedule } from '../../../../shared/kinds/reminders/model/reminder.ts';
import { StoreUnavailable } from '../../../../shared/ports/store-errors.ts';
import { aConversation, aDueReminder, aReminder } from '../../../support/builders.ts';
import { newsOf } from '../../../support/reading.ts';
import { aWorld, type World } from '../../../support/world.ts';

/** Monday 2026-11-23, 9:00 in UTC. */
const NINE = Date.UTC(2026, 10, 23, 9);
const ZONE = 'UTC';
const daily = (at: Instant): Schedule => ({
  at,
  zone: ZONE,
  recurrence: { rule: 'FREQ=DAILY', start: new Date(at).toISOString().slice(0, 19) },
});

let world: World;
let ada: Conversation;
let made: number;

beforeEach(async () => {
  world = aWorld();
  ada = aConversation();
  made = 0;
  await world.knows(ada);
});

async function remind(schedule: Schedule | Instant, text = 'water the plants', of = ada) {
  made += 1;
  const created = await world.createReminder({
    conversation: of.key,
    id: `turn-${made}`,
    text,
    schedule: typeof schedule === 'number' ? { at: schedule, zone: ZONE } : schedule,
  });
  if (created.kind !== 'created') throw new Error('too many reminders');
  return created.reminder;
}

/** Lets minutes pass: a tick at the beginning of each, and whatever falls due in between. */
async function live(until: Instant, tick: () => Promise<unknown> = () => world.fire()): Promise<void> {
  while (world.clock.now() < until) {
    const minute = world.clock.now() - (world.clock.now() % minutes(1)) + minutes(1);
    await world.run(Math.min(minute, until) - 1);
    world.clock.set(Math.min(minute, until));
    if (minute <= until) await tick();
  }
  await world.run(until);
}

const told = () => world.channel.shown.map(({ message }) => newsOf(message));

describe('of many reminders in one minute', () => {
  const inMinutes = async (from: Instant, count: number) => {
    const counts: number[] = [];
    for (let minute = 0; minute < count; minute += 1) {
      const before = told().length;
      await live(from + minutes(minute + 1) - 1);
      counts.push(told().length - before);
    }
    return counts;
  };

  it('that did not meet in the weeks after they were set, ten are told, and the others in the minutes after', async () => {
    const march = Date.UTC(2027, 2, 3, 9);
    for (let number = 0; number < 10; number += 1) await remind(march + seconds(number));
    for (let number = 0; number < 10; number += 1) await remind(daily(NINE + days(1)));
    world.clock.set(march - minutes(2));
    await world.fire();
    await live(march - 1);
    expect(await inMinutes(march, 4)).toEqual([10, 10, 0, 0]);
  });

  it('that fell due while everything stood still, ten are told a minute', async () => {
    for (let number = 0; number < 25; number += 1) await remind(NINE + minutes(10 + number));
    world.clock.set(NINE + minutes(60));
    await world.fire();
    expect(await inMinutes(NINE + minutes(60), 4)).toEqual([10, 10, 5, 0]);
  });
});

describe('a reminder', () => {
  it('that is due in an hour is told at its very second', async () => {
    await remind(NINE + hours(1) + seconds(23));
    await live(NINE + hours(1) + seconds(22));
    expect(told()).toEqual([]);
    await live(NINE + hours(1) + seconds(23));
    expect(told()).toEqual(['water the plants']);
    await live(NINE + hours(2));
    expect(told()).toHaveLength(1);
    expect(world.reminderIndex.all()).toEqual([]);
  });

  it.each([1, 5, 30, 59, 61, 90, 119, 120, 121, 150])(
    'asked for %i seconds ahead is told at its second, whatever the minute is',
    async (ahead) => {
      world.clock.set(NINE + seconds(37));
      const at = world.clock.now() + seconds(ahead);
      await remind(at);
      await live(at - 1);
      expect(told()).toEqual([]);
      await live(at);
      expect(told()).toHaveLength(1);
      await live(at + minutes(3));
      expect(told()).toHaveLength(1);
    },
  );

  it('is told once by two ticks at the same time, and by ten', async () => {
    await remind(NINE + minutes(3));
    await live(NINE + minutes(10), () => Promise.all(Array.from({ length: 10 }, () => world.fire())));
    expect(told()).toHaveLength(1);
  });

  it('is not told again when the clock jumps back', async () => {
    await remind(NINE + minutes(3));
    await remind(daily(NINE + minutes(3)), 'stand up');
    await live(NINE + minutes(5));
    expect(told()).toHaveLength(2);
    world.clock.set(NINE);
    await live(NINE + minutes(10));
    expect(told()).toHaveLength(2);
  });

  it('that is hours late is told all the same, and says so', async () => {
    await remind(NINE + minutes(30));
    world.clock.set(NINE + hours(5));
    await world.fire();
    await world.run();
    expect(told()).toHaveLength(1);
    expect(JSON.stringify(world.channel.shown[0]?.message.card)).toContain('This comes late');
  });

  it('that was announced in time and said late says so too', async () => {
    await remind(NINE + minutes(1));
    world.clock.set(NINE + hours(5));
    await world.run();
    expect(JSON.stringify(world.channel.shown[0]?.message.card)).toContain('This comes late');
  });

  it('in time does not say that it is late', async () => {
    await remind(NINE + minutes(1));
    await live(NINE + minutes(2));
    expect(JSON.stringify(world.channel.shown[0]?.message.card)).not.toContain('late');
  });

  it('passes quiet hours and mute: the person asked for it', async () => {
    await world.preferences.savePreferences(ada.key, { mutes: [{}], quietHours: { from: 0, to: 1439 } });
    await remind(NINE + minutes(3));
    await live(NINE + minutes(5));
    expect(told()).toHaveLength(1);
  });

  it('goes out while others fail', async () => {
    const bob = aConversation();
    await world.knows(bob);
    await remind(NINE + minutes(3), 'first');
    await remind(NINE + minutes(3), 'second', bob);
    const error = new StoreUnavailable('accept', new Error('away'));
    world.watch.failNext('announcements.keep', { error, when: 'before' });
    world.watch.failNext('announcements.keep', { error, when: 'before' });
    world.clock.set(NINE + minutes(2));
    expect(await world.fire()).toMatchObject({ announced: 1, failed: 1 });
    await live(NINE + minutes(6));
    expect([...told()].sort()).toEqual(['first', 'second']);
  });
});

describe('a reminder that repeats', () => {
  it('is told at each occurrence, once, and shows the next', async () => {
    await remind(daily(NINE + minutes(3)));
    await live(NINE + minutes(4));
    expect(told()).toHaveLength(1);
    expect(JSON.stringify(world.channel.shown[0]?.message.card)).toContain(
      'Next: Tuesday, November 24, 2026 at 9:03 AM',
    );
    for (const day of [1, 2]) {
      world.clock.set(NINE + days(day));
      await live(NINE + days(day) + minutes(5));
      expect(told()).toHaveLength(1 + day);
    }
  });

  it('every minute is told every minute', async () => {
    await remind({
      at: NINE + seconds(90),
      zone: ZONE,
      recurrence: { rule: 'FREQ=MINUTELY', start: '2026-11-23T09:01:30' },
    });
    await live(NINE + minutes(6));
    expect(told()).toHaveLength(5);
  });

  it('is told once for the days that nobody was there, and goes on', async () => {
    await remind(daily(NINE + minutes(3)));
    world.clock.set(NINE + days(4) + hours(1));
    await world.fire();
    await world.run(world.clock.now());
    expect(told()).toHaveLength(1);
    expect(JSON.stringify(world.channel.shown[0]?.message.card)).toContain(
      'due Friday, November 27, 2026 at 9:03 AM',
    );
    expect(world.reminderIndex.all().map(({ at }) => at)).toEqual([NINE + days(5) + minutes(3)]);
  });

  it('follows the local clock when it is put back', async () => {
    const before = Date.UTC(2026, 9, 24, 7);
    world.clock.set(before - hours(1));
    await remind({
      at: before,
      zone: 'Europe/Berlin',
      recurrence: { rule: 'FREQ=DAILY', start: '2026-10-24T09:00:00' },
    });
    world.clock.set(before - minutes(1));
    await live(before);
    expect(world.reminderIndex.all().map(({ at }) => at)).toEqual([Date.UTC(2026, 9, 25, 8)]);
  });

  it('ends with its rule', async () => {
    await remind({
      at: NINE + minutes(3),
      zone: ZONE,
      recurrence: { rule: 'FREQ=DAILY;COUNT=1', start: '2026-11-23T09:03:00' },
    });
    await live(NINE + minutes(5));
    expect(told()).toHaveLength(1);
    expect(world.reminderIndex.all()).toEqual([]);
  });

  it('leaves an entry whose reminder is not there yet alone for five minutes, and then lets it go', async () => {
    const at = NINE + minutes(1);
    await world.reminderIndex.add(aDueReminder({ at, occurrence: at, schedule: daily(at) }));
    expect(await world.fire()).toMatchObject({ announced: 0, lapsed: 0 });
    world.clock.set(at + 300_000 - 1);
    expect(await world.fire()).toMatchObject({ announced: 0, lapsed: 0 });
    world.clock.set(at + 300_000);
    expect(await world.fire()).toMatchObject({ announced: 0, lapsed: 1 });
    expect(world.reminderIndex.all()).toEqual([]);
  });

  it.each(['cancelled', 'done'] as const)(
    'leaves the index, and does not come back, where it is %s',
    async (state) => {
      const at = NINE + minutes(1);
      const reminder = aReminder({ conversation: ada.key, schedule: daily(at), state });
      expect(await world.reminders.create(reminder)).toBe('saved');
      await world.reminderIndex.add(dueReminder(reminder, at));
      expect(await world.fire()).toMatchObject({ announced: 0, lapsed: 1 });
      expect(world.reminderIndex.all()).toEqual([]);
    },
  );
});

describe('an entry without a reminder', () => {
  it('tells nobody', async () => {
    const at = NINE + minutes(1);
    await world.reminderIndex.add(aDueReminder({ at, occurrence: at, conversation: ada.key }));
    await live(NINE + minutes(5));
    expect(told()).toEqual([]);
  });
});

describe('a crash', () => {
  // Step 0 is the read of the index, which is no single call; the last one takes out of the index what was announced.
  const steps = [
    'reminders.find',
    'reminderIndex.add',
    'announcements.keep',
    'deliveries.sendCalls',
    'reminderIndex.remove',
  ];

  it.each(steps.flatMap((name) => (['before', 'after'] as const).map((when) => ({ name, when }))))(
    '$when $name loses nothing and tells nothing twice',
    async ({ name, when }) => {
      await remind(NINE + minutes(3), 'once');
      await remind(daily(NINE + minutes(3)), 'daily');
      world.clock.set(NINE + minutes(2));
      const error = new StoreUnavailable('tick', new Error('the process is gone'));
      const calls = world.watch.count(name);
      for (let time = 0; time < 3; time += 1) world.watch.failNext(name, { error, when });
      await world.fire().catch(() => undefined);
      expect(world.watch.count(name)).toBeGreaterThan(calls);
      await live(NINE + minutes(3) - 1, async () => undefined);
      expect(told()).toEqual([]);
      const until = NINE + minutes(12);
      await live(until, () => world.fire().catch(() => undefined));
      expect([...told()].sort()).toEqual(['daily', 'once']);
      expect(world.reminderIndex.all().map(({ at }) => at)).toEqual([NINE + days(1) + minutes(3)]);
    },
  );
});
