import { describe, expect, it } from 'vitest';
import { TENANT_ID } from '../people/person.ts';
import { type Answer, ask, idOf, install, open, send, texts } from './client.ts';
import { channelWithBot } from './fixture.ts';

const local = channelWithBot({ limits: { isEnforced: false } });

const ana = '29:1zJm7XkQ2pTfR9sVbNcYdWeLaUgHoIxKt4v0Ana';

function code(answer: Answer): unknown[] {
  return [answer.status, answer.body.error?.code];
}

describe('a send', () => {
  it('is created, shown, and has an id of its own', async () => {
    const id = await install(local.channel, 'ana');
    const first = await send(local.channel, id, 'one');
    const second = await send(local.channel, id, 'two');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(local.channel.transcript(id)).toMatchObject([
      { activityId: first.body.id, text: 'one', from: { role: 'bot' }, at: expect.stringMatching(/Z$/) },
      { activityId: second.body.id, text: 'two' },
    ]);
    expect(first.body.id).not.toBe(second.body.id);
  });

  it.each(['a/b\\c#d?e%f', 'with space;messageid=1', 'emoji 🦊 ünï', '%2F', '../..'])(
    'reaches the conversation with the id %j',
    async (id) => {
      await ask(local.channel, 'POST', '/conversations', { id, members: ['dl_odd'] });
      await ask(local.channel, 'POST', '/membership', { conversation: id, action: 'install' });
      const path = `/v3/conversations/${encodeURIComponent(id).replaceAll('.', '%2E')}/activities`;
      const body = { type: 'message', text: 'there', from: { id: 'bot' } };
      expect((await ask(local.channel, 'POST', path, body)).status).toBe(201);
      expect(texts(local.channel, id)).toEqual(['there']);
    },
  );

  it('may reply to an id that nobody knows', async () => {
    const id = await install(local.channel, 'ana');
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities/4f2c-unknown`;
    const answer = await ask(local.channel, 'POST', path, {
      type: 'message',
      text: 'hi',
      from: { id: 'bot' },
    });
    expect(answer.status).toBe(201);
  });

  it('is refused where there is no such conversation', async () => {
    expect(code(await send(local.channel, 'a:gone', 'hello'))).toEqual([404, 'ConversationNotFound']);
  });

  it('is refused before the bot was added', async () => {
    const id = await idOf(local.channel, 'ben');
    expect(code(await send(local.channel, id, 'hello'))).toEqual([403, 'BotNotInConversationRoster']);
  });

  it('is refused when it is larger than the channel takes', async () => {
    const id = await install(local.channel, 'ana');
    expect((await send(local.channel, id, 'x'.repeat(51_000))).status).toBe(201);
    expect(code(await send(local.channel, id, 'x'.repeat(52_000)))).toEqual([413, 'MessageSizeTooBig']);
    expect(local.channel.transcript('ana')).toHaveLength(1);
  });

  it('has to be an activity with a type and, outside Teams, a sender', async () => {
    const id = await install(local.channel, 'dora');
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities`;
    expect(code(await ask(local.channel, 'POST', path, { text: 'x' }))).toEqual([400, 'MissingProperty']);
    expect(code(await ask(local.channel, 'POST', path, { type: 'message' }))).toEqual([
      400,
      'MissingProperty',
    ]);
    expect(code(await ask(local.channel, 'POST', path, '{"type":'))).toEqual([400, 'BadSyntax']);
    expect(code(await ask(local.channel, 'POST', path, [1]))).toEqual([400, 'BadSyntax']);
    const onTeams = `/v3/conversations/${encodeURIComponent(await install(local.channel, 'ana'))}/activities`;
    expect((await ask(local.channel, 'POST', onTeams, { type: 'message', text: 'x' })).status).toBe(201);
  });

  it('has to name a path that there is', async () => {
    expect((await ask(local.channel, 'POST', '/v3/conversations/a/b/c', {})).status).toBe(404);
    expect((await ask(local.channel, 'PATCH', '/v3/conversations/a/activities', {})).status).toBe(405);
    expect(code(await ask(local.channel, 'POST', '/v3/conversations/%E0%A4%A/activities', {}))).toEqual([
      400,
      'BadSyntax',
    ]);
  });
});

describe('an update', () => {
  it('replaces a message of the bot where it stands', async () => {
    const id = await install(local.channel, 'ana');
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities`;
    const { body } = await send(local.channel, id, 'draft');
    await send(local.channel, id, 'below');
    const answer = await ask(local.channel, 'PUT', `${path}/${body.id}`, { type: 'message', text: 'final' });
    expect([answer.status, answer.body.id]).toEqual([200, body.id]);
    expect(texts(local.channel, 'ana')).toEqual(['final', 'below']);
    expect(local.channel.transcript('ana')[0]).toHaveProperty('updatedAt');
  });

  it('and a deletion know only messages that are there', async () => {
    const id = await install(local.channel, 'ana');
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities`;
    const { body } = await send(local.channel, id, 'short-lived');
    expect((await ask(local.channel, 'DELETE', `${path}/${body.id}`)).status).toBe(200);
    expect(local.channel.transcript('ana')).toMatchObject([{ text: 'short-lived', deleted: true }]);
    const gone = [404, 'ActivityNotFoundInConversation'];
    expect(code(await ask(local.channel, 'DELETE', `${path}/17`))).toEqual(gone);
    expect(code(await ask(local.channel, 'PUT', `${path}/17`, { type: 'message', text: 'x' }))).toEqual(gone);
  });
});

describe('a creation', () => {
  it('gives the conversation that the person has with the bot', async () => {
    const id = await install(local.channel, 'ana');
    const create = {
      bot: { id: 'bot' },
      members: [{ id: ana }],
      isGroup: false,
      tenantId: TENANT_ID,
      activity: {},
    };
    const answer = await ask(local.channel, 'POST', '/v3/conversations', create);
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({ id, serviceUrl: `${local.channel.url}/` });
  });

  it('sends a first activity at once', async () => {
    const id = await install(local.channel, 'ana');
    const activity = { type: 'message', text: 'first' };
    const { body } = await ask(local.channel, 'POST', '/v3/conversations', {
      members: [{ id: ana }],
      activity,
    });
    expect(body.id).toBe(id);
    expect(local.channel.transcript('ana')).toMatchObject([{ activityId: body.activityId, text: 'first' }]);
  });

  it('begins a thread in a channel', async () => {
    const channelId = await install(local.channel, 'team');
    const create = {
      isGroup: true,
      channelData: { channel: { id: channelId } },
      activity: { type: 'message', text: 'news' },
    };
    const { body } = await ask(local.channel, 'POST', '/v3/conversations', create);
    expect(body.id).toBe(`${channelId};messageid=${body.activityId}`);
    expect((await send(local.channel, String(body.id), 'more')).status).toBe(201);
    expect(texts(local.channel, 'team')).toEqual(['news', 'more']);
  });

  it('makes a group of several', async () => {
    const members = [{ id: ana }, { id: 'ben' }];
    const { body } = await ask(local.channel, 'POST', '/v3/conversations', {
      isGroup: true,
      members,
      topicName: 'Two',
    });
    expect((await send(local.channel, String(body.id), 'hello both')).status).toBe(201);
    const opened = await open(local.channel, 'ben', String(body.id));
    expect(opened.status).toBe(200);
  });

  it('is refused for strangers, and where the bot is not installed', async () => {
    const create = (id: string) => ask(local.channel, 'POST', '/v3/conversations', { members: [{ id }] });
    expect(code(await create('29:stranger'))).toEqual([400, 'BadArgument']);
    expect(code(await create(ana))).toEqual([403, 'ForbiddenOperationException']);
    expect((await ask(local.channel, 'POST', '/v3/conversations', {})).status).toBe(400);
  });
});

describe('the roster', () => {
  it('lists members with what Teams tells of them', async () => {
    const id = encodeURIComponent(await install(local.channel, 'group'));
    const all = await ask(local.channel, 'GET', `/v3/conversations/${id}/members`);
    expect(all.body).toMatchObject([
      { name: 'Ana Sousa' },
      { name: 'Ben Carter' },
      { name: 'Chidi Okafor' },
      { name: 'Emma Huber' },
    ]);
    const one = await ask(local.channel, 'GET', `/v3/conversations/${id}/members/${encodeURIComponent(ana)}`);
    expect(one.body).toMatchObject({ id: ana, givenName: 'Ana', surname: 'Sousa', tenantId: TENANT_ID });
    expect(code(await ask(local.channel, 'GET', `/v3/conversations/${id}/members/nobody`))).toEqual([
      404,
      'MemberNotFoundInConversation',
    ]);
    expect(
      (await ask(local.channel, 'GET', `/v3/conversations/${id}/activities/1/members`)).body,
    ).toHaveLength(4);
  });

  it('comes in pages', async () => {
    const id = encodeURIComponent(await install(local.channel, 'group'));
    const first = await ask(local.channel, 'GET', `/v3/conversations/${id}/pagedmembers?pageSize=2`);
    expect(first.body.members).toHaveLength(2);
    const query = `pageSize=2&continuationToken=${first.body.continuationToken}`;
    const last = await ask(local.channel, 'GET', `/v3/conversations/${id}/pagedmembers?${query}`);
    expect(last.body).toMatchObject({ members: [{ name: 'Chidi Okafor' }, { name: 'Emma Huber' }] });
    expect(last.body).not.toHaveProperty('continuationToken');
  });
});

describe('the counters', () => {
  it('tell what was asked, what was answered, and begin again', async () => {
    const id = await install(local.channel, 'ana');
    await send(local.channel, id, 'one');
    await send(local.channel, 'a:gone', 'two');
    const { body } = await ask(local.channel, 'GET', '/stats');
    expect(body).toMatchObject({
      requests: { send: 2 },
      statuses: { 201: 1, 404: 1 },
      shown: 1,
      inFlight: 0,
      peakInFlight: 1,
      toBot: { 200: 2 },
    });
    await ask(local.channel, 'DELETE', '/stats');
    expect(local.channel.stats()).toMatchObject({ requests: {}, shown: 0 });
  });

  it('of the transcript are compact', async () => {
    const id = await install(local.channel, 'ana');
    await send(local.channel, id, 'one');
    const { body } = await ask(local.channel, 'GET', '/transcript?summary=1');
    expect(body).toMatchObject({ shown: 1, byConversation: { [id]: 1 }, load: { shown: 0 } });
  });
});
