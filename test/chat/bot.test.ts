import type { Activity, TurnContext } from 'botbuilder';
import { describe, expect, it } from 'vitest';
import { fromActivity } from '../../shared/adapters/bot/activity/sighting.ts';
import { ChannelError } from '../../shared/adapters/bot/connector/channel-error.ts';
import { answer } from '../../shared/chat/answer.ts';
import { botLogic } from '../../shared/chat/bot.ts';
import { countReplies } from '../../shared/use-cases/count-replies.ts';
import { aWorld } from '../support/world.ts';

function aBot() {
  const world = aWorld();
  const waits: number[] = [];
  const refusals: Error[] = [];
  const said: string[] = [];
  const logic = botLogic({
    ...world,
    sight: fromActivity,
    answer: answer({ ...world, defaultTimeZone: 'UTC' }),
    countReplies: countReplies(world),
    wait: async (delay) => waits.push(delay),
  });
  const says = (text: string, more: Partial<Activity> = {}) => {
    const activity = {
      type: 'message',
      channelId: 'msteams',
      serviceUrl: 'https://smba.trafficmanager.net/emea/',
      conversation: { id: 'a:1', conversationType: 'personal' },
      from: { id: '29:ana', name: 'Ana' },
      recipient: { id: '28:bot', name: 'Notifier' },
      text,
      ...more,
    };
    // Only what the logic uses of a turn: its activity and its way to answer.
    const context = {
      activity,
      sendActivity: async (reply: Partial<Activity>) => {
        const refusal = refusals.shift();
        if (refusal !== undefined) throw refusal;
        said.push(reply.text ?? '');
      },
    } as unknown as TurnContext;
    return logic(context);
  };
  return { world, waits, refusals, said, says };
}

const refused = (status: number, code: string) =>
  new ChannelError({ kind: 'failed', status, code, surelyNotSent: true });

describe('the bot', () => {
  it('greets a person once, and answers what they say', async () => {
    const { says, said } = aBot();
    await says('hello');
    await says('hello');
    await says('help');
    expect(said.map((text) => text.slice(0, 12))).toEqual(['Hello Ana, g', 'I tell you w']);
  });

  it('hears what follows its mention in a group', async () => {
    const { says, said } = aBot();
    await says('<at>Notifier</at>  subscribe   builds', {
      conversation: { id: '19:g', conversationType: 'groupChat', isGroup: true, name: 'g' },
      // A mention as Teams writes it, which the type of an entity leaves open.
      entities: [{ type: 'mention', text: '<at>Notifier</at>', mentioned: { id: '28:bot' } } as never],
    });
    expect(said.at(-1)).toContain('what happens on **builds**');
  });

  it('waits out a channel that refuses its answer for haste', async () => {
    const { says, said, refusals, waits } = aBot();
    await says('hello');
    refusals.push(refused(429, 'Throttled'), refused(429, 'Throttled'));
    await says('status');
    expect([said.at(-1)?.slice(0, 20), waits]).toEqual(['I can reach you here', [1000, 1000]]);
  });

  it('does not ask for the activity again when the channel refuses its answer for good', async () => {
    const { says, said, refusals, world } = aBot();
    await says('hello');
    refusals.push(refused(404, 'ConversationNotFound'));
    await says('subscribe builds');
    expect(said.length).toBe(1);
    expect(world.log.of('reply.refused')).toMatchObject([
      { fields: { status: 404, code: 'ConversationNotFound' } },
    ]);
  });

  it('lets a bug through', async () => {
    const { says, refusals } = aBot();
    refusals.push(new TypeError('a bug'));
    await expect(says('hello')).rejects.toThrow('a bug');
  });

  it('counts its answers into the limits of the conversation', async () => {
    const { says, world } = aBot();
    await says('hello');
    await says('help');
    const [conversation] = (await world.conversations.list({ limit: 1 })).items;
    if (conversation === undefined) throw new Error('nobody was captured');
    expect((await world.ledger.desk(conversation.key)).windows.recent.length).toBe(2);
  });
});
