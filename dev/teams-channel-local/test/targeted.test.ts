import { describe, expect, it } from 'vitest';
import { type Answer, ask, install, open, say, send } from './client.ts';
import { channelWithBot } from './fixture.ts';
import { Stream } from './stream.ts';

const local = channelWithBot({ limits: { isEnforced: false } });

/** Asks as the bot for a message that one member alone sees. */
function askTargeted(
  method: string,
  id: string,
  message: string,
  activity?: Record<string, unknown>,
): Promise<Answer> {
  const path = `/v3/conversations/${encodeURIComponent(id)}/activities${message}?isTargetedActivity=true`;
  return ask(local.channel, method, path, activity && { type: 'message', ...activity });
}

/** What somebody in the group reads. */
async function readBy(user: string): Promise<readonly unknown[]> {
  const opened = await open(local.channel, user, 'group');
  const { body } = await ask(
    local.channel,
    'GET',
    '/v3/directline/conversations/group/activities',
    undefined,
    { Authorization: `Bearer ${String(opened.body.token)}` },
  );
  return Array.from(body.activities as unknown as { text?: string }[]).map(({ text }) => text);
}

/** The id by which the bot knows somebody who says something in the group. */
async function idOfSpeaker(user: string): Promise<string> {
  await say(local.channel, 'group', { type: 'message', text: 'hello', from: { id: user } });
  return (await local.bot.receives(({ text }) => text?.endsWith('hello') === true)).from.id;
}

const code = ({ status, body }: Answer) => [status, body?.error?.code];

describe('a targeted message', () => {
  it('is shown to its recipient alone, when it is sent, changed and taken away', async () => {
    const id = await install(local.channel, 'group');
    const ana = await idOfSpeaker('ana');
    const opened = await open(local.channel, 'ben', 'group');
    const stream = new Stream(String(opened.body.streamUrl));
    await stream.opened();
    const sent = await askTargeted('POST', id, '', { text: 'for Ana', recipient: { id: ana } });
    expect(sent.status).toBe(201);
    await send(local.channel, id, 'for all');
    await stream.receives(({ text }) => text === 'for all');
    expect(stream.activities.map(({ text }) => text)).toEqual(['hello', 'for all']);
    expect([await readBy(ana), await readBy('ben')]).toEqual([
      ['hello', 'for Ana', 'for all'],
      ['hello', 'for all'],
    ]);
    expect((await askTargeted('PUT', id, `/${sent.body.id}`, { text: 'changed' })).status).toBe(200);
    await send(local.channel, id, 'once more');
    await stream.receives(({ text }) => text === 'once more');
    expect((await askTargeted('DELETE', id, `/${sent.body.id}`)).status).toBe(200);
    await send(local.channel, id, 'the end');
    await stream.receives(({ text }) => text === 'the end');
    expect(stream.activities.map(({ text }) => text)).toEqual(['hello', 'for all', 'once more', 'the end']);
    await stream.close();
  });

  it('is refused as Teams refuses it', async () => {
    const id = await install(local.channel, 'group');
    const ana = await idOfSpeaker('ana');
    const sent = await askTargeted('POST', id, '', { text: 'for Ana', recipient: { id: ana } });
    const open = await send(local.channel, id, 'for all');
    const path = (message: unknown) => `/v3/conversations/${encodeURIComponent(id)}/activities/${message}`;
    expect([
      code(await askTargeted('POST', id, '', { text: 'for whom?' })),
      code(await askTargeted('POST', id, '', { text: 'a stranger', recipient: { id: '29:nobody' } })),
      code(await askTargeted('PUT', id, `/${sent.body.id}`, { text: 'x', recipient: { id: ana } })),
      // What is targeted stays so, and what everybody sees, too.
      code(await ask(local.channel, 'PUT', path(sent.body.id), { type: 'message', text: 'x' })),
      code(await askTargeted('PUT', id, `/${open.body.id}`, { text: 'x' })),
      code(
        await askTargeted('POST', await install(local.channel, 'ana'), '', {
          text: 'x',
          recipient: { id: ana },
        }),
      ),
    ]).toEqual([
      [400, 'BadArgument'],
      [404, 'BotNotInConversationRoster'],
      [400, 'BadArgument'],
      [400, 'BadArgument'],
      [404, 'ActivityNotFoundInConversation'],
      [400, 'BadArgument'],
    ]);
  });
});

describe('what somebody says to the bot alone', () => {
  it('is seen by nobody else, and the bot hears that it is targeted', async () => {
    await install(local.channel, 'group');
    const ana = await idOfSpeaker('ana');
    const recipient = { isTargeted: true };
    await say(local.channel, 'group', { type: 'message', text: 'status', recipient, from: { id: ana } });
    const heard = await local.bot.receives(({ text }) => text?.includes('status') === true);
    expect([heard.text, heard.recipient]).toMatchObject(['status', { isTargeted: true }]);
    expect([await readBy(ana), await readBy('ben')]).toEqual([['hello', 'status'], ['hello']]);
  });

  it('is a press on a card that it alone was shown, too', async () => {
    const id = await install(local.channel, 'group');
    const ana = await idOfSpeaker('ana');
    const sent = await askTargeted('POST', id, '', { text: 'for Ana', recipient: { id: ana } });
    const press = { type: 'message', text: 'done', replyToId: String(sent.body.id), from: { id: ana } };
    await say(local.channel, 'group', press);
    const heard = await local.bot.receives(({ text }) => text?.includes('done') === true);
    expect(heard.recipient.isTargeted).toBe(true);
    expect(await readBy('ben')).toEqual(['hello']);
  });

  it('is said to all where there is nobody else', async () => {
    await install(local.channel, 'ana');
    await say(local.channel, 'ana', { type: 'message', text: 'hi', recipient: { isTargeted: true } });
    expect((await local.bot.receivesText('hi')).recipient).not.toHaveProperty('isTargeted');
  });
});
