import { LONGEST_WORD, piecesOf } from '../catalog/excerpt.ts';
import type { Button } from '../catalog/frame.ts';
import { inOneCard, toastOf } from '../catalog/one-card.ts';
import { withPressKey } from '../catalog/press-key.ts';
import { readableText } from '../catalog/readable-text.ts';
import type { Activity } from '../domain/conversation/activity.ts';
import { defined } from '../domain/defined.ts';
import { MOST_SUGGESTIONS, messageLimit, showsCards, weightOf } from '../domain/delivery/channel-limits.ts';
import { toActivity } from '../ports/delivery/message-activity.ts';
import type { OutgoingMessage } from '../ports/delivery/messenger.ts';
import type { Reply } from './turn.ts';

/**
 * Everything that a reply says, in order, each activity being one message: a text, or one card with all of it. A channel
 * that takes short texts only gets a long one in pieces.
 *
 * @param to where it is said, and the turn that it answers, by which the buttons of its cards are known
 */
export function toActivities(
  reply: Reply,
  to: {
    readonly channelId: string;
    readonly turn?: string | undefined;
    readonly inWords?: (command: string) => string;
  },
): readonly Partial<Activity>[] {
  const { cards = [], more = [], file } = reply;
  const shown = cards.map((card) => inOneCard({ card }, toastOf(reply.text)));
  return [
    ...[...messagesOf(reply, to), ...shown].map((message) => toActivity(keyed(message, to))),
    ...(file === undefined ? [] : [fileActivity(file)]),
    ...more.map((text) => toActivity({ text })),
  ].map((activity) => (reply.isPrivate === true ? inPrivate(activity) : activity));
}

/** A reply as the one message that takes an older one's place; `undefined` where its channel needs several for it. */
export function inOneMessage(
  reply: Reply,
  to: Parameters<typeof toActivities>[1],
): OutgoingMessage | undefined {
  const [message, ...others] = messagesOf(reply, to);
  return message === undefined || others.length > 0 ? undefined : keyed(message, to);
}

function keyed(
  message: OutgoingMessage,
  { turn }: Pick<Parameters<typeof toActivities>[1], 'turn'>,
): OutgoingMessage {
  if (message.card === undefined || turn === undefined) return message;
  return { ...message, card: withPressKey(message.card, turn) };
}

/** Shown to whoever is answered alone. */
export function inPrivate(activity: Partial<Activity>): Partial<Activity> {
  return { ...activity, entities: [{ type: 'activityTreatment', treatment: 'targeted' }] };
}

/** The reply itself. Buttons that would not be shown beside a text are on a card. */
function messagesOf(
  { text, lead, card, suggestions: commands = [], buttons: own = [] }: Reply,
  { channelId, inWords = (command) => command }: Parameters<typeof toActivities>[1],
): readonly OutgoingMessage[] {
  const named = commands.map(inWords);
  if (!showsCards(channelId)) {
    const suggestions = [...own.map(({ title }) => title), ...named];
    // Where the text does not say all that the card says, the card's words follow it.
    const whole = lead === undefined ? readableText({ text, ...carded(card) }, '') : text;
    const pieces = shortTexts(whole, channelId);
    return pieces.map((piece, place) =>
      place < pieces.length - 1 ? { text: piece } : { text: piece, suggestions },
    );
  }
  if (card === undefined && own.length === 0 && named.length <= MOST_SUGGESTIONS)
    return [{ text, suggestions: named }];
  const head = lead ?? text;
  const buttons = [...own, ...named.map((command): Button => ({ title: command, command }))];
  const said = head === '' ? {} : { text: head };
  return [inOneCard({ ...said, ...carded(card), summary: toastOf(text), buttons }, '')];
}

/** The text in pieces that the channel takes; the text itself where that is one. */
function shortTexts(text: string, channelId: string): readonly string[] {
  const limit = messageLimit(channelId);
  if (weightOf({ text }, limit) <= limit.most) return [text];
  // A piece goes on to the end of a word, and a character may be two units.
  return piecesOf(text, Math.floor(limit.most / 2) - LONGEST_WORD);
}

function carded(card: Reply['card']) {
  return defined({ card });
}

/** A file is a message of its own, as a card is. */
function fileActivity({ name, contentType, text }: NonNullable<Reply['file']>): Partial<Activity> {
  const base64 = Buffer.from(text, 'utf8').toString('base64');
  const contentUrl = `data:${contentType};base64,${base64}`;
  return { type: 'message', summary: name, attachments: [{ name, contentType, contentUrl }] };
}
