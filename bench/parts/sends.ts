import { Agent, request as httpRequest } from 'node:http';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AppCredentials, PasswordServiceClientCredentialFactory } from 'botframework-connector';
import { Pool } from 'undici';
import { toBotReference } from '../../shared/adapters/bot/activity/bot-reference.ts';
import { createBot } from '../../shared/adapters/bot/bot.ts';
import { TrustedServiceUrls } from '../../shared/domain/conversation/trusted-service-urls.ts';
import { hours, seconds } from '../../shared/domain/time.ts';
import type { Variant } from './slices.ts';

const APP_ID = '11111111-2222-4333-8444-555555555555';
/** As long as a real one. */
const TOKEN = 'x'.repeat(1200);

const message = { text: 'Build #42 of **web** failed on `main`.' };

function reference(serviceUrl: string) {
  return {
    channelId: 'msteams',
    serviceUrl,
    conversationId: 'a:1pL6i0oY3C0K8oAj8bQ',
    conversationType: 'personal' as const,
    tenantId: 'tenant',
    bot: { id: '28:bot', name: 'Notifier' },
    user: { id: '29:ada', name: 'Ada', aadObjectId: 'object-of-ada' },
  };
}

/** The activity as JSON, and where it is posted to. */
function post(serviceUrl: string) {
  const { conversationId, ...rest } = reference(serviceUrl);
  return {
    path: `/v3/conversations/${encodeURIComponent(conversationId)}/activities`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    activity: { type: 'message', ...message, ...rest, conversation: { id: conversationId } },
  };
}

/** The same JSON through a bare pool of `undici`. */
export function poolSends(serviceUrl: string): Variant {
  const pool = new Pool(serviceUrl, { pipelining: 1 });
  const { path, headers, activity } = post(serviceUrl);
  return {
    name: 'pool',
    async once() {
      const answer = await pool.request({ path, method: 'POST', headers, body: JSON.stringify(activity) });
      await answer.body.json();
    },
    close: () => pool.close(),
  };
}

/** The same JSON through Node's own client with a keep-alive agent. */
export function keepAliveSends(serviceUrl: string): Variant {
  const agent = new Agent({ keepAlive: true });
  const { path, headers, activity } = post(serviceUrl);
  return {
    name: 'keep-alive',
    once: () =>
      new Promise((resolve, reject) => {
        const body = Buffer.from(JSON.stringify(activity));
        const asked = httpRequest(
          `${serviceUrl}${path}`,
          { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
          (answer) => {
            let text = '';
            answer.setEncoding('utf8').on('data', (part: string) => {
              text += part;
            });
            answer.on('end', () => resolve(JSON.parse(text)));
          },
        );
        asked.on('error', reject).end(body);
      }),
    close: async () => agent.destroy(),
  };
}

/** The product's own messenger: an adapter's turn with the thin client. */
export function thinSends(serviceUrl: string): Variant {
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
    name: 'thin',
    async once() {
      const result = await bot.messenger.send(reference(serviceUrl), message);
      if (result.kind !== 'sent') throw new Error(`the send failed: ${JSON.stringify(result)}`);
    },
    close: () => bot.close(),
  };
}

/** As Bot Framework's documentation has it, with an app password: a new client each turn. Only the token comes from here. */
export function stockSends(serviceUrl: string): Variant {
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
    name: 'stock',
    once: () =>
      adapter.continueConversationAsync(APP_ID, botReference, async (context) => {
        await context.sendActivity({ type: 'message', ...message });
      }),
    close: async () => undefined,
  };
}
