import type { Activity } from '../../../domain/conversation/activity.ts';
import type { OutgoingMessage } from '../../../ports/delivery/messenger.ts';

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/** The message as an activity: the text unchanged, or the card as its one attachment. */
export function toActivity(message: OutgoingMessage): Partial<Activity> {
  return {
    type: 'message',
    ...(message.text === undefined ? {} : { text: message.text, textFormat: 'markdown' }),
    ...(message.summary === undefined ? {} : { summary: message.summary }),
    ...(message.card === undefined
      ? {}
      : { attachments: [{ contentType: ADAPTIVE_CARD, content: message.card }] }),
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
