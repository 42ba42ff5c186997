import type { Conversation } from '../conversations/conversation.ts';
import { isObject } from '../http/body.ts';
import type { Person } from '../people/person.ts';
import type { ActivityJson, Entry, Sender } from '../transcript/entry.ts';
import type { Change, Transcript } from '../transcript/transcript.ts';

/** A conversation as one person sees it. */
export interface View {
  readonly conversation: Conversation;
  readonly transcript: Transcript;
  readonly person: Person;
}

/** What Direct Line sends over its stream and answers to a poll. */
export interface ActivitySet {
  readonly activities: Record<string, unknown>[];
  readonly watermark: string;
}

/** What changed after a watermark. */
export function activitiesSince(view: View, version: number): ActivitySet {
  const activities = view.transcript
    .since(version)
    // On a first reading, what is gone was never there.
    .filter((entry) => !entry.isHidden && (version > 0 || !entry.isDeleted))
    .map((entry) => entryForClient(view, entry));
  return { activities, watermark: String(view.transcript.version) };
}

/** One change as it happens. */
export function changeForClient(view: View, change: Change): ActivitySet {
  const activity =
    change.kind === 'entry'
      ? entryForClient(view, change.entry)
      : passingForClient(view, change.activity, change.from);
  return { activities: [activity], watermark: String(view.transcript.version) };
}

/**
 * A message as a Direct Line client understands it. A deleted one becomes an activity `messageDelete`, an
 * undelivered one says so in `channelData.undelivered`, a changed one in `channelData.edited`.
 */
function entryForClient(view: View, entry: Entry): Record<string, unknown> {
  const envelope = envelopeFor(view, entry.from, entry.at);
  if (entry.isDeleted) return { ...envelope, id: entry.id, type: 'messageDelete' };
  const { replyToId, channelData, ...content } = entry.activity;
  return {
    ...content,
    ...envelope,
    id: entry.id,
    ...(isVisible(view, replyToId) ? { replyToId } : {}),
    channelData: {
      ...(isObject(channelData) ? channelData : {}),
      ...(entry.isUndelivered ? { undelivered: true } : {}),
      ...(entry.updatedAt === undefined ? {} : { edited: true }),
    },
  };
}

function passingForClient(view: View, activity: ActivityJson, from: Sender): Record<string, unknown> {
  const { replyToId, ...content } = activity;
  return { ...content, ...envelopeFor(view, from, Date.now()) };
}

function envelopeFor({ conversation, person }: View, from: Sender, at: number): Record<string, unknown> {
  return {
    timestamp: new Date(at).toISOString(),
    channelId: 'directline',
    conversation: { id: conversation.key },
    // For a client there is the person in front of it, and everybody else.
    from: { id: from.id, name: from.name, role: from.id === person.id ? 'user' : 'bot' },
  };
}

/** Clients hold a reply back until they have seen what it replies to; so it only names what they can see. */
function isVisible({ transcript }: View, id: unknown): boolean {
  const entry = typeof id === 'string' ? transcript.get(id) : undefined;
  return entry !== undefined && !entry.isHidden && !entry.isDeleted;
}
