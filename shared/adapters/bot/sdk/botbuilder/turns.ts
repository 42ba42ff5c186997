import { type Activity as BotActivity, CloudAdapterBase } from 'botbuilder-core';
import {
  type AuthenticateRequestResult,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import type { Activity } from '../../../../domain/conversation/activity.ts';
import type { TurnLogic } from '../../../../ports/conversation/turn-context.ts';
import type { Conversations, CreateTurns, InvokeAnswer, Turns } from '../sdk.ts';
import { NoSignIn } from './no-sign-in.ts';

/**
 * Bot Framework's cloud adapter without its HTTP and WebSocket half: that half answers by itself, logs to the console
 * and turns every error into a 500 with its message, and its WebSocket, streaming and HTTP libraries are a quarter of
 * the whole package.
 *
 * `onTurnError` stays unset: with it a proactive turn resolves although nothing was sent.
 */
class BotbuilderTurns extends CloudAdapterBase implements Turns {
  readonly #authentication: NoAuthentication;

  constructor(authentication: NoAuthentication) {
    super(authentication);
    this.#authentication = authentication;
  }

  run(activity: Activity, logic: TurnLogic): Promise<InvokeAnswer | undefined> {
    const { admitted } = this.#authentication;
    // The fields that the class wants and the protocol does not are optional in fact.
    return this.processActivity(admitted, activity as BotActivity, (context) =>
      logic({
        activity,
        async sendActivity(activityToSend) {
          const sent = await context.sendActivity(activityToSend as Partial<BotActivity>);
          return { id: sent?.id ?? '' };
        },
      }),
    );
  }
}

/**
 * Where an adapter has its authentication and the clients of its turns: the seam that Bot Framework has for both.
 *
 * Turns are run of activities whose token was checked before (`InboundTokens`): Bot Framework's own check answers forged
 * tokens with 500, accepts tokens without an end and those that the bot itself sends out, adds an issuer to a list for good
 * for each tenant id that an unchecked token names, and reads the signing keys once for every request that waits for them,
 * for as long as that takes.
 */
class NoAuthentication extends BotFrameworkAuthentication {
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
class ThinConnectorFactory extends ConnectorFactory {
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

export const createTurns: CreateTurns = (conversationsAt) =>
  new BotbuilderTurns(new NoAuthentication(new ThinConnectorFactory(conversationsAt)));
