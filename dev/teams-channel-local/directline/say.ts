import { type Saying, sayingActivity } from '../bot/activities.ts';
import type { Delivery } from '../bot/delivery.ts';
import { channelOfThread } from '../conversations/conversation.ts';
import { isObject } from '../http/body.ts';
import { HttpError } from '../http/errors.ts';
import type { ChannelParts } from '../parts.ts';
import type { Sender } from '../transcript/entry.ts';
import { applyInvokeResponse } from './card-action.ts';
import { retryKeyOf, withoutRetryKey } from './saying.ts';
import type { View } from './view.ts';

/**
 * A person says something: everybody in the conversation sees it, unless it is said to the bot alone, and the bot receives
 * it. Returns its activity id.
 * The same saying again keeps its id.
 *
 * Throws HttpError 409 where the bot was removed, 502 when the bot cannot be reached or refuses, 504 when it does not
 * answer in time; the message is then marked as not delivered.
 */
export async function say(parts: ChannelParts, view: View, said: Saying): Promise<string> {
  const { conversation, person } = view;
  const saying = inPrivate(view, said);
  if (conversation.roster === 'removed') {
    throw new HttpError(
      409,
      'BotNotInstalled',
      'The bot was removed from this conversation. Install it to talk to it.',
    );
  }
  if (conversation.lost !== undefined) {
    throw new HttpError(409, 'ConversationReplaced', 'Another chat took the place of this one. Write there.');
  }
  parts.conversations.hears(person);
  // Somebody who writes to the bot wants to hear from it.
  if (conversation.isBlocked) parts.conversations.change(conversation, { isBlocked: false });

  const at = parts.now();
  const id = idOf(view, saying) ?? parts.ids.next();
  const thread = threadOf(view, saying);
  const activity = sayingActivity(
    { conversation, thread, person, bot: parts.bot, serviceUrl: parts.serviceUrl(), id, at },
    withoutRetryKey(saying),
  );
  echo(view, saying, { id, at, conversation: activity.conversation });

  const opened = await parts.membership.open(conversation, person);
  const delivery = opened.kind === 'failed' ? opened : await parts.delivery.deliver(activity, conversation);
  if (delivery.kind === 'failed') throw undelivered(view, id, delivery);
  if (saying.type === 'invoke')
    applyInvokeResponse(parts, view, { body: delivery.body, cardId: saying.replyToId });
  return id;
}

/** Said to the bot alone: what is marked so among others, and what is done with a message that nobody else sees. */
function inPrivate({ conversation, transcript }: View, { isPrivate, ...saying }: Saying): Saying {
  const answered = saying.replyToId === undefined ? undefined : transcript.get(saying.replyToId);
  const isAlone = isPrivate === true || answered?.onlyFor !== undefined;
  return isAlone && conversation.type !== 'personal' ? { ...saying, isPrivate: true } : saying;
}

/** The id that the same saying has from an earlier attempt. */
function idOf({ transcript }: View, saying: Saying): string | undefined {
  const key = retryKeyOf(saying);
  if (key === undefined) return undefined;
  return transcript
    .entries()
    .findLast(({ activity: { channelData } }) => isObject(channelData) && retryKeyOf({ channelData }) === key)
    ?.id;
}

/** In a team's channel: the thread of what it answers. */
function threadOf(
  { transcript, conversation: here }: View,
  { replyToId, channelData }: Saying,
): string | undefined {
  const chosen = channelData?.thread;
  if (typeof chosen === 'string' && channelOfThread(chosen) === here.id) return chosen;
  const conversation = replyToId === undefined ? undefined : transcript.get(replyToId)?.activity.conversation;
  return isObject(conversation) && typeof conversation.id === 'string' ? conversation.id : undefined;
}

/** Shows the saying in the conversation. The client that posted it waits for this. */
function echo(
  view: View,
  { isPrivate, ...saying }: Saying,
  { id, at, conversation }: { id: string; at: number; conversation: unknown },
) {
  const from: Sender = { id: view.person.id, name: view.person.name, role: 'user' };
  const activity = { ...withoutUndefined(saying), type: saying.type, conversation };
  if (view.conversation.isSynthetic) return;
  if (saying.type !== 'message') {
    if (saying.type !== 'typing') view.transcript.pass({ ...activity, id }, from);
    return;
  }
  const isHidden = saying.channelData?.postBack === true;
  view.transcript.show({
    ...{ id, at, from, activity },
    ...(isHidden ? { isHidden } : {}),
    ...(isPrivate ? { onlyFor: from.id } : {}),
  });
}

function undelivered(
  { transcript }: View,
  id: string,
  delivery: Extract<Delivery, { kind: 'failed' }>,
): HttpError {
  transcript.revise(id, { isUndelivered: true });
  return new HttpError(delivery.status, 'BotError', delivery.reason);
}

function withoutUndefined(saying: Saying): Record<string, unknown> {
  return Object.fromEntries(Object.entries(saying).filter(([, value]) => value !== undefined));
}
