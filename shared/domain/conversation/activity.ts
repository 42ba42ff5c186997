import type { ChannelAccount } from './conversation.ts';

/**
 * What goes to and fro between a channel and the bot, in the words of the Bot Framework protocol
 * (https://github.com/microsoft/Agents/blob/main/specs/activity/protocol-activity.md). A shape of our own: the two SDKs
 * name and check the same fields differently. What came in has passed `parseActivity`; fields that are not named here may
 * be there as well.
 */
export interface Activity {
  /** `message`, `invoke`, `conversationUpdate`, `installationUpdate`, `event`, ... */
  readonly type: string;
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly conversation: ConversationAccount;
  readonly from: ActivityAccount;
  readonly recipient: ActivityAccount;
  readonly id?: string | undefined;
  readonly replyToId?: string | undefined;
  readonly timestamp?: Date | undefined;
  readonly localTimestamp?: Date | undefined;
  readonly localTimezone?: string | undefined;
  readonly expiration?: Date | undefined;
  /** BCP 47 tag. */
  readonly locale?: string | undefined;
  readonly text?: string | undefined;
  readonly textFormat?: string | undefined;
  readonly summary?: string | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  readonly attachmentLayout?: string | undefined;
  readonly suggestedActions?: SuggestedActions | undefined;
  readonly entities?: readonly Entity[] | undefined;
  readonly channelData?: { readonly [name: string]: unknown } | undefined;
  /** What a press or a request carries. */
  readonly value?: unknown;
  /** Of an invoke or an event. */
  readonly name?: string | undefined;
  /** `add` or `remove`, of an installation. */
  readonly action?: string | undefined;
  /** `expectReplies`: the replies are wanted in the answer to the request. */
  readonly deliveryMode?: string | undefined;
  readonly membersAdded?: readonly ActivityAccount[] | undefined;
  readonly membersRemoved?: readonly ActivityAccount[] | undefined;
}

export interface ActivityAccount extends ChannelAccount {
  /** `user` or `bot`, where the channel says so. */
  readonly role?: string | undefined;
}

export interface ConversationAccount {
  readonly id: string;
  readonly name?: string | undefined;
  readonly isGroup?: boolean | undefined;
  readonly conversationType?: string | undefined;
  readonly tenantId?: string | undefined;
}

export interface Entity {
  readonly type: string;
  readonly [name: string]: unknown;
}

export interface Attachment {
  readonly contentType: string;
  readonly content?: unknown;
  readonly contentUrl?: string;
  readonly name?: string;
}

export interface SuggestedActions {
  readonly to: readonly string[];
  readonly actions: readonly { readonly type: string; readonly title: string; readonly value: unknown }[];
}
