import type { ForgetRequest } from '../../domain/conversation/forgetting.ts';
import type { DeliveryId, DeliveryRow } from '../../domain/delivery/delivery.ts';
import type { JsonObject, Notification } from '../../domain/event/notification.ts';
import type { ConversationKey, NotificationId, PersonKey } from '../../domain/ids.ts';

/** A record of a kind that nobody asks any more, as it is stored. */
export interface NamedRecord {
  readonly kind: string;
  readonly key: string;
  readonly value: JsonObject;
}

/**
 * Finds what is about one person, and removes it. What has a store of its own with a way to remove it (reminders,
 * watches, subscriptions) is removed there. Every method may throw `StoreUnavailable`; each may be repeated.
 */
export interface PersonalData {
  /** The conversations whose record names the person, and the groups in which they spoke with the bot. */
  conversationsOf(person: PersonKey): Promise<readonly ConversationKey[]>;

  /** Every delivery row of a conversation, whatever its state, in no particular order. */
  deliveriesOf(conversation: ConversationKey): Promise<readonly DeliveryRow[]>;

  /** The records of a conversation that kinds other than `known` left behind, which are not there any more. */
  recordsOfFormerKinds(
    conversation: ConversationKey,
    known: ReadonlySet<string>,
  ): Promise<readonly NamedRecord[]>;

  /**
   * Changes a stored notification, on whatever others have made of it; nothing is written where `change` gives the very
   * object. Gives whether it is stored.
   */
  redact(id: NotificationId, change: (stored: Notification) => Notification): Promise<boolean>;

  /**
   * Removes what a notification said to, and heard from, the conversation or (`person`) the person in it: particulars,
   * answers, and the channel's id of the message. The outcome stays.
   */
  forgetDelivery(id: DeliveryId, request: Pick<ForgetRequest, 'scope' | 'persons'>): Promise<void>;

  /**
   * Removes the record of a conversation and all that lies with it, what kinds keep for it whether or not they are still
   * there, and what leads to it. Delivery rows, which hold
   * neither name nor text, stay unless `withDeliveries`: they keep late calls from telling somebody twice.
   * For scope `person`, removes what is the person's own in a group.
   */
  forgetConversation(
    request: Pick<ForgetRequest, 'conversation' | 'tenant' | 'channelId' | 'scope' | 'persons'>,
    options: { readonly withDeliveries: boolean },
  ): Promise<void>;

  /** Removes the person as last met on this channel. */
  forgetPerson(person: PersonKey, channelId: string): Promise<void>;
}
