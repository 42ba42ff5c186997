import { WebSocket } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ask, install, send } from './client.ts';
import { channelWithBot } from './fixture.ts';

let token: string | undefined;
const local = channelWithBot({ authorize: async () => token });

interface State {
  readonly life: string;
  readonly bot: { readonly isReachable?: boolean; readonly lastError?: string };
  readonly conversation: { readonly roster: string; readonly isBlocked: boolean };
  readonly faults: readonly { readonly kind: string; readonly isHere: boolean }[];
  readonly stats: { readonly shown: number };
}

/** What a page hears beside its chat; each call gives the first state from now on that fits. */
function watch(conversation: string) {
  const states: State[] = [];
  let wake = () => {};
  const socket = new WebSocket(
    `${local.channel.url.replace('http', 'ws')}/live?conversation=${conversation}`,
  );
  const closed = new Promise((resolve) => socket.addEventListener('close', resolve));
  socket.addEventListener('message', ({ data }) => {
    states.push(JSON.parse(String(data)));
    wake();
  });
  onTestFinished(async () => {
    socket.close();
    await closed;
  });
  return async (matches: (state: State) => boolean): Promise<State> => {
    for (;;) {
      const found = states.find(matches);
      if (found) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}

describe('a page', () => {
  it('hears of faults, counters and who hears whom, without asking', async () => {
    const id = await install(local.channel, 'ana');
    const hears = watch('ana');
    await hears((state) => state.conversation.roster === 'installed' && state.faults.length === 0);
    await ask(local.channel, 'POST', '/faults', { kind: 'slow', conversation: 'ana' });
    await ask(local.channel, 'POST', '/faults', { kind: '429', conversation: 'ben' });
    const state = await hears(({ faults }) => faults.length === 2);
    expect(state.faults).toMatchObject([
      { kind: 'slow', isHere: true },
      { kind: '429', isHere: false },
    ]);
    await ask(local.channel, 'DELETE', '/faults');
    await send(local.channel, id, 'x');
    await hears(({ stats }) => stats.shown === 1);
    await ask(local.channel, 'POST', '/membership', { conversation: 'ana', action: 'block' });
    await hears(({ conversation }) => conversation.isBlocked);
  });

  it('hears that the bot is away, and that it is back', async () => {
    const { port } = local.bot;
    const hears = watch('ana');
    await hears(({ bot }) => bot.isReachable === true);
    await local.bot.close();
    await hears(({ bot }) => bot.isReachable === false);
    const { Bot } = await import('./bot.ts');
    local.bot = await Bot.start(port);
    const hearsAgain = watch('ana');
    await hearsAgain(({ bot }) => bot.isReachable === true);
  });

  it('gets its files from here alone, under a policy that says so', async () => {
    const page = await fetch(new URL('/?user=ana', local.channel.url));
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => String(path));
    expect(named.length).toBeGreaterThan(4);
    for (const path of named) {
      expect(path).toMatch(/^\/page\//);
      expect((await fetch(new URL(path, local.channel.url))).status, path).toBe(200);
    }
    expect((await fetch(new URL('/page/assets.ts', local.channel.url))).status).toBe(404);
    expect((await ask(local.channel, 'GET', '/webchat.js')).body.error?.message).toContain('--webchat FILE');
  });
});

describe('a post to the bot', () => {
  it('carries the token that the channel was given, and none when it was given none', async () => {
    token = 'signed.for.tests';
    await install(local.channel, 'ana');
    expect(new Set(local.bot.authorizations)).toEqual(new Set(['Bearer signed.for.tests']));
    token = undefined;
    await install(local.channel, 'ben');
    expect(local.bot.authorizations.at(-1)).toBeUndefined();
  });
});
