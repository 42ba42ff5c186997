import type { ChannelAccount, Conversation } from '../domain/conversation.ts';
import type { JsonObject } from '../domain/notification.ts';

/** What somebody said or did, as far as answering it goes. */
export interface Turn {
  readonly conversation: Conversation;
  readonly speaker?: ChannelAccount;
  /** Without the mention of the bot, spaces normalised. Empty when nothing was said. */
  readonly text: string;
  /** BCP 47 tag. */
  readonly locale: string;
}

/** One message to say in answer. */
export interface Reply {
  /** Markdown. */
  readonly text: string;
  readonly card?: JsonObject;
  /** Commands offered as buttons below the message. */
  readonly suggestions?: readonly string[];
}
