import { describe, expect, it } from 'vitest';
import { ask, install, say, send, texts } from './client.ts';
import { channelWithBot } from './fixture.ts';

const local = channelWithBot();

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';
const card = (text: string) => ({
  contentType: ADAPTIVE,
  content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] },
});

function execute(cardId: unknown): Record<string, unknown> {
  const action = { type: 'Action.Execute', verb: 'book', data: { room: 1 } };
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId: cardId,
    value: { action, trigger: 'manual' },
  };
}

async function cardInAnasChat(): Promise<string> {
  const id = await install(local.channel, 'ana');
  const sent = await send(local.channel, id, { attachments: [card('Book?')] });
  return String(sent.body.id);
}

describe('a button of a card', () => {
  it('posts what a Submit holds, and nobody reads it in the chat', async () => {
    const cardId = await cardInAnasChat();
    const press = {
      type: 'message',
      value: { command: 'mute' },
      replyToId: cardId,
      channelData: { postBack: true },
    };
    await say(local.channel, 'ana', press);
    const received = await local.bot.receives((activity) => activity.type === 'message');
    expect(received).toMatchObject({ value: { command: 'mute' }, replyToId: cardId });
    expect(received).not.toHaveProperty('text');
    expect(local.channel.transcript('ana')).toMatchObject([{}, { hidden: true }]);
    const polled = await ask(local.channel, 'GET', '/v3/directline/conversations/ana/activities');
    expect(polled.body.activities).toHaveLength(1);
  });

  it('posts a Submit in a team\u2019s channel in the thread of its card, without a mention', async () => {
    const channel = await install(local.channel, 'team');
    const sent = await send(local.channel, channel, { attachments: [card('Vote')] });
    await say(local.channel, 'team', { type: 'message', value: { vote: 1 }, replyToId: sent.body.id });
    const received = await local.bot.receives((activity) => activity.type === 'message');
    expect(received.conversation.id).toBe(`${channel};messageid=${sent.body.id}`);
    expect(JSON.stringify(received.entities)).not.toContain('mention');
  });

  it('replaces its card by the one in the answer to an Execute', async () => {
    const cardId = await cardInAnasChat();
    local.bot.react = () => ({
      status: 200,
      body: { statusCode: 200, type: ADAPTIVE, value: card('Booked').content },
    });
    expect((await say(local.channel, 'ana', execute(cardId))).status).toBe(200);
    const invoke = await local.bot.receives((activity) => activity.type === 'invoke');
    expect(invoke).toMatchObject({ name: 'adaptiveCard/action', replyToId: cardId });
    expect(local.channel.transcript('ana')).toMatchObject([
      { activityId: cardId, attachments: [card('Booked')], updatedAt: expect.any(String) },
    ]);
  });

  it('shows the message in the answer to an Execute', async () => {
    const cardId = await cardInAnasChat();
    local.bot.react = () => ({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Done.' },
    });
    await say(local.channel, 'ana', execute(cardId));
    expect(texts(local.channel, 'ana')).toEqual([undefined, 'Done.']);
  });

  it('shows the card in the answer by itself when its own is gone', async () => {
    await install(local.channel, 'ana');
    local.bot.react = () => ({
      status: 200,
      body: { statusCode: 200, type: ADAPTIVE, value: card('New').content },
    });
    await say(local.channel, 'ana', execute('1'));
    expect(local.channel.transcript('ana')).toMatchObject([{ attachments: [card('New')] }]);
  });

  it('tells the page when the bot says that the action failed', async () => {
    const cardId = await cardInAnasChat();
    local.bot.react = () => ({
      status: 200,
      body: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { message: 'no rooms' } },
    });
    const answer = await say(local.channel, 'ana', execute(cardId));
    expect([answer.status, answer.body.error?.code]).toEqual([502, 'CardActionFailed']);
    expect(answer.body.error?.message).toContain('no rooms');
  });
});
