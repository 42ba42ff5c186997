import { describe, expect, it } from 'vitest';
import { parseActivity } from '../../shared/adapters/bot/activity/inbound-activity.ts';
import { answer } from '../../shared/chat/answer.ts';
import { quietCommands } from '../../shared/chat/commands/quiet/quiet-commands.ts';
import { snoozeNotificationCommand } from '../../shared/chat/commands/snooze-notification.ts';
import { findPersonZone } from '../../shared/chat/person-zone.ts';
import { pressOf } from '../../shared/chat/press.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { hours, minutes, seconds } from '../../shared/domain/time.ts';
import { reminderCommands } from '../../shared/kinds/reminders/commands/commands.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { aWorld } from '../support/world.ts';

/** The data of each button of ours in a card, in order. */
function buttonsIn(value: unknown): { readonly notifier: string; readonly notifierPress?: string }[] {
  if (value === null || typeof value !== 'object') return [];
  if ('notifier' in value) return [value as { notifier: string }];
  return Object.values(value).flatMap(buttonsIn);
}

function aChatWithCommands() {
  const world = aWorld();
  const deps = { ...world, defaultTimeZone: 'UTC', releaseDeferred: async () => {} };
  const personZone = findPersonZone(deps);
  const commands = [
    ...quietCommands({ ...deps, personZone }),
    ...reminderCommands({ ...deps, personZone }),
    snoozeNotificationCommand({ ...deps, personZone }),
  ];
  return aChat({ world, more: { answer: answer({ ...deps, commands }) } });
}

/** Ana in a chat, who got a notification with our buttons below it. */
async function notified() {
  const chat = aChatWithCommands();
  await chat.says('hello there');
  const event = anEvent({ data: { to: { user: '29:ana' }, text: 'The canteen closes' } });
  await chat.world.publish(event);
  await chat.world.run();
  const buttons = buttonsIn(chat.world.channel.shown.at(-1)?.message.card);
  const press = (value: unknown, fields = {}) => chat.hears('', { value, ...fields });
  return { chat, buttons, press, id: notificationId(event.source, event.id) };
}

const mutes = async ({ world, key }: ReturnType<typeof aChat>) =>
  (await world.preferences.findPreferences(key)).preferences.mutes;

describe('a button of ours', () => {
  it('of a notification carries the key of its notification', async () => {
    const { buttons, id } = await notified();
    expect(buttons).toEqual([
      { notifier: 'mute for 1 hour', notifierPress: id.slice(0, 16) },
      { notifier: `snooze notification ${id} for 1 hour`, notifierPress: id.slice(0, 16) },
    ]);
  });

  it('of an answer carries a key that no other answer has', async () => {
    const chat = aChat();
    await chat.says('forget me');
    await chat.says('forget me');
    const keys = chat.replies
      .flatMap(({ attachments }) => buttonsIn(attachments))
      .map(({ notifierPress }) => notifierPress);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toMatch(/^[\w-]{16}$/);
  });

  it('does once what it says, however often the press comes, and two people press it apart', async () => {
    const { chat, buttons, press } = await notified();
    const [mute] = buttons;
    expect(await press(mute)).toMatch(/^Done\. I keep/);
    const [before] = await mutes(chat);
    const repeats: string[] = [];
    // As Teams does: the same id once more, and two with others.
    for (const [after, fields] of [
      [1, {}],
      [14, { id: 'activity-2' }],
      [30, { id: 'retry-1' }],
      [15, { id: 'retry-2' }],
    ] as const) {
      chat.world.clock.advance(seconds(after));
      repeats.push(await press(mute, fields));
    }
    expect(await mutes(chat)).toEqual([before]);
    const asked = expect.stringContaining('press again in two minutes');
    expect(repeats).toEqual(['', '', asked, asked]);
  });

  it('snoozes a reminder once, and comes with the next one as another button', async () => {
    const chat = aChatWithCommands();
    await chat.says('remind me to stretch in 5 minutes');
    const { clock, channel, reminders } = chat.world;
    const stored = async () => (await reminders.find(chat.key, 1))?.reminder;
    const due = async (after: number) => {
      const at = clock.now() + after;
      clock.set(at - minutes(1));
      await chat.world.fire();
      await chat.world.run(at);
      return buttonsIn(channel.shown.at(-1)?.message.card).find(({ notifier }) => / 1 hour$/.test(notifier));
    };
    const snooze = await due(minutes(5));
    const until: (number | undefined)[] = [];
    for (const after of [0, 3, 45]) {
      clock.advance(seconds(after));
      await chat.says('', { value: snooze });
      until.push((await stored())?.snooze?.at);
    }
    expect(until[0]).toEqual(expect.any(Number));
    expect(new Set(until).size).toBe(1);
    const next = await due(hours(1));
    expect(next?.notifier).toBe(snooze?.notifier);
    expect(next?.notifierPress).not.toBe(snooze?.notifierPress);
  });

  it('pressed at the same moment is answered once', async () => {
    const { chat, buttons } = await notified();
    const before = chat.replies.length;
    await Promise.all([1, 2, 3].map(() => chat.says('', { value: buttons[0] })));
    expect(chat.replies.slice(before)).toHaveLength(1);
    expect(await mutes(chat)).toHaveLength(1);
  });

  it('that comes again after the person undid it does not do it again, and says so', async () => {
    const { chat, buttons, press } = await notified();
    await press(buttons[0]);
    await chat.says('unmute');
    expect(await press(buttons[0])).toContain('press again in two minutes');
    expect(await mutes(chat)).toEqual([]);
  });

  it('pressed later is meant again', async () => {
    const { chat, buttons, press } = await notified();
    await press(buttons[0]);
    const [before] = await mutes(chat);
    chat.world.clock.advance(seconds(90));
    await press(buttons[0]);
    const after = await mutes(chat);
    expect(after).toHaveLength(1);
    expect(Number(after[0]?.until) - Number(before?.until)).toBe(seconds(90));
  });

  it('does not stand in the way of another one, or of the same one in another message', async () => {
    const { chat, buttons, press } = await notified();
    await press(buttons[0]);
    expect(await press(buttons[1])).toContain('I bring that once more');
    expect(await press({ ...buttons[0], notifierPress: 'of another one' })).not.toContain('two minutes');
    expect(await mutes(chat)).toHaveLength(1);
  });

  it('of a card from before there were keys is known by its message, where the channel names it', async () => {
    const { press } = await notified();
    const value = { notifier: 'mute for 1 hour' };
    await press(value, { replyToId: '1' });
    expect([await press(value, { replyToId: '1' }), await press(value)]).toEqual([
      '',
      expect.stringContaining('Done. I keep'),
    ]);
  });

  it('is another press for another person, and for whatever it holds', () => {
    const activity = (id: string, value: unknown) =>
      ({ type: 'message', from: { id }, replyToId: '1', value }) as never;
    const keys = [
      pressOf(activity('29:ana', { notifier: 'status' })),
      pressOf(activity('29:ben', { notifier: 'status' })),
      pressOf(activity('29:ana', { notifier: 'help' })),
      pressOf(activity('29:ana', { choice: 1 })),
      pressOf(activity('29:ana', { choice: 2 })),
      pressOf(activity('29:ana', { notifier: 'status', notifierPress: 'x' })),
    ].map((press) => press?.key);
    expect(new Set(keys).size).toBe(6);
    const odd = { toString: 1, valueOf: 1 };
    expect(pressOf(activity('29:ana', { notifier: odd, notifierPress: odd }))).toMatchObject({
      key: expect.any(String),
    });
  });
});

describe('a button of somebody else', () => {
  it.each([{ answer: 1 }, {}, [], 'yes', 0, false, { notifier: 5 }])(
    'that sends %j is answered',
    async (value) => {
      const { press } = await notified();
      expect(await press(value)).toContain('That button belongs to the service that sent the message');
    },
  );

  it('is answered in German, too, once for a double tap, and leaves a dialog where it is', async () => {
    const { chat, press } = await notified();
    await chat.says('book travel');
    const { dialog } = await chat.state();
    const fields = { replyToId: '7', locale: 'de' };
    expect(await press({ answer: 1 }, fields)).toContain('Dieser Knopf gehört zu dem Dienst');
    expect(await press({ answer: 1 }, fields)).toBe('');
    chat.world.clock.advance(minutes(2));
    expect(await press({ answer: 1 }, fields)).toContain('Dieser Knopf');
    expect((await chat.state()).dialog).toEqual(dialog);
  });

  it('that says something in the person\u2019s name is taken for what it says', async () => {
    const { chat } = await notified();
    expect(await chat.hears('status', { value: { answer: 1 } })).toContain('I can reach you here');
  });
});

describe('a press that carries more than any card can send', () => {
  it.each([
    ['too deep', JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`) as unknown],
    ['too large', { notifier: 'status', more: 'x'.repeat(200_000) }],
  ])('%s is answered all the same', async (_name, value) => {
    const chat = aChat();
    await chat.says('hello');
    const parsed = parseActivity(
      {
        type: 'message',
        channelId: 'msteams',
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        conversation: { id: 'a:1', conversationType: 'personal' },
        from: { id: '29:ana' },
        value,
      },
      '28:bot',
    );
    if (!parsed.ok) throw new Error('it is an activity');
    expect(await chat.hears('', parsed.value)).toContain('That button belongs to the service');
  });
});
