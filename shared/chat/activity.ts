import type { Activity } from 'botbuilder';
import { showsCards } from '../domain/delivery/channel-limits.ts';
import { pressOf } from './press.ts';
import type { Reply } from './turn.ts';

/** A longer text is no mention of the bot. */
const LONGEST_MENTION = 1000;

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

export function toActivity(reply: Reply): Partial<Activity> {
  const { card, file } = reply;
  const attachments = [
    ...(card === undefined ? [] : [{ contentType: ADAPTIVE_CARD, content: card }]),
    ...(file === undefined ? [] : [toAttachment(file)]),
  ];
  return {
    type: 'message',
    text: reply.text,
    textFormat: 'markdown',
    ...(attachments.length === 0 ? {} : { attachments }),
    ...(reply.suggestions === undefined || reply.suggestions.length === 0
      ? {}
      : {
          suggestedActions: {
            to: [],
            actions: reply.suggestions.map((value) => ({ type: 'imBack', title: value, value })),
          },
        }),
  };
}

/** Everything that a reply says, in order. */
export function toActivities(
  { more = [], cards = [], lead, ...reply }: Reply,
  channelId: string,
): readonly Partial<Activity>[] {
  const isOnCard = lead !== undefined && reply.card !== undefined && showsCards(channelId);
  return [
    toActivity(isOnCard ? { ...reply, text: lead } : reply),
    ...cards.map((card) => toActivity({ text: '', card })),
    ...more.map((text) => toActivity({ text })),
  ];
}

function toAttachment({ name, contentType, text }: NonNullable<Reply['file']>) {
  const base64 = Buffer.from(text, 'utf8').toString('base64');
  return { name, contentType, contentUrl: `data:${contentType};base64,${base64}` };
}

/** What was said, without the mention of the bot; or the command that a card's button carries. */
export function spoken(activity: Activity): string {
  const command = pressOf(activity)?.command;
  if (command !== undefined) return command;
  let text = activity.text ?? '';
  for (const entity of activity.entities ?? []) {
    // Entities are open objects; a mention carries who is mentioned and the text that does it.
    const mention = entity as {
      readonly type: string;
      readonly mentioned?: { readonly id?: string };
      readonly text?: unknown;
    };
    if (mention.type !== 'mention' || mention.mentioned?.id !== activity.recipient?.id) continue;
    if (typeof mention.text === 'string' && mention.text.length <= LONGEST_MENTION) {
      text = text.replace(mention.text, () => ' ');
    }
  }
  return text.replace(/\s+/g, ' ').trim();
}
