import { entryOf } from '../catalog/catalog.ts';
import { mostMessageBytes } from '../domain/channel-limits.ts';
import type { Conversation } from '../domain/conversation.ts';
import { judge } from '../domain/failure.ts';
import { conversationKey } from '../domain/ids.ts';
import type { Notification } from '../domain/notification.ts';
import { minutes } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Messenger, OutgoingMessage, SendResult } from '../ports/messenger.ts';
import type { Pacer } from '../ports/pacer.ts';
import { StoreUnavailable } from '../ports/store-errors.ts';

export type SendToPerson = (
  notification: Notification,
  conversation: Conversation,
) => Promise<SendResult | { readonly kind: 'too-large' }>;

type Reachable = Conversation & { readonly conversationId: string };

/**
 * Renders a notification for the person and makes the request. Where only the person is known, or the channel has
 * forgotten the conversation, the conversation is created first (once) and remembered.
 */
export function sendToPerson(deps: {
  readonly messenger: Messenger;
  readonly conversations: ConversationStore;
  readonly ledger: Ledger;
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly defaultTimeZone: string;
}): SendToPerson {
  return async (notification, conversation) => {
    const message = render(notification, conversation);
    const bytes = Buffer.byteLength(JSON.stringify(message));
    if (bytes > mostMessageBytes(conversation.channelId)) return { kind: 'too-large' };

    if (!isReachable(conversation)) return createAndSend(notification, conversation, message);
    const result = await deps.messenger.send(conversation, message);
    const isGone = result.kind === 'failed' && result.status === 404;
    return isGone && conversation.conversationType === 'personal'
      ? createAndSend(notification, conversation, message, result)
      : result;
  };

  function render(notification: Notification, conversation: Conversation): OutgoingMessage {
    const entry = entryOf(notification.type);
    if (entry === undefined)
      throw new Error(`no catalog entry for type "${notification.type}", although it was accepted`);
    return entry.render(notification.data, {
      locale: conversation.locale ?? 'en',
      timeZone: conversation.timeZone ?? deps.defaultTimeZone,
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
    message: OutgoingMessage,
    gone?: SendResult,
  ): Promise<SendResult> {
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
    if (next.key === old.key) return deps.messenger.send(next, message);
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
    const result: SendResult = isOurs ? await deps.messenger.send(next, message) : { kind: 'sent' };
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
