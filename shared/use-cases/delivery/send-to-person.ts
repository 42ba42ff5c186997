import {
  type Conversation,
  canBeOpenedAnew,
  isReachable,
  keyOf,
  type Reachable,
} from '../../domain/conversation/conversation.ts';
import { placeKeyOf } from '../../domain/conversation/reach.ts';
import { defined } from '../../domain/defined.ts';
import { FailureMeaning, judge } from '../../domain/delivery/failure.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import { isEnough, type Undeciphered } from '../../domain/delivery/undeciphered.ts';
import type { Content, Notification } from '../../domain/event/notification.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import { type Move, moveReach } from '../conversation/move-reach.ts';
import { messageGone, whereShown } from '../living/where-shown.ts';
import { readParticulars } from './read-particulars.ts';
import { entraIdOf, movedOn, type OpenDeps, tellAnew } from './tell-anew.ts';
import { type Earlier, type TellDeps, tellPerson } from './tell-person.ts';

export type SendToPerson = (
  notification: Notification,
  conversation: Conversation,
  about?: About,
) => Promise<Answer>;

interface About {
  /** Whose clock the person reads; default: the conversation's zone, else the app's. */
  readonly timeZone?: string | undefined;
  /** How often the channel could not read the conversation's id so far. */
  readonly undeciphered?: Undeciphered | undefined;
  /** What an earlier state of the same key was told by. */
  readonly earlier?: Earlier | undefined;
}

/**
 * Renders a notification for the person and makes the request. Where only the person is known, or the channel has
 * forgotten the conversation, the conversation is created first (once) and remembered; so, too, where the channel cannot
 * read the conversation's id for a while. On Teams the person is asked for by their Entra object id, where it is known.
 *
 * Never throws `StoreUnavailable`: where the store was away before the message left, the answer says that surely nothing
 * was sent (code `store-unavailable`).
 */
export function sendToPerson(
  deps: TellDeps & OpenDeps & { readonly particulars: ParticularsStore; readonly defaultTimeZone: string },
): SendToPerson {
  const withParticulars = readParticulars(deps);
  const tell = tellPerson(deps);
  const anew = tellAnew(deps, tell);
  const move = moveReach(deps);

  return async (notification, conversation, { timeZone, undeciphered, earlier } = {}) => {
    try {
      const full = await withParticulars(notification, conversation.key);
      const content = render(full, conversation, timeZone ?? conversation.timeZone ?? deps.defaultTimeZone);
      // It goes to where its message is, and nowhere else.
      if (earlier?.as === 'change') {
        const place = await whereShown(deps, conversation, earlier.shown);
        if (place === undefined) return messageGone;
        const answer = await tell.into(notification, place, content, earlier);
        return (await isToldOnAnother(answer, place)) ? messageGone : answer;
      }
      return await ask(notification, conversation, content, { earlier, undeciphered });
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      // The next attempt comes this way again, and nobody is told twice: every write stands before the message.
      return { kind: 'failed', code: cause.code, surelyNotSent: true };
    }
  };

  async function ask(
    notification: Notification,
    conversation: Conversation,
    content: Content,
    { earlier, undeciphered }: Pick<About, 'earlier' | 'undeciphered'>,
  ): Promise<Answer> {
    const isKnownGone = conversation.suppressed === 'gone' && canBeOpenedAnew(conversation);
    if (!isReachable(conversation) || isKnownGone) return anew(notification, conversation, content);
    const answer = await tell.into(notification, conversation, content, earlier);
    const isPersonal = conversation.conversationType === 'personal';
    if (answer.kind !== 'failed' || !isPersonal) return answer;
    if (isOfOtherBot(answer, conversation, undeciphered)) {
      return anew(notification, conversation, content, { instead: answer, isOtherBot: true });
    }
    if (await isToldOnAnother(answer, conversation)) return movedOn();
    if (!isGone(answer)) return answer;
    if (await isToldElsewhere(conversation)) return movedOn();
    const opened = await anew(notification, conversation, content, { instead: answer });
    const isLost = opened === answer && (await isToldElsewhere(conversation, { takesAny: true }));
    return isLost ? movedOn() : opened;
  }

  /** Whether it has been unreadable for so long that the person is asked for by the id that every bot has in common. */
  function isOfOtherBot(
    { meaning }: Extract<Answer, { readonly kind: 'failed' }>,
    conversation: Conversation,
    undeciphered: Undeciphered | undefined,
  ): boolean {
    const isUndeciphered = meaning === FailureMeaning.failedToDecrypt;
    return (
      isUndeciphered && entraIdOf(conversation) !== undefined && isEnough(undeciphered, deps.clock.now())
    );
  }

  /** Whether another conversation leads to the person, now that this one is gone. */
  async function isToldElsewhere(gone: Reachable, how: Pick<Move, 'takesAny'> = {}): Promise<boolean> {
    const key = keyOf(gone);
    const moved = await move(gone.key, { ...how, isGone: (place) => place.key === key });
    return moved !== undefined && placeKeyOf(moved.after) !== key;
  }

  /** Whether this channel refuses the person, and another one leads to them: as after a removal that it tells of. */
  async function isToldOnAnother(answer: Answer, { key, channelId }: Reachable): Promise<boolean> {
    if (answer.kind !== 'failed' || judge(answer).kind !== 'suppress') return false;
    const moved = await move(key, { takesAny: true, isGone: (place) => place.channelId === channelId });
    return moved !== undefined && moved.after.channelId !== channelId;
  }

  function render(notification: Notification, conversation: Conversation, timeZone: string): Content {
    const entry = deps.kinds.entryOf(notification.type);
    if (entry === undefined)
      throw new Error(`no catalog entry for type "${notification.type}", although it was accepted`);
    return entry.render(notification.data, {
      locale: conversation.locale ?? 'en',
      timeZone,
      now: deps.clock.now(),
      ...defined({ particulars: notification.particulars }),
    });
  }
}

/** Whether another conversation is asked for. That is harmless, so also where nothing but the status says so. */
function isGone(answer: Extract<Answer, { readonly kind: 'failed' }>): boolean {
  if (answer.status !== 404) return false;
  const { kind } = judge(answer);
  return kind === 'recreate' || (kind === 'retry' && answer.code !== 'ActivityNotFoundInConversation');
}
