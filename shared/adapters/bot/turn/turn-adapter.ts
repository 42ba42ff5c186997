import { type Activity, CloudAdapterBase, type InvokeResponse, type TurnContext } from 'botbuilder-core';
import type { AuthenticateRequestResult } from 'botframework-connector';
import type { BotAuthentication } from './bot-authentication.ts';

export type TurnLogic = (context: TurnContext) => Promise<void>;

/**
 * Bot Framework's cloud adapter without its HTTP and WebSocket half: that half answers by itself, logs to the console
 * and turns every error into a 500 with its message, and its WebSocket, streaming and HTTP libraries are a quarter of
 * the whole package.
 *
 * `onTurnError` stays unset: with it a proactive turn resolves although nothing was sent.
 */
export class TurnAdapter extends CloudAdapterBase {
  readonly #authentication: BotAuthentication;

  constructor(authentication: BotAuthentication) {
    super(authentication);
    this.#authentication = authentication;
  }

  get authentication(): BotAuthentication {
    return this.#authentication;
  }

  /**
   * Runs the turn of an admitted activity. The answer is that of an invoke (or of replies that were asked for in the
   * answer), else `undefined`. Rejects with whatever the logic threw.
   */
  runTurn(
    admitted: AuthenticateRequestResult,
    activity: Activity,
    logic: TurnLogic,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(admitted, activity, logic);
  }

  /**
   * Runs a turn that nobody's message began, in the conversation of the reference. What it sends is posted to the
   * conversation, `/v3/conversations/{id}/activities`; Bot Framework would make it a reply to an activity whose id
   * it has just invented. Rejects with whatever the logic threw.
   */
  async runProactiveTurn(
    reference: Parameters<CloudAdapterBase['continueConversationAsync']>[1],
    logic: TurnLogic,
  ): Promise<void> {
    await this.continueConversationAsync('', reference, async (context) => {
      // There is no activity to reply to; the type does not know such a turn.
      delete (context.activity as Partial<Activity>).id;
      await logic(context);
    });
  }
}
