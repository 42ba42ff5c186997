import { describe, expect, it } from 'vitest';
import { PERSONAS, TENANT_ID } from '../people/person.ts';
import { ask, idOf, install, say, send, texts } from './client.ts';
import { channelWithBot } from './fixture.ts';

const local = channelWithBot();
const [ANA] = PERSONAS;
const make = async (act: string, user = 'ana') => {
  const { body } = await ask(local.channel, 'POST', '/chats', { user, act });
  return { key: String(body.key), id: String(body.id) };
};
const news = { type: 'message', text: 'news' };
const create = (id: string | undefined, activity?: object | null) =>
  ask(local.channel, 'POST', '/v3/conversations', {
    isGroup: false,
    members: [{ id }],
    tenantId: TENANT_ID,
    activity,
  });

describe('sessions', () => {
  it('are several chats of one person, of which the one they began with is created for whoever asks', async () => {
    const first = await install(local.channel, 'ana');
    const [one, two] = [await make('session'), await make('session')];
    expect(new Set([first, one.id, two.id]).size).toBe(3);
    await say(local.channel, one.key, 'hello from a session');
    const heard = await local.bot.receivesText('hello from a session');
    expect(heard).toMatchObject({ conversation: { id: one.id }, from: { aadObjectId: ANA?.aadObjectId } });
    // An installation is told in the default one alone.
    expect(local.bot.types().filter((type) => type === 'installationUpdate')).toHaveLength(1);
    expect((await create(ANA?.id)).body.id).toBe(first);
    expect((await send(local.channel, two.id, 'news')).status).toBe(201);
    expect(texts(local.channel, two.key)).toEqual(['news']);
  });

  it('are of Teams alone, and of people who are here', async () => {
    expect((await ask(local.channel, 'POST', '/chats', { user: 'dora', act: 'session' })).status).toBe(400);
    expect((await ask(local.channel, 'POST', '/chats', { user: 'nobody', act: 'session' })).status).toBe(404);
  });
});

describe('a chat that is replaced', () => {
  it('is not found any more, and whoever asks for one gets another id', async () => {
    const before = await install(local.channel, 'ana');
    const next = await make('replace');
    const refused = await send(local.channel, before, 'news');
    expect(refused).toMatchObject({ status: 404, body: { error: { code: 'ConversationNotFound' } } });
    expect((await create(ANA?.id)).body.id).toBe(next.id);
    expect(next.id).not.toBe(before);
    expect((await send(local.channel, next.id, 'news')).status).toBe(201);
    expect((await say(local.channel, 'ana', 'hello?')).status).toBe(409);
  });
});

describe('a person whose chats begin with a message', () => {
  it('gets none without one, and another session with each', async () => {
    const first = await install(local.channel, 'ana');
    await make('insist');
    for (const activity of [undefined, null, {}]) {
      const refused = await create(ANA?.id, activity);
      expect(refused).toMatchObject({ status: 400, body: { error: { code: 'BadSyntax' } } });
    }
    const made = [await create(ANA?.id, news), await create(ANA?.aadObjectId, news)].map(({ body }) => body);
    expect(new Set([first, ...made.map(({ id }) => id)]).size).toBe(3);
    expect(made.every(({ activityId }) => typeof activityId === 'string')).toBe(true);
    const [one, two] = made.map(({ id }) => local.channel.transcript(String(id)).length);
    expect([one, two]).toEqual([1, 1]);
    // What there is takes messages as before.
    expect((await send(local.channel, first, 'more')).status).toBe(201);
  });
});

describe('a bot of another identity', () => {
  it('reads no id of before, and finds people by their object ids', async () => {
    const ids = [await install(local.channel, 'ana'), await install(local.channel, 'ben')];
    const session = await make('session');
    const next = await make('new-identity');
    for (const id of [...ids, session.id]) {
      const refused = await send(local.channel, id, 'news');
      expect(refused).toMatchObject({ status: 403, body: { error: { code: 'BadArgument' } } });
      expect(JSON.stringify(refused.body)).toContain('Failed to decrypt conversation id');
    }
    const byOldId = await create(ANA?.id);
    expect(byOldId.status).toBe(400);
    expect(JSON.stringify(byOldId.body)).toContain('Failed to decrypt pairwise id');
    expect((await create(ANA?.aadObjectId)).body.id).toBe(next.id);
    expect((await send(local.channel, next.id, 'news')).status).toBe(201);
    await say(local.channel, next.key, 'hello again');
    expect((await create(ANA?.id)).body.id).toBe(next.id);
  });
});

describe('a thread', () => {
  it('is told of each message in a channel, and can be chosen', async () => {
    await install(local.channel, 'team');
    const team = await idOf(local.channel, 'team');
    await say(local.channel, 'team', { type: 'message', text: '@Bot first', from: { id: ANA?.id } });
    const first = await local.bot.receives(({ text }) => text?.includes('first') === true);
    const thread = (first.conversation as { readonly id: string }).id;
    expect(thread).toContain(`${team};messageid=`);
    await ask(local.channel, 'POST', '/v3/directline/conversations/team/activities', {
      type: 'message',
      text: '@Bot second',
      from: { id: ANA?.id },
      channelData: { thread },
    });
    const second = await local.bot.receives(({ text }) => text?.includes('second') === true);
    expect(second.conversation).toMatchObject({ id: thread });
    expect(second.channelData).not.toHaveProperty('thread');
  });
});
