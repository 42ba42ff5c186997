import type { ChannelAccount, Conversation } from '../domain/conversation/conversation.ts';
import type { Instant } from '../domain/time.ts';

export type { Reply } from '../domain/conversation/reply.ts';

/** What somebody said or did, as far as answering it goes. */
export interface Turn {
  /** Where it was said, under the key of the addressee whose wishes it is about. */
  readonly conversation: Conversation;
  /** The person is told in another conversation than this one. */
  readonly isApart?: true;
  /**
   * Names what was said: the same again when the channel repeats the activity or the turn is run once more, so that
   * whatever a command makes under an id derived from it is made once. 43 characters of base64url.
   */
  readonly id: string;
  readonly at: Instant;
  readonly speaker?: ChannelAccount;
  /** The channel's id of the thread in which it was said; absent at the top of a place, and where there are none. */
  readonly thread?: string;
  /** Without the mention of the bot, spaces normalised. Empty when nothing was said. */
  readonly text: string;
  /** BCP 47 tag. */
  readonly locale: string;
  /** Said to the bot alone, among others: answers are for nobody else. */
  readonly isPrivate?: true;
  /** The channel's id of the message whose button was pressed. */
  readonly pressed?: string;
  /** The channel's id of the message that it quotes. */
  readonly quoted?: string;
}
