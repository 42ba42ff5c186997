import type { Activity, ActivityAccount } from '../../../domain/conversation/activity.ts';
import type { ChannelAccount, ConversationReference } from '../../../domain/conversation/conversation.ts';
import { defined } from '../../../domain/defined.ts';

/**
 * The activity of a turn that nobody's message began. It has no id, so that what the turn sends is posted to the
 * conversation, `/v3/conversations/{id}/activities`: both SDKs would invent an id and reply to it.
 */
export function continuationOf(
  reference: ConversationReference & { readonly conversationId: string },
): Activity {
  const { user, conversationType, tenantId, locale } = reference;
  const continuation: Omit<Activity, 'from'> & Partial<Activity> = {
    type: 'event',
    name: 'ContinueConversation',
    channelId: reference.channelId,
    serviceUrl: reference.serviceUrl,
    recipient: toAccount(reference.bot),
    ...(user === undefined || conversationType !== 'personal' ? {} : { from: toAccount(user) }),
    conversation: {
      id: reference.conversationId,
      isGroup: conversationType !== 'personal',
      conversationType,
      ...defined({ tenantId }),
      // Optional on the wire; Bot Framework's type wants it.
      name: reference.conversationName ?? '',
    },
    ...defined({ locale }),
  };
  // Among several there is nobody from whom it comes; the type does not know such a turn.
  return continuation as Activity;
}

export function toAccount({ id, name, aadObjectId }: ChannelAccount): ActivityAccount {
  return { id, name: name ?? '', ...defined({ aadObjectId }) };
}
