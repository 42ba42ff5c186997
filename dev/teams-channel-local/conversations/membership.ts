import {
  type InboundActivity,
  installationActivity,
  membersActivity,
  type Occasion,
} from '../bot/activities.ts';
import type { BotDelivery, Delivery } from '../bot/delivery.ts';
import { HttpError } from '../http/errors.ts';
import type { Person } from '../people/person.ts';
import type { Conversation } from './conversation.ts';
import type { Conversations } from './conversations.ts';

/** What people can do with the bot besides talking to it. */
export const MEMBERSHIP_ACTIONS = ['install', 'uninstall', 'block', 'unblock'] as const;

export type MembershipAction = (typeof MEMBERSHIP_ACTIONS)[number];

const DONE: Delivery = { kind: 'accepted', body: undefined };

/** Brings the bot into conversations and takes it out, and tells it what a channel tells it of that. */
export class Membership {
  readonly #conversations: Conversations;
  readonly #delivery: BotDelivery;
  readonly #occasion: (conversation: Conversation, person: Person) => Occasion;
  readonly #underWay = new Map<Conversation, Promise<Delivery>>();

  constructor(parts: {
    conversations: Conversations;
    delivery: BotDelivery;
    occasion: (conversation: Conversation, person: Person) => Occasion;
  }) {
    this.#conversations = parts.conversations;
    this.#delivery = parts.delivery;
    this.#occasion = parts.occasion;
  }

  /**
   * Somebody opens the conversation: the bot is added when it never was, and told so. Where telling failed before,
   * it is told now. A removed bot stays out.
   */
  async open(conversation: Conversation, person: Person): Promise<Delivery> {
    if (conversation.roster === 'removed') return DONE;
    if (conversation.roster === 'installed' && conversation.isAnnounced) return DONE;
    const underWay = this.#underWay.get(conversation);
    if (underWay) return underWay;
    const opening = this.#add(conversation, person).finally(() => this.#underWay.delete(conversation));
    this.#underWay.set(conversation, opening);
    return opening;
  }

  /**
   * Blocking raises no event: the bot finds out when it sends. Uninstalling a personal bot raises one.
   *
   * Throws HttpError 502 or 504 when the bot had to be told and did not take it; the change holds nevertheless.
   */
  async apply(action: MembershipAction, conversation: Conversation, person: Person): Promise<void> {
    switch (action) {
      case 'block':
      case 'unblock':
        return this.#conversations.change(conversation, { isBlocked: action === 'block' });
      case 'install':
        if (conversation.roster === 'removed') this.#conversations.change(conversation, { roster: 'never' });
        this.#conversations.change(conversation, { isBlocked: false });
        return refuseIfFailed(await this.open(conversation, person));
      case 'uninstall':
        return refuseIfFailed(await this.#remove(conversation, person));
    }
  }

  async #add(conversation: Conversation, person: Person): Promise<Delivery> {
    // The bot is in the roster before it hears of it: it may greet while it is being told.
    this.#conversations.change(conversation, { roster: 'installed', isAnnounced: false });
    const told = await this.#tell(conversation, [
      membersActivity(this.#occasion(conversation, person), 'added'),
      installationActivity(this.#occasion(conversation, person), 'add'),
    ]);
    if (told.kind === 'accepted') this.#conversations.change(conversation, { isAnnounced: true });
    return told;
  }

  async #remove(conversation: Conversation, person: Person): Promise<Delivery> {
    if (conversation.roster !== 'installed') return DONE;
    this.#conversations.change(conversation, { roster: 'removed', isAnnounced: false });
    const installation = installationActivity(this.#occasion(conversation, person), 'remove');
    if (conversation.type === 'personal') return this.#tell(conversation, [installation]);
    return this.#tell(conversation, [
      membersActivity(this.#occasion(conversation, person), 'removed'),
      installation,
    ]);
  }

  async #tell(conversation: Conversation, activities: readonly InboundActivity[]): Promise<Delivery> {
    for (const activity of activities) {
      const delivery = await this.#delivery.deliver(activity, conversation);
      if (delivery.kind === 'failed') return delivery;
    }
    return DONE;
  }
}

function refuseIfFailed(delivery: Delivery): void {
  if (delivery.kind === 'failed') throw new HttpError(delivery.status, 'BotError', delivery.reason);
}
