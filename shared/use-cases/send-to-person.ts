import { entryOf } from '../catalog/catalog.ts';
import { mostMessageBytes } from '../domain/channel-limits.ts';
import type { Conversation } from '../domain/conversation.ts';
import { judge } from '../domain/failure.ts';
import { conversationKey } from '../domain/ids.ts';
import type { Answer } from '../domain/learned.ts';
import { type Content, DeliveryMode, type Notification } from '../domain/notification.ts';
import { type Duration, minutes } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Messenger, OutgoingMessage } from '../ports/messenger.ts';
import type { Pacer } from '../ports/pacer.ts';
import type { ParticularsStore } from '../ports/particulars-store.ts';
import { StoreUnavailable } from '../ports/store-errors.ts';
import type { TurnStore } from '../ports/turn-store.ts';
import { interruptDialog } from './interrupt-dialog.ts';
import { askingMessage } from './interruption-words.ts';
import { readParticulars } from './read-particulars.ts';
import type { ReleaseDeferred } from './release-deferred.ts';
import { replaceDialog } from './replace-dialog.ts';

export type SendToPerson = (notification: Notification, conversation: Conversation) => Promise<Answer>;

type Reachable = Conversation & { readonly conversationId: string };

/**
 * Renders a notification for the person and makes the request. Where only the person is known, or the channel has
 * forgotten the conversation, the conversation is created first (once) and remembered.
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
  readonly clock: Clock;
  readonly defaultTimeZone: string;
  readonly turns: TurnStore;
  readonly dialogIdle: Duration;
  /** A dialog was replaced: what waited for it may go now. */
  readonly releaseDeferred?: ReleaseDeferred;
}): SendToPerson {
  const withParticulars = readParticulars(deps);
  const interrupt = interruptDialog(deps);
  const replace = replaceDialog(deps);

  return async (notification, conversation) => {
    try {
      const content = render(await withParticulars(notification, conversation.key), conversation);
      return await send(notification, conversation, content);
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
    if (!isReachable(conversation)) return createAndSend(notification, conversation, content);
    const result = await tell(notification, conversation, content);
    const isGone = result.kind === 'failed' && result.status === 404;
    return isGone && conversation.conversationType === 'personal'
      ? createAndSend(notification, conversation, content, result)
      : result;
  }

  /** Makes the one request, in the way that the mode asks for. Dialogs are a matter of personal conversations. */
  async function tell(
    notification: Notification,
    conversation: Reachable,
    content: Content,
  ): Promise<Answer> {
    const request = async (message: OutgoingMessage): Promise<Answer> => {
      const bytes = Buffer.byteLength(JSON.stringify(message));
      return bytes > mostMessageBytes(conversation.channelId)
        ? { kind: 'too-large' }
        : deps.messenger.send(conversation, message);
    };
    const question = entryOf(notification.type)?.question?.(notification.data);
    const shown = {
      notification: notification.id,
      content,
      ...(question === undefined ? {} : { question }),
    };
    const mode =
      conversation.conversationType === 'personal' ? notification.delivery.mode : DeliveryMode.adHoc;
    switch (mode) {
      case DeliveryMode.interrupt:
        return interrupt({ conversation, shown, send: request });
      case DeliveryMode.replace:
        return replace({
          conversation,
          notification: notification.id,
          content: askingMessage(shown),
          send: request,
        });
      case DeliveryMode.wait:
      case DeliveryMode.adHoc:
        return request(askingMessage(shown));
    }
  }

  function render(notification: Notification, conversation: Conversation): Content {
    const entry = entryOf(notification.type);
    if (entry === undefined)
      throw new Error(`no catalog entry for type "${notification.type}", although it was accepted`);
    return entry.render(notification.data, {
      locale: conversation.locale ?? 'en',
      timeZone: conversation.timeZone ?? deps.defaultTimeZone,
      now: deps.clock.now(),
      ...(notification.particulars === undefined ? {} : { particulars: notification.particulars }),
    });
  }

  /**
   * May be called again for the same delivery: the channel gives the same conversation, and the row there says that it
   * is this delivery's. `gone` is what the channel said of the old conversation; when no other can be had, it is the
   * answer that tells more.
   */
  async function createAndSend(
    notification: Notification,
    old: Conversation,
    content: Content,
    gone?: Answer,
  ): Promise<Answer> {
    const { user } = old;
    if (user === undefined)
      return gone ?? { kind: 'failed', code: 'no-user', status: 404, surelyNotSent: true };
    const now = deps.clock.now();
    // Creating is a request of its own to the tenant: the cursor moves on by one.
    await deps.pacer.reserve(old.tenant, 1, now, minutes(1));
    const created = await deps.messenger.createConversation({
      channelId: old.channelId,
      serviceUrl: old.serviceUrl,
      bot: old.bot,
      user,
      ...(old.tenantId === undefined ? {} : { tenantId: old.tenantId }),
    });
    if (created.kind === 'failed') {
      // Creating twice is harmless, so nothing about it is unknown.
      const failure = { ...created, surelyNotSent: true };
      return gone !== undefined && judge(failure).kind !== 'retry' ? gone : failure;
    }
    if (created.kind === 'untrusted') return gone ?? created;

    const { suppressed: _over, ...rest } = old;
    const next: Reachable = {
      ...rest,
      key: conversationKey(old.channelId, created.conversationId),
      conversationId: created.conversationId,
      conversationType: 'personal',
      capturedAt: now,
      changedAt: now,
    };
    if (next.key === old.key) return tell(notification, next, content);
    await deps.conversations.save(next);
    await deps.conversations.savePerson({
      channelId: next.channelId,
      serviceUrl: next.serviceUrl,
      bot: next.bot,
      user,
      personal: next.key,
      ...(next.tenantId === undefined ? {} : { tenantId: next.tenantId }),
    });

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
    if (result.kind === 'sent' && isReachable(old)) await giveUp(old);
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

function isReachable(conversation: Conversation): conversation is Reachable {
  return conversation.conversationId !== undefined;
}
