import { describe, expect, it } from 'vitest';
import { ask, send } from './client.ts';
import { channelWithBot } from './fixture.ts';

const local = channelWithBot({ limits: { isEnforced: false } });

/** The lines of an answer. */
async function lines(method: string, path: string, body?: unknown): Promise<Record<string, unknown>[]> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const text = await (await fetch(new URL(path, local.channel.url), init)).text();
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('a load test', () => {
  it('gets as many conversations as it asks for, at once and without the bot', async () => {
    const references = await lines('POST', '/load/conversations', { count: 3000, prefix: 'crowd' });
    expect(references).toHaveLength(3000);
    expect(references[7]).toEqual({
      user: {
        id: '29:load_crowd_7',
        name: 'Load 7',
        aadObjectId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        role: 'user',
      },
      bot: { id: expect.any(String), name: 'Bot', role: 'bot' },
      conversation: { id: 'a:load_crowd_7', conversationType: 'personal', tenantId: expect.any(String) },
      channelId: 'msteams',
      locale: 'en-US',
      serviceUrl: `${local.channel.url}/`,
    });
    expect(new Set(references.map((reference) => JSON.stringify(reference.user))).size).toBe(3000);
    expect(local.bot.received).toEqual([]);
    expect(await lines('GET', '/load/conversations?prefix=crowd')).toEqual(references);
  });

  it('finds its people by their object ids, in their own crowd', async () => {
    for (const prefix of ['north', 'south']) {
      const references = await lines('POST', '/load/conversations', { count: 300, prefix });
      const { user } = references[299] as { user: { aadObjectId: string } };
      const answer = await ask(local.channel, 'POST', '/v3/conversations', {
        members: [{ id: user.aadObjectId }],
      });
      expect([answer.status, answer.body.id]).toEqual([201, `a:load_${prefix}_299`]);
    }
    const nobody = { members: [{ id: '00000000-0000-5000-a000-000000000001' }] };
    expect((await ask(local.channel, 'POST', '/v3/conversations', nobody)).status).toBe(400);
  });

  it('finds lost and repeated messages by their counts', async () => {
    await lines('POST', '/load/conversations', { count: 4 });
    await send(local.channel, 'a:load_bench_0', 'offer 1\nmore text');
    await send(local.channel, 'a:load_bench_1', 'offer 1');
    await send(local.channel, 'a:load_bench_1', 'offer 2');
    await send(local.channel, 'a:load_bench_1', 'offer 2');
    await send(local.channel, 'a:load_bench_2', { text: '', attachments: [{ content: 1 }] });
    const shown = await lines('GET', '/load/shown');
    expect(shown).toMatchObject([
      { conversation: 'a:load_bench_0', texts: { 'offer 1': 1 } },
      {
        conversation: 'a:load_bench_1',
        texts: { 'offer 1': 1, 'offer 2': 2 },
        last: expect.stringMatching(/^\w{16}$/),
      },
      { conversation: 'a:load_bench_2', texts: { [`sha256:${shown[2]?.last}`]: 1 } },
    ]);
    const { body } = await ask(local.channel, 'GET', '/transcript?summary=1');
    expect(body.load).toEqual({ conversations: 3, shown: 5, repeated: 1 });
    await ask(local.channel, 'DELETE', '/load/shown');
    expect(await lines('GET', '/load/shown')).toEqual([]);
  });

  it('can fail one of the crowd, let it block the bot, and ask for it by creation', async () => {
    await lines('POST', '/load/conversations', { count: 3 });
    local.channel.fault({ kind: '412', conversation: 'a:load_bench_0' });
    await ask(local.channel, 'POST', '/membership', { conversation: 'a:load_bench_1', action: 'block' });
    const statuses = [];
    for (const index of [0, 1, 2, 3])
      statuses.push((await send(local.channel, `a:load_bench_${index}`, 'x')).status);
    expect(statuses).toEqual([412, 403, 201, 404]);
    const create = await ask(local.channel, 'POST', '/v3/conversations', {
      members: [{ id: '29:load_bench_2' }],
    });
    expect(create.body.id).toBe('a:load_bench_2');
  });

  it('keeps a crowd as large as it ever was', async () => {
    await lines('POST', '/load/conversations', { count: 5 });
    expect(await lines('POST', '/load/conversations', { count: 2 })).toHaveLength(2);
    expect((await send(local.channel, 'a:load_bench_4', 'x')).status).toBe(201);
  });

  it('cannot ask for nonsense', async () => {
    expect((await ask(local.channel, 'POST', '/load/conversations', { count: 0 })).status).toBe(400);
    expect(
      (await ask(local.channel, 'POST', '/load/conversations', { count: 1, prefix: 'a_b' })).status,
    ).toBe(400);
    expect((await ask(local.channel, 'GET', '/load/conversations?prefix=none')).status).toBe(404);
  });
});
