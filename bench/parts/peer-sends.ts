import { Activity, type ConversationReference } from '@microsoft/agents-activity';
import { CloudAdapter } from '@microsoft/agents-hosting';
import { APP_ID, message, reference, TOKEN } from './message.ts';
import type { Variant } from './slices.ts';

const TEAMS_SDK = '@microsoft/teams.apps';

/** As the Microsoft 365 Agents SDK's documentation has it. Only the token comes from here. */
export function agentsSends(serviceUrl: string): Variant {
  const adapter = new CloudAdapter({ clientId: APP_ID, clientSecret: 'password' }, undefined, undefined, {
    validateServiceUrl: false,
  });
  const tokens = { getAccessToken: async () => TOKEN };
  Object.assign(adapter.connectionManager, {
    getTokenProvider: () => tokens,
    getTokenProviderFromActivity: () => tokens,
  });
  const { channelId, bot, user, conversationId, conversationType, tenantId } = reference(serviceUrl);
  const conversation = { id: conversationId, isGroup: false, conversationType, tenantId };
  const place = { channelId, serviceUrl, agent: bot, user, conversation } as ConversationReference;
  return {
    name: 'agents-sdk',
    once: () =>
      adapter.continueConversation(APP_ID, place, async (context) => {
        await context.sendActivity(Activity.fromObject({ type: 'message', ...message }));
      }),
    close: async () => undefined,
  };
}

/** `@microsoft/teams.apps` as far as this needs it: it is no dependency, so the compiler does not know it. */
interface TeamsApps {
  readonly App: new (
    options: object,
  ) => {
    initialize(): Promise<void>;
    send(conversationId: string, activity: object): Promise<unknown>;
  };
}

/**
 * `app.send` of the Teams SDK as it comes, where somebody has installed it: `npm install --no-save @microsoft/teams.apps`. It
 * brings 40 MB and 117 packages, which nobody else of this project needs.
 */
export async function teamsSends(serviceUrl: string): Promise<readonly Variant[]> {
  const found = await import(TEAMS_SDK).then(
    (module: TeamsApps) => module,
    // Not installed: the figure is left out.
    () => undefined,
  );
  if (found === undefined) return [];
  const quiet = () => undefined;
  const logger: object = {
    error: quiet,
    warn: quiet,
    info: quiet,
    debug: quiet,
    trace: quiet,
    log: quiet,
    child: () => logger,
  };
  const app = new found.App({
    clientId: APP_ID,
    token: async () => A_JWT,
    serviceUrl,
    logger,
  });
  await app.initialize();
  const { conversationId } = reference(serviceUrl);
  return [
    {
      name: 'teams-sdk',
      once: () => app.send(conversationId, { type: 'message', ...message }),
      close: async () => undefined,
    },
  ];
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** It looks into its tokens, so this one can be read; about as long as the other. */
const A_JWT = `${part({ alg: 'none' })}.${part({ appid: APP_ID, exp: 4_000_000_000, filler: 'x'.repeat(800) })}.x`;
