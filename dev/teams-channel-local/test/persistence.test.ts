import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningChannel, startChannel } from '../channel.ts';
import { ask, idOf, install, open, say, send, texts } from './client.ts';
import { channelWithBot } from './fixture.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'channel-'));
const file = join(dataDir, 'channel.jsonl');
afterAll(() => rmSync(dataDir, { recursive: true }));

describe('a channel with a data folder', () => {
  beforeEach(() => writeFileSync(file, ''));
  const local = channelWithBot({ dataDir, limits: { isEnforced: false } });

  it('remembers messages, updates, deletions and who hears whom', async () => {
    const id = await install(local.channel, 'ana');
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities`;
    const first = await send(local.channel, id, 'first');
    const second = await send(local.channel, id, 'second');
    await say(local.channel, 'ana', 'and I');
    await ask(local.channel, 'PUT', `${path}/${first.body.id}`, { type: 'message', text: 'first, better' });
    await ask(local.channel, 'DELETE', `${path}/${second.body.id}`);
    await ask(local.channel, 'POST', '/membership', { conversation: 'ana', action: 'block' });
    await ask(local.channel, 'POST', '/membership', { conversation: 'ben', action: 'install' });
    await ask(local.channel, 'POST', '/membership', { conversation: 'ben', action: 'uninstall' });
    const before = local.channel.transcript('ana');
    for (let life = 0; life < 2; life++) {
      await local.restart();
      expect(local.channel.transcript('ana')).toEqual(before);
      expect((await send(local.channel, id, 'x')).body.error?.code).toBe('ConversationBlockedByUser');
      expect((await say(local.channel, 'ben', 'x')).body.error?.code).toBe('BotNotInstalled');
    }
  });

  it('does not tell the bot again that it was added', async () => {
    await install(local.channel, 'ana');
    const before = local.bot.received.length;
    await local.restart();
    await say(local.channel, 'ana', 'hello');
    expect(local.bot.types().slice(before)).toEqual(['message']);
  });

  it('remembers guests and conversations with ids of their own', async () => {
    const guest = await open(local.channel, 'dl_zoë');
    await ask(local.channel, 'POST', '/conversations', { id: 'odd/😀', members: ['dl_eve'] });
    await ask(local.channel, 'POST', '/membership', { conversation: 'odd/😀', action: 'install' });
    await send(local.channel, 'odd/😀', 'hello Eve');
    const key = String(guest.body.conversationId);
    const id = await idOf(local.channel, encodeURIComponent(key));
    await local.restart();
    expect(texts(local.channel, 'odd/😀')).toEqual(['hello Eve']);
    expect((await open(local.channel, 'dl_zoë')).body.conversationId).toBe(key);
    expect(await idOf(local.channel, encodeURIComponent(key))).toBe(id);
    expect((await open(local.channel, 'dl_eve')).status).toBe(200);
    expect((await send(local.channel, 'odd/😀', 'again')).status).toBe(201);
  });

  it('gives no activity id twice', async () => {
    const id = await install(local.channel, 'ana');
    const ids = new Set();
    for (let life = 0; life < 3; life++) {
      for (let i = 0; i < 20; i++) ids.add((await send(local.channel, id, 'x')).body.id);
      await local.restart({ now: () => 1_000_000 });
    }
    expect(ids.size).toBe(60);
  });

  it('drops the torn last line that a killed process leaves', async () => {
    const id = await install(local.channel, 'ana');
    await send(local.channel, id, 'whole');
    await local.channel.close();
    appendFileSync(file, '{"t":"entry","c":"');
    await local.restart();
    expect(texts(local.channel, 'ana')).toEqual(['whole']);
    await send(local.channel, id, 'after');
    await local.restart();
    expect(texts(local.channel, 'ana')).toEqual(['whole', 'after']);
  });

  it('says how many lines it could not read, and keeps the rest', async () => {
    const id = await install(local.channel, 'ana');
    await send(local.channel, id, 'whole');
    await local.channel.close();
    writeFileSync(file, `no json\n{"t":"unknown"}\n${readFileSync(file, 'utf8')}`);
    const complaint = vi.spyOn(console, 'error').mockReturnValue();
    await local.restart();
    expect(complaint).toHaveBeenCalledWith(expect.stringMatching(/^2 lines/));
    complaint.mockRestore();
    expect(texts(local.channel, 'ana')).toEqual(['whole']);
  });

  it('begins each life with a file that holds only what is still true', async () => {
    const id = await install(local.channel, 'ana');
    const path = `/v3/conversations/${encodeURIComponent(id)}/activities`;
    const { body } = await send(local.channel, id, 'draft 0');
    for (let i = 1; i <= 50; i++) {
      await ask(local.channel, 'PUT', `${path}/${body.id}`, { type: 'message', text: `draft ${i}` });
    }
    expect(lines()).toBeGreaterThan(50);
    await local.restart();
    expect(lines()).toBe(2);
    expect(texts(local.channel, 'ana')).toEqual(['draft 50']);
  });

  it('leaves the data alone when the port is taken', async () => {
    const id = await install(local.channel, 'ana');
    const second = startChannel({ botUrl: local.bot.url, dataDir, port: local.channel.port });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await send(local.channel, id, 'still kept');
    await local.restart();
    expect(texts(local.channel, 'ana')).toEqual(['still kept']);
  });

  it('remembers a load test\u2019s people and what they were shown', async () => {
    await makeCrowd(local.channel, 5);
    await send(local.channel, 'a:load_bench_3', 'once');
    await send(local.channel, 'a:load_bench_3', 'twice');
    await send(local.channel, 'a:load_bench_3', 'twice');
    await local.restart();
    expect((await send(local.channel, 'a:load_bench_4', 'x')).status).toBe(201);
    expect((await send(local.channel, 'a:load_bench_5', 'x')).status).toBe(404);
    const shown = await (await fetch(new URL('/load/shown', local.channel.url))).text();
    expect(shown.split('\n')[0]).toContain('"texts":{"once":1,"twice":2}');
  });

  async function makeCrowd(channel: RunningChannel, count: number): Promise<void> {
    const body = JSON.stringify({ count });
    await (await fetch(new URL('/load/conversations', channel.url), { method: 'POST', body })).text();
  }

  function lines(): number {
    return readFileSync(file, 'utf8').split('\n').length - 1;
  }
});

describe('a channel without a data folder', () => {
  const local = channelWithBot();

  it('begins with nothing', async () => {
    const id = await install(local.channel, 'ana');
    await send(local.channel, id, 'x');
    await local.restart();
    expect(local.channel.transcript('ana')).toEqual([]);
    expect((await send(local.channel, id, 'x')).body.error?.code).toBe('BotNotInConversationRoster');
  });
});
