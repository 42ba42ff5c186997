import type { ChannelAccount as BotAccount, ConversationReference as BotReference } from 'botbuilder-core';
import type { ChannelAccount, ConversationReference } from '../../../domain/conversation/conversation.ts';

/** Our reference in Bot Framework's shape, without an activity to reply to. */
export function toBotReference(
  reference: ConversationReference & { readonly conversationId: string },
): Partial<BotReference> {
  return {
    channelId: reference.channelId,
    serviceUrl: reference.serviceUrl,
    bot: toBotAccount(reference.bot),
    conversation: {
      id: reference.conversationId,
      isGroup: reference.conversationType !== 'personal',
      conversationType: reference.conversationType,
      ...(reference.tenantId === undefined ? {} : { tenantId: reference.tenantId }),
      // Optional on the wire; Bot Framework's type wants it.
      ...(reference.conversationName === undefined ? { name: '' } : { name: reference.conversationName }),
    },
    ...(reference.user === undefined || reference.conversationType !== 'personal'
      ? {}
      : { user: toBotAccount(reference.user) }),
    ...(reference.locale === undefined ? {} : { locale: reference.locale }),
  };
}

export function toBotAccount({ id, name, aadObjectId }: ChannelAccount): BotAccount {
  return { id, name: name ?? '', ...(aadObjectId === undefined ? {} : { aadObjectId }) };
}
