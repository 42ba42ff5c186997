import { excerptOf } from '../../catalog/excerpt.ts';
import { type Frame, inPlainText, type Telling } from '../../catalog/frame.ts';
import { inOneCard } from '../../catalog/one-card.ts';
import { withPressKey } from '../../catalog/press-key.ts';
import { hasWords, linksOf, markdownLink, readableText } from '../../catalog/readable-text.ts';
import { defined } from '../../domain/defined.ts';
import {
  type MessageLimit,
  messageLimit,
  showsCards,
  weightOf,
} from '../../domain/delivery/channel-limits.ts';
import type { Content } from '../../domain/event/notification.ts';
import type { NotificationId } from '../../domain/ids.ts';
import { wordsFor } from '../../locale/words.ts';
import type { OutgoingMessage } from '../../ports/delivery/messenger.ts';

/** Room for the frame and the words of a dialog around what was cut; a quarter of it where the channel has little. */
const MOST_AROUND = 4096;

export interface Fitted {
  readonly content: Content;
  /** Only a part of it is shown: the rest is behind `Show all`, and `missed` finds it. */
  readonly isCut: boolean;
}

/**
 * The content as far as its channel can show it. A text that is too long is cut to its beginning. A card cannot be cut: the
 * briefer one of its kind stands in its place, or its text and its links.
 *
 * @returns `too-large` where nothing of it can be said in words
 */
export function fitContent(
  content: Content,
  to: {
    readonly channelId: string;
    readonly locale: string | undefined;
    /** What to call a message that says nothing in words. */
    readonly kind: string;
    /** A dialog adds its own words to the message, or a question its choices. */
    readonly isAddedTo: boolean;
  },
): Fitted | 'too-large' {
  const limit = messageLimit(to.channelId);
  const around = Math.min(MOST_AROUND, limit.most / 4);
  const isWithCards = showsCards(to.channelId);
  const whole = asSent(content, to.kind, isWithCards);
  const fits = weightOf(whole, limit) <= limit.most - (to.isAddedTo ? around : 0);
  // A digest was made to fit: to cut it would cut one of its members off.
  if (fits || content.isSummaryShort) return { content, isCut: false };
  const { briefer, ...rest } = content;
  if (briefer !== undefined && isWithCards) {
    const brief = fitContent({ ...rest, card: briefer }, to);
    return brief === 'too-large' ? brief : { ...brief, isCut: true };
  }
  if (!hasWords(content)) return 'too-large';
  const words = wordsFor(to.locale).cards.cut;
  const isCard = isWithCards && content.card !== undefined;
  const open = wordsFor(to.locale).cards.digest.open;
  const links = isCard
    ? linksOf(content.card).map((link) => markdownLink({ url: link.url, title: link.title ?? open }))
    : [];
  const full = isWithCards ? readableText(content, to.kind) : inPlainText(content, to.kind).text;
  const note = [...links.slice(0, 1), isCard ? words.cardAsText : words.textCut].join('\n\n');
  return { content: { text: beginning(full, note, { ...limit, most: limit.most - around }) }, isCut: true };
}

/** As it is sent when nothing is added to it. */
function asSent(content: Content, kind: string, isWithCards: boolean): object {
  if (!isWithCards) return inPlainText(content, kind);
  return content.card === undefined ? content : inOneCard(content, kind);
}

/** As much of the text as fits together with the note below it. */
function beginning(full: string, note: string, limit: MessageLimit): string {
  const shown = (characters: number) => `${excerptOf(full, characters).text}\n\n${note}`;
  let fits = 0;
  let exceeds = full.length + 1;
  while (exceeds - fits > 1) {
    const middle = Math.floor((fits + exceeds) / 2);
    if (weightOf({ text: shown(middle) }, limit) <= limit.most) fits = middle;
    else exceeds = middle;
  }
  return shown(fits);
}

/**
 * What somebody is told, as the one message that its channel shows of it: a text where there is nothing else, one card
 * with all of it, or all of it as text where there are no cards. The frame is cut before the message is refused: first
 * its buttons, but for those that are needed, then all of it.
 *
 * @returns `too-large` when the message alone passes the channel's limit
 */
export function dressMessage(telling: Telling, to: Dressing): OutgoingMessage | 'too-large' {
  const { frame } = to;
  const limit = messageLimit(to.channelId);
  const whole = dressed(telling, to, frame);
  if (weightOf(whole, limit) <= limit.most) return whole;
  if (frame === undefined) return 'too-large';
  const needed = frame.buttons.filter(({ isNeeded }) => isNeeded === true);
  for (const less of [{ ...frame, buttons: needed }, undefined]) {
    const shown = dressed(telling, to, less);
    if (weightOf(shown, limit) <= limit.most) return shown;
  }
  return 'too-large';
}

/** To whom a message goes, and what stands around it. */
export interface Dressing {
  readonly channelId: string;
  readonly notification: NotificationId;
  /** What to call a message that says nothing in words. */
  readonly kind: string;
  readonly frame?: Frame | undefined;
}

function dressed(
  telling: Telling,
  { channelId, notification, kind }: Dressing,
  frame: Frame | undefined,
): OutgoingMessage {
  if (!showsCards(channelId)) return inPlainText(telling, kind, frame);
  const { text, summary, card, remark, buttons } = telling;
  const isText = card === undefined && remark === undefined && buttons === undefined && frame === undefined;
  if (isText && text !== undefined) return { text, ...defined({ summary }) };
  const pressable = card === undefined ? telling : { ...telling, card: withPressKey(card, notification) };
  return inOneCard(pressable, kind, { frame, message: notification });
}
