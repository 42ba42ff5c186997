import { membersOf } from '../../catalog/digest.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import { inParallel } from '../../domain/in-parallel.ts';
import { days, type Instant } from '../../domain/time.ts';
import type { AddresseeStore } from '../../ports/conversation/addressee-store.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { MOST_EARLIER } from './told-as.ts';

/** What a channel tells of somebody alone: they read their messages up to one, or pressed a button of one. */
export interface Read {
  readonly conversation: ConversationKey;
  /** The channel's id of the conversation in which it was. */
  readonly conversationId: string;
  /** The channel's id of the message. */
  readonly activityId: string;
  /** `up-to`: the ones before it as well, by the order of ids, which are numbers. */
  readonly what: 'up-to' | 'this';
  readonly at: Instant;
}

/** Notes what somebody read on the report. Throws `StoreUnavailable`; repeating it changes nothing. */
export type NoteRead = (read: Read) => Promise<void>;

/** What was told longer ago is not looked for. */
const LOOKS_BACK = days(30);
/** Of one receipt so many messages are noted at most, the newest. */
const MOST_NOTED = 100;
/** Read side by side. */
const AT_ONCE = 10;

/**
 * Finds the messages among what was told there lately, as nothing is written for it when they are told. Receipts come in
 * order, so the newest that is noted already ends the look.
 */
export function noteRead(deps: {
  readonly addressees: Pick<AddresseeStore, 'earlierKeys'>;
  readonly ledger: Pick<Ledger, 'deliveriesLately' | 'findDesk' | 'findOutcome' | 'noteRead'>;
  readonly notifications: Pick<NotificationStore, 'findNotification'>;
}): NoteRead {
  return async (read) => {
    const { conversation: met } = read;
    const { belongsTo, reach } = await deps.ledger.findDesk(met);
    const addressee = belongsTo ?? met;
    // Nobody was merged into who has one conversation alone.
    const isAlone = belongsTo === undefined && reach === undefined;
    const earlier = isAlone ? [] : await deps.addressees.earlierKeys(addressee);
    // What was told there before it belonged to somebody is reported under its own key.
    for (const conversation of new Set([addressee, met, ...earlier.slice(0, MOST_EARLIER)]))
      await noteUnder(conversation, read);
  };

  async function noteUnder(
    conversation: ConversationKey,
    { conversationId, activityId, what, at }: Read,
  ): Promise<void> {
    const told = await deps.ledger.deliveriesLately(conversation, {
      from: at - LOOKS_BACK,
      most: MOST_NOTED,
    });
    const isRead = (id: string) => id === activityId || (what === 'up-to' && isUpTo(id, activityId));
    for (let next = 0; next < told.length; next += AT_ONCE) {
      const marks = await Promise.all(
        told.slice(next, next + AT_ONCE).map(async ({ notification }) => {
          const result = await deps.ledger.findOutcome({ notification, conversation });
          const { activityId: id, shownIn = conversationId, readAt } = result ?? {};
          if (id === undefined || shownIn !== conversationId || !isRead(id)) return 'another';
          if (readAt !== undefined) return 'noted';
          await note(notification, conversation, at);
          return 'new';
        }),
      );
      if (marks.includes('noted') && !marks.includes('new')) return;
      if (what === 'this' && marks.some((mark) => mark !== 'another')) return;
    }
  }

  /** Who read a digest read what it told of. */
  async function note(id: NotificationId, conversation: ConversationKey, at: Instant): Promise<void> {
    const notification = await deps.notifications.findNotification(id);
    const members = notification && (membersOf(notification.type, notification.data) ?? []);
    const parts = (members ?? []).map((member) => member.notification);
    await inParallel([...parts, id], AT_ONCE, (one) =>
      deps.ledger.noteRead({ notification: one, conversation }, at),
    );
  }
}

/** Whether one message came before another or is it, by ids that are numbers; ids of any other form say nothing. */
function isUpTo(id: string, upTo: string): boolean {
  if (!IS_NUMBER.test(id) || !IS_NUMBER.test(upTo)) return false;
  return BigInt(id) <= BigInt(upTo);
}

const IS_NUMBER = /^\d{1,20}$/;
