import { entryOf } from '../catalog/catalog.ts';
import { mostMessageBytes } from '../domain/channel-limits.ts';
import type { Conversation } from '../domain/conversation.ts';
import { conversationKey } from '../domain/ids.ts';
import type { Notification } from '../domain/notification.ts';
import { minutes } from '../domain/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Messenger, OutgoingMessage, SendResult } from '../ports/messenger.ts';
import type { Pacer } from '../ports/pacer.ts';

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

    if (isReachable(conversation)) {
      const result = await deps.messenger.send(conversation, message);
      if (result.kind !== 'failed' || result.status !== 404 || conversation.conversationType !== 'personal') {
        return result;
      }
      const anew = await createAndSend(notification, conversation, message);
      // When not even a new conversation can be had, the first answer tells more.
      return anew.kind === 'sent' ? anew : result;
    }
    return createAndSend(notification, conversation, message);
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

  async function createAndSend(
    notification: Notification,
    old: Conversation,
    message: OutgoingMessage,
  ): Promise<SendResult> {
    const { user } = old;
    if (user === undefined) return { kind: 'failed', code: 'no-user', status: 404, surelyNotSent: true };
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
    // Creating twice is harmless, so nothing about it is unknown.
    if (created.kind === 'failed') return { ...created, surelyNotSent: true };
    if (created.kind === 'untrusted') return created;

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
    if (isReachable(old)) await deps.conversations.suppress(old.key, 'gone');

    // The new conversation may be addressed by the same notification (everyone): it is told here, and only here.
    const moved = await deps.ledger.claim({
      id: { notification: notification.id, conversation: next.key },
      version: 0,
      state: 'moved',
      attempts: 0,
      unconfirmed: 0,
      firstClaimedAt: now,
    });
    if (moved === 'lost') return { kind: 'sent' };
    return deps.messenger.send(next, message);
  }
}

function isReachable(conversation: Conversation): conversation is Reachable {
  return conversation.conversationId !== undefined;
}
