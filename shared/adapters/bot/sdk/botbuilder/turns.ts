import {
  type Activity as BotActivity,
  type TurnContext as BotContext,
  CloudAdapterBase,
} from 'botbuilder-core';
import type { Activity } from '../../../../domain/conversation/activity.ts';
import type { TurnContext, TurnLogic } from '../../../../ports/conversation/turn-context.ts';
import type { CreateTurns, InvokeAnswer, Turns } from '../sdk.ts';
import { NoAuthentication, ThinConnectorFactory } from './no-authentication.ts';

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
      logic(toTurnContext(activity, context)),
    );
  }
}

function toTurnContext(activity: Activity, context: BotContext): TurnContext {
  return {
    activity,
    async sendActivity(activityToSend) {
      const sent = await context.sendActivity(activityToSend as Partial<BotActivity>);
      return { id: sent?.id ?? '' };
    },
  };
}

export const createTurns: CreateTurns = (conversationsAt) =>
  new BotbuilderTurns(new NoAuthentication(new ThinConnectorFactory(conversationsAt)));
