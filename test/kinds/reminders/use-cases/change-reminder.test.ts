import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../../../shared/domain/conversation/conversation.ts';
import { days, hours, type Instant, minutes, seconds } from '../../../../shared/domain/time.ts';
import { OVER_KEPT_FOR } from '../../../../shared/kinds/reminders/create-reminder.ts';
import { forgetReminders } from '../../../../shared/kinds/reminders/forget-reminders.ts';
import type { Reminder, Schedule } from '../../../../shared/kinds/reminders/model/reminder.ts';
import { standingOf } from '../../../../shared/kinds/reminders/model/reminder.ts';
import type { ReminderWanted } from '../../../../shared/kinds/reminders/model/reminder-change.ts';
import { StoreUnavailable } from '../../../../shared/ports/store-errors.ts';
import { aConversation } from '../../../support/builders.ts';
import { aWorld, type World } from '../../../support/world.ts';

/** Monday 2026-11-23, 9:00 in UTC. */
const NINE = Date.UTC(2026, 10, 23, 9);
const dailyAtTen: Schedule = {
  at: NINE + hours(1),
  zone: 'UTC',
  recurrence: { rule: 'FREQ=DAILY', start: '2026-11-23T10:00:00' },
};

let world: World;
let ada: Conversation;
let turns: number;

beforeEach(async () => {
  world = aWorld();
  ada = aConversation();
  turns = 0;
  await world.knows(ada);
});

function turn(): string {
  turns += 1;
  return `turn-${turns}`;
}
async function remind(schedule: Schedule | Instant, text = 'water the plants'): Promise<Reminder> {
  const created = await world.createReminder({
    conversation: ada.key,
    id: turn(),
    text,
    schedule: typeof schedule === 'number' ? { at: schedule, zone: 'UTC' } : schedule,
  });
  if (created.kind !== 'created') throw new Error('too many reminders');
  return created.reminder;
}
const change = (number: number, wanted: ReminderWanted, by = turn()) =>
  world.changeReminder({ conversation: ada.key, number, turn: by, wanted });
const stored = async (number: number) => (await world.reminders.find(ada.key, number))?.reminder;
const told = () => world.channel.shown.length;

/** Lets time pass with a tick a minute. */
async function live(until: Instant): Promise<void> {
  // Nothing happens in hours in which nothing is due.
  while (world.clock.now() < until) {
    await world.fire();
    const next = Math.min(...world.reminderIndex.all().map(({ at }) => at - minutes(1)));
    const step = Math.min(until, Math.max(world.clock.now() + minutes(1), next));
    await world.run(step);
    world.clock.set(step);
  }
  await world.fire();
  await world.run(until);
}

describe('making a reminder', () => {
  it('gives numbers that are the conversation’s own and never given twice', async () => {
    expect((await remind(NINE + hours(1))).number).toBe(1);
    expect((await remind(NINE + hours(1))).number).toBe(2);
    await change(2, { kind: 'cancel' });
    expect((await remind(NINE + hours(1))).number).toBe(3);
    const bob = aConversation();
    const created = await world.createReminder({
      conversation: bob.key,
      id: 'of-bob',
      text: 'x',
      schedule: { at: NINE + hours(1), zone: 'UTC' },
    });
    expect(created).toMatchObject({ reminder: { number: 1 } });
  });

  it('makes one of an activity that comes twice, one after the other or at once', async () => {
    const wish = {
      conversation: ada.key,
      id: 'the-same-turn',
      text: 'once',
      schedule: { at: NINE + seconds(30), zone: 'UTC' },
    };
    await Promise.all([world.createReminder(wish), world.createReminder(wish)]);
    await world.createReminder({ ...wish, schedule: { ...wish.schedule, at: NINE + seconds(31) } });
    expect((await world.reminders.of(ada.key)).lastNumber).toBe(1);
    await live(NINE + minutes(3));
    expect(told()).toBe(1);
  });

  it('stops at the limit, and goes on when one is done', async () => {
    for (let count = 0; count < 200; count += 1) await remind(NINE + hours(1) + minutes(count));
    const oneMore = () =>
      world.createReminder({
        conversation: ada.key,
        id: turn(),
        text: 'one too many',
        schedule: { at: NINE + hours(2), zone: 'UTC' },
      });
    expect(await oneMore()).toEqual({ kind: 'too-many', most: 200 });
    expect(world.reminderIndex.all()).toHaveLength(200);
    await change(7, { kind: 'done' });
    expect(await oneMore()).toMatchObject({ kind: 'created', reminder: { number: 201 } });
  });

  it.each(['before', 'after'] as const)(
    'that dies %s any of its writes is told once when the activity comes again',
    async (when) => {
      const wish = {
        conversation: ada.key,
        id: 'turn',
        text: 'once',
        schedule: { at: NINE + seconds(90), zone: 'UTC' },
      };
      for (let step = 0; step < 12; step += 1) {
        world = aWorld();
        await world.knows(ada);
        const error = new StoreUnavailable('step', new Error('the process is gone'));
        world.watch.failCall(step, { error, when });
        for (let copy = 0; copy < 3; copy += 1) {
          await world.createReminder(wish).catch(() => undefined);
          world.clock.advance(seconds(5));
        }
        await live(NINE + minutes(10));
        expect([step, told()]).toEqual([step, 1]);
        expect((await world.reminders.of(ada.key)).lastNumber).toBe(1);
      }
    },
  );

  it('forgets what was over long ago, and keeps its number', async () => {
    await remind(NINE + hours(1));
    await change(1, { kind: 'cancel' });
    world.clock.advance(OVER_KEPT_FOR + days(1));
    expect((await remind(world.clock.now() + hours(1))).number).toBe(2);
    expect(await change(1, { kind: 'done' })).toEqual({ kind: 'no-such' });
  });
});

describe('cancelling', () => {
  it.each([hours(1), minutes(1), seconds(1)])(
    'a reminder that was to come in %i ms keeps it from being told',
    async (ahead) => {
      await remind(NINE + ahead);
      await world.fire();
      expect(await change(1, { kind: 'cancel' })).toMatchObject({ kind: 'changed' });
      await live(NINE + ahead + minutes(5));
      expect(told()).toBe(0);
      expect(world.reminderIndex.all()).toEqual([]);
    },
  );

  it('reports a telling that was announced already as expired', async () => {
    await remind(NINE + seconds(30));
    const [call] = world.deliveries.waiting;
    await change(1, { kind: 'cancel' });
    await live(NINE + minutes(2));
    if (call === undefined) throw new Error('it is due soon, so it was announced');
    expect((await world.report(call.message.notification))?.outcomes).toEqual({ expired: 1 });
  });

  it('one that repeats ends it', async () => {
    await remind(dailyAtTen);
    await live(NINE + hours(2));
    await change(1, { kind: 'cancel' });
    await live(NINE + days(3));
    expect(told()).toBe(1);
    expect(world.reminderIndex.all()).toEqual([]);
  });

  it('what is over leaves it as it is', async () => {
    await remind(NINE + hours(1));
    await change(1, { kind: 'done' });
    expect(await change(1, { kind: 'cancel' })).toMatchObject({ kind: 'over', reminder: { state: 'done' } });
    expect(await change(2, { kind: 'cancel' })).toEqual({ kind: 'no-such' });
  });
});

describe('editing', () => {
  it('tells it at the new time only, later or earlier', async () => {
    await remind(NINE + minutes(30));
    await remind(NINE + hours(3));
    await change(1, { kind: 'edit', schedule: { at: NINE + hours(2), zone: 'UTC' } });
    await change(2, { kind: 'edit', schedule: { at: NINE + seconds(20), zone: 'UTC' } });
    await live(NINE + seconds(20));
    expect(told()).toBe(1);
    await live(NINE + hours(2) - 1);
    expect(told()).toBe(1);
    await live(NINE + hours(5));
    expect(told()).toBe(2);
  });

  it('to another time and back tells it once, at the first time', async () => {
    await remind(NINE + seconds(90));
    await change(1, { kind: 'edit', schedule: { at: NINE + hours(2), zone: 'UTC' } });
    await change(1, { kind: 'edit', schedule: { at: NINE + seconds(90), zone: 'UTC' } });
    await live(NINE + hours(3));
    expect(told()).toBe(1);
  });

  it('makes one that repeats follow its new rule', async () => {
    await remind(dailyAtTen);
    await change(1, {
      kind: 'edit',
      schedule: {
        at: NINE + hours(2),
        zone: 'UTC',
        recurrence: { rule: 'FREQ=WEEKLY', start: '2026-11-23T11:00:00' },
      },
    });
    await live(NINE + days(6));
    expect(told()).toBe(1);
    expect(world.reminderIndex.all().map(({ at }) => at)).toEqual([NINE + days(7) + hours(2)]);
  });
});

describe('snoozing', () => {
  it('tells one occurrence once more and leaves the recurrence where it was', async () => {
    await remind(dailyAtTen);
    await live(NINE + hours(1) + minutes(1));
    await change(1, { kind: 'snooze', until: NINE + hours(4) });
    await live(NINE + hours(5));
    expect(told()).toBe(2);
    await live(NINE + days(1) + hours(2));
    expect(told()).toBe(3);
    expect(world.reminderIndex.all().map(({ at }) => at)).toEqual([NINE + days(2) + hours(1)]);
    expect((await stored(1))?.schedule).toEqual(dailyAtTen);
  });

  it('until the second of the next occurrence tells both', async () => {
    await remind(dailyAtTen);
    await live(NINE + hours(1) + minutes(1));
    await change(1, { kind: 'snooze', until: NINE + days(1) + hours(1) });
    await live(NINE + days(1) + hours(2));
    expect(told()).toBe(3);
  });

  it('again takes the place of the first time', async () => {
    await remind(NINE + minutes(1));
    await live(NINE + minutes(2));
    await change(1, { kind: 'snooze', until: NINE + minutes(20) });
    await change(1, { kind: 'snooze', until: NINE + minutes(40) });
    await live(NINE + hours(2));
    expect(told()).toBe(2);
  });

  it('again is told at the second time only, though the first was announced already', async () => {
    await remind(NINE + minutes(1));
    await live(NINE + minutes(2));
    await change(1, { kind: 'snooze', until: NINE + minutes(3) });
    await change(1, { kind: 'snooze', until: NINE + minutes(40) });
    await live(NINE + minutes(39));
    expect(told()).toBe(1);
    await live(NINE + hours(2));
    expect(told()).toBe(2);
  });

  it('is over when it is done', async () => {
    await remind(NINE + minutes(1));
    await live(NINE + minutes(2));
    await change(1, { kind: 'snooze', until: NINE + minutes(20) });
    await change(1, { kind: 'done' });
    await live(NINE + hours(1));
    expect(told()).toBe(1);
    expect(world.reminderIndex.all()).toEqual([]);
  });

  it('needs something that came', async () => {
    await remind(NINE + hours(1));
    expect(await change(1, { kind: 'snooze', until: NINE + hours(2) })).toMatchObject({ kind: 'not-due' });
    await remind(dailyAtTen);
    expect(await change(2, { kind: 'snooze', until: NINE + hours(2) })).toMatchObject({ kind: 'not-due' });
  });
});

describe('a button on an old card', () => {
  it('on a reminder that is done does not bring it back', async () => {
    await remind(NINE + minutes(1));
    await live(NINE + minutes(2));
    const occurrence = NINE + minutes(1);
    await change(1, { kind: 'done', occurrence });
    expect(await change(1, { kind: 'done', occurrence })).toMatchObject({ kind: 'over' });
    expect(await change(1, { kind: 'snooze', until: NINE + hours(1), occurrence })).toMatchObject({
      kind: 'over',
    });
    await live(NINE + hours(2));
    expect(told()).toBe(1);
  });

  it('on an earlier occurrence is told from the current one', async () => {
    await remind(dailyAtTen);
    await live(NINE + days(1) + hours(2));
    const [monday, tuesday] = [NINE + hours(1), NINE + days(1) + hours(1)];
    expect(await change(1, { kind: 'done', occurrence: tuesday })).toMatchObject({ kind: 'changed' });
    expect(await change(1, { kind: 'done', occurrence: monday })).toMatchObject({ kind: 'done-before' });
    expect(await change(1, { kind: 'done' })).toMatchObject({ kind: 'done-before' });
    expect(await change(1, { kind: 'snooze', until: NINE + days(2), occurrence: monday })).toMatchObject({
      kind: 'done-before',
    });
  });

  it('on a time that the reminder does not have any more says that it was moved', async () => {
    await remind(NINE + minutes(1));
    await live(NINE + minutes(2));
    await change(1, { kind: 'edit', schedule: { at: NINE + days(1), zone: 'UTC' } });
    const occurrence = NINE + minutes(1);
    expect(await change(1, { kind: 'done', occurrence })).toMatchObject({ kind: 'moved' });
    expect(await change(1, { kind: 'snooze', until: NINE + days(2), occurrence })).toMatchObject({
      kind: 'moved',
    });
  });
});

describe('a change', () => {
  it('by the same turn is made once, and answers the same', async () => {
    await remind(dailyAtTen);
    await live(NINE + hours(2));
    const wanted = { kind: 'edit', schedule: { at: NINE + days(1), zone: 'UTC' } } as const;
    const first = await change(1, wanted, 'one-turn');
    const again = await change(1, wanted, 'one-turn');
    expect(again).toEqual(first);
    expect((await stored(1))?.version).toBe(1);
  });

  it('of two at the same moment loses none', async () => {
    await remind(NINE + minutes(1));
    await live(NINE + minutes(2));
    await Promise.all([change(1, { kind: 'snooze', until: NINE + hours(1) }), change(1, { kind: 'cancel' })]);
    expect((await stored(1))?.state).toBe('cancelled');
    await live(NINE + hours(2));
    expect(told()).toBe(1);
  });

  it('waits for another one that was quicker, and is made on top of it', async () => {
    await remind(NINE + minutes(30));
    const to = (at: Instant) => change(1, { kind: 'edit', schedule: { at, zone: 'UTC' } });
    await Promise.all([to(NINE + hours(2)), to(NINE + hours(3))]);
    expect((await stored(1))?.version).toBe(2);
    await live(NINE + hours(5));
    expect(told()).toBe(1);
  });

  it('that dies at any of its writes is made by the activity that comes again', async () => {
    for (let step = 0; step < 10; step += 1) {
      world = aWorld();
      await world.knows(ada);
      await remind(NINE + minutes(30));
      const error = new StoreUnavailable('step', new Error('the process is gone'));
      world.watch.failCall(world.watch.calls.length + step, { error, when: 'after' });
      const wanted = { kind: 'edit', schedule: { at: NINE + seconds(50), zone: 'UTC' } } as const;
      for (let copy = 0; copy < 3; copy += 1) await change(1, wanted, 'turn').catch(() => undefined);
      await live(NINE + hours(1));
      expect([step, told()]).toEqual([step, 1]);
    }
  });
});

describe('where a reminder stands', () => {
  const at = (reminder: Reminder | undefined, now: Instant) =>
    reminder === undefined ? undefined : standingOf(reminder, now, world.occurrences);

  it('follows from its schedule and the clock', async () => {
    const once = await remind(NINE + hours(1));
    expect(at(once, NINE)).toEqual({ next: NINE + hours(1) });
    expect(at(once, NINE + hours(1))).toEqual({ missed: NINE + hours(1) });
    const daily = await remind(dailyAtTen);
    expect(at(daily, NINE)).toEqual({ next: NINE + hours(1) });
    expect(at(daily, NINE + days(40) + hours(3))).toEqual({
      missed: NINE + days(40) + hours(1),
      next: NINE + days(41) + hours(1),
    });
  });

  it('is only to come while it is snoozed', async () => {
    await remind(NINE + minutes(1));
    await live(NINE + minutes(2));
    await change(1, { kind: 'snooze', until: NINE + hours(1) });
    expect(at(await stored(1), world.clock.now())).toEqual({ next: NINE + hours(1) });
    await live(NINE + hours(2));
    expect(at(await stored(1), world.clock.now())).toEqual({ missed: NINE + minutes(1) });
  });

  it('finds the last occurrence of one that comes once a year', async () => {
    const yearly = await remind({
      at: NINE,
      zone: 'UTC',
      recurrence: { rule: 'FREQ=YEARLY', start: '2026-11-23T09:00:00' },
    });
    expect(at(yearly, Date.UTC(2029, 5, 1))).toEqual({
      missed: Date.UTC(2028, 10, 23, 9),
      next: Date.UTC(2029, 10, 23, 9),
    });
  });
});

describe('forgetting', () => {
  it('leaves nothing of the reminders, and tells none of them', async () => {
    await remind(dailyAtTen, 'stretch');
    await remind(NINE + minutes(1), 'call Ann');
    await remind(NINE + seconds(90), 'announced already');
    await live(NINE + minutes(1) + seconds(20));
    await change(2, { kind: 'snooze', until: NINE + hours(3) });
    const before = told();
    await forgetReminders(world)(ada.key);
    expect((await world.reminders.of(ada.key)).reminders).toEqual([]);
    expect(world.reminderIndex.all()).toEqual([]);
    await live(NINE + days(2));
    expect(told()).toBe(before);
  });
});
