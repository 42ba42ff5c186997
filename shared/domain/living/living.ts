import { changesMessages } from '../delivery/channel-limits.ts';
import { type Notification, OnRepeat } from '../event/notification.ts';
import { hashOf } from '../hash.ts';
import type { ConversationKey, NotificationId } from '../ids.ts';
import { type Duration, type Instant, seconds } from '../time.ts';
import { isNewer, type Order, orderOf } from './order.ts';

/** Names one thing that changes, to one addressee: a hash of the source and its key. */
export interface LivingId {
  readonly conversation: ConversationKey;
  readonly name: string;
}

/** The message that tells of it, where it can be changed. */
export interface Shown {
  /** Whose state it was made for. */
  readonly notification: NotificationId;
  readonly channelId: string;
  /** The channel's ids of the conversation, or of the thread in it, and of the message. */
  readonly conversationId: string;
  readonly activityId: string;
  /** It told of the last state: the next one begins a new message. */
  readonly last?: true;
}

/** A request, of which nobody has recorded yet what came of it, as far as the row says. */
export interface UnderWay {
  readonly notification: NotificationId;
  readonly as: 'send' | 'change';
  readonly until: Instant;
  readonly last?: true;
  /** Under whose key the delivery is, where that is one who was merged into the addressee. */
  readonly of?: ConversationKey;
}

/** All that is known of one thing that changes, to one addressee: one row, by which its states are told in order. */
export interface Living {
  readonly id: LivingId;
  /** The newest state that anybody has looked at; older ones are told no more. */
  readonly newest: { readonly notification: NotificationId; readonly order: Order };
  readonly shown?: Shown;
  readonly underWay?: UnderWay;
  /** When the last request was made. */
  readonly askedAt?: Instant;
  /** The channel changes nothing that was sent. */
  readonly isFixed?: true;
  /** Messages that newer ones have replaced, and that do not say so yet; the oldest first. */
  readonly closing?: readonly Shown[];
  /** Opaque: the store's version tag of the row as it was read. */
  readonly etag?: string;
}

/** A burst of states becomes one request for each of these. */
const ONE_CHANGE_EACH: Duration = seconds(1);

/** So many messages at most wait for the channel to let them say that they were replaced: the newest. */
const MOST_CLOSING = 10;

/** The row of the key that a notification has, to one addressee; `undefined` where it has none. */
export function livingIdOf(
  { source, delivery }: Pick<Notification, 'source' | 'delivery'>,
  conversation: ConversationKey,
): LivingId | undefined {
  const { key } = delivery;
  return key === undefined ? undefined : { conversation, name: hashOf(`${source}\n${key}`) };
}

/** What is known of the request that is ahead: open, surely not made, or made for a state that is over. */
export type Ahead = 'open' | 'free' | 'told' | 'untold';

/** What a state does to what is there. */
export type Turn =
  /** A newer one was looked at. */
  | { readonly as: 'superseded' }
  /** Whether the request ahead is over has to be looked at. */
  | { readonly as: 'look' }
  /** Another request for the same thing is under way, or was made within this second. */
  | { readonly as: 'wait'; readonly until?: Instant }
  | { readonly as: 'send' }
  | { readonly as: 'change'; readonly shown: Shown }
  | { readonly as: 'reply'; readonly shown: Shown }
  | { readonly as: 'replace'; readonly shown: Shown };

/** Whether a newer state than this one was looked at already. */
export function isSuperseded(notification: Notification, living: Living | undefined): boolean {
  return (
    living !== undefined &&
    living.newest.notification !== notification.id &&
    isNewer(living.newest.order, orderOf(notification))
  );
}

/**
 * What becomes of a state, by the row of its key.
 *
 * | The row says | The state |
 * |---|---|
 * | nothing | is sent |
 * | a newer state was looked at | superseded |
 * | another state's request may be under way | waits until it is known not to be |
 * | nothing is shown that can change | is sent |
 * | what is shown told of the last state | is sent |
 * | a message is shown | changes it, answers it or is sent in its place; a change not within a second of the last |
 */
export function turnOf(
  notification: Notification,
  living: Living | undefined,
  { now, ahead }: { readonly now: Instant; readonly ahead?: Ahead },
): Turn {
  if (living === undefined) return { as: 'send' };
  if (isSuperseded(notification, living)) return { as: 'superseded' };
  const { shown, underWay, askedAt = 0 } = living;
  const isAhead = underWay !== undefined && underWay.notification !== notification.id;
  if (isAhead && mayMatter(underWay, now)) {
    if (ahead === undefined) return { as: 'look' };
    if (ahead === 'open') return { as: 'wait' };
  }
  const isEnded = shown?.last === true || (isAhead && underWay.last === true && ahead === 'told');
  if (shown === undefined || isEnded) return { as: 'send' };
  const { onRepeat = OnRepeat.update } = notification.delivery;
  if (onRepeat === OnRepeat.reply) return { as: 'reply', shown };
  if (onRepeat === OnRepeat.new) return { as: 'replace', shown };
  if (living.isFixed === true || !changesMessages(shown.channelId)) return { as: 'send' };
  const next = askedAt + ONE_CHANGE_EACH;
  return next > now && askedAt <= now ? { as: 'wait', until: next } : { as: 'change', shown };
}

/** A change may be made again, whoever made it before: it matters while it may be under way, or where it ended the key. */
function mayMatter({ as, until, last }: UnderWay, now: Instant): boolean {
  return as === 'send' || last === true || until > now;
}

/** The row with this state as the newest. */
export function withNewest(id: LivingId, living: Living | undefined, notification: Notification): Living {
  return { ...living, id, newest: { notification: notification.id, order: orderOf(notification) } };
}

/** The row under a claim, written together with it. */
export function underClaim(
  id: LivingId,
  living: Living | undefined,
  claim: {
    readonly notification: Notification;
    readonly as: UnderWay['as'];
    readonly now: Instant;
    readonly until: Instant;
  },
): Living {
  const { notification, as, now, until } = claim;
  const last = notification.delivery.last === true ? { last: true as const } : {};
  const before = living?.shown;
  const told = living === undefined ? undefined : toldBy(living);
  return {
    ...withNewest(id, living, notification),
    // Whose state is told now is known from the claim before, which this one takes the place of.
    ...(before === undefined || told === undefined ? {} : { shown: { ...before, notification: told } }),
    underWay: { notification: notification.id, as, until, ...last },
    askedAt: now,
  };
}

/** What a request that was made did to what is there. */
export type Made =
  /** The channel has the message, and names it where it can be changed. */
  | { readonly kind: 'sent'; readonly at?: Pick<Shown, 'channelId' | 'conversationId' | 'activityId'> }
  /** What was to be changed is not there; `isFixed`: the channel changes nothing. */
  | { readonly kind: 'gone'; readonly isFixed: boolean };

/**
 * The row when a request is over. An answer to the first message leaves that as what is answered to; a message in the place
 * of another one closes it. Others' claims stand.
 */
export function afterRequest(living: Living, notification: Notification, made: Made): Living {
  const { underWay, shown: before, ...rest } = living;
  if (underWay?.notification !== notification.id) return living;
  if (made.kind === 'gone') return { ...rest, ...(made.isFixed ? { isFixed: true as const } : {}) };
  const { onRepeat, last } = notification.delivery;
  const ended = last === true ? { last: true as const } : {};
  const earlier = before?.last === true ? undefined : before;
  if (onRepeat === OnRepeat.reply && earlier !== undefined)
    return { ...rest, shown: { ...earlier, ...ended } };
  return {
    ...rest,
    ...(made.at === undefined ? {} : { shown: { notification: notification.id, ...made.at, ...ended } }),
    ...(onRepeat === OnRepeat.new && earlier !== undefined
      ? { closing: [...(rest.closing ?? []), earlier].slice(-MOST_CLOSING) }
      : {}),
  };
}

/** Whose state a message tells of: that of the last change of it, else that for which it was made. */
export function toldBy({ shown, underWay }: Living): NotificationId | undefined {
  return underWay?.as === 'change' ? underWay.notification : shown?.notification;
}
