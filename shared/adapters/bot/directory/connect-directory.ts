import type { Duration } from '../../../domain/time.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Directory } from '../../../ports/conversation/directory.ts';
import type { Log } from '../../../ports/log.ts';
import { HttpClient } from '../connector/http-client.ts';
import { type BotIdentity, botCredential } from '../token/bot-credential.ts';
import { publicCloud } from '../token/channel-cloud.ts';
import { OutboundTokens } from '../token/outbound-tokens.ts';
import { GraphDirectory } from './graph-directory.ts';

/**
 * The directory of the bot's own tenant, read as the bot. Opens no connection by itself.
 *
 * Import this file when the directory is first needed: it loads the identity library.
 */
export function connectDirectory(deps: {
  readonly origin: string;
  readonly tenantId: string;
  readonly identity: BotIdentity;
  readonly timeout: Duration;
  readonly clock: Clock;
  readonly log: Log;
}): Directory {
  const { appId, appType } = deps.identity;
  return new GraphDirectory({
    ...deps,
    http: new HttpClient({ timeout: deps.timeout }),
    ...(appId === undefined
      ? {}
      : {
          // A bot of many tenants gets its tokens elsewhere; what it may read of a tenant, that tenant grants.
          tokens: new OutboundTokens(
            () =>
              botCredential(
                { ...deps.identity, appId, appType: appType === 'MultiTenant' ? 'SingleTenant' : appType },
                publicCloud,
              ),
            deps.clock,
          ),
        }),
  });
}
