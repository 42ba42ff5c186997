import type {
  Conversation,
  ConversationReference,
  PersonAddress,
} from '../../domain/conversation/conversation.ts';
import { CALLED_OFF, type FailureMeaning } from '../../domain/delivery/failure.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import type { Duration } from '../../domain/time.ts';

/** What became of one request to the channel. Not an exception: each is a decision for the caller. */
export type SendResult =
  /** `activityId` where the channel gave one that can be kept. */
  | { readonly kind: 'sent'; readonly activityId?: string }
  /**
   * The channel answered with an error, or the request surely never reached it.
   * `status` is the HTTP status, absent where there was no answer; `code` the channel's error code
   * (`ConversationBlockedByUser`) or the network's (`ECONNREFUSED`).
   */
  | {
      readonly kind: 'failed';
      readonly status?: number;
      readonly code: string;
      /** What the words beside the code say, where they say more. */
      readonly meaning?: FailureMeaning;
      readonly retryAfter?: Duration;
      /** False when the request may have reached the channel, so that the person may have seen the message. */
      readonly surelyNotSent: boolean;
    }
  /** The service URL is not one that the configuration trusts: no token was asked for and nothing was sent. */
  | { readonly kind: 'untrusted' };

/** Of a request that was not made, because nobody is to be told any more. */
export const calledOff = {
  kind: 'failed',
  code: CALLED_OFF,
  surelyNotSent: true,
} as const satisfies SendResult;

export type CreateResult =
  | {
      readonly kind: 'created';
      readonly conversationId: string;
      readonly serviceUrl?: string;
      /** Of the message that it began with, where the channel gave one that can be kept. */
      readonly activityId?: string;
    }
  | Exclude<SendResult, { readonly kind: 'sent' }>;

/**
 * A message ready to be sent: a text or one card, never both, since a channel such as Teams makes two messages of an
 * activity with both and gives no id for them. The text goes exactly as given, the card as an attachment.
 */
export type OutgoingMessage =
  | {
      /** Markdown. */
      readonly text: string;
      readonly summary?: string;
      /** What the person may say next, offered as buttons below the message. */
      readonly suggestions?: readonly string[];
      readonly card?: never;
    }
  | {
      /** An Adaptive Card. */
      readonly card: JsonObject;
      /** Plain text for the toast, which cannot show a card. */
      readonly summary: string;
      readonly text?: never;
      readonly suggestions?: never;
    };

/** What a conversation begins with; `isOff` as for `send`. */
export interface FirstMessage {
  readonly message: OutgoingMessage;
  readonly isOff?: () => Promise<boolean>;
}

/** A conversation that the channel has created. */
export type Addressed = ConversationReference &
  Partial<Pick<Conversation, 'tenant'>> & { readonly conversationId: string };

/**
 * Speaks first. One request a call, never a retry: retries are scheduled messages, decided by the caller.
 * Never throws for what a channel or the network does; throws only for bugs and bad configuration.
 */
export interface Messenger {
  /**
   * Sends into a conversation that exists (`reference.conversationId` is there). Right before the request, behind
   * whatever it had to wait for, `isOff` is asked: where it says so no request is made, and the answer is `calledOff`.
   * What `isOff` throws is thrown.
   */
  sendActivity(
    reference: Addressed,
    message: OutgoingMessage,
    isOff?: () => Promise<boolean>,
  ): Promise<SendResult>;

  /**
   * Puts a message in the place of one that the bot sent (`reference.conversationId` is the conversation or the thread in
   * it). May be repeated: nobody sees the same state twice. `isOff` as for `send`.
   */
  updateActivity(
    reference: Addressed,
    activityId: string,
    message: OutgoingMessage,
    isOff?: () => Promise<boolean>,
  ): Promise<SendResult>;

  /** Takes a message away that the bot sent, for everybody. May be repeated. */
  removeActivity(reference: Addressed, activityId: string): Promise<SendResult>;

  /**
   * Creates the personal conversation with a person, or finds it: channels answer with the same one again. With `first` it
   * begins with that message, which the person sees: then a repeat is a second message, perhaps in another conversation.
   */
  createConversation(person: PersonAddress, first?: FirstMessage): Promise<CreateResult>;
}
