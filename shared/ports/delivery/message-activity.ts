import { defined } from '../../domain/defined.ts';
import type { OutgoingMessage } from './messenger.ts';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/**
 * The message as an activity of the Bot Framework: the text unchanged, or the card as its one attachment. One form for what
 * the bot answers and for what it says by itself.
 */
export function toActivity({ text, card, summary, suggestions = [] }: OutgoingMessage) {
  return {
    type: 'message',
    ...(text === undefined ? {} : { text, textFormat: 'markdown' }),
    ...defined({ summary }),
    ...(card === undefined ? {} : { attachments: [{ contentType: ADAPTIVE_CARD, content: card }] }),
    ...(suggestions.length === 0
      ? {}
      : {
          suggestedActions: {
            to: [],
            actions: suggestions.map((value) => ({ type: 'imBack', title: value, value })),
          },
        }),
  };
}
