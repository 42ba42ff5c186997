import { type Frame, inPlainText, type Telling } from '../../catalog/frame.ts';
import { inOneCard } from '../../catalog/one-card.ts';
import { withPressKey } from '../../catalog/press-key.ts';
import { messageLimit, showsCards, weightOf } from '../../domain/delivery/channel-limits.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { OutgoingMessage } from '../../ports/delivery/messenger.ts';

/**
 * What somebody is told, as the one message that its channel shows of it: a text where there is nothing else, one card
 * with all of it, or all of it as text where there are no cards. The frame is cut before the message is refused: first
 * its buttons, but for those that are needed, then all of it.
 *
 * @returns `too-large` when the message alone passes the channel's limit
 */
export function dressMessage(
  telling: Telling,
  to: {
    readonly channelId: string;
    readonly notification: NotificationId;
    /** What to call a message that says nothing in words. */
    readonly kind: string;
    readonly frame?: Frame | undefined;
  },
): OutgoingMessage | 'too-large' {
  const dressed = (frame: Frame | undefined): OutgoingMessage => {
    if (!showsCards(to.channelId)) return inPlainText(telling, to.kind, frame);
    const { text, summary, card, remark, buttons } = telling;
    const isText = card === undefined && remark === undefined && buttons === undefined && frame === undefined;
    if (isText && text !== undefined) return { text, ...(summary === undefined ? {} : { summary }) };
    const shown = inOneCard(telling, to.kind, frame);
    return { ...shown, card: withPressKey(shown.card, to.notification) };
  };
  const { frame } = to;
  const needed = frame?.buttons.filter(({ isNeeded }) => isNeeded === true) ?? [];
  const ways = frame === undefined ? [undefined] : [frame, { ...frame, buttons: needed }, undefined];
  const limit = messageLimit(to.channelId);
  for (const way of ways) {
    const shown = dressed(way);
    if (weightOf(shown, limit) <= limit.most) return shown;
  }
  return 'too-large';
}
