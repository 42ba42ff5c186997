import { describe, expect, it } from 'vitest';
import { type Duration, minutes } from '../../../shared/domain/time.ts';
import { aKindChat } from '../../support/kind-chat.ts';
import { textsOn } from '../../support/reading.ts';
import type { World } from '../../support/world.ts';

/** Lets time pass with a tick a minute. */
async function untilDue(world: World, span: Duration): Promise<void> {
  const until = world.clock.now() + span;
  while (world.clock.now() < until) {
    await world.fire();
    const minute = world.clock.now() + minutes(1);
    await world.run(minute);
    world.clock.set(minute);
  }
}

/** Somebody who was asked to be reminded, and was. */
async function aReminded() {
  const chat = await aKindChat();
  await chat.says('remind me in 10 minutes to water the plants');
  const set = chat.world.channel.shown.at(-1)?.activityId ?? '';
  const isSet = (id: string) => chat.world.channel.shown.find(({ activityId }) => activityId === id)?.message;
  const comesDue = async () => {
    const before = chat.world.channel.shown.length;
    await untilDue(chat.world, minutes(11));
    const told = chat.world.channel.shown[before]?.activityId;
    if (told === undefined) throw new Error('nothing was told');
    return told;
  };
  const press = (activityId: string, command: string) =>
    chat.says('', { value: { notifier: command, notifierPress: command }, replyToId: activityId });
  const saysOn = (id: string) => textsOn(isSet(id)?.card).join('\n');
  const hasButtons = (id: string) => JSON.stringify(isSet(id)?.card ?? {}).includes('Action.Submit');
  const changed = () => [...new Set(chat.world.channel.changes.map(({ activityId }) => activityId))];
  return { chat, set, comesDue, press, saysOn, hasButtons, changed };
}

describe('the card that tells a reminder', () => {
  it.each([
    ['pressed', 'done 1', /Done: water the plants/],
    ['said', 'done 1', /Done: water the plants/],
    ['pressed', 'snooze 1 20 minutes', /Snoozed until/],
    ['said', 'snooze 1 20 minutes', /Snoozed until/],
    ['said', 'cancel reminder 1', /cancel/i],
    ['said', 'edit reminder 1 tomorrow at 9', /is moved/],
  ])('%s, %s: has no buttons any more, and says what became of it', async (how, command, outcome) => {
    const { chat, comesDue, press, saysOn, hasButtons } = await aReminded();
    const told = await comesDue();
    expect(hasButtons(told)).toBe(true);
    expect(saysOn(told)).toContain('Snooze:');
    if (how === 'pressed') await press(told, command);
    else await chat.says(command);
    expect(hasButtons(told)).toBe(false);
    expect(saysOn(told)).toMatch(/water the plants/);
    expect(saysOn(told)).toMatch(outcome);
    expect(saysOn(told)).not.toContain('Snooze:');
  });

  it('says what came of the question that its button asked', async () => {
    const { chat, comesDue, press, saysOn, hasButtons } = await aReminded();
    const told = await comesDue();
    await press(told, 'snooze 1');
    expect(hasButtons(told)).toBe(true);
    await chat.says('tomorrow at 9');
    expect(hasButtons(told)).toBe(false);
    expect(saysOn(told)).toMatch(/Snoozed until/);
  });

  it('keeps its buttons where the question that they asked was left for something else', async () => {
    const { chat, comesDue, press, hasButtons } = await aReminded();
    const told = await comesDue();
    await press(told, 'snooze 1');
    await chat.says('mute builds');
    expect(hasButtons(told)).toBe(true);
  });

  it('is changed by a press on it after another one was told, and says that it is done already', async () => {
    const { chat, comesDue, press, saysOn, hasButtons } = await aReminded();
    const told = await comesDue();
    await chat.says('snooze 1 20 minutes');
    await untilDue(chat.world, minutes(21));
    await chat.says('done 1');
    await press(told, 'done 1');
    expect(hasButtons(told)).toBe(false);
    expect(saysOn(told)).toMatch(/is done already/);
  });

  it('of another reminder stays as it is', async () => {
    const { chat, comesDue, hasButtons } = await aReminded();
    await chat.says('remind me in 30 minutes to call Ben');
    const told = await comesDue();
    await chat.says('cancel reminder 2');
    expect(hasButtons(told)).toBe(true);
  });
});

describe('the answer that says how a reminder is set', () => {
  it.each([
    ['pressed', 'cancel reminder 1', /cancel/i],
    ['said', 'cancel reminder 1', /cancel/i],
    ['said', 'edit reminder 1 tomorrow at 9', /is moved/],
    ['said', 'done 1', /Done/],
  ])('%s, %s: has no buttons any more, and says what became of it', async (how, command, outcome) => {
    const { chat, set, comesDue, press, saysOn, hasButtons, changed } = await aReminded();
    if (command === 'done 1') await comesDue();
    if (how === 'pressed') await press(set, command);
    else await chat.says(command);
    expect(changed()).toContain(set);
    expect(hasButtons(set)).toBe(false);
    expect(saysOn(set)).toMatch(/water the plants/);
    expect(saysOn(set)).toMatch(outcome);
  });

  it('moved by the question that its button asked: says so, and the new answer keeps its buttons', async () => {
    const { chat, set, press, saysOn, hasButtons, changed } = await aReminded();
    await press(set, 'edit reminder 1');
    await chat.says('tomorrow at 9');
    expect(hasButtons(set)).toBe(false);
    expect(saysOn(set)).toMatch(/is moved/);
    expect(changed()).toEqual([set]);
    const moved = chat.world.channel.shown.at(-1)?.activityId ?? '';
    await chat.says('cancel reminder 1');
    expect(changed()).toEqual([set, moved]);
  });

  it('keeps its buttons where one time of a reminder that repeats is done, or the reminder is put off', async () => {
    const { chat, set, comesDue, changed } = await aReminded();
    const told = await comesDue();
    await chat.says('snooze 1 20 minutes');
    expect(changed()).toEqual([told]);
    expect(set).not.toBe(told);
  });
});

describe('a list of reminders that stands in the chat', () => {
  /** Somebody with two reminders, one of which came, and their list. */
  async function aList() {
    const one = await aReminded();
    await one.chat.says('remind me in 30 minutes to call Ben');
    const told = await one.comesDue();
    const asksForList = async () => {
      await one.chat.says('reminders');
      return one.chat.world.channel.shown.at(-1)?.activityId ?? '';
    };
    const list = await asksForList();
    const timesChanged = (id: string) =>
      one.chat.world.channel.changes.filter(({ activityId }) => activityId === id).length;
    return { ...one, told, list, asksForList, timesChanged };
  }

  it.each([
    ['done 1', ['call Ben'], ['water the plants']],
    ['snooze 1 20 minutes', ['call Ben', ', snoozed'], ['Past and not done']],
    ['cancel reminder 2', ['water the plants'], ['call Ben']],
    ['edit reminder 2 tomorrow at 9', ['water the plants', 'November 24, 2026 at 9:00'], []],
    ['remind me tomorrow at 9 to stretch', ['water the plants', 'call Ben', 'stretch'], []],
  ])('%s: is drawn anew, once, with the buttons of what is left', async (said, there, gone) => {
    const { chat, list, saysOn, hasButtons, timesChanged } = await aList();
    await chat.says(said);
    expect(timesChanged(list)).toBe(1);
    expect(hasButtons(list)).toBe(true);
    for (const text of there) expect(saysOn(list)).toContain(text);
    for (const text of gone) expect(saysOn(list)).not.toContain(text);
  });

  it('says that none is left, and lists what is set then', async () => {
    const { chat, list, saysOn } = await aList();
    await chat.says('done 1');
    await chat.says('cancel reminder 2');
    expect(chat.world.channel.shown.find(({ activityId }) => activityId === list)?.message.text).toMatch(
      /no reminders/i,
    );
    await chat.says('remind me tomorrow at 9 to stretch');
    expect(saysOn(list)).toContain('stretch');
  });

  it('is drawn anew by a press on another card, which says what became of it', async () => {
    const { set, told, list, press, saysOn, hasButtons, changed } = await aList();
    await press(told, 'done 1');
    expect(changed()).toEqual([list, set, told]);
    expect(saysOn(list)).not.toContain('water the plants');
    expect(hasButtons(told)).toBe(false);
  });

  it('is the newest one alone, and an older copy where that is pressed', async () => {
    const { chat, list, asksForList, press, saysOn, timesChanged } = await aList();
    const newest = await asksForList();
    await chat.says('done 1');
    expect([timesChanged(list), timesChanged(newest)]).toEqual([0, 1]);
    await press(list, 'done 1');
    expect(timesChanged(list)).toBe(1);
    expect(saysOn(list)).not.toContain('water the plants');
    expect(saysOn(list)).toContain('call Ben');
  });

  it('keeps the page that it shows', async () => {
    const { chat, press, saysOn } = await aList();
    for (let n = 1; n <= 8; n += 1) await chat.says(`remind me in ${n + 1} days to do task ${n}`);
    await chat.says('reminders 2');
    const page = chat.world.channel.shown.at(-1)?.activityId ?? '';
    await chat.says('cancel reminder 10');
    expect(saysOn(page)).toContain('task 7');
    expect(saysOn(page)).not.toContain('task 8');
    expect(saysOn(page)).not.toContain('water the plants');
    await press(page, 'cancel reminder 9');
    expect(saysOn(page)).not.toContain('task 7');
  });

  it('says what stands, whichever request was made last', async () => {
    const { chat, list, saysOn } = await aList();
    const { updateActivity: update } = chat.world.channel;
    let isFirst = true;
    chat.world.channel.updateActivity = async (...asked) => {
      if (isFirst) {
        isFirst = false;
        // Another one is cancelled while this change is on its way.
        await chat.says('cancel reminder 2');
        await chat.says('remind me tomorrow at 9 to stretch');
      }
      return update.apply(chat.world.channel, asked);
    };
    await chat.says('done 1');
    expect(saysOn(list)).toContain('stretch');
    expect(saysOn(list)).not.toContain('call Ben');
  });

  it('stays as it is where nothing was changed', async () => {
    const { chat, changed } = await aList();
    await chat.says('cancel reminder 99');
    await chat.says('snooze 1');
    await chat.says('help');
    expect(changed()).toEqual([]);
  });
});
