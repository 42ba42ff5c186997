import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { Settling } from '../../domain/conversation/reply.ts';
import { defined } from '../../domain/defined.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import { wordsFor } from '../../locale/words.ts';
import type { AnswerStore } from '../../ports/conversation/answer-store.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { OutgoingMessage } from '../../ports/delivery/messenger.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import { answeredMessage, askingMessage } from '../conversation/interruption-words.ts';
import { dressMessage } from '../delivery/fit-content.ts';
import { readParticulars } from '../delivery/read-particulars.ts';
import { whyYouGetThis } from '../delivery/why-you-get-this.ts';
import type { AllKinds } from '../kinds/all-kinds.ts';
import { closedMessage } from './closed-message.ts';

/** The message of a notification of which something became, as it stands at this moment; `undefined` where nothing can be shown. */
export type SettledMessage = (
  notification: Notification,
  settled: {
    readonly conversation: Conversation;
    /** The key under which it was told. */
    readonly toldAs: ConversationKey;
    readonly settling: Settling;
    /** Markdown. */
    readonly outcome: string;
  },
) => Promise<OutgoingMessage | undefined>;

/**
 * A question stays one: to somebody alone it says their answer, and lets them change it; among others it keeps its choices and
 * counts the answers. Anything else is over. Throws `StoreUnavailable`.
 */
export function settledMessage(deps: {
  readonly answers: Pick<AnswerStore, 'count' | 'findAnswer'>;
  readonly particulars: ParticularsStore;
  readonly subscriptions: Pick<SubscriptionStore, 'subscriptionsOf'>;
  readonly kinds: Pick<AllKinds, 'entryOf'>;
  readonly defaultTimeZone: string;
}): SettledMessage {
  const withParticulars = readParticulars(deps);
  const why = whyYouGetThis(deps);

  return async (notification, { conversation, toldAs, settling: { answered }, outcome }) => {
    const { channelId, locale = 'en', timeZone = deps.defaultTimeZone } = conversation;
    const { id, type, data } = notification;
    const entry = deps.kinds.entryOf(type);
    if (entry === undefined) return undefined;
    const question = answered?.notification === id ? entry.question?.(data) : undefined;
    const full = await withParticulars(notification, toldAs);
    if (question === undefined)
      return closedMessage(full, entry, { channelId, locale, timeZone, remark: outcome });
    const content = entry.render(data, { locale, timeZone, ...defined({ particulars: full.particulars }) });
    const shown = { notification: id, content, locale, question };
    const telling =
      conversation.conversationType === 'personal'
        ? answeredMessage(shown, answered?.choice && (await standing(notification, toldAs)))
        : {
            ...askingMessage(shown),
            remark: await counted(notification, toldAs, { locale, choices: question.choices }),
          };
    const frame = await why(notification, conversation);
    const message = dressMessage(telling, { channelId, notification: id, kind: entry.title(locale), frame });
    return message === 'too-large' ? undefined : message;
  };

  /** The answer that stands now: a later one may have been given meanwhile. */
  async function standing({ id }: Notification, conversation: ConversationKey): Promise<string | undefined> {
    return (await deps.answers.findAnswer({ notification: id, conversation }))?.stands.choice;
  }

  async function counted(
    { id }: Notification,
    conversation: ConversationKey,
    { locale, choices }: { readonly locale: string; readonly choices: readonly string[] },
  ): Promise<string> {
    const counts = await deps.answers.count(id, conversation);
    return wordsFor(locale).living.answers(
      choices.map((choice) => ({ choice, count: counts.get(choice) ?? 0 })),
    );
  }
}
