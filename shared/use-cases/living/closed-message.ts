import type { CatalogEntry } from '../../catalog/entry.ts';
import { inPlainText } from '../../catalog/frame.ts';
import { inOneCard } from '../../catalog/one-card.ts';
import { withoutActions } from '../../catalog/without-actions.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { OwnCard } from '../../domain/conversation/turn-state.ts';
import { defined } from '../../domain/defined.ts';
import { messageLimit, showsCards, weightOf } from '../../domain/delivery/channel-limits.ts';
import type { Notification } from '../../domain/event/notification.ts';
import type { OutgoingMessage } from '../../ports/delivery/messenger.ts';
import { dressMessage } from '../delivery/fit-content.ts';

/**
 * A message as it stands when it is over: what it said, without its buttons, and the remark in their place. `undefined` where
 * its channel has no room for that.
 *
 * @param notification with what it says to the one who reads it alone
 * @param remark Markdown: what became of it
 */
export function closedMessage(
  { id, data, particulars }: Notification,
  entry: CatalogEntry,
  to: {
    readonly channelId: string;
    readonly locale: string;
    readonly timeZone: string;
    readonly remark: string;
  },
): OutgoingMessage | undefined {
  const { channelId, locale, timeZone, remark } = to;
  const { card, ...content } = entry.render(data, { locale, timeZone, ...defined({ particulars }) });
  const shown = { ...content, ...(card === undefined ? {} : { card: withoutActions(card) }) };
  const kind = entry.title(locale);
  const message = dressMessage({ ...shown, remark }, { channelId, notification: id, kind });
  return message === 'too-large' ? undefined : message;
}

/** An answer of the bot as it stands when what it is about is over; `undefined` where its channel has no room for that. */
export function closedReply(
  { text, card, lead }: NonNullable<OwnCard['said']>,
  { conversation: { channelId }, outcome }: { readonly conversation: Conversation; readonly outcome: string },
): OutgoingMessage | undefined {
  const limit = messageLimit(channelId);
  const head = lead ?? text;
  const said = head === '' ? {} : { text: head };
  const message: OutgoingMessage =
    card === undefined || !showsCards(channelId)
      ? inPlainText({ text, remark: outcome }, '')
      : inOneCard({ ...said, card: withoutActions(card), remark: outcome }, '');
  return weightOf(message, limit) > limit.most ? undefined : message;
}
