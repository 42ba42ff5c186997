import type { Activity } from '../../../domain/conversation/activity.ts';
import type { TurnLogic } from '../../../ports/conversation/turn-context.ts';

/** The client of one service URL. Each method throws `ChannelError` or `UntrustedServiceUrl`, and gives an empty id where the channel gives none. */
export interface Conversations {
  sendToConversation(conversationId: string, activity: Partial<Activity>): Promise<{ readonly id: string }>;
  replyToActivity(
    conversationId: string,
    activityId: string,
    activity: Partial<Activity>,
  ): Promise<{ readonly id: string }>;
}

/** What an invoke is answered with. */
export interface InvokeAnswer {
  readonly status: number;
  /** JSON. */
  readonly body?: unknown;
}

/**
 * All that is asked of an SDK: it runs turns. Tokens, service URLs, the wire, references and everything stored are ours,
 * whichever SDK is built in.
 *
 * Two folders hold one implementation each, and `#bot-sdk` is the one that was chosen when the app was built
 * (dev/sdk.mjs). Neither may know the other.
 */
export interface Turns {
  /**
   * Runs the turn of an activity that was admitted, or of one that the bot begins by itself. What the logic sends is posted
   * once, in reply to the activity where that has an id, else to its conversation. The answer is that of an invoke, or of
   * replies that were asked for in the answer; else `undefined`.
   *
   * Throws `UntrustedServiceUrl` before the logic is called, and whatever the logic threw: nobody is told of an error.
   */
  run(activity: Activity, logic: TurnLogic): Promise<InvokeAnswer | undefined>;
}

/** `conversationsAt` gives the client of a service URL. Throws `UntrustedServiceUrl`. */
export type CreateTurns = (conversationsAt: (serviceUrl: string) => Conversations) => Turns;
