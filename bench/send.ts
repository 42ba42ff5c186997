/**
 * CPU time of one proactive send, 16 at a time, against a connector in a process of its own: the adapter's turn with
 * the thin client, Bot Framework's adapter as it comes, and the floor, which is the same JSON through a bare pool.
 *
 *     node bench/send.ts [--quick]
 *
 * Prints JSON lines {"name","value","unit","floor","ratio"}; the value is the median of slices that take turns, so
 * that whatever else the machine does meets all of them alike.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AppCredentials, PasswordServiceClientCredentialFactory } from 'botframework-connector';
import { Pool } from 'undici';
import { toBotReference } from '../shared/adapters/bot/activity/bot-reference.ts';
import { createBot } from '../shared/adapters/bot/bot.ts';
import { type Duration, hours, seconds } from '../shared/domain/time.ts';
import { TrustedServiceUrls } from '../shared/domain/trusted-service-urls.ts';

const AT_ONCE = 16;
const APP_ID = '11111111-2222-4333-8444-555555555555';
const TOKEN = 'x'.repeat(1200);

/** A connector that answers at once. */
function serve(): void {
  const body = JSON.stringify({ id: '1700000000000' });
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(body);
    });
  });
  server.listen(0, '127.0.0.1', () => {
    // A listening TCP server has a port.
    process.send?.((server.address() as AddressInfo).port);
  });
  process.on('disconnect', () => process.exit(0));
}

async function measure({
  slices,
  sends,
}: {
  readonly slices: number;
  readonly sends: number;
}): Promise<void> {
  const connector = fork(process.argv[1] ?? '', ['--connector']);
  try {
    const [port] = await once(connector, 'message');
    await compare(`http://127.0.0.1:${port}`, { slices, sends });
  } finally {
    await end(connector);
  }
}

async function compare(
  serviceUrl: string,
  plan: { readonly slices: number; readonly sends: number },
): Promise<void> {
  const variants = [floor(serviceUrl), thin(serviceUrl), stock(serviceUrl)];
  const costs = new Map<string, number[]>();
  for (let slice = -2; slice < plan.slices; slice += 1) {
    for (const { name, send } of variants) {
      const cost = await cpuPerSend(send, plan.sends);
      // The first two warm the code up.
      if (slice >= 0) costs.set(name, [...(costs.get(name) ?? []), cost]);
    }
  }
  for (const { close } of variants) await close();

  const least = median(costs.get('send.floor') ?? []);
  for (const [name, values] of costs) {
    const value = median(values);
    const line = {
      name,
      value: round(value),
      unit: 'us CPU',
      floor: round(least),
      ratio: round(value / least),
    };
    console.log(JSON.stringify(line));
  }
}

interface Variant {
  readonly name: string;
  readonly send: () => Promise<unknown>;
  readonly close: () => Promise<void>;
}

const reference = (serviceUrl: string) => ({
  channelId: 'msteams',
  serviceUrl,
  conversationId: 'a:1pL6i0oY3C0K8oAj8bQ',
  conversationType: 'personal' as const,
  tenantId: 'tenant',
  bot: { id: '28:bot', name: 'Notifier' },
  user: { id: '29:ada', name: 'Ada', aadObjectId: 'object-of-ada' },
});
const message = { text: 'Build #42 of **web** failed on `main`.' };

function floor(serviceUrl: string): Variant {
  const pool = new Pool(serviceUrl, { pipelining: 1 });
  const { conversationId, ...rest } = reference(serviceUrl);
  const path = `/v3/conversations/${encodeURIComponent(conversationId)}/activities`;
  return {
    name: 'send.floor',
    async send() {
      const answer = await pool.request({
        path,
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
        body: JSON.stringify({ type: 'message', ...message, ...rest, conversation: { id: conversationId } }),
      });
      await answer.body.json();
    },
    close: () => pool.close(),
  };
}

function thin(serviceUrl: string): Variant {
  const trusted = TrustedServiceUrls.parse(undefined, { loopback: true });
  const ignore = () => undefined;
  const bot = createBot({
    identity: { appId: APP_ID, appType: 'UserAssignedMSI' },
    trustedServiceUrls: trusted.ok ? trusted.value : TrustedServiceUrls.none,
    sendTimeout: seconds(15),
    allowUnauthenticated: false,
    credential: { getToken: async () => ({ token: TOKEN, expiresOnTimestamp: Date.now() + hours(1) }) },
    clock: { now: () => Date.now() },
    log: { info: ignore, warn: ignore, error: ignore },
  });
  return {
    name: 'send.thin',
    async send() {
      const result = await bot.messenger.send(reference(serviceUrl), message);
      if (result.kind !== 'sent') throw new Error(`the send failed: ${JSON.stringify(result)}`);
    },
    close: () => bot.close(),
  };
}

/** As Bot Framework's documentation has it, with an app password; only the token comes from here. */
function stock(serviceUrl: string): Variant {
  class FixedCredentials extends AppCredentials {
    protected override async refreshToken() {
      return { accessToken: TOKEN, expiresOn: new Date(Date.now() + hours(2)) };
    }
  }
  class FixedFactory extends PasswordServiceClientCredentialFactory {
    override async createCredentials(appId: string, audience: string) {
      return new FixedCredentials(appId, undefined, audience);
    }
  }
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {},
    new FixedFactory(APP_ID, 'password'),
  );
  const adapter = new CloudAdapter(authentication);
  const botReference = toBotReference(reference(serviceUrl));
  return {
    name: 'send.stock',
    send: () =>
      adapter.continueConversationAsync(APP_ID, botReference, async (context) => {
        await context.sendActivity({ type: 'message', ...message });
      }),
    close: async () => undefined,
  };
}

/** Microseconds of this process's CPU time a send. */
async function cpuPerSend(send: () => Promise<unknown>, sends: number): Promise<Duration> {
  let left = sends;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await send();
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / sends;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.disconnect();
  await once(child, 'exit');
}

if (process.argv.includes('--connector')) serve();
else await measure(process.argv.includes('--quick') ? { slices: 5, sends: 200 } : { slices: 15, sends: 800 });
