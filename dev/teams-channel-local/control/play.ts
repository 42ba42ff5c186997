import { z } from 'zod';
import { WORDLESS_ACTS, type WordlessAct, wordlessActivity } from '../bot/wordless.ts';
import type { Conversation } from '../conversations/conversation.ts';
import { answerJson } from '../http/answer.ts';
import { readAs } from '../http/body.ts';
import { badRequest, HttpError, notFound } from '../http/errors.ts';
import type { ChannelParts } from '../parts.ts';
import type { Person } from '../people/person.ts';
import type { Entry } from '../transcript/entry.ts';
import { memberCalled } from './conversations.ts';
import type { ControlRequest } from './request.ts';

const playShape = z
  .strictObject({
    conversation: z.string().min(1),
    user: z.string().optional(),
    act: z.enum(WORDLESS_ACTS),
    message: z.string().min(1).optional(),
    reaction: z.string().min(1).default('like'),
    text: z.string().optional(),
  })
  .refine(({ act, text }) => act !== 'edit' || text !== undefined, {
    path: ['text'],
    error: 'is what the message says from now on; "edit" needs it',
  });

/** What people do to messages of the bot; the others are about their own. */
const TO_THE_BOT: readonly WordlessAct[] = ['react', 'unreact', 'read'];

/**
 * `POST /play` `{"conversation","act","user"?,"message"?,"reaction"?,"text"?}`: somebody in a Teams conversation reacts to
 * a message of the bot, reads up to it, or edits, deletes or undeletes one of their own; answered with the message's id.
 * Without `message` it is the newest one. Throws HttpError 405 where the channel tells a bot of nothing of the kind.
 */
export async function handlePlay(parts: ChannelParts, { req, res }: ControlRequest): Promise<void> {
  if (req.method !== 'POST') throw notFound(`There is no ${req.method} ${req.url}`);
  const played = await readAs(req, playShape);
  const { act, reaction } = played;
  const conversation = parts.conversations.find(played.conversation);
  if (!conversation) throw notFound(`No conversation has the id or key "${played.conversation}".`);
  refuseElsewhere(conversation, act);
  const person = memberCalled(parts, conversation, played.user);
  const entry = entryFor(parts, conversation, { act, person, message: played.message });
  const text = played.text ?? textOf(entry);
  const { thread, id, at } = { thread: threadOf(entry), id: parts.ids.next(), at: parts.now() };
  const activity = wordlessActivity(
    act,
    { conversation, thread, person, bot: parts.bot, serviceUrl: parts.serviceUrl(), id, at },
    { message: entry.id, reaction, text },
  );
  change(parts, conversation, { act, entry, text });
  const delivery = await parts.delivery.deliver(activity, conversation);
  if (delivery.kind === 'failed') throw new HttpError(delivery.status, 'BotError', delivery.reason);
  answerJson(res, 200, { message: entry.id });
}

function refuseElsewhere({ channelId, type, key }: Conversation, act: WordlessAct): void {
  if (channelId !== 'msteams') {
    throw new HttpError(405, 'BadArgument', `"${key}" is on ${channelId}, which tells a bot of no "${act}".`);
  }
  if (act === 'read' && type !== 'personal') {
    throw new HttpError(
      405,
      'BadArgument',
      `"${key}" has several people: only a personal chat tells what is read.`,
    );
  }
}

/** The named message, or the newest that fits. Throws HttpError 404 and 400. */
function entryFor(
  parts: ChannelParts,
  conversation: Conversation,
  { act, person, message }: { act: WordlessAct; person: Person; message: string | undefined },
): Entry {
  const transcript = parts.transcripts.of(conversation);
  const isTheBots = TO_THE_BOT.includes(act);
  const fits = ({ from, isDeleted = false, isHidden }: Entry) =>
    (isTheBots ? from.role === 'bot' : from.id === person.id && isHidden !== true) &&
    isDeleted === (act === 'undelete');
  const entry = message === undefined ? transcript.entries().findLast(fits) : transcript.get(message);
  const whose = isTheBots ? 'of the bot' : `of ${person.name}`;
  if (!entry)
    throw notFound(
      `There is no message ${whose}${message === undefined ? '' : ` with the id "${message}"`}.`,
    );
  if (!fits(entry))
    throw badRequest(`"${entry.id}" cannot be used for "${act}": it has to be a message ${whose}.`);
  return entry;
}

/** What everybody in the conversation sees of it. */
function change(
  parts: ChannelParts,
  conversation: Conversation,
  { act, entry, text }: { act: WordlessAct; entry: Entry; text: string | undefined },
): void {
  const transcript = parts.transcripts.of(conversation);
  if (act === 'edit') {
    transcript.revise(entry.id, { activity: { ...entry.activity, text }, updatedAt: parts.now() });
  }
  if (act === 'delete') transcript.revise(entry.id, { isDeleted: true });
  if (act === 'undelete') transcript.revise(entry.id, { isDeleted: false });
}

function textOf({ activity: { text } }: Entry): string | undefined {
  return typeof text === 'string' ? text : undefined;
}

/** In a team's channel: the thread that the message is in. */
function threadOf({ activity: { conversation } }: Entry): string | undefined {
  const isNamed = typeof conversation === 'object' && conversation !== null && 'id' in conversation;
  return isNamed && typeof conversation.id === 'string' ? conversation.id : undefined;
}
