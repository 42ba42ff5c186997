import { z } from 'zod';
import type { Conversation } from '../conversations/conversation.ts';
import { badRequest } from '../http/errors.ts';
import { sizeOf } from '../limits/message-size.ts';
import type { ChannelParts } from '../parts.ts';
import type { Person } from '../people/person.ts';
import type { ActivityJson } from '../transcript/entry.ts';
import { connectorError } from './errors.ts';
import { readOutbound } from './outbound.ts';
import { type Place, refuseIfNotWelcome, showActivity, threadOf } from './send.ts';

const account = z.looseObject({ id: z.string() });
const parametersShape = z.looseObject({
  isGroup: z.boolean().nullish(),
  members: z.array(account).nullish(),
  topicName: z.string().nullish(),
  tenantId: z.string().nullish(),
  activity: z.unknown().optional(),
  channelData: z
    .looseObject({
      tenant: account.nullish(),
      channel: account.nullish(),
      teamsChannelId: z.string().nullish(),
    })
    .nullish(),
});

/** What the bot asks for who creates a conversation. */
export type Parameters = z.output<typeof parametersShape>;

/** Throws HttpError 400 that names every fault. */
export function readParameters(value: unknown): Parameters {
  const parsed = parametersShape.safeParse(value ?? {});
  if (!parsed.success) throw badRequest(z.prettifyError(parsed.error));
  return parsed.data;
}

/** For whom it is: what the limits on creations are counted by. */
export function createdFor({ members, channelData }: Parameters): string {
  const channel = channelData?.channel?.id ?? channelData?.teamsChannelId;
  return channel ?? (members ?? []).map((member) => member.id).join(',');
}

/**
 * Where the bot will write: a person's one conversation with the bot (the same again whenever it is asked for; another
 * session each time where the person's chats begin with a message), a team's channel, or a group of several.
 *
 * Throws HttpError 400 for people or channels that are not known, 403 where the bot is not installed.
 */
export function findOrCreate(parts: ChannelParts, parameters: Parameters): Conversation {
  const { members, channelData } = parameters;
  const channelId = channelData?.channel?.id ?? channelData?.teamsChannelId;
  if (channelId != null) {
    const channel = parts.conversations.findById(channelId);
    if (channel?.type !== 'channel') throw connectorError(404, 'ConversationNotFound');
    if (channel.roster !== 'installed') throw connectorError(403, 'BotNotInConversationRoster');
    return channel;
  }
  const people = (members ?? []).map((member) => known(parts, member.id));
  const [first] = people;
  if (!first)
    throw badRequest('`members` has to name at least one person, or `channelData.channel.id` a channel.');
  if (people.length > 1 || parameters.isGroup === true)
    return createGroup(parts, people, parameters.topicName);
  const personal = parts.conversations.personalOf(first);
  if (personal.roster !== 'installed') throw connectorError(403, 'ForbiddenOperationException');
  // The id of a person is a bot's own as well; their object id is the same for every bot.
  const isByOwnId = members?.[0]?.id === first.id;
  if (isByOwnId && parts.conversations.isStranger(first)) throw connectorError(400, 'BadArgument');
  if (!parts.conversations.isInsisting(first)) return personal;
  if (!hasActivity(parameters)) throw connectorError(400, 'BadSyntax');
  return parts.conversations.addSession(first);
}

/** The answer to a creation. With an activity it is sent at once; in a channel it begins a thread of its own. */
export function createConversation(
  parts: ChannelParts,
  conversation: Conversation,
  parameters: Parameters,
): { id: string; activityId?: string; serviceUrl: string } {
  const serviceUrl = parts.serviceUrl();
  const activity = readFirstActivity(parameters);
  if (!activity) {
    if (conversation.type === 'channel') throw badRequest('A thread in a channel begins with an `activity`.');
    return { id: conversation.id, serviceUrl };
  }
  refuseIfNotWelcome(conversation);
  const place: Place = { conversation, id: conversation.id };
  if (sizeOf(activity, conversation.channelId) > parts.limits.settings.maxMessageBytes)
    throw connectorError(413);
  const { id: activityId, isWhole } = showActivity(parts, place, activity);
  return { id: threadOf(place, activityId), ...(isWhole ? { activityId } : {}), serviceUrl };
}

function readFirstActivity(parameters: Parameters): ActivityJson | undefined {
  return hasActivity(parameters) ? readOutbound(parameters.activity, { needsSender: false }) : undefined;
}

/** Bot Framework's clients write an empty activity where there is none. */
function hasActivity({ activity }: Parameters): boolean {
  return activity !== undefined && activity !== null && Object.keys(activity).length > 0;
}

function known(parts: ChannelParts, id: string): Person {
  const person = parts.people.find(id);
  if (!person) throw badRequest(`No person of this channel has the id "${id}".`);
  return person;
}

function createGroup(
  parts: ChannelParts,
  members: readonly Person[],
  name: string | null | undefined,
): Conversation {
  const id = `19:${parts.ids.next()}@thread.v2`;
  const group = parts.conversations.add({ id, type: 'groupChat', members, name: name ?? undefined });
  // Whoever creates a group is in it.
  parts.conversations.change(group, { roster: 'installed', isAnnounced: true });
  return group;
}
