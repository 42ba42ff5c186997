import type { Activity } from '../../domain/conversation/activity.ts';

/** One turn: an activity, and the way to answer it. It ends with the logic that it was given to. */
export interface TurnContext {
  readonly activity: Activity;
  /**
   * Sends to the conversation of the turn, in reply to its activity. An `invokeResponse` becomes the answer to the request
   * instead. Gives the channel's id of the message, empty where the channel gives none.
   *
   * Throws what the adapter says of a channel that refuses.
   */
  sendActivity(activity: Partial<Activity>): Promise<{ readonly id: string }>;
}

export type TurnLogic = (context: TurnContext) => Promise<void>;
