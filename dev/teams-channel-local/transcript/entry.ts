import { isObject } from '../http/body.ts';

/** An activity as it goes over the wire: JSON with at least a type. */
export type ActivityJson = Readonly<Record<string, unknown>> & { readonly type: string };

/** Who said something, as the page shows it. */
export interface Sender {
  readonly id: string;
  readonly name: string;
  readonly role: 'user' | 'bot';
}

/** One message in a conversation, as the people in it see it now. */
export interface Entry {
  /** The activity id. */
  readonly id: string;
  /** Its place in the conversation; never changes while it stays where it is. */
  readonly order: number;
  /** Counts up with every change in the conversation; a page asks for what is newer than the last it has. */
  readonly version: number;
  /** When it was shown, in milliseconds since 1970. */
  readonly at: number;
  readonly from: Sender;
  readonly activity: ActivityJson;
  /** When its content was replaced. */
  readonly updatedAt?: number | undefined;
  readonly isDeleted?: boolean | undefined;
  /** A person's message that the bot did not take. */
  readonly isUndelivered?: boolean | undefined;
  /** A card's button was pressed: the bot hears of it, nobody reads it. */
  readonly isHidden?: boolean | undefined;
  /** The one person who sees it, beside the bot; absent where everybody does. */
  readonly onlyFor?: string | undefined;
}

/** What is read first of a message: its text, or the first one on its card; `undefined` when it says nothing. */
export function newsOf({ text, attachments }: ActivityJson): string | undefined {
  if (typeof text === 'string' && text !== '') return text;
  return textOn(attachments);
}

function textOn(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    for (const one of value) {
      const text = textOn(one);
      if (text !== undefined) return text;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  if (value.type === 'TextBlock' && typeof value.text === 'string' && value.text !== '') return value.text;
  return textOn(value.content ?? value.body ?? value.items ?? value.columns);
}

/** What a caller of `/transcript` reads of an entry. */
export function describeEntry(entry: Entry): Record<string, unknown> {
  const { type, text, summary, attachments, replyToId, value } = entry.activity;
  return {
    activityId: entry.id,
    at: new Date(entry.at).toISOString(),
    from: entry.from,
    type,
    ...(text === undefined ? {} : { text }),
    ...(summary === undefined ? {} : { summary }),
    ...(Array.isArray(attachments) && attachments.length > 0 ? { attachments } : {}),
    ...(value === undefined ? {} : { value }),
    ...(replyToId === undefined ? {} : { replyToId }),
    ...(entry.updatedAt === undefined ? {} : { updatedAt: new Date(entry.updatedAt).toISOString() }),
    ...(entry.isDeleted ? { deleted: true } : {}),
    ...(entry.isUndelivered ? { undelivered: true } : {}),
    ...(entry.isHidden ? { hidden: true } : {}),
    ...(entry.onlyFor === undefined ? {} : { onlyFor: entry.onlyFor }),
  };
}
