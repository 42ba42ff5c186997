import { beforeEach, describe, expect, it } from 'vitest';
import { answer } from '../../../shared/chat/answer.ts';
import type { Activity } from '../../../shared/domain/conversation/activity.ts';
import { conversationKey, personKey } from '../../../shared/domain/ids.ts';
import { hours, minutes } from '../../../shared/domain/time.ts';
import { aChat } from '../../support/chat.ts';
import { aWorld } from '../../support/world.ts';

const CHANNEL = '19:builds@thread.tacv2';
const THREAD = `${CHANNEL};messageid=1700000000001`;
const key = conversationKey('msteams', CHANNEL);

const ana = { id: '29:ana', name: 'Ana *A*' };
const bob = { id: '29:bob', name: 'Bob' };
const eve = { id: '29:eve', name: 'Eve' };

/** A channel of a team, in which Eve installed the bot. */
async function aChannel() {
  const world = aWorld();
  const commands = await world.kindCommands();
  const chat = aChat({
    world,
    more: { answer: answer({ ...world, offers: [], defaultTimeZone: 'UTC', dialogs: [], commands }) },
  });
  const inThread = (from: { readonly id: string; readonly name: string }, id = THREAD) =>
    ({
      from,
      conversation: { id, conversationType: 'channel', isGroup: true },
      channelData: { channel: { id: CHANNEL, name: 'Builds' } },
    }) as Partial<Activity>;
  await chat.says('', {
    ...inThread(eve, CHANNEL),
    type: 'installationUpdate',
    action: 'add',
  } as Partial<Activity>);
  return {
    world,
    hears: (from: typeof ana, text: string, id?: string) => chat.hears(text, inThread(from, id)),
    /** What comes by itself within the next hours: where, and in which words. */
    async comes(within = hours(3)) {
      const before = world.channel.requests.length;
      const until = world.clock.now() + within;
      while (world.clock.now() < until) {
        world.clock.advance(minutes(1));
        await world.fire();
        await world.run(world.clock.now());
      }
      return world.channel.requests.slice(before).map(({ reference, message }) => ({
        where: reference.conversationId,
        text: JSON.stringify(message),
      }));
    },
  };
}

let channel: Awaited<ReturnType<typeof aChannel>>;
beforeEach(async () => {
  channel = await aChannel();
});

describe('a reminder that is asked for in a thread', () => {
  it('comes into that thread, and names who asked', async () => {
    await channel.hears(ana, 'remind me to water the plants in 2 hours');
    const [told, ...others] = await channel.comes();
    expect(others).toEqual([]);
    expect(told?.where).toBe(THREAD);
    expect(told?.text).toContain('water the plants');
    expect(told?.text).toContain('Asked for by Ana ');
  });

  it('comes to the top of the channel where it was asked for there', async () => {
    await channel.hears(ana, 'remind me to water the plants in 2 hours', CHANNEL);
    expect((await channel.comes()).map(({ where }) => where)).toEqual([CHANNEL]);
  });

  it('is counted beside those of all other threads', async () => {
    for (let n = 1; n <= 12; n += 1) {
      await channel.hears(ana, 'remind me to look at 2pm', `${CHANNEL};messageid=${n}`);
    }
    const { reminders } = await channel.world.reminders.of(key);
    expect(reminders.length).toBeLessThan(12);
    expect(new Set(reminders.map(({ reminder }) => reminder.asked?.thread)).size).toBe(reminders.length);
  });

  it('takes of the limits that all threads of the channel share', async () => {
    const { world } = channel;
    for (const n of [1, 2]) {
      await channel.hears(
        ana,
        `remind me to water plant${n === 1 ? '' : 's'} in 1 hour`,
        `${CHANNEL};messageid=${n}`,
      );
    }
    const told = await channel.comes(hours(1) + minutes(1));
    expect(told.map(({ where }) => where).sort()).toEqual([1, 2].map((n) => `${CHANNEL};messageid=${n}`));
    const { recent } = (await world.ledger.findDesk(key)).windows;
    expect(recent.filter((at) => at > world.clock.now() - minutes(5))).toHaveLength(2);
  });

  it('on Slack comes into that thread, too, of a channel that is one place', async () => {
    const { world } = channel;
    const commands = await world.kindCommands();
    const deps = { ...world, offers: [], defaultTimeZone: 'UTC', dialogs: [], commands };
    const chat = aChat({ world, more: { answer: answer(deps) } });
    const place = 'B1:T1:C1';
    await chat.says('remind me to look in 1 hour', {
      channelId: 'slack',
      from: ana,
      conversation: { id: `${place}:1700000000.000100`, isGroup: true },
    } as Partial<Activity>);
    const [told, ...others] = await channel.comes(hours(2));
    expect(others).toEqual([]);
    expect(told?.where).toBe(`${place}:1700000000.000100`);
    expect(told?.text).toContain('Asked for by Ana ');
  });

  it('never goes into a thread of another place', async () => {
    const { world } = channel;
    await world.createReminder({
      conversation: key,
      id: 'turn',
      text: 'look',
      schedule: { at: world.clock.now() + hours(1), zone: 'UTC' },
      isPlace: true,
      asked: { thread: '19:other@thread.tacv2;messageid=1' },
    });
    expect((await channel.comes()).map(({ where }) => where)).toEqual([CHANNEL]);
  });
});

describe('a reminder in a place', () => {
  beforeEach(async () => {
    await channel.hears(ana, 'remind me to water the plants in 2 hours');
  });
  const state = async () => (await channel.world.reminders.find(key, 1))?.reminder;

  it.each(['cancel reminder 1', 'edit reminder 1 in 1 hour', 'done 1', 'snooze 1 20 minutes'])(
    'is not changed by somebody else: %s',
    async (said) => {
      const before = await state();
      expect(await channel.hears(bob, said)).toContain('Reminder 1 is for Ana');
      expect(await state()).toEqual(before);
    },
  );

  it.each([
    ['who asked for it', ana],
    ['who installed the bot', eve],
  ])('is changed by %s, in any thread', async (_who, from) => {
    await channel.hears(from, 'cancel reminder 1', `${CHANNEL};messageid=5`);
    expect(await state()).toMatchObject({ state: 'cancelled' });
  });

  it('is changed by an owner of the team, as the roster names them, which is asked of nobody else', async () => {
    const { world } = channel;
    world.rosters.has({ id: bob.id, isOwner: true });
    await channel.hears(ana, 'snooze 1 20 minutes');
    expect(world.rosters.asked).toEqual([]);
    await channel.hears(bob, 'cancel reminder 1');
    expect(await state()).toMatchObject({ state: 'cancelled' });
  });

  it('is changed by everybody where it is not known who asked', async () => {
    const { world } = channel;
    await world.createReminder({
      conversation: key,
      id: 'of the former release',
      text: 'look',
      schedule: { at: world.clock.now() + hours(1), zone: 'UTC' },
      isPlace: true,
    });
    await channel.hears(bob, 'cancel reminder 2');
    expect((await world.reminders.find(key, 2))?.reminder.state).toBe('cancelled');
  });

  it('is muted by anybody, and comes again when anybody wants it to', async () => {
    expect(await channel.hears(bob, 'mute reminder 1')).toContain('does not come here any more');
    expect(await channel.comes()).toEqual([]);
    expect(await channel.hears(ana, 'unmute reminder 1')).toContain('comes here again');
    expect(await channel.hears(ana, 'reminders')).not.toContain('muted here');
    await channel.hears(ana, 'remind me to look every hour');
    await channel.hears(bob, 'mute reminder 2');
    expect(await channel.hears(ana, 'reminders')).toContain('muted here');
    expect(await channel.comes()).toEqual([]);
    expect(await channel.hears(bob, 'unmute reminder 2')).toContain('comes here again');
    expect(await channel.comes(hours(1))).toHaveLength(1);
  });

  it('is exported to who asked for it, and stays without them when they are forgotten', async () => {
    const { kinds } = channel.world;
    const names = [personKey(ana.id)];
    expect(await kinds.exportOfMember(key, names)).toMatchObject({
      reminders: [{ text: 'water the plants', askedBy: ana.name }],
    });
    expect(await kinds.exportOfMember(key, [personKey(bob.id)])).toEqual({});
    await kinds.forgetMember(key, [personKey(bob.id)]);
    expect((await state())?.asked).toMatchObject({ name: ana.name });
    await kinds.forgetMember(key, names);
    expect((await state())?.asked).toEqual({ thread: THREAD });
    const [told] = await channel.comes();
    expect(told?.where).toBe(THREAD);
    expect(told?.text).not.toContain('Ana');
  });
});
