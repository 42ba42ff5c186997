import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, idOf, install, open, say, send, texts } from './client.ts';
import { channelWithBot } from './fixture.ts';
import { Stream } from './stream.ts';

const local = channelWithBot({ botTimeoutMs: 200, resends: 1 });

async function follow(url: unknown): Promise<Stream> {
  const stream = new Stream(String(url));
  onTestFinished(() => stream.close());
  await stream.opened();
  return stream;
}

describe('Direct Line', () => {
  it('gives a token, a conversation and a stream', async () => {
    const generated = await ask(local.channel, 'POST', '/v3/directline/tokens/generate', {
      user: { id: 'ana' },
    });
    expect(generated.body).toMatchObject({ conversationId: 'ana', expires_in: 1800 });
    const bearer = { Authorization: `Bearer ${generated.body.token}` };
    const refreshed = await ask(local.channel, 'POST', '/v3/directline/tokens/refresh', undefined, bearer);
    expect(refreshed.body.token).toBe(generated.body.token);
    const started = await ask(local.channel, 'POST', '/v3/directline/conversations', {}, bearer);
    expect(started.status).toBe(201);
    expect(started.body).toMatchObject({ conversationId: 'ana', streamUrl: expect.stringMatching(/^ws:/) });
    expect((await ask(local.channel, 'POST', '/v3/directline/conversations', {}, bearer)).status).toBe(200);
  });

  it('shows what the bot sends at once, and what the person said', async () => {
    const id = await install(local.channel, 'ana');
    const stream = await follow((await open(local.channel, 'ana')).body.streamUrl);
    await say(local.channel, 'ana', { type: 'message', text: 'hi', channelData: { clientActivityID: 'c1' } });
    await send(local.channel, id, 'hello Ana');
    const echo = await stream.receives((activity) => activity.text === 'hi');
    expect(echo).toMatchObject({ from: { role: 'user' }, channelData: { clientActivityID: 'c1' } });
    const message = await stream.receives((activity) => activity.text === 'hello Ana');
    expect(message).toMatchObject({ from: { name: 'Bot', role: 'bot' }, conversation: { id: 'ana' } });
    expect(stream.watermark).toBe('2');
  });

  it('shows typing while it happens and not afterwards', async () => {
    const id = await install(local.channel, 'ana');
    const stream = await follow((await open(local.channel, 'ana')).body.streamUrl);
    await send(local.channel, id, { type: 'typing' });
    await stream.receives((activity) => activity.type === 'typing');
    const polled = await ask(local.channel, 'GET', '/v3/directline/conversations/ana/activities');
    expect(polled.body.activities).toEqual([]);
  });

  it('replays what came after the watermark when a client comes back', async () => {
    const id = await install(local.channel, 'ana');
    for (const text of ['one', 'two', 'three']) await send(local.channel, id, text);
    const back = await ask(local.channel, 'GET', '/v3/directline/conversations/ana?watermark=1');
    const stream = await follow(back.body.streamUrl);
    await stream.receives((activity) => activity.text === 'three');
    expect(stream.activities.map((activity) => activity.text)).toEqual(['two', 'three']);
    const polled = await ask(local.channel, 'GET', '/v3/directline/conversations/ana/activities?watermark=2');
    expect(polled.body).toMatchObject({ activities: [{ text: 'three' }], watermark: '3' });
  });

  it('replays nothing to a client that reconnects without a watermark', async () => {
    const id = await install(local.channel, 'ana');
    await send(local.channel, id, 'old');
    const stream = await follow(
      (await ask(local.channel, 'GET', '/v3/directline/conversations/ana')).body.streamUrl,
    );
    await send(local.channel, id, 'new');
    await stream.receives((activity) => activity.text === 'new');
    expect(stream.activities).toHaveLength(1);
  });

  it('shows an update in its place and takes a deleted message away', async () => {
    const id = await install(local.channel, 'ana');
    const first = await send(local.channel, id, 'first');
    const second = await send(local.channel, id, 'second');
    const stream = await follow((await open(local.channel, 'ana')).body.streamUrl);
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities`;
    await ask(local.channel, 'PUT', `${path}/${first.body.id}`, { type: 'message', text: 'first, better' });
    await ask(local.channel, 'DELETE', `${path}/${second.body.id}`);
    const before = await stream.receives((activity) => activity.text === 'first');
    const after = await stream.receives((activity) => activity.text === 'first, better');
    expect([after.id, after.timestamp]).toEqual([before.id, before.timestamp]);
    const gone = await stream.receives((activity) => activity.type === 'messageDelete');
    expect(gone.id).toBe(second.body.id);
    const polled = await ask(local.channel, 'GET', '/v3/directline/conversations/ana/activities');
    expect(polled.body.activities).toMatchObject([{ text: 'first, better' }]);
  });

  it('names what a message replies to only when the person can see it', async () => {
    local.bot.react = async (activity, bot) => {
      if (activity.type !== 'message') await bot.reply(activity, { text: 'welcome' });
      else await bot.reply(activity, { text: 'answer' });
      return undefined;
    };
    await install(local.channel, 'ana');
    const { body } = await say(local.channel, 'ana', 'question');
    const polled = await ask(local.channel, 'GET', '/v3/directline/conversations/ana/activities');
    const [welcome, , , answer] = Object.values(polled.body.activities ?? {});
    expect(welcome).not.toHaveProperty('replyToId');
    expect(answer).toMatchObject({ text: 'answer', replyToId: body.id });
  });

  it('shows the others in a group as somebody else', async () => {
    await say(local.channel, 'group', { type: 'message', text: 'mine', from: { id: 'ana' } });
    await say(local.channel, 'group', { type: 'message', text: 'his', from: { id: 'ben' } });
    const bens = await open(local.channel, 'ben', 'group');
    const polled = await ask(
      local.channel,
      'GET',
      '/v3/directline/conversations/group/activities',
      undefined,
      {
        Authorization: `Bearer ${bens.body.token}`,
      },
    );
    expect(polled.body.activities).toMatchObject([
      { text: 'mine', from: { name: 'Ana Sousa', role: 'bot' } },
      { text: 'his', from: { name: 'Ben Carter', role: 'user' } },
    ]);
  });

  it('calls a guest who came without a name as they say with their first message', async () => {
    const { body } = await ask(local.channel, 'POST', '/v3/directline/conversations', {});
    const path = `/v3/directline/conversations/${body.conversationId}/activities`;
    const bearer = { Authorization: `Bearer ${body.token}` };
    const says = (name: string) =>
      ask(local.channel, 'POST', path, { type: 'message', text: 'hi', from: { id: 'kim', name } }, bearer);
    await says('Kim Lee');
    await says('Somebody Else');
    const { activities } = (await ask(local.channel, 'GET', path, undefined, bearer)).body;
    expect(activities).toMatchObject([{ from: { name: 'Kim Lee' } }, { from: { name: 'Kim Lee' } }]);
  });

  it('knows a guest again by their id', async () => {
    const first = await open(local.channel, 'dl_zoë 1');
    await say(local.channel, String(first.body.conversationId), 'hello');
    expect(await local.bot.receivesText('hello')).toMatchObject({ from: { id: 'dl_zoë 1' } });
    const again = await open(local.channel, 'dl_zoë 1');
    expect([again.status, again.body.conversationId]).toEqual([200, first.body.conversationId]);
  });

  it('hands uploaded files to the bot', async () => {
    await install(local.channel, 'ana');
    const form = new FormData();
    form.append('activity', new Blob([JSON.stringify({ type: 'message', text: 'see file' })]));
    form.append('file', new Blob(['a,b\n1,2\n'], { type: 'text/csv' }), 'report.csv');
    const url = new URL('/v3/directline/conversations/ana/upload?userId=ana', local.channel.url);
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(200);
    const activity = await local.bot.receivesText('see file');
    const [file] = activity.attachments as { name: string; contentUrl: string }[]; // As the upload named them.
    expect(file?.name).toBe('report.csv');
    expect(await (await fetch(String(file?.contentUrl))).text()).toBe('a,b\n1,2\n');
  });
});

describe('a message that the bot does not take', () => {
  it.each([
    ['answers 500', { status: 500 }, /answered 500/],
    ['refuses it', { status: 401 }, /answered 401/],
    ['breaks the connection', 'reset', /cannot be reached/],
  ] as const)('is a 502 for the page and marked in the chat when the bot %s', async (_, answer, reason) => {
    await install(local.channel, 'ana');
    local.bot.react = () => answer;
    const failed = await say(local.channel, 'ana', 'hello');
    expect([failed.status, failed.body.error?.code]).toEqual([502, 'BotError']);
    expect(failed.body.error?.message).toMatch(reason);
    expect(local.channel.transcript('ana')).toMatchObject([{ text: 'hello', undelivered: true }]);
    const polled = await ask(local.channel, 'GET', '/v3/directline/conversations/ana/activities');
    expect(polled.body.activities).toMatchObject([{ text: 'hello', channelData: { undelivered: true } }]);
  });

  it('keeps its activity id when it is sent again, and is there once', async () => {
    await install(local.channel, 'ana');
    const activity = {
      type: 'message',
      text: 'hello',
      channelData: { clientActivityID: 'a1', retryKey: 'r1' },
    };
    local.bot.react = () => ({ status: 503 });
    await say(local.channel, 'ana', activity);
    local.bot.react = () => undefined;
    const again = { ...activity, channelData: { clientActivityID: 'a2', retryKey: 'r1' } };
    expect((await say(local.channel, 'ana', again)).status).toBe(200);
    const [first, second] = local.bot.received.filter((received) => received.type === 'message');
    expect(second?.id).toBe(first?.id);
    expect(second?.channelData).not.toHaveProperty('retryKey');
    const [entry, ...others] = local.channel.transcript('ana');
    expect([entry?.undelivered, others]).toEqual([undefined, []]);
  });

  it('is posted once more when no answer comes in time, and given up after that', async () => {
    await install(local.channel, 'ana');
    local.bot.react = () => 'hang';
    const failed = await say(local.channel, 'ana', 'hello');
    expect(failed.status).toBe(504);
    const ids = local.bot.received
      .filter((activity) => activity.text === 'hello')
      .map((activity) => activity.id);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  it('is delivered when the second post is answered', async () => {
    await install(local.channel, 'ana');
    local.bot.react = (_, bot) => (bot.received.length % 2 === 1 ? 'hang' : undefined);
    expect((await say(local.channel, 'ana', 'hello')).status).toBe(200);
    expect(local.channel.transcript('ana')[0]).not.toHaveProperty('undelivered');
  });
});

describe('a request that Direct Line refuses', () => {
  it('names a conversation that is not there', async () => {
    expect((await say(local.channel, 'nobody', 'hello')).status).toBe(404);
  });

  it('comes from somebody who is not in the conversation', async () => {
    const answer = await say(local.channel, 'ana', { type: 'message', text: 'x', from: { id: 'ben' } });
    expect(answer.status).toBe(403);
    expect(texts(local.channel, 'ana')).toEqual([]);
  });

  it('opens a stream without a token', async () => {
    const stream = new Stream(
      `${local.channel.url.replace('http', 'ws')}/v3/directline/conversations/ana/stream`,
    );
    await expect(stream.opened()).rejects.toThrow('refused');
  });

  it('is not JSON, or not an activity', async () => {
    const path = '/v3/directline/conversations/ana/activities';
    expect((await ask(local.channel, 'POST', path, '{')).body.error?.code).toBe('BadSyntax');
    expect((await ask(local.channel, 'POST', path, { text: 5 })).body.error?.code).toBe('BadArgument');
  });
});

describe('a page in the browser', () => {
  const preflight = { 'Access-Control-Request-Method': 'POST' };

  it('may use Direct Line when this machine serves it', async () => {
    const headers = { Origin: 'http://localhost:3000', ...preflight };
    const answer = await options('/v3/directline/conversations', headers);
    expect(answer).toMatchObject({ status: 204, allowed: 'http://localhost:3000' });
  });

  it('may not when it belongs to any other site', async () => {
    const headers = { Origin: 'https://evil.example' };
    expect(await options('/v3/directline/conversations', headers)).toMatchObject({
      status: 403,
      allowed: undefined,
    });
    expect((await ask(local.channel, 'POST', '/faults', { kind: '429' }, headers)).status).toBe(403);
    expect(await idOf(local.channel, 'ana')).toMatch(/^a:/);
  });

  function options(path: string, headers: Record<string, string>) {
    // fetch does not let a caller choose its origin; a plain request does.
    return new Promise((resolve, reject) => {
      const req = request(new URL(path, local.channel.url), { method: 'OPTIONS', headers }, (res) => {
        res.resume();
        resolve({ status: res.statusCode, allowed: res.headers['access-control-allow-origin'] });
      });
      req.on('error', reject);
      req.end();
    });
  }
});
