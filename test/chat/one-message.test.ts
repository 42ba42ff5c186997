import { describe, expect, it } from 'vitest';
import { toActivities } from '../../shared/chat/activity.ts';
import type { Activity } from '../../shared/domain/conversation/activity.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { minutes, seconds } from '../../shared/domain/time.ts';
import { entries } from '../../shared/kinds/catalog.ts';
import { toActivity } from '../../shared/ports/delivery/message-activity.ts';
import {
  askingMessage,
  interruptingMessage,
  promptOf,
} from '../../shared/use-cases/conversation/interruption-words.ts';
import { dressMessage } from '../../shared/use-cases/delivery/fit-content.ts';
import { anEvent } from '../support/builders.ts';
import { aChat } from '../support/chat.ts';
import { everyCommand } from '../support/every-command.ts';
import { faultsOfShape } from '../support/one-message.ts';
import { commandsOn, heardIn } from '../support/reading.ts';
import { aWorld } from '../support/world.ts';

const id = notificationId('/tests', 'one');
const open = { type: 'Action.OpenUrl', title: 'Open', url: 'https://x.example' };
const card = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [{ type: 'TextBlock', text: 'Hi' }],
  actions: [open],
};
const ten = Array.from({ length: 10 }, (_, index) => `choice ${index}`);
const frame = { why: 'You asked.', buttons: [{ title: 'Mute', command: 'mute for 1 hour' }] };

const contents = [
  { name: 'a text', content: { text: 'The canteen closes' } },
  { name: 'a card', content: { card } },
  { name: 'a text with a card', content: { text: 'The canteen closes', card } },
  { name: 'a card that says nothing', content: { card: { type: 'AdaptiveCard' } } },
  { name: 'a question', content: { text: 'Which?' }, question: { choices: ten } },
  ...entries.map((entry) => {
    const particulars =
      entry.particularsExample === undefined ? {} : { particulars: entry.particularsExample };
    const question = entry.question?.(entry.example);
    return {
      name: entry.type,
      content: entry.render(entry.example, { locale: 'en', timeZone: 'UTC', ...particulars }),
      ...(question === undefined ? {} : { question }),
    };
  }),
];

describe.each(contents)('$name', ({ content, ...asked }) => {
  const shown = { notification: id, content, locale: 'en', ...asked };
  const below = { ...shown, below: 'travel booking' };

  it.each([
    ['told', askingMessage(shown)],
    ['interrupting', interruptingMessage(shown)],
    ['interrupting a dialog', interruptingMessage(below)],
  ])('is one message on Teams when %s, with and without the reason', (_how, telling) => {
    for (const around of [frame, undefined]) {
      const to = { channelId: 'msteams', notification: id, kind: 'Notification', frame: around };
      const dressed = dressMessage(telling, to);
      if (dressed === 'too-large') throw new Error('an example is small');
      const activity = toActivity(dressed);
      expect(faultsOfShape(activity)).toEqual([]);
      // Text without Markdown's marks: the news come first, wherever they stand.
      if (content.text !== undefined) expect(heardIn(activity).startsWith(content.text)).toBe(true);
      const offered = commandsOn(activity.attachments?.[0]?.content);
      for (const { command } of telling.buttons ?? []) expect(offered).toContain(command);
      if (around !== undefined) expect(heardIn(activity).endsWith(around.why)).toBe(true);
    }
  });

  it('is asked again in one message', () => {
    for (const activity of toActivities(promptOf(below), { channelId: 'msteams' })) {
      expect(faultsOfShape(activity)).toEqual([]);
    }
  });
});

/** With what a command is told for as much of an answer as it has. */
const told: { readonly [name: string]: readonly string[] } = {
  subscribe: [
    'subscribe',
    ...ten.map((_, index) => `subscribe builds/p${index}`),
    'subscribe a b',
    'subscribe',
  ],
  unsubscribe: ['unsubscribe', 'unsubscribe builds/p0', 'unsubscribe nothing'],
  'remind me': [
    'remind me',
    'remind me to rest in 1 hour',
    'remind me to rest every day at 9',
    'remind me to x',
  ],
  'edit reminder': ['edit reminder 1', 'edit reminder 1 in 2 hours', 'edit reminder 9 tomorrow'],
  'cancel reminder': ['cancel reminder 1', 'cancel reminder 99'],
  'mute reminder': ['mute reminder 1', 'mute reminder 99', 'mute reminder'],
  'unmute reminder': ['unmute reminder 1', 'unmute reminder 99'],
  done: ['done 2', 'done 99'],
  snooze: ['snooze 2', 'snooze 2 1 hour'],
  timezone: ['timezone', 'timezone Berlin', 'timezone United States', 'timezone Brelin', 'timezone USA'],
  mute: ['mute', 'mute for 1 hour', 'mute builds for 1 hour', 'mute for ever and a day'],
  'quiet hours': ['quiet hours', 'quiet hours 22:00-07:00', 'quiet hours 99', 'quiet hours off'],
  'snooze notification': [`snooze notification ${id} for 1 hour`],
  'show all': [`show all ${id}`],
};

const { names } = await everyCommand(aWorld());

describe('what the bot answers on Teams', () => {
  const faults = (replies: readonly Partial<Activity>[]) => replies.flatMap(faultsOfShape);

  it.each(names)('is one message each: %s', async (name) => {
    const world = aWorld();
    const chat = aChat({ world, more: { answer: (await everyCommand(world)).answer } });
    for (const text of ['hello', 'remind me to eat every day at 9', 'subscribe builds'])
      await chat.says(text);
    for (const pipeline of ['a', 'b', 'c', 'd']) await chat.says(`subscribe builds/${pipeline}`);
    const before = chat.replies.length;
    const asked = told[name] ?? [name];
    for (const text of asked) await chat.says(text);
    expect(chat.replies.length).toBeGreaterThanOrEqual(before + asked.length);
    expect(faults(chat.replies)).toEqual([]);
  });

  it('is one message each in a dialog, where a command comes in between, and at its end', async () => {
    const world = aWorld();
    const chat = aChat({ world, more: { answer: (await everyCommand(world)).answer } });
    for (const text of ['hello', 'book travel', 'London', 'status', 'next friday', 'what is this', 'bye'])
      await chat.says(text);
    for (const text of ['book travel', 'thanks', 'x'.repeat(5000), 'cancel']) await chat.says(text);
    expect(chat.replies.some((reply) => heardIn(reply).startsWith('Booked: London'))).toBe(true);
    expect(faults(chat.replies)).toEqual([]);
    // The words of a prompt are the activity's own text.
    const prompts = chat.replies.filter((reply) => /When do you|Where do you/.test(heardIn(reply)));
    expect(prompts.length).toBeGreaterThan(5);
    expect(prompts.every(({ text }) => text !== undefined)).toBe(true);
  });

  it('is one message each for a question of ten choices that is asked again, all of them buttons', async () => {
    const chat = aChat();
    await chat.says('hello');
    const delivery = { mode: 'interrupt' };
    const data = { to: { everyone: true }, question: 'Which?', choices: ten, delivery };
    await chat.world.publish(anEvent({ type: 'survey.requested', data }));
    await chat.world.run();
    chat.world.clock.advance(seconds(5));
    await chat.says('none of them');
    const again = chat.replies.at(-1) ?? {};
    expect(heardIn(again)).toMatch(/^Which\?\n\nPlease choose/);
    expect(commandsOn(again.attachments?.[0]?.content)).toEqual(ten);
    chat.world.clock.advance(seconds(5));
    await chat.says('', { value: { notifier: 'choice 7' }, replyToId: 'its-message' });
    expect(heardIn(chat.replies.at(-1) ?? {})).toBe('Thank you. I noted **choice 7**.');
    expect(faults(chat.replies)).toEqual([]);
  });

  it('is one message for a digest, and one for each of what is shown in full', async () => {
    const world = aWorld({ burst: { count: 3, window: seconds(60) } });
    const chat = aChat({ world, more: { answer: (await everyCommand(world)).answer } });
    await chat.says('hello');
    for (let number = 0; number < 8; number += 1) {
      const shown = number % 2 === 0 ? { text: `news ${number}` } : { card };
      await world.publish(anEvent({ id: `held-${number}`, data: { to: { everyone: true }, ...shown } }));
    }
    await world.run(world.clock.now() + minutes(3));
    const messages = world.channel.requests.map(({ message }) => message);
    expect(messages.flatMap((message) => faultsOfShape(toActivity(message)))).toEqual([]);
    expect(messages.filter(({ summary }) => summary?.includes('\n• '))).toHaveLength(1);
    const before = chat.replies.length;
    await chat.says('missed');
    // The list, and the cards that it speaks of.
    expect(chat.replies.length).toBeGreaterThan(before + 1);
    expect(faults(chat.replies)).toEqual([]);
  });
});
