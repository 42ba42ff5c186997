import { type Frame, framed, inPlainText } from '../../catalog/frame.ts';
import { withPressKey } from '../../catalog/press-key.ts';
import { messageLimit, showsCards, weightOf } from '../../domain/delivery/channel-limits.ts';
import type { NotificationId } from '../../domain/ids.ts';
import type { OutgoingMessage } from '../../ports/delivery/messenger.ts';

/**
 * A message as its channel shows it: with the reason and the buttons of its frame below it, or all of it as text where
 * there are no cards. The frame is cut before the message is refused: first its buttons, but for those that are needed,
 * then all of it.
 *
 * @returns `too-large` when the message alone passes the channel's limit
 */
export function dressMessage(
  message: OutgoingMessage,
  to: {
    readonly channelId: string;
    readonly notification: NotificationId;
    /** What to call a message that says nothing in words. */
    readonly kind: string;
    readonly frame?: Frame | undefined;
  },
): OutgoingMessage | 'too-large' {
  const dressed = (frame: Frame | undefined): OutgoingMessage => {
    if (!showsCards(to.channelId)) return inPlainText(message, to.kind, frame);
    const shown = frame === undefined ? message : framed(message, frame);
    return shown.card === undefined ? shown : { ...shown, card: withPressKey(shown.card, to.notification) };
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
