import type { Activity } from 'botbuilder-core';
import type { OutgoingMessage } from '../../../ports/delivery/messenger.ts';

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/**
 * The message as an activity: text unchanged, cards as attachments. Several are a carousel: as a list they would be
 * several messages on Teams.
 */
export function toActivity(message: OutgoingMessage): Partial<Activity> {
  const cards = message.cards ?? (message.card === undefined ? [] : [message.card]);
  return {
    type: 'message',
    ...(message.text === undefined ? {} : { text: message.text, textFormat: 'markdown' }),
    ...(message.summary === undefined ? {} : { summary: message.summary }),
    ...(cards.length === 0
      ? {}
      : { attachments: cards.map((content) => ({ contentType: ADAPTIVE_CARD, content })) }),
    ...(cards.length < 2 ? {} : { attachmentLayout: 'carousel' }),
    ...(message.suggestions === undefined || message.suggestions.length === 0
      ? {}
      : {
          suggestedActions: {
            to: [],
            actions: message.suggestions.map((value) => ({ type: 'imBack', title: value, value })),
          },
        }),
  };
}
