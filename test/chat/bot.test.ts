import { describe, expect, it } from 'vitest';
import { ChannelError } from '../../shared/adapters/bot/connector/channel-error.ts';
import { seconds } from '../../shared/domain/time.ts';
import { StoreUnavailable } from '../../shared/ports/store-errors.ts';
import { aChat } from '../support/chat.ts';
import { Watch } from '../support/fakes/watch.ts';
import { aWorld } from '../support/world.ts';

const refused = (status: number, code: string) =>
  new ChannelError({ kind: 'failed', status, code, surelyNotSent: true });

describe('the bot', () => {
  it('greets a person once, and answers what they say', async () => {
    const { says, sees } = aChat();
    await says('hello');
    await says('hello');
    await says('help');
    expect(sees().map((text) => text.slice(0, 12))).toEqual(['Hello Ana, g', 'Hello! I am ', 'I tell you w']);
  });

  it('answers the hello of somebody whose greeting could not be stored', async () => {
    const watch = new Watch();
    const world = aWorld();
    const { says, sees } = aChat({ world, more: { turns: watch.over('turns', world.turns) } });
    const error = new StoreUnavailable('a test', new Error('503'));
    watch.failNext('turns.saveTurns', { error, when: 'before' });
    await expect(says('hello', { id: 'the same' })).rejects.toBe(error);
    world.clock.advance(seconds(1));
    await says('hello', { id: 'the same' });
    expect(sees()).toEqual([expect.stringContaining('Hello!')]);
  });

  it('hears what follows its mention in a group', async () => {
    const { says, sees } = aChat({ conversationId: '19:g' });
    await says('<at>Notifier</at>  subscribe   builds', {
      conversation: { id: '19:g', conversationType: 'groupChat', isGroup: true, name: 'g' },
      // A mention as Teams writes it, which the type of an entity leaves open.
      entities: [{ type: 'mention', text: '<at>Notifier</at>', mentioned: { id: '28:bot' } } as never],
    });
    expect(sees().at(-1)).toContain('what happens on **builds**');
  });

  it('waits out a channel that refuses its answer for haste', async () => {
    const { says, sees, refusals, waits } = aChat();
    await says('hello');
    refusals.push(refused(429, 'Throttled'), refused(429, 'Throttled'));
    await says('status');
    expect([sees().at(-1)?.slice(0, 20), waits]).toEqual(['I can reach you here', [1000, 1000]]);
  });

  it('does not ask for the activity again when the channel refuses its answer for good', async () => {
    const { says, sees, refusals, world } = aChat();
    await says('hello');
    refusals.push(refused(404, 'ConversationNotFound'));
    await says('subscribe builds');
    expect(sees().length).toBe(1);
    expect(world.log.of('reply.refused')).toMatchObject([
      { fields: { status: 404, code: 'ConversationNotFound' } },
    ]);
  });

  it('says that it failed where a bug is in the way of its answer', async () => {
    const { says, sees, refusals } = aChat();
    refusals.push(new TypeError('a bug'));
    await says('hello');
    expect(sees()).toEqual([expect.stringContaining('something went wrong')]);
  });

  it('counts its answers into the limits of the conversation', async () => {
    const { says, world } = aChat();
    await says('hello');
    await says('help');
    const [conversation] = (await world.conversations.listConversations({ limit: 1 })).items;
    if (conversation === undefined) throw new Error('nobody was captured');
    expect((await world.ledger.findDesk(conversation.key)).windows.recent.length).toBe(2);
  });
});
