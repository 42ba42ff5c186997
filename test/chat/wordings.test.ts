import { describe, expect, it } from 'vitest';
import { toActivities } from '../../shared/chat/activity.ts';
import { messageLimit } from '../../shared/domain/delivery/channel-limits.ts';
import { seconds } from '../../shared/domain/time.ts';
import { aChat } from '../support/chat.ts';
import { cardOf } from '../support/reading.ts';

describe('what people say in words of their own', () => {
  it.each(['HELP!', 'help.', '?', 'what can you do?', 'start'])('%j is help', async (text) => {
    const chat = aChat();
    await chat.says('hello');
    expect(await chat.hears(text)).toContain('I tell you when something happens');
  });

  it('names no topic "to builds", and stops everything', async () => {
    const chat = aChat();
    await chat.says('hello');
    expect(await chat.hears('subscribe to builds')).toContain('on **builds**');
    expect(await chat.hears('unsubscribe from builds')).toContain(
      'no longer tell you what happens on **builds**',
    );
    await chat.says('subscribe builds');
    expect(await chat.hears('unsubscribe everything')).toContain('stopped one subscription');
  });

  it('takes thanks for no greeting', async () => {
    const chat = aChat();
    await chat.says('hello');
    // A hello right after the greeting is answered by it.
    chat.world.clock.advance(seconds(20));
    expect(await chat.hears('thanks!')).toBe('You are welcome.');
  });
});

describe('an answer with a card that says the same', () => {
  const reply = { text: 'All of it: one, two', lead: 'All of it:', card: { type: 'AdaptiveCard' } };

  it('is short where the card is shown', () => {
    const [activity = {}] = toActivities(reply, { channelId: 'msteams' });
    expect(cardOf(activity)?.body).toMatchObject([{ type: 'TextBlock', text: 'All of it:' }]);
    expect(activity.summary).toBe('All of it: one, two');
  });

  it.each(['sms', 'groupme', 'telegram', 'facebook'])(
    'has what stands on it, in pieces that %s takes',
    (channelId) => {
      const body = [{ type: 'TextBlock', text: '🎉 word '.repeat(1500) }];
      const long = { text: 'Here:', card: { type: 'AdaptiveCard', body }, suggestions: ['help'] };
      const said = toActivities(long, { channelId });
      const limit = messageLimit(channelId);
      expect(said.every(({ text = '' }) => text !== '' && text.length <= limit.most)).toBe(true);
      expect(said.map(({ text }) => text).join('')).toBe(`Here:\n\n${body[0]?.text}`);
      expect(said.map(({ suggestedActions }) => suggestedActions?.actions.length ?? 0)).toEqual(
        said.map((_, place) => (place === said.length - 1 ? 1 : 0)),
      );
    },
  );

  it('is whole where no card is shown, and where it has none', () => {
    expect(toActivities(reply, { channelId: 'sms' })[0]?.text).toBe('All of it: one, two');
    const { card: _, ...bare } = reply;
    expect(toActivities(bare, { channelId: 'msteams' })[0]?.text).toBe('All of it: one, two');
  });
});
