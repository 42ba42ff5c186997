import type { TokenCredential } from '@azure/identity';
import { createTurns } from '#bot-sdk';
import type { TrustedServiceUrls } from '../../domain/conversation/trusted-service-urls.ts';
import { defined } from '../../domain/defined.ts';
import type { Duration } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Roster } from '../../ports/conversation/roster.ts';
import type { Messenger } from '../../ports/delivery/messenger.ts';
import type { Log } from '../../ports/log.ts';
import { type BotGateway, HttpBotGateway } from './bot-gateway.ts';
import { BotMessenger } from './bot-messenger.ts';
import { BotRoster } from './bot-roster.ts';
import { ConnectorApi } from './connector/connector-api.ts';
import { conversationsAt } from './connector/conversations.ts';
import { HttpClient } from './connector/http-client.ts';
import { ServiceEndpoints } from './connector/service-endpoints.ts';
import { type BotIdentity, botCredential, InvalidBotIdentity } from './token/bot-credential.ts';
import { type ChannelCloud, publicCloud } from './token/channel-cloud.ts';
import { InboundTokens } from './token/inbound-tokens.ts';
import { OutboundTokens } from './token/outbound-tokens.ts';
import { SigningKeys } from './token/signing-keys.ts';

export interface BotSettings {
  readonly identity: BotIdentity;
  readonly trustedServiceUrls: TrustedServiceUrls;
  /** How long connecting to a channel, and how long its answer, may take. */
  readonly sendTimeout: Duration;
  /**
   * Allows an empty app id: then any request is taken for one of the channel, and no token is sent. For the local
   * stack alone; anywhere else an empty app id stops the app.
   */
  readonly allowUnauthenticated: boolean;
  /** Default: the public cloud. */
  readonly cloud?: ChannelCloud;
  /** Gives the tokens to call the Bot Connector with. Default: by `identity`. */
  readonly credential?: TokenCredential;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Bot {
  readonly gateway: BotGateway;
  readonly messenger: Messenger;
  readonly roster: Roster;
  /** Closes the connections to channels once what is under way has ended. */
  close(): Promise<void>;
}

/**
 * The bot's two directions over one SDK's turns, one set of connections and one token. Opens no connection by itself.
 * Throws `InvalidBotIdentity`.
 *
 * Import this file when the bot is first needed: it loads the SDK.
 */
export function createBot(settings: BotSettings): Bot {
  const { clock, log, cloud = publicCloud } = settings;
  const identity = securedIdentity(settings);
  const http = new HttpClient({ timeout: settings.sendTimeout });
  const endpoints = new ServiceEndpoints(settings.trustedServiceUrls);

  const api = new ConnectorApi({
    endpoints,
    http,
    log,
    audience: cloud.audience,
    ...(identity === undefined
      ? {}
      : {
          tokens: new OutboundTokens(() => settings.credential ?? botCredential(identity, cloud), clock),
        }),
  });
  const keys = new SigningKeys(cloud.openIdMetadataUrl, { http, clock });
  const turns = createTurns(conversationsAt({ api, clock, endpoints }));
  return {
    gateway: new HttpBotGateway({
      turns,
      endpoints,
      log,
      botId: identity?.appId ?? 'bot',
      ...(identity === undefined
        ? {}
        : { tokens: new InboundTokens(identity.appId, { cloud, keys, clock }) }),
    }),
    messenger: new BotMessenger({
      turns,
      api,
      endpoints,
      clock,
      ...defined({ appId: identity?.appId }),
    }),
    roster: new BotRoster({ api, clock }),
    close: () => http.close(),
  };
}

/** `undefined` where no app id is needed and none is given. */
function securedIdentity({
  identity,
  allowUnauthenticated,
}: BotSettings): (BotIdentity & { readonly appId: string }) | undefined {
  const { appId } = identity;
  if (appId !== undefined && appId !== '') return { ...identity, appId };
  if (allowUnauthenticated) return undefined;
  throw new InvalidBotIdentity('MicrosoftAppId', 'is missing; only the local stack runs without it');
}
