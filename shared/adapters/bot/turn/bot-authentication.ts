import type { Activity } from 'botbuilder-core';
import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { Unauthenticated } from '../token/authentication-errors.ts';
import type { ChannelCloud } from '../token/channel-cloud.ts';
import { type InboundToken, type InboundTokens, requireTokenFor } from '../token/inbound-tokens.ts';
import { NoSignIn } from './no-sign-in.ts';

/**
 * How an adapter authenticates and which client its turns get: the seam that Bot Framework has for both.
 *
 * Tokens are checked by `InboundTokens` rather than by Bot Framework itself, whose check answers forged tokens with
 * 500, accepts tokens without an end and those that the bot itself sends out, adds an issuer to a list for good for
 * each tenant id that an unchecked token names, and reads the signing keys once for every request that waits for
 * them, for as long as that takes.
 */
export class BotAuthentication extends BotFrameworkAuthentication {
  readonly #tokens: InboundTokens | undefined;
  readonly #cloud: ChannelCloud;
  readonly #connectors: ConnectorFactory;
  readonly #signIn = new NoSignIn();

  constructor(deps: {
    /** Absent in the local stack, where every request is taken for one of the local channel. */
    readonly tokens?: InboundTokens;
    readonly cloud: ChannelCloud;
    readonly connectors: ConnectorFactory;
  }) {
    super();
    this.#tokens = deps.tokens;
    this.#cloud = deps.cloud;
    this.#connectors = deps.connectors;
  }

  /** Throws `Unauthenticated` or `SigningKeysUnavailable`. `undefined` in the local stack. */
  async checkToken(authorization: string | undefined): Promise<InboundToken | undefined> {
    return this.#tokens?.check(authorization);
  }

  /** The identity under which the activity's turn runs. Throws `Unauthenticated` when the token is for another one. */
  admit(token: InboundToken | undefined, activity: Activity): AuthenticateRequestResult {
    if (token !== undefined) requireTokenFor(token, activity);
    const claims = Object.entries(token?.claims ?? {}).map(([type, value]) => ({
      type,
      value: String(value),
    }));
    return {
      audience: this.#cloud.audience,
      claimsIdentity: new ClaimsIdentity(claims, token === undefined ? 'anonymous' : true),
      connectorFactory: this.#connectors,
      ...(token === undefined ? {} : { callerId: this.#cloud.callerId }),
    };
  }

  override async authenticateRequest(
    activity: Activity,
    authHeader: string,
  ): Promise<AuthenticateRequestResult> {
    return this.admit(await this.checkToken(authHeader), activity);
  }

  /** Bots here speak HTTP only. */
  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Unauthenticated('missing'));
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#connectors;
  }

  override createUserTokenClient(): Promise<UserTokenClient> {
    return Promise.resolve(this.#signIn);
  }

  override getOriginatingAudience(): string {
    return this.#cloud.audience;
  }
}
