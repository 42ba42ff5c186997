import { DIGEST } from '../../catalog/digest.ts';
import type { Frame, Telling } from '../../catalog/frame.ts';
import { showAllCommand } from '../../catalog/show-all.ts';
import type { Conversation, Reachable } from '../../domain/conversation/conversation.ts';
import { defined } from '../../domain/defined.ts';
import { CALLED_OFF } from '../../domain/delivery/failure.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import { type Content, DeliveryMode, type Notification } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { Shown as ShownState } from '../../domain/living/living.ts';
import type { Duration } from '../../domain/time.ts';
import { wordsFor } from '../../locale/words.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import type { Messenger, OutgoingMessage } from '../../ports/delivery/messenger.ts';
import type { ToldList } from '../../ports/delivery/told-list.ts';
import type { NotificationStore } from '../../ports/event/notification-store.ts';
import { interruptDialog } from '../conversation/interrupt-dialog.ts';
import { askingMessage, type Shown } from '../conversation/interruption-words.ts';
import { replaceDialog } from '../conversation/replace-dialog.ts';
import type { ReleaseDeferred } from '../holding-back/release-deferred.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { joined, placeOf, quoteOf } from '../living/earlier-message.ts';
import { type Dressing, dressMessage, fitContent } from './fit-content.ts';
import { isCancelled } from './is-cancelled.ts';
import { whyYouGetThis } from './why-you-get-this.ts';

export interface TellDeps {
  readonly messenger: Messenger;
  readonly missed: Pick<ToldList, 'addTold'>;
  readonly asked: Pick<ToldList, 'addTold'>;
  readonly notifications: Pick<NotificationStore, 'findCancellation' | 'findNotification'>;
  readonly clock: Clock;
  readonly turns: TurnStore;
  readonly subscriptions: Pick<SubscriptionStore, 'subscriptionsOf'>;
  readonly dialogIdle: Duration;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
  /** A dialog was replaced: what waited for it may go now. */
  readonly releaseDeferred?: ReleaseDeferred;
}

/** What an earlier state of the same key was told by: the message to change, or the one to answer to. */
export type Earlier =
  | { readonly as: 'change'; readonly shown: ShownState }
  | { readonly as: 'reply'; readonly shown: ShownState };

/** Makes the one request for a notification. */
export interface TellPerson {
  /** Into a conversation that there is, in the way that the notification's mode asks for. */
  into(
    notification: Notification,
    conversation: Reachable,
    content: Content,
    earlier?: Earlier,
  ): Promise<Answer>;

  /** Has `begin` open a conversation with it. Nothing is under way there that it could wait for, interrupt or replace. */
  first(
    notification: Notification,
    conversation: Conversation,
    content: Content,
    begin: (message: OutgoingMessage, isOff: () => Promise<boolean>) => Promise<Answer>,
  ): Promise<Answer>;
}

/** A notification made ready for one conversation. */
interface Ready {
  readonly shown: Omit<Shown, 'below'>;
  readonly dressing: Dressing;
}

export function tellPerson(deps: TellDeps): TellPerson {
  const interrupt = interruptDialog(deps);
  const replace = replaceDialog(deps);
  const why = whyYouGetThis(deps);
  const quote = quoteOf(deps);
  return { into, first };

  async function into(
    notification: Notification,
    conversation: Reachable,
    whole: Content,
    earlier?: Earlier,
  ): Promise<Answer> {
    const { id } = notification;
    const { locale } = conversation;
    // Dialogs are a matter of personal conversations.
    const hasDialogs = conversation.conversationType === 'personal' && earlier?.as !== 'change';
    const mode = hasDialogs ? notification.delivery.mode : DeliveryMode.adHoc;
    const isInterrupting = mode === DeliveryMode.interrupt || mode === DeliveryMode.replace;
    const ready = await makeReady(notification, conversation, whole, { isInterrupting });
    if (ready === 'too-large') return { kind: 'too-large' };
    const { shown, dressing } = ready;
    const home = whole.thread === undefined ? conversation : threadOf(conversation, whole.thread);
    const place = earlier === undefined ? home : placeOf(home, earlier);
    const said = earlier?.as === 'reply' && place === home ? await quote(earlier.shown, locale) : undefined;
    const send = async (plain: Telling): Promise<Answer> => {
      const telling = said === undefined ? plain : { ...plain, remark: joined(plain.remark, said) };
      const dressed = dressMessage(telling, dressing);
      if (dressed === 'too-large') return { kind: 'too-large' };
      const isOff = () => isCancelled(deps, notification);
      const answer = await (earlier?.as === 'change'
        ? deps.messenger.updateActivity(place, earlier.shown.activityId, dressed, isOff)
        : deps.messenger.sendActivity(place, dressed, isOff));
      if (answer.kind === 'sent') return { ...answer, shownIn: place.conversationId };
      const wasAsked = answer.kind === 'failed' && answer.code !== CALLED_OFF;
      return wasAsked ? { ...answer, triedIn: place.conversationId } : answer;
    };
    if (mode === DeliveryMode.interrupt) return interrupt({ conversation, shown, send });
    const telling = plainly(shown);
    return mode === DeliveryMode.replace
      ? replace({ conversation, notification: id, telling, send })
      : send(telling);
  }

  async function first(
    notification: Notification,
    conversation: Conversation,
    whole: Content,
    begin: Parameters<TellPerson['first']>[3],
  ): Promise<Answer> {
    const ready = await makeReady(notification, conversation, whole, { isInterrupting: false });
    const dressed = ready === 'too-large' ? ready : dressMessage(plainly(ready.shown), ready.dressing);
    if (dressed === 'too-large') return { kind: 'too-large' };
    return begin(dressed, () => isCancelled(deps, notification));
  }

  async function makeReady(
    notification: Notification,
    conversation: Conversation,
    whole: Content,
    { isInterrupting }: { readonly isInterrupting: boolean },
  ): Promise<Ready | 'too-large'> {
    const { id, type, data } = notification;
    const { channelId, locale } = conversation;
    const entry = deps.kinds.entryOf(type);
    const kind = entry?.title(locale ?? 'en') ?? type;
    const question = entry?.question?.(data);
    const isAddedTo = isInterrupting || question !== undefined;
    const fitted = fitContent(whole, { channelId, locale, kind, isAddedTo });
    if (fitted === 'too-large') return fitted;
    const { content, isCut } = fitted;
    // Before it is shown, so that whoever asks for the rest finds it, whatever dies; who reads the list looks at outcomes.
    if (isCut || type === DIGEST) await deps.missed.addTold(conversation.key, id);
    if (question !== undefined) await deps.asked.addTold(conversation.key, id);
    const reason = await why(notification, conversation);
    const frame = isCut ? withShowAll(reason, id, locale) : reason;
    return {
      shown: { notification: id, content, locale, ...defined({ question }) },
      dressing: { channelId, notification: id, kind, frame },
    };
  }
}

/** What is told where nothing is interrupted by it. */
function plainly(shown: Ready['shown']): Telling {
  return shown.question === undefined ? shown.content : askingMessage(shown);
}

/** The conversation under the id of its thread. A thread of another place is none. */
function threadOf(conversation: Reachable, thread: string): Reachable {
  const isWithin = thread.startsWith(conversation.conversationId);
  return isWithin ? { ...conversation, conversationId: thread } : conversation;
}

/** The frame with the way to the rest of what was cut. */
function withShowAll(
  frame: Frame | undefined,
  notification: NotificationId,
  locale: string | undefined,
): Frame {
  const { digest, cut } = wordsFor(locale).cards;
  const command = showAllCommand(notification);
  const button = { title: digest.showAll, command, said: 'missed', isNeeded: true } as const;
  return { why: frame?.why ?? cut.textCut, buttons: [button, ...(frame?.buttons ?? [])] };
}
