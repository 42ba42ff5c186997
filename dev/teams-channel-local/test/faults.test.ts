import { describe, expect, it, vi } from 'vitest';
import type { FaultRequest } from '../faults/fault.ts';
import { ask, install, say, send, texts } from './client.ts';
import { channelWithBot } from './fixture.ts';

const local = channelWithBot();

/** The code of a broken connection, however the client words it. */
async function failureOf(sending: Promise<unknown>): Promise<unknown> {
  const error: unknown = await sending.then(
    () => new Error('It was answered.'),
    (reason: unknown) => reason,
  );
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause ? cause.code : error;
}

describe('a fault on changes alone', () => {
  it.each([
    ['update', 'PUT'],
    ['delete', 'DELETE'],
  ] as const)('%s meets no send and the next %s', async (on, method) => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: '429', on, count: 1 });
    const sent = await send(local.channel, id, 'hello');
    expect(sent.status).toBe(201);
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities/${sent.body.id}`;
    const change = () => ask(local.channel, method, path, { type: 'message', text: 'changed' });
    expect((await change()).status).toBe(429);
    expect((await change()).status).toBe(200);
  });
});

describe('a fault with a status', () => {
  it.each([
    ['401', 'BotNotRegistered'],
    ['403', 'ConversationBlockedByUser'],
    ['404', 'ConversationNotFound'],
    ['412', 'PreconditionFailed'],
    ['413', 'MessageSizeTooBig'],
    ['429', 'Throttled'],
    ['500', 'ServiceError'],
    ['502', 'ServiceError'],
    ['503', 'ServiceUnavailable'],
    ['504', 'GatewayTimeout'],
  ] as const)('%s says %s and shows the person nothing', async (kind, code) => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind });
    const answer = await send(local.channel, id, 'hello');
    expect([answer.status, answer.body.error?.code]).toEqual([Number(kind), code]);
    expect(answer.headers.get('retry-after')).toBeNull();
    expect(local.channel.transcript('ana')).toEqual([]);
  });

  it.each(['500', '502', '503', '504'] as const)('%s may have been shown nevertheless', async (kind) => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind, shown: true, count: 1 });
    expect((await send(local.channel, id, 'hello')).status).toBe(Number(kind));
    expect(texts(local.channel, 'ana')).toEqual(['hello']);
  });

  it('carries Retry-After when asked to', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: '429', retryAfterSeconds: 7 });
    expect((await send(local.channel, id, 'hello')).headers.get('retry-after')).toBe('7');
  });

  it('carries another code, and MessageWritesBlocked as the sub-code that it is', async () => {
    const id = await install(local.channel, 'ana');
    const first = local.channel.fault({ kind: '403', code: 'BotDisabledByAdmin' });
    expect((await send(local.channel, id, 'x')).body.error?.code).toBe('BotDisabledByAdmin');
    local.channel.clearFaults(first);
    local.channel.fault({ kind: '403', code: 'MessageWritesBlocked' });
    expect((await send(local.channel, id, 'x')).body).toMatchObject({
      error: { code: 'ConversationBlockedByUser', subCode: 'MessageWritesBlocked' },
    });
  });
});

describe('refusals that pass, as Teams words them', () => {
  it.each([
    [
      { kind: '401', code: 'AuthorizationDenied' },
      { message: 'Authorization has been denied for this request.' },
    ],
    [{ kind: '403', code: 'ServiceError' }, { error: { code: 'ServiceError', message: 'Unknown' } }],
    [
      { kind: '403', code: 'BadArgument' },
      { error: { code: 'BadArgument', message: 'Failed to decrypt conversation id' } },
    ],
  ] as const)('%j', async (fault, body) => {
    const id = await install(local.channel, 'ana');
    local.channel.fault(fault);
    const answer = await send(local.channel, id, 'hello');
    expect([answer.status, answer.body]).toEqual([Number(fault.kind), body]);
    expect(local.channel.transcript('ana')).toEqual([]);
  });
});

describe('a fault of the connection', () => {
  it('resets before reading: nothing is shown', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'reset' });
    expect(await failureOf(send(local.channel, id, 'hello'))).toBe('ECONNRESET');
    expect(local.channel.transcript('ana')).toEqual([]);
    await vi.waitFor(() => expect(local.channel.stats().statuses).toEqual({ reset: 1 }));
  });

  it('resets after the message was shown', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'reset-after' });
    expect(await failureOf(send(local.channel, id, 'hello'))).toBe('ECONNRESET');
    expect(texts(local.channel, 'ana')).toEqual(['hello']);
  });

  it.each([
    [true, ['hello']],
    [false, []],
  ])('hangs, with the message shown: %s', async (shown, expected) => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'hang', shown, delayMs: 50 });
    expect(await failureOf(send(local.channel, id, 'hello'))).toBe('ECONNRESET');
    expect(texts(local.channel, 'ana')).toEqual(expected);
    await vi.waitFor(() => expect(local.channel.stats().statuses).toEqual({ hang: 1 }));
  });

  it('hangs until the caller gives up', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'hang' });
    const url = new URL(`/v3/conversations/${encodeURIComponent(id)}/activities`, local.channel.url);
    const signal = AbortSignal.timeout(60);
    const waiting = fetch(url, { method: 'POST', body: JSON.stringify({ type: 'message' }), signal });
    await expect(waiting).rejects.toThrow(/abort|timeout/i);
  });

  it('hangs, and the channel closes all the same', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'hang' });
    const failure = failureOf(send(local.channel, id, 'hello'));
    await vi.waitFor(() => expect(local.channel.stats().faults).toEqual({ hang: 1 }));
    await local.restart();
    expect(await failure).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  });
});

describe('a fault that answers 200 or sends elsewhere', () => {
  it('answers with something that is not JSON', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'garbage' });
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities`;
    const body = JSON.stringify({ type: 'message', text: 'hello' });
    const answer = await fetch(new URL(path, local.channel.url), { method: 'POST', body });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toMatch(/^<html>/);
    expect(texts(local.channel, 'ana')).toEqual(['hello']);
  });

  it('answers with an id of 900 kB', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'huge-id' });
    const answer = await send(local.channel, id, 'hello');
    expect([answer.status, answer.body.id?.length]).toEqual([200, 900_000]);
    expect(texts(local.channel, 'ana')).toEqual(['hello']);
  });

  it('answers without an end, until the caller goes', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'trickle' });
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities`;
    const body = JSON.stringify({ type: 'message', text: 'hello' });
    const caller = new AbortController();
    const { signal } = caller;
    const answer = await fetch(new URL(path, local.channel.url), { method: 'POST', body, signal });
    expect(answer.status).toBe(200);
    expect(texts(local.channel, 'ana')).toEqual(['hello']);
    const reader = answer.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    caller.abort();
    await expect(reader?.read()).rejects.toThrow();
    await vi.waitFor(() => expect(local.channel.stats().statuses).toMatchObject({ 200: 1 }));
  });

  it('takes its time, and the message with it', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'slow', delayMs: 30 });
    const sending = send(local.channel, id, 'hello');
    expect(local.channel.transcript('ana')).toEqual([]);
    expect((await sending).status).toBe(201);
    expect(texts(local.channel, 'ana')).toEqual(['hello']);
  });

  it('takes its time after the person has seen it', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'slow', shown: true, delayMs: 60_000 });
    const failure = failureOf(send(local.channel, id, 'hello'));
    await vi.waitFor(() => expect(texts(local.channel, 'ana')).toEqual(['hello']));
    await local.restart();
    expect(await failure).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  });

  it('redirects to another host, and tells who brings a token there', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: 'redirect' });
    const answer = await send(local.channel, id, 'hello');
    const location = String(answer.headers.get('location'));
    expect([answer.status, new URL(location).hostname]).toEqual([307, 'localhost']);
    await fetch(location.replace('localhost', '127.0.0.1'), {
      method: 'POST',
      headers: { Authorization: 'Bearer x' },
    });
    expect(local.channel.stats().redirects).toEqual({ followed: 1, withToken: 1 });
    expect(local.channel.transcript('ana')).toEqual([]);
  });
});

describe('where and how long a fault holds', () => {
  it('meets one conversation, named by id, key or thread, and no other', async () => {
    const [ana, ben, team] = [
      await install(local.channel, 'ana'),
      await install(local.channel, 'ben'),
      await install(local.channel, 'team'),
    ];
    for (const [conversation, target] of [
      [ana, ana],
      ['ana', ana],
      [`${team};messageid=1`, `${team};messageid=2`],
    ] as const) {
      const id = local.channel.fault({ kind: '412', conversation });
      expect((await send(local.channel, target, 'x')).status).toBe(412);
      expect((await send(local.channel, ben, 'x')).status).toBe(201);
      local.channel.clearFaults(id);
    }
  });

  it('meets as many requests as it says, then the next fault has its turn', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: '412', count: 2 });
    local.channel.fault({ kind: '503', count: 1 });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await send(local.channel, id, 'x')).status);
    expect(statuses).toEqual([412, 412, 503, 201]);
  });

  it('meets creations or questions about members when it is told to', async () => {
    const id = await install(local.channel, 'ana');
    local.channel.fault({ kind: '503', on: 'members' });
    local.channel.fault({ kind: '502', on: 'create', conversation: 'ana' });
    expect((await send(local.channel, id, 'x')).status).toBe(201);
    expect(
      (await ask(local.channel, 'GET', `/v3/conversations/${encodeURIComponent(id)}/members`)).status,
    ).toBe(503);
    const create = (who: string) =>
      ask(local.channel, 'POST', '/v3/conversations', { members: [{ id: who }] });
    expect((await create('ana')).status).toBe(502);
    expect((await create('ben')).status).toBe(403);
  });

  it('makes a person\u2019s message reach the bot twice, with one id', async () => {
    await install(local.channel, 'ana');
    local.channel.fault({ kind: 'resend', conversation: 'ana', count: 1 });
    await say(local.channel, 'ana', 'hello');
    const [first, second] = [await local.bot.receivesText('hello'), await local.bot.receivesText('hello', 2)];
    expect(second).toEqual(first);
    expect(texts(local.channel, 'ana')).toEqual(['hello']);
    await say(local.channel, 'ana', 'once');
    expect(local.bot.received.filter((activity) => activity.text === 'once')).toHaveLength(1);
  });
});

describe('POST /faults', () => {
  it('lists and removes what is in force', async () => {
    const first = await ask(local.channel, 'POST', '/faults', { kind: 429, retryAfterSeconds: 1 });
    expect(first.status).toBe(201);
    await ask(local.channel, 'POST', '/faults', { kind: 'slow' });
    const listed = await ask(local.channel, 'GET', '/faults');
    expect(listed.body).toMatchObject([{ id: first.body.id, kind: '429', applied: 0 }, { kind: 'slow' }]);
    expect((await ask(local.channel, 'DELETE', `/faults/${first.body.id}`)).status).toBe(204);
    expect((await ask(local.channel, 'DELETE', `/faults/${first.body.id}`)).status).toBe(404);
    await ask(local.channel, 'DELETE', '/faults');
    expect((await ask(local.channel, 'GET', '/faults')).body).toEqual([]);
  });

  it('says that it knows no such conversation, and puts nothing in force', async () => {
    const fault = { kind: '429', conversation: 'nowhere' } as const;
    const answer = await ask(local.channel, 'POST', '/faults', fault);
    expect([answer.status, answer.body.error]).toMatchObject([
      404,
      { code: 'NotFound', message: expect.stringContaining('"nowhere"') },
    ]);
    expect((await ask(local.channel, 'GET', '/faults')).body).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an unknown kind', { kind: '418' }, /Invalid option/],
    ['an unknown field', { kind: '429', retryAfter: 3 }, /Unrecognized key: "retryAfter"/],
    ['a count of nothing', { kind: '429', count: 0 }, />=1/],
  ])('refuses %s and says why', async (_, fault: Record<string, unknown>, reason) => {
    const answer = await ask(local.channel, 'POST', '/faults', fault as FaultRequest);
    expect(answer.status).toBe(400);
    expect(answer.body.error?.message).toMatch(reason);
  });
});
