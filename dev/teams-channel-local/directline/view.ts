import { type Conversation, channelOfThread } from '../conversations/conversation.ts';
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
    .filter((entry) => !entry.isHidden && isShownTo(view.person, entry) && (version > 0 || !entry.isDeleted))
    .map((entry) => entryForClient(view, entry));
  return { activities, watermark: String(view.transcript.version) };
}

/** One change as it happens; `undefined` where this person sees nothing of it. */
export function changeForClient(view: View, change: Change): ActivitySet | undefined {
  if (change.kind === 'entry' && !isShownTo(view.person, change.entry)) return undefined;
  const activity =
    change.kind === 'entry'
      ? entryForClient(view, change.entry)
      : passingForClient(view, change.activity, change.from);
  return { activities: [activity], watermark: String(view.transcript.version) };
}

/**
 * A message as a Direct Line client understands it. A deleted one becomes an activity `messageDelete`, an
 * undelivered one says so in `channelData.undelivered`, one that nobody else sees in `channelData.onlyForYou`, a changed one in
 * `channelData.edited`.
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
      ...(entry.onlyFor === undefined ? {} : { onlyForYou: true }),
      ...threadOf(entry),
      ...(entry.updatedAt === undefined ? {} : { edited: true }),
    },
  };
}

/** In a team's channel: the thread that a message is of. */
function threadOf({ activity: { conversation } }: Entry): { readonly thread?: string } {
  const id = isObject(conversation) ? conversation.id : undefined;
  return typeof id === 'string' && channelOfThread(id) !== undefined ? { thread: id } : {};
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

function isShownTo({ id }: Person, { onlyFor }: Entry): boolean {
  return onlyFor === undefined || onlyFor === id;
}

/** Clients hold a reply back until they have seen what it replies to; so it only names what they can see. */
function isVisible({ transcript, person }: View, id: unknown): boolean {
  const entry = typeof id === 'string' ? transcript.get(id) : undefined;
  return entry !== undefined && !entry.isHidden && !entry.isDeleted && isShownTo(person, entry);
}
