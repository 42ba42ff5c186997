/**
 * Where a cloud's Bot Connector gets its tokens from and which ones it gives. These belong together: a metadata URL
 * exchanged alone, without its issuer, refuses every valid token.
 */
export interface ChannelCloud {
  /** `iss` of the tokens that the Bot Connector sends to a bot. */
  readonly issuer: string;
  /** OpenID metadata document that leads to the keys of those tokens. */
  readonly openIdMetadataUrl: string;
  /** Resource for which a bot asks a token to call the Bot Connector with; its scope is `<audience>/.default`. */
  readonly audience: string;
  /** Microsoft Entra ID of that cloud. */
  readonly loginUrl: string;
  /** Tenant that issues the tokens of multi-tenant bots. */
  readonly multiTenantAuthority: string;
}

export const publicCloud: ChannelCloud = {
  issuer: 'https://api.botframework.com',
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  audience: 'https://api.botframework.com',
  loginUrl: 'https://login.microsoftonline.com',
  multiTenantAuthority: 'botframework.com',
};
