import { Agent, request as httpRequest } from 'node:http';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AppCredentials, PasswordServiceClientCredentialFactory } from 'botframework-connector';
import { Pool } from 'undici';
import { hours } from '../../shared/domain/time.ts';
import { APP_ID, message, reference, TOKEN } from './message.ts';
import type { Variant } from './slices.ts';

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
  const { channelId, bot, user, ...place } = reference(serviceUrl);
  const conversation = {
    id: place.conversationId,
    name: '',
    isGroup: false,
    conversationType: place.conversationType,
    tenantId: place.tenantId,
  };
  const botReference = { channelId, serviceUrl, bot, user, conversation };
  return {
    name: 'stock',
    once: () =>
      adapter.continueConversationAsync(APP_ID, botReference, async (context) => {
        await context.sendActivity({ type: 'message', ...message });
      }),
    close: async () => undefined,
  };
}
