import { DIGEST } from '../../catalog/digest.ts';
import type { Frame, Telling } from '../../catalog/frame.ts';
import { showAllCommand } from '../../catalog/show-all.ts';
import {
  type Conversation,
  canBeOpenedAnew,
  type SuppressionReason,
} from '../../domain/conversation/conversation.ts';
import { FailureMeaning, judge, judgeCreation } from '../../domain/delivery/failure.ts';
import type { Answer } from '../../domain/delivery/learned.ts';
import { isEnough, type Undeciphered } from '../../domain/delivery/undeciphered.ts';
import { type Content, DeliveryMode, type Notification } from '../../domain/event/notification.ts';
import { believedAccount, namesOf, proofsOf } from '../../domain/identity/proofs.ts';
import type { Vouching } from '../../domain/identity/vouching.ts';
import { conversationKey, type NotificationId } from '../../domain/ids.ts';
import { type Duration, minutes } from '../../domain/time.ts';
import { entryOf } from '../../kinds/catalog.ts';
import { wordsFor } from '../../locale/words.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { SubscriptionStore } from '../../ports/conversation/subscription-store.ts';
import type { Tombstones } from '../../ports/conversation/tombstones.ts';
import type { TurnStore } from '../../ports/conversation/turn-store.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import type { Messenger } from '../../ports/delivery/messenger.ts';
import type { MissedList } from '../../ports/delivery/missed-list.ts';
import type { Pacer } from '../../ports/delivery/pacer.ts';
import type { ParticularsStore } from '../../ports/delivery/particulars-store.ts';
import { StoreUnavailable } from '../../ports/store-errors.ts';
import { interruptDialog } from '../conversation/interrupt-dialog.ts';
import { askingMessage } from '../conversation/interruption-words.ts';
import { replaceDialog } from '../conversation/replace-dialog.ts';
import type { ReleaseDeferred } from '../holding-back/release-deferred.ts';
import { forgottenLately } from '../privacy/forgotten-lately.ts';
import { dressMessage } from './dress-message.ts';
import { fitContent } from './fit-content.ts';
import { readParticulars } from './read-particulars.ts';
import { whyYouGetThis } from './why-you-get-this.ts';

export type SendToPerson = (
  notification: Notification,
  conversation: Conversation,
  about?: {
    /** Whose clock the person reads; default: the conversation's zone, else the app's. */
    readonly timeZone?: string | undefined;
    /** How often the channel could not read the conversation's id so far. */
    readonly undeciphered?: Undeciphered | undefined;
  },
) => Promise<Answer>;

type Reachable = Conversation & { readonly conversationId: string };

/**
 * Renders a notification for the person and makes the request. Where only the person is known, or the channel has
 * forgotten the conversation, the conversation is created first (once) and remembered; so, too, where the channel cannot
 * read the conversation's id for a while: then with the person's Entra object id, which is the same for every bot.
 *
 * Never throws `StoreUnavailable`: where the store was away before the message left, the answer says that surely nothing
 * was sent (code `store-unavailable`).
 */
export function sendToPerson(deps: {
  readonly messenger: Messenger;
  readonly conversations: ConversationStore;
  readonly ledger: Ledger;
  readonly pacer: Pacer;
  readonly particulars: ParticularsStore;
  readonly missed: Pick<MissedList, 'add'>;
  readonly clock: Clock;
  readonly defaultTimeZone: string;
  readonly turns: TurnStore;
  readonly subscriptions: Pick<SubscriptionStore, 'of'>;
  /** Somebody who asked to be forgotten while this was under way is not remembered by it. */
  readonly tombstones?: Pick<Tombstones, 'find'>;
  readonly vouching: Vouching;
  readonly dialogIdle: Duration;
  /** A dialog was replaced: what waited for it may go now. */
  readonly releaseDeferred?: ReleaseDeferred;
}): SendToPerson {
  const withParticulars = readParticulars(deps);
  const interrupt = interruptDialog(deps);
  const replace = replaceDialog(deps);
  const why = whyYouGetThis(deps);

  return async (notification, conversation, { timeZone, undeciphered } = {}) => {
    try {
      const full = await withParticulars(notification, conversation.key);
      const content = render(full, conversation, timeZone ?? conversation.timeZone ?? deps.defaultTimeZone);
      const answer = await send(notification, conversation, content);
      const entraId = entraIdOf(conversation);
      if (entraId === undefined || !isUndeciphered(answer) || !isEnough(undeciphered, deps.clock.now())) {
        return answer;
      }
      return await createAndSend(notification, conversation, content, { instead: answer, entraId });
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      // The next attempt comes this way again, and nobody is told twice: every write stands before the message.
      return { kind: 'failed', code: cause.code, surelyNotSent: true };
    }
  };

  async function send(
    notification: Notification,
    conversation: Conversation,
    content: Content,
  ): Promise<Answer> {
    const isKnownGone = conversation.suppressed === 'gone' && canBeOpenedAnew(conversation);
    if (!isReachable(conversation) || isKnownGone) return createAndSend(notification, conversation, content);
    const result = await tell(notification, conversation, content);
    return isGone(result) && conversation.conversationType === 'personal'
      ? createAndSend(notification, conversation, content, { instead: result })
      : result;
  }

  /** Makes the one request, in the way that the mode asks for. Dialogs are a matter of personal conversations. */
  async function tell(notification: Notification, conversation: Reachable, whole: Content): Promise<Answer> {
    const mode =
      conversation.conversationType === 'personal' ? notification.delivery.mode : DeliveryMode.adHoc;
    const kind = entryOf(notification.type)?.title(conversation.locale ?? 'en') ?? notification.type;
    const isInterrupting = mode === DeliveryMode.interrupt || mode === DeliveryMode.replace;
    const { channelId, locale } = conversation;
    const question = entryOf(notification.type)?.question?.(notification.data);
    const fitted = fitContent(whole, {
      channelId,
      locale,
      kind,
      isAddedTo: isInterrupting || question !== undefined,
    });
    if (fitted === 'too-large') return { kind: 'too-large' };
    const { content, isCut } = fitted;
    // Before it is shown, so that whoever asks for the rest finds it, whatever dies; who reads the list looks at outcomes.
    if (isCut || notification.type === DIGEST) await deps.missed.add(conversation.key, notification.id);
    const reason = await why(notification, conversation);
    const frame = isCut ? withShowAll(reason, notification.id, locale) : reason;
    const request = async (telling: Telling): Promise<Answer> => {
      const dressed = dressMessage(telling, { channelId, notification: notification.id, kind, frame });
      return dressed === 'too-large' ? { kind: 'too-large' } : deps.messenger.send(conversation, dressed);
    };
    const shown = {
      notification: notification.id,
      content,
      locale: conversation.locale,
      ...(question === undefined ? {} : { question }),
    };
    switch (mode) {
      case DeliveryMode.interrupt:
        return interrupt({ conversation, shown, send: request });
      case DeliveryMode.replace:
        return replace({
          conversation,
          notification: notification.id,
          telling: askingMessage(shown),
          send: request,
        });
      case DeliveryMode.wait:
      case DeliveryMode.adHoc:
        return request(askingMessage(shown));
    }
  }

  function render(notification: Notification, conversation: Conversation, timeZone: string): Content {
    const entry = entryOf(notification.type);
    if (entry === undefined)
      throw new Error(`no catalog entry for type "${notification.type}", although it was accepted`);
    return entry.render(notification.data, {
      locale: conversation.locale ?? 'en',
      timeZone,
      now: deps.clock.now(),
      ...(notification.particulars === undefined ? {} : { particulars: notification.particulars }),
    });
  }

  /**
   * May be called again for the same delivery: the channel gives the same conversation, and the row there says that it
   * is this delivery's. `instead` is what the channel said of the old conversation; when no other can be had, it is the
   * answer that tells more. With `entraId` the person is asked for by that.
   */
  async function createAndSend(
    notification: Notification,
    old: Conversation,
    content: Content,
    { instead, entraId }: { readonly instead?: Answer; readonly entraId?: string } = {},
  ): Promise<Answer> {
    // Where nobody vouches for the id, another one's conversation might be what the channel gives for it.
    const user = believedAccount(old.user, old, deps.vouching);
    if (user === undefined)
      return instead ?? { kind: 'failed', code: 'ConversationNotFound', status: 404, surelyNotSent: true };
    const now = deps.clock.now();
    // Creating is a request of its own to the tenant: the cursor moves on by one.
    await deps.pacer.reserve(old.tenant, 1, now, minutes(1));
    const created = await deps.messenger.createConversation({
      channelId: old.channelId,
      serviceUrl: old.serviceUrl,
      bot: old.bot,
      user: entraId === undefined ? user : { id: entraId },
      ...(old.tenantId === undefined ? {} : { tenantId: old.tenantId }),
    });
    if (created.kind === 'failed') {
      // Creating twice is harmless, so nothing about it is unknown.
      const failure = { ...created, surelyNotSent: true };
      return instead === undefined || comesAgain(failure, entraId) ? failure : instead;
    }
    if (created.kind === 'untrusted') return instead ?? created;

    const { suppressed: _over, ...rest } = old;
    const opened: Reachable = {
      ...rest,
      key: conversationKey(old.channelId, created.conversationId),
      conversationId: created.conversationId,
      conversationType: 'personal',
      capturedAt: now,
      changedAt: now,
    };
    if (opened.key === old.key) return tell(notification, opened, content);
    const met = await deps.conversations.find(opened.key);
    // The channel gives the conversation that there is, and the person may have said since that they want nothing there.
    if (met?.suppressed !== undefined && met.suppressed !== 'gone') return refusal(met.suppressed);
    const next = met !== undefined && isReachable(met) ? met : opened;
    const persons = namesOf(user, old, deps.vouching);
    if (deps.tombstones !== undefined && (await forgottenLately(deps.tombstones, { persons })).length > 0) {
      // Nothing was sent, and the next attempt ends by policy: the conversation is suppressed or gone.
      return { kind: 'failed', code: 'forgotten', surelyNotSent: true };
    }
    if (next !== met) await deps.conversations.save(next);
    const { channelId, serviceUrl, bot, tenantId, key: personal } = next;
    await deps.conversations.savePerson(
      {
        channelId,
        serviceUrl,
        bot,
        user,
        personal,
        metAt: now,
        ...(tenantId === undefined ? {} : { tenantId }),
      },
      proofsOf(user, next, deps.vouching),
    );

    // The new conversation may be addressed by the same notification (everyone): it is told here, and only here.
    const id = { notification: notification.id, conversation: next.key };
    const moved = await deps.ledger.claim({
      id,
      version: 0,
      state: 'moved',
      movedFrom: old.key,
      attempts: 0,
      unconfirmed: 0,
      firstClaimedAt: now,
    });
    const isOurs = moved !== 'lost' || (await deps.ledger.row(id))?.movedFrom === old.key;
    const result: Answer = isOurs ? await tell(notification, next, content) : { kind: 'sent' };
    // Not before: until the person is told, a retry has to come this way again.
    if (result.kind === 'sent' && isReachable(old) && old.suppressed === undefined) await giveUp(old);
    return result;
  }

  async function giveUp(old: Conversation): Promise<void> {
    try {
      await deps.conversations.suppress(old.key, 'gone');
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      // The person was told, and that must not become unknown: the next message meets the 404 and comes here again.
    }
  }
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

/** The person's id that every bot has in common; believed where the channel itself tells it. */
function entraIdOf({ channelId, conversationType, user }: Conversation): string | undefined {
  return channelId === 'msteams' && conversationType === 'personal' ? user?.aadObjectId : undefined;
}

function isUndeciphered(answer: Answer): boolean {
  return answer.kind === 'failed' && answer.meaning === FailureMeaning.failedToDecrypt;
}

/** Whether another conversation is asked for. That is harmless, so also where nothing but the status says so. */
function isGone(answer: Answer): boolean {
  if (answer.kind !== 'failed' || answer.status !== 404) return false;
  const { kind } = judge(answer);
  return kind === 'recreate' || (kind === 'retry' && answer.code !== 'ActivityNotFoundInConversation');
}

/** Whether the creation is tried again, rather than the old conversation. By the object id it is tried once. */
function comesAgain(
  failure: Extract<Answer, { readonly kind: 'failed' }>,
  entraId: string | undefined,
): boolean {
  const { status } = failure;
  const { kind } = judgeCreation(failure);
  if (entraId === undefined) return kind === 'retry' || kind === 'undeciphered';
  return status === undefined || status === 408 || status === 412 || status === 429 || status >= 500;
}

function isReachable(conversation: Conversation): conversation is Reachable {
  return conversation.conversationId !== undefined;
}

/** What the channel would say of a conversation into which nothing may be sent. */
function refusal(reason: Exclude<SuppressionReason, 'gone'>): Answer {
  return { kind: 'failed', code: REFUSALS[reason], status: 403, surelyNotSent: true };
}

const REFUSALS = {
  blocked: 'ConversationBlockedByUser',
  uninstalled: 'BotNotInConversationRoster',
  forgotten: 'BotNotInConversationRoster',
  'disabled-by-admin': 'BotDisabledByAdmin',
} as const satisfies { readonly [Reason in Exclude<SuppressionReason, 'gone'>]: string };
