import { defined } from '../../domain/defined.ts';
import { Outcome } from '../../domain/delivery/delivery.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey, NotificationId } from '../../domain/ids.ts';
import { days, type Instant } from '../../domain/time.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { LivingStore } from '../../ports/delivery/living-store.ts';
import type { ToldList } from '../../ports/delivery/told-list.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { lastTold } from '../living/last-told.ts';
import { livingOfMessage } from '../living/note-state.ts';
import { thingsOf } from '../living/things-of.ts';
import { MOST_EARLIER, type ToldAsDeps, toldAs } from './told-as.ts';

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

/** A message that was told, and what it tells of now. */
export interface FoundMessage {
  readonly notification: Notification;
  readonly activityId: string;
  /** The channel's id of the conversation in which it is, where that is known. */
  readonly shownIn?: string;
  /** The key under which it was told: of the addressee, or of one who was merged into them. */
  readonly toldAs: ConversationKey;
}

/** One of the keys under which an addressee was told. */
interface Under {
  readonly addressee: ConversationKey;
  readonly key: ConversationKey;
}

/** Finds what an addressee was told by what people say of it; nothing is written for it when it is told. */
export interface FindTold {
  /**
   * The notification that a message of the channel is, of a thing that changes the state that it tells of now; `undefined`
   * where it is none, or is no longer kept.
   */
  byActivity(
    conversation: ConversationKey,
    activityId: string,
    now: Instant,
  ): Promise<FoundMessage | undefined>;
  /** The message of one notification, where it has one of its own. */
  message(conversation: ConversationKey, notification: NotificationId): Promise<FoundMessage | undefined>;
  /** Of each thing, as `thingsOf` names them, the newest message about it, among what was told last. */
  about(
    conversation: ConversationKey,
    things: readonly string[],
    now: Instant,
  ): Promise<readonly FoundMessage[]>;
  /**
   * The newest of the last five questions that has this choice, by its very words, upper and lower case apart. One read
   * where nothing was asked; of each question its notification, and the delivery of the one found.
   */
  choice(conversation: ConversationKey, said: string, now: Instant): Promise<FoundChoice | undefined>;
}

/** Each reads a bounded number of rows; `choice`, which every sentence may be, a handful. Throws `StoreUnavailable`. */
export function findTold(
  deps: ToldAsDeps & {
    readonly ledger: Pick<Ledger, 'deliveriesLately' | 'findOutcome' | 'findDelivery'>;
    readonly living: Pick<LivingStore, 'findLiving'>;
    readonly asked: Pick<ToldList, 'toldOf'>;
    readonly notifications: Pick<NotificationStore, 'findNotification'>;
    readonly kinds: Pick<AllKinds, 'entryOf'>;
  },
): FindTold {
  const lately = (conversation: ConversationKey, now: Instant) =>
    deps.ledger.deliveriesLately(conversation, { from: now - LOOKS_BACK, most: MOST_TOLD });

  /** What a message tells of now: of a thing that changes its last state, else what it was sent for. */
  async function current(
    under: Under,
    id: NotificationId,
    activityId: string,
  ): Promise<Notification | undefined> {
    const notification = await deps.notifications.findNotification(id);
    if (notification === undefined) return undefined;
    const { living } = await livingOfMessage(deps, notification, { ...under, activityId });
    const isShown = living?.shown?.activityId === activityId;
    const told = isShown ? (await lastTold(deps, living, id)).notification : undefined;
    return told === undefined || told === id ? notification : deps.notifications.findNotification(told);
  }

  async function asFound(
    under: Under,
    id: NotificationId,
    { activityId, shownIn }: Pick<FoundMessage, 'activityId' | 'shownIn'>,
  ): Promise<FoundMessage | undefined> {
    const notification = await current(under, id, activityId);
    return notification && { notification, activityId, ...defined({ shownIn }), toldAs: under.key };
  }

  const messageOf = async (under: Under, id: NotificationId): Promise<FoundMessage | undefined> => {
    const result = await deps.ledger.findOutcome({ notification: id, conversation: under.key });
    if (result?.activityId === undefined || result.outcome === Outcome.recalled) return undefined;
    return asFound(under, id, { ...result, activityId: result.activityId });
  };

  /** Takes each thing off `left` of which a message was found. */
  async function aboutUnder(under: Under, left: Set<string>, now: Instant): Promise<readonly FoundMessage[]> {
    const told = (await lately(under.key, now)).slice(0, MOST_READ);
    const read = await Promise.all(
      told.map(({ notification }) => deps.notifications.findNotification(notification)),
    );
    const found: FoundMessage[] = [];
    for (const notification of read) {
      if (notification === undefined || left.size === 0) continue;
      const about = thingsOf(notification, deps.kinds).filter((thing) => left.has(thing));
      const message = about.length === 0 ? undefined : await messageOf(under, notification.id);
      if (message === undefined) continue;
      found.push(message);
      for (const thing of about) left.delete(thing);
    }
    return found;
  }

  async function byActivityUnder(
    under: Under,
    activityId: string,
    now: Instant,
  ): Promise<FoundMessage | undefined> {
    const { key: conversation } = under;
    const told = await lately(conversation, now);
    const sentAt = IS_TIME.test(activityId) ? Number(activityId) : undefined;
    const nearest =
      sentAt === undefined
        ? told
        : [...told].sort((a, b) => Math.abs(a.at - sentAt) - Math.abs(b.at - sentAt));
    for (const { notification } of nearest.slice(0, MOST_READ)) {
      const result = await deps.ledger.findOutcome({ notification, conversation });
      if (result?.activityId === activityId) return asFound(under, notification, { ...result, activityId });
    }
    return undefined;
  }

  return {
    message: (addressee, id) => toldAs(deps, addressee, (key) => messageOf({ addressee, key }, id)),

    async about(conversation, things, now) {
      const left = new Set(things);
      const found: FoundMessage[] = [];
      const look = async (key: ConversationKey) => {
        found.push(...(await aboutUnder({ addressee: conversation, key }, left, now)));
        return left.size === 0 ? 'all' : undefined;
      };
      await toldAs(deps, conversation, look, MOST_EARLIER);
      return found;
    },

    byActivity: (addressee, activityId, now) =>
      toldAs(deps, addressee, (key) => byActivityUnder({ addressee, key }, activityId, now), MOST_EARLIER),

    async choice(conversation, said, now) {
      const asked = (await deps.asked.toldOf(conversation)).slice(0, MOST_ASKED);
      const found = await Promise.all(asked.map((id) => deps.notifications.findNotification(id)));
      for (const notification of found) {
        if (notification === undefined) continue;
        const { id, type, data } = notification;
        const index = choiceNamed(said, deps.kinds.entryOf(type)?.question?.(data)?.choices ?? []);
        if (index < 0) continue;
        const row = await toldAs(deps, conversation, (key) =>
          deps.ledger.findDelivery({ notification: id, conversation: key }),
        );
        const { claimedAt = 0 } = row ?? {};
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
