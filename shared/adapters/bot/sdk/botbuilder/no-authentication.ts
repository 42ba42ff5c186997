import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { Conversations } from '../sdk.ts';
import { NoSignIn } from './no-sign-in.ts';

/**
 * Where an adapter has its authentication and the clients of its turns: the seam that Bot Framework has for both.
 *
 * Turns are run of activities whose token was checked before (`InboundTokens`): Bot Framework's own check answers forged
 * tokens with 500, accepts tokens without an end and those that the bot itself sends out, adds an issuer to a list for good
 * for each tenant id that an unchecked token names, and reads the signing keys once for every request that waits for them,
 * for as long as that takes.
 */
export class NoAuthentication extends BotFrameworkAuthentication {
  readonly #signIn = new NoSignIn();
  /** The same for each turn. */
  readonly admitted: AuthenticateRequestResult;

  constructor(connectorFactory: ConnectorFactory) {
    super();
    this.admitted = { audience: '', claimsIdentity: new ClaimsIdentity([], true), connectorFactory };
  }

  /** No request gets so far. */
  override authenticateRequest(): Promise<AuthenticateRequestResult> {
    return Promise.reject(new Error('Tokens are checked by InboundTokens, before a turn begins.'));
  }

  override authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    return this.authenticateRequest();
  }

  override createConnectorFactory(): never {
    throw new Error('A turn gets its client by `admitted`.');
  }

  override createUserTokenClient(): Promise<UserTokenClient> {
    return Promise.resolve(this.#signIn);
  }
}

/** Gives each turn the client of its service URL. */
export class ThinConnectorFactory extends ConnectorFactory {
  readonly #conversationsAt: (serviceUrl: string) => Conversations;

  constructor(conversationsAt: (serviceUrl: string) => Conversations) {
    super();
    this.#conversationsAt = conversationsAt;
  }

  /** Throws `UntrustedServiceUrl`. */
  override async create(serviceUrl: string): Promise<ConnectorClient> {
    // Turns use `conversations` alone; the rest of the class is the machinery that this client replaces.
    return { conversations: this.#conversationsAt(serviceUrl) } as unknown as ConnectorClient;
  }
}
