import { beforeEach, describe, expect, it } from 'vitest';
import type { Frame } from '../../../shared/catalog/frame.ts';
import { toastOf } from '../../../shared/catalog/one-card.ts';
import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import type { JsonObject } from '../../../shared/domain/event/notification.ts';
import { aConversation, anEvent, aTopic } from '../../support/builders.ts';
import { newsOf } from '../../support/reading.ts';
import { aWorld, type World } from '../../support/world.ts';

describe('what a person is shown with a notification', () => {
  let world: World;
  const ada = aConversation({ conversationId: 'c1', user: { id: '29:ada' } });

  beforeEach(async () => {
    world = aWorld();
    await world.knows(ada);
  });

  const subscribe = ({ key, tenant }: Conversation, topic: string) =>
    world.subscriptions.subscribe({
      conversation: key,
      tenant,
      topic: aTopic(topic),
      since: world.clock.now(),
    });

  /** The line and the commands below the last message that was sent. */
  async function shownWith(data: JsonObject, type = 'notification.requested') {
    await world.publish(anEvent({ type, source: 'https://ci.example/x', data }));
    await world.run();
    const message = world.channel.requests.at(-1)?.message;
    return { message, ...lastLine(message?.card) };
  }

  it('names the subscription by which a topic came, and the way out of that one', async () => {
    await subscribe(ada, 'builds');
    const build = { pipeline: 'web', number: 1, status: 'failed' };
    const { why, commands } = await shownWith(build, 'build.finished');
    expect(why).toBe('You get this because you subscribed to **builds**.');
    expect(commands.slice(0, 2)).toEqual(['unsubscribe builds', 'mute builds for 1 hour']);
    expect(commands[2]).toMatch(/^snooze notification [\w-]{43} for 1 hour$/);
    await subscribe(ada, 'builds/web');
    expect((await shownWith({ ...build, number: 2 }, 'build.finished')).commands[0]).toBe(
      'unsubscribe builds/web',
    );
  });

  it('says that it went to everyone, or which service addressed the person', async () => {
    const all = await shownWith({ to: { everyone: true }, text: 'for all' });
    expect(all.why).toBe('You get this because it goes to everyone who talks with me.');
    expect(all.commands[0]).toBe('mute for 1 hour');
    expect(all.message?.card?.body).toMatchObject([
      { type: 'TextBlock', text: 'for all' },
      { type: 'Container' },
    ]);
    expect(all.message?.summary).toBe('for all');
    expect(all.message).not.toHaveProperty('text');
    const one = await shownWith({ to: [{ everyone: true }, { user: '29:ada' }], text: 'for you' });
    expect(one.why).toBe('You get this because **ci.example** addressed you.');
    const both = await shownWith({ to: [{ topic: 'lunch' }, { user: '29:ada' }], text: 'x' });
    expect(both.why).toContain('addressed you');
    await subscribe(ada, 'lunch');
    const topic = await shownWith({ to: [{ topic: 'lunch' }, { user: '29:ada' }], text: 'y' });
    expect(topic.why).toContain('you subscribed to **lunch**');
  });

  it('speaks of the chat in a group, and German to who reads German', async () => {
    const group = aConversation({ conversationId: 'g1', conversationType: 'groupChat', locale: 'de-DE' });
    await world.knows(group);
    const { why } = await shownWith({ to: { conversation: group.key }, text: 'x' });
    expect(why).toBe('Du bekommst das, weil **ci.example** es diesem Chat geschickt hat.');
  });

  it('adds nothing to what says so by itself, nor to what the person asked for', async () => {
    await world.createReminder({
      conversation: ada.key,
      id: 'r1',
      text: 'plants',
      schedule: { at: world.clock.now() + 1000, zone: 'UTC' },
    });
    await world.run();
    const reminder = world.channel.requests.at(-1)?.message;
    expect(newsOf(reminder ?? {})).toBe('plants');
    expect(JSON.stringify(reminder)).not.toContain('You get this');
  });

  it('is left out, buttons first, where it would push a card over the channel’s limit', async () => {
    const card = (letters: number) => ({
      type: 'AdaptiveCard',
      body: [{ type: 'TextBlock', text: 'x'.repeat(letters) }],
    });
    // Teams counts two bytes a letter.
    const limit = 40 * 1024;
    const bare = JSON.stringify({ card: card(0), summary: toastOf('x'.repeat(1000)) }).length;
    const to = { user: '29:ada' };
    const whole = await shownWith({ to, card: card(limit - bare - 1400) });
    expect(whole.commands).toHaveLength(2);
    const short = await shownWith({ to, card: card(limit - bare - 400) });
    expect([short.why !== undefined, short.commands]).toEqual([true, []]);
    const none = await shownWith({ to, card: card(limit - bare) });
    expect(none.message?.card).toEqual(card(limit - bare));
    const tooLarge = await shownWith({ to, card: card(limit - bare + 1) });
    expect(newsOf(tooLarge.message ?? {})).toMatch(/^x{30000}x*…\n\n\*The card is too large for this chat/);
  });

  it('is text on a channel without cards', async () => {
    await world.knows(aConversation({ conversationId: 'sms1', channelId: 'sms', user: { id: '+49123' } }));
    const { message } = await shownWith({
      to: { user: '+49123' },
      card: {
        type: 'AdaptiveCard',
        body: [{ type: 'TextBlock', text: 'Lunch is ready' }],
        actions: [{ type: 'Action.OpenUrl', title: 'Menu', url: 'https://canteen.example' }],
      },
    });
    expect(message?.card).toBeUndefined();
    expect(message?.text).toMatch(
      /^Lunch is ready\n\nMenu: https:\/\/canteen\.example\n\nYou get this because \*\*ci\.example\*\* addressed you\.\n\nMute all 1 hour: mute for 1 hour/,
    );
  });
});

function lastLine(card: JsonObject | undefined): {
  readonly why?: Frame['why'] | undefined;
  readonly commands: readonly string[];
} {
  const line = /"text":"((?:You get|Du bekommst)[^"]*)"/.exec(JSON.stringify(card) ?? '')?.[1];
  const commands = [...(JSON.stringify(card) ?? '').matchAll(/"notifier":"([^"]*)"/g)].map(
    ([, command]) => command ?? '',
  );
  return { why: line, commands };
}
