import { beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../../../shared/domain/conversation/conversation.ts';
import { days, hours, minutes } from '../../../../shared/domain/time.ts';
import { aConversation } from '../../../support/builders.ts';
import { aWorld, type World } from '../../../support/world.ts';

/** Monday 2026-11-23, 9:00 in UTC. */
const NINE = Date.UTC(2026, 10, 23, 9);

let world: World;
let ada: Conversation;
let turns: number;

beforeEach(async () => {
  world = aWorld();
  ada = aConversation();
  turns = 0;
  await world.knows(ada);
});

const turn = () => {
  turns += 1;
  return `turn-${turns}`;
};
const remind = (at: number, isPlace = false) =>
  world.createReminder({
    conversation: ada.key,
    id: turn(),
    text: 'x',
    schedule: { at, zone: 'UTC' },
    isPlace,
  });
const edit = (number: number, at: number) =>
  world.changeReminder({
    conversation: ada.key,
    number,
    turn: turn(),
    wanted: { kind: 'edit', schedule: { at, zone: 'UTC' } },
  });
const snooze = (number: number, until: number) =>
  world.changeReminder({ conversation: ada.key, number, turn: turn(), wanted: { kind: 'snooze', until } });
const kinds = (results: readonly { readonly kind: string }[]) => results.map(({ kind }) => kind).sort();

async function atNine(count: number): Promise<void> {
  for (let made = 0; made < count; made += 1) await remind(NINE);
}

describe('the eleventh reminder of a minute', () => {
  it('is not set, and gets no number', async () => {
    await atNine(10);
    expect(await remind(NINE + 59_000)).toEqual({ kind: 'too-many-at-once', most: 10, at: NINE + 59_000 });
    expect((await world.reminders.of(ada.key)).lastNumber).toBe(10);
    expect(await remind(NINE + minutes(1))).toMatchObject({ kind: 'created', reminder: { number: 11 } });
  });

  it('is not moved there, and stays where it was', async () => {
    await atNine(10);
    await remind(NINE + hours(1));
    expect(await edit(11, NINE)).toMatchObject({ kind: 'too-many-at-once' });
    expect((await world.reminders.find(ada.key, 11))?.reminder.schedule.at).toBe(NINE + hours(1));
    expect(world.reminderIndex.all().filter(({ number }) => number === 11)).toHaveLength(1);
    // One of the ten may be moved within the minute.
    expect(await edit(3, NINE + 30_000)).toMatchObject({ kind: 'changed' });
  });

  it('is not put off until then', async () => {
    await remind(NINE - days(1));
    world.clock.set(NINE - hours(1));
    await atNine(10);
    expect(await snooze(1, NINE)).toMatchObject({ kind: 'too-many-at-once' });
    expect(await snooze(1, NINE + minutes(1))).toMatchObject({ kind: 'changed' });
  });

  it.each<readonly [string, () => Promise<readonly { readonly kind: string }[]>]>([
    ['two are made', () => Promise.all([remind(NINE), remind(NINE)])],
    ['two are moved', () => Promise.all([edit(10, NINE), edit(11, NINE)])],
    ['one is made and one is moved', () => Promise.all([remind(NINE), edit(10, NINE)])],
  ])('does not slip in where %s at the same moment', async (_name, both) => {
    await atNine(9);
    await remind(NINE + hours(1));
    await remind(NINE + hours(2));
    const [first, second] = kinds(await both());
    expect([first === 'created' || first === 'changed', second]).toEqual([true, 'too-many-at-once']);
    const { reminders } = await world.reminders.of(ada.key);
    expect(reminders.filter(({ reminder }) => reminder.schedule.at === NINE)).toHaveLength(10);
  });

  it('that was set before there was a limit stays', async () => {
    await atNine(10);
    const { reminders, numbering } = await world.reminders.of(ada.key);
    const [one] = reminders;
    if (one === undefined) throw new Error('ten were just made');
    await world.reminders.create({ ...one.reminder, number: 11, id: 'before' }, numbering);
    expect(await edit(11, NINE + hours(1))).toMatchObject({ kind: 'changed' });
  });
});

describe('a reminder that repeats in a place', () => {
  const often = {
    at: NINE,
    zone: 'UTC',
    recurrence: { rule: 'FREQ=MINUTELY', start: '2026-11-23T09:00:00' },
  };

  it('comes every five minutes at most, made or moved', async () => {
    const wish = { conversation: ada.key, id: turn(), text: 'x', isPlace: true };
    expect(await world.createReminder({ ...wish, schedule: often })).toEqual({
      kind: 'too-often',
      least: minutes(5),
    });
    await remind(NINE);
    const change = { conversation: ada.key, number: 1, wanted: { kind: 'edit', schedule: often } } as const;
    expect(await world.changeReminder({ ...change, turn: turn(), isPlace: true })).toMatchObject({
      kind: 'too-often',
    });
    expect(await world.changeReminder({ ...change, turn: turn() })).toMatchObject({ kind: 'changed' });
  });

  it('keeps nothing of where it was asked for', async () => {
    await remind(NINE, true);
    expect((await world.reminders.find(ada.key, 1))?.reminder).not.toHaveProperty('isPlace');
  });
});
