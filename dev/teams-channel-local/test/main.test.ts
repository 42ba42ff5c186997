import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { parseChannelOptions } from '../options.ts';
import { Bot } from './bot.ts';
import { ask, install, send } from './client.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const children: ChildProcess[] = [];
const bots: Bot[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const bot of bots.splice(0)) await bot.close();
});

function run(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return { child, ended: once(child, 'exit'), said: text(child.stderr), printed: child.stdout };
}

/** Waits for the line that says on which port the channel listens. */
async function ready(started: ReturnType<typeof run>): Promise<{ url: string; port: number }> {
  const [line] = await once(started.printed.setEncoding('utf8'), 'data');
  const { ready: isReady, port } = JSON.parse(line);
  expect(isReady).toBe(true);
  return { url: `http://127.0.0.1:${port}`, port };
}

describe('the channel as a process', () => {
  it('prints one line when it is ready, and ends at once when told to', async () => {
    const started = run('--port', '0');
    const { url } = await ready(started);
    expect((await ask({ url }, 'GET', '/stats')).status).toBe(200);
    started.child.kill('SIGTERM');
    expect(await started.ended).toEqual([0, null]);
  });

  it('names the port that is taken and the option, and fails', async () => {
    const { port } = await ready(run('--port', '0'));
    const second = run('--port', String(port));
    expect(await second.ended).toEqual([1, null]);
    expect(await second.said).toBe(
      `Port ${port} is taken: end what listens there, or choose another with --port.\n`,
    );
  });

  it('has kept every message that it answered for when it is killed', async () => {
    const data = mkdtempSync(join(tmpdir(), 'channel-'));
    const bot = await Bot.start();
    bots.push(bot);
    const first = run('--port', '0', '--data', data, '--bot-url', bot.url);
    const channel = await ready(first);
    const id = await install(channel, 'ana');
    await send(channel, id, 'answered for');
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await ready(run('--port', '0', '--data', data, '--bot-url', bot.url));
    const { body } = await ask(second, 'GET', '/transcript?conversation=ana');
    expect(body.shown).toMatchObject([{ text: 'answered for' }]);
    rmSync(data, { recursive: true });
  });

  it('fails with one line for an option that it does not know', async () => {
    const started = run('--prot', '1');
    expect(await started.ended).toEqual([2, null]);
    expect(await started.said).toMatch(/^Unknown option '--prot'.*--help lists the options\.\n$/);
  });
});

describe('the command line', () => {
  it('has Teams\u2019 limits unless it says otherwise', () => {
    expect(parseChannelOptions([])).toMatchObject({ port: 56_150, limits: {} });
    const args = [
      '--requests-per-second',
      '10',
      '--thread-limits',
      '1/2s',
      '--no-limits',
      '--max-message-bytes',
      '9',
    ];
    expect(parseChannelOptions(args)?.limits).toEqual({
      isEnforced: false,
      requestsPerSecond: 10,
      threadRules: [{ count: 1, windowMs: 2000 }],
      maxMessageBytes: 9,
    });
    expect(parseChannelOptions(['--help'])).toBeUndefined();
    expect(parseChannelOptions(['--link', 'Console=http://127.0.0.1:1/a=b'])?.links).toEqual([
      { name: 'Console', url: 'http://127.0.0.1:1/a=b' },
    ]);
  });

  it.each([
    [['--link', 'http://127.0.0.1/'], '--link must be a name and an http(s) URL'],
    [['--port', '70000'], /--port must be a whole number from 0 to 65535, not "70000"/],
    [['--bot-url', 'ftp://x'], /--bot-url must be an http\(s\) URL/],
    [['--thread-limits', '7 per second'], /--thread-limits: "7 per second" is no limit/],
    [['extra'], /Unexpected argument 'extra'/],
  ])('refuses %j', (args, reason) => {
    expect(() => parseChannelOptions(args)).toThrow(reason);
  });
});
