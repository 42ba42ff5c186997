import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import { days, type Instant } from '../../domain/time.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { ToldList } from '../../ports/delivery/told-list.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';

/** What people point at was told no longer ago. */
const LOOKS_BACK = days(30);
/** Messages of a conversation among which one is looked for. */
const MOST_TOLD = 300;
/** Of them, those whose outcome is read: the ones told nearest to the time that an id names, or the newest. */
const MOST_READ = 20;
/** The newest questions among which one is looked for that has a choice. */
const MOST_ASKED = 5;
/** Ids of Teams are the milliseconds since 1970. */
const IS_TIME = /^\d{13}$/;

/** An open question of which a text is a choice. */
export interface FoundChoice {
  readonly notification: NotificationId;
  readonly index: number;
  /** When it was asked. */
  readonly at: Instant;
}

/** Finds what was told in a conversation by what people say of it; nothing is written for it when it is told. */
export interface FindTold {
  /** The notification that a message of the channel is; `undefined` where it is none, or is no longer kept. */
  byActivity(
    conversation: ConversationKey,
    activityId: string,
    now: Instant,
  ): Promise<Notification | undefined>;
  /**
   * The newest of the last five questions that has this choice, by its very words, upper and lower case apart. One read
   * where nothing was asked; of each question its notification, and the delivery of the one found.
   */
  choice(conversation: ConversationKey, said: string, now: Instant): Promise<FoundChoice | undefined>;
}

/** Each reads a bounded number of rows; `choice`, which every sentence may be, a handful. Throws `StoreUnavailable`. */
export function findTold(deps: {
  readonly ledger: Pick<Ledger, 'lately' | 'result' | 'row'>;
  readonly asked: Pick<ToldList, 'of'>;
  readonly notifications: Pick<NotificationStore, 'find'>;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
}): FindTold {
  const lately = (conversation: ConversationKey, now: Instant) =>
    deps.ledger.lately(conversation, { from: now - LOOKS_BACK, most: MOST_TOLD });

  return {
    async byActivity(conversation, activityId, now) {
      const told = await lately(conversation, now);
      const sentAt = IS_TIME.test(activityId) ? Number(activityId) : undefined;
      const nearest =
        sentAt === undefined
          ? told
          : [...told].sort((a, b) => Math.abs(a.at - sentAt) - Math.abs(b.at - sentAt));
      for (const { notification } of nearest.slice(0, MOST_READ)) {
        const result = await deps.ledger.result({ notification, conversation });
        if (result?.activityId === activityId) return deps.notifications.find(notification);
      }
      return undefined;
    },

    async choice(conversation, said, now) {
      const asked = (await deps.asked.of(conversation)).slice(0, MOST_ASKED);
      const found = await Promise.all(asked.map((id) => deps.notifications.find(id)));
      for (const notification of found) {
        if (notification === undefined) continue;
        const { id, type, data } = notification;
        const index = choiceNamed(said, deps.kinds.entryOf(type)?.question?.(data)?.choices ?? []);
        if (index < 0) continue;
        const { claimedAt = 0 } = (await deps.ledger.row({ notification: id, conversation })) ?? {};
        if (claimedAt >= now - LOOKS_BACK) return { notification: id, index, at: claimedAt };
      }
      return undefined;
    },
  };
}

/** The choice that a text is, by its very words, upper and lower case apart; -1 where it is none. */
export function choiceNamed(said: string, choices: readonly string[]): number {
  const wanted = said.toLowerCase();
  return choices.findIndex((choice) => choice.toLowerCase() === wanted);
}
