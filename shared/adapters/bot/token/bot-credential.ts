import type { TokenCredential } from '@azure/identity';
import { once } from '../../../domain/once.ts';
import type { ChannelCloud } from './channel-cloud.ts';

/** Who the bot is, by Bot Framework's own settings (`MicrosoftAppId`, `MicrosoftAppType` ...). */
export interface BotIdentity {
  /** Absent only in the local stack. */
  readonly appId?: string;
  readonly appType: 'UserAssignedMSI' | 'SingleTenant' | 'MultiTenant';
  readonly tenantId?: string;
  readonly password?: string;
}

/** The bot's settings contradict each other or lack something. The app does not start. */
export class InvalidBotIdentity extends Error {
  readonly code = 'invalid-bot-identity';

  constructor(setting: string, rule: string) {
    super(`${setting} ${rule}`);
    this.name = 'InvalidBotIdentity';
  }
}

/**
 * The credential behind an app id. A managed identity is asked directly, not through a chain of credentials: a chain
 * would take whatever else the environment offers, and probes each in turn on the first send. The identity library is loaded
 * with the first token that is asked for.
 * Throws `InvalidBotIdentity`.
 */
export function botCredential(
  identity: BotIdentity & { readonly appId: string },
  cloud: ChannelCloud,
): TokenCredential {
  const { appId, appType, tenantId, password } = identity;
  if (appType === 'UserAssignedMSI') {
    return loadedLater(({ ManagedIdentityCredential }) => new ManagedIdentityCredential({ clientId: appId }));
  }
  if (password === undefined) {
    throw new InvalidBotIdentity('MicrosoftAppPassword', `is missing; ${appType} needs it`);
  }
  if (appType === 'SingleTenant' && tenantId === undefined) {
    throw new InvalidBotIdentity('MicrosoftAppTenantId', 'is missing; SingleTenant needs it');
  }
  const authority =
    appType === 'SingleTenant' && tenantId !== undefined ? tenantId : cloud.multiTenantAuthority;
  return loadedLater(
    ({ ClientSecretCredential }) =>
      new ClientSecretCredential(authority, appId, password, { authorityHost: cloud.loginUrl }),
  );
}

function loadedLater(make: (library: typeof import('@azure/identity')) => TokenCredential): TokenCredential {
  const loaded = once(async () => make(await import('@azure/identity')));
  return { getToken: async (...asked) => (await loaded()).getToken(...asked) };
}
