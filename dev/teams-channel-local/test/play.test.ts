import { describe, expect, it } from 'vitest';
import { ask, install, say, send, texts } from './client.ts';
import { channelWithBot } from './fixture.ts';

const local = channelWithBot({ limits: { isEnforced: false } });

const play = (fields: object) => ask(local.channel, 'POST', '/play', fields);
const isWordless = ({ type }: { readonly type: string }) =>
  /^(event|message(Reaction|Update|Delete))$/.test(type);

describe('somebody on Teams', () => {
  it('reacts to a message of the bot, and takes it back', async () => {
    const id = await install(local.channel, 'ana');
    const { body } = await send(local.channel, id, 'news');
    await send(local.channel, id, 'more news');
    const answer = await play({ conversation: 'ana', act: 'react', message: body.id, reaction: 'heart' });
    expect([answer.status, answer.body]).toEqual([200, { message: body.id }]);
    await play({ conversation: 'ana', act: 'unreact', message: body.id });
    expect(local.bot.received.filter(isWordless)).toMatchObject([
      {
        type: 'messageReaction',
        replyToId: body.id,
        reactionsAdded: [{ type: 'heart' }],
        channelId: 'msteams',
        conversation: { id, conversationType: 'personal' },
        from: { name: 'Ana Sousa', aadObjectId: 'a1a1a1a1-5a0b-4c5e-9f1d-3e2b7c4d0a01' },
      },
      { type: 'messageReaction', replyToId: body.id, reactionsRemoved: [{ type: 'like' }] },
    ]);
    expect(local.bot.received.filter(isWordless)[0]).not.toHaveProperty('text');
  });

  it('reads everything', async () => {
    const id = await install(local.channel, 'ana');
    await send(local.channel, id, 'news');
    const { body } = await send(local.channel, id, 'more news');
    await play({ conversation: 'ana', act: 'read' });
    expect(local.bot.received.filter(isWordless)).toMatchObject([
      {
        type: 'event',
        name: 'application/vnd.microsoft.readReceipt',
        value: { lastReadMessageId: body.id },
      },
    ]);
  });

  it('edits, deletes and undeletes what they said: the bot hears of that very message', async () => {
    await install(local.channel, 'ana');
    const { body } = await say(local.channel, 'ana', 'helo');
    await play({ conversation: 'ana', act: 'edit', text: 'hello' });
    expect(texts(local.channel, 'ana')).toEqual(['hello']);
    await play({ conversation: 'ana', act: 'delete' });
    expect(local.channel.transcript('ana')).toMatchObject([{ deleted: true }]);
    await play({ conversation: 'ana', act: 'undelete' });
    expect(local.channel.transcript('ana')[0]).not.toHaveProperty('deleted');
    const { id } = body;
    expect(local.bot.received.filter(isWordless)).toMatchObject([
      { type: 'messageUpdate', id, text: 'hello', channelData: { eventType: 'editMessage' } },
      { type: 'messageDelete', id, channelData: { eventType: 'softDeleteMessage' } },
      { type: 'messageUpdate', id, text: 'hello', channelData: { eventType: 'undeleteMessage' } },
    ]);
  });

  it('in a group is who is named, and in a team’s channel the thread of the message', async () => {
    await install(local.channel, 'group');
    const team = await install(local.channel, 'team');
    const { body } = await send(local.channel, team, 'news');
    await play({ conversation: 'team', user: 'ben', act: 'react' });
    const [reaction] = local.bot.received.filter(isWordless);
    expect(reaction).toMatchObject({
      from: { name: 'Ben Carter' },
      conversation: { id: `${team};messageid=${body.id}`, isGroup: true },
    });
  });
});

describe('what cannot be played', () => {
  it.each([
    [{ conversation: 'nobody', act: 'react' }, 404],
    [{ conversation: 'ana', act: 'wave' }, 400],
    [{ conversation: 'ana', act: 'edit' }, 400],
    [{ conversation: 'ana', act: 'react', message: '17' }, 404],
    [{ conversation: 'ana', act: 'delete' }, 404],
    [{ conversation: 'ana', act: 'react', user: 'dora' }, 400],
    [{ conversation: 'dora', act: 'react' }, 405],
    [{ conversation: 'group', act: 'read' }, 405],
  ])('%j is refused with %i, and the bot hears nothing', async (fields, status) => {
    for (const key of ['ana', 'dora', 'group'])
      await send(local.channel, await install(local.channel, key), 'x');
    const answer = await play(fields);
    expect(answer.status).toBe(status);
    expect(String(answer.body.error?.message)).not.toBe('');
    expect(local.bot.received.filter(isWordless)).toEqual([]);
  });

  it('is somebody else’s message, or one that is deleted already', async () => {
    const id = await install(local.channel, 'ana');
    const { body } = await send(local.channel, id, 'news');
    expect((await play({ conversation: 'ana', act: 'delete', message: body.id })).status).toBe(400);
    const said = await say(local.channel, 'ana', 'hello');
    expect((await play({ conversation: 'ana', act: 'delete' })).status).toBe(200);
    expect((await play({ conversation: 'ana', act: 'delete', message: said.body.id })).status).toBe(400);
  });
});
