import { z } from 'zod';
import type { Conversation } from '../conversations/conversation.ts';
import { MEMBERSHIP_ACTIONS, type MembershipAction } from '../conversations/membership.ts';
import { answerJson } from '../http/answer.ts';
import { readAs } from '../http/body.ts';
import { badRequest, notFound } from '../http/errors.ts';
import type { ChannelParts } from '../parts.ts';
import type { Person } from '../people/person.ts';
import type { ControlRequest } from './request.ts';

const newShape = z.strictObject({
  id: z.string().min(1).max(1000),
  type: z.enum(['personal', 'groupChat']).default('personal'),
  members: z.array(z.string().min(1)).min(1),
  name: z.string().optional(),
});

const membershipShape = z.strictObject({
  conversation: z.string().min(1),
  user: z.string().optional(),
  action: z.enum(MEMBERSHIP_ACTIONS),
});

/**
 * `GET /conversations` -> the bot, what may be said to it, the people and their conversations. `POST /conversations` adds one with an id of
 * the caller's choice; members who are not known yet become guests.
 */
export async function handleConversations(parts: ChannelParts, { req, res }: ControlRequest): Promise<void> {
  if (req.method === 'GET') {
    return answerJson(res, 200, {
      hints: parts.hints,
      links: parts.links,
      bot: { ...parts.bot, ...parts.delivery.state },
      serviceUrl: parts.serviceUrl(),
      people: parts.people.individuals(),
      conversations: parts.conversations.individual().map((one) => describeConversation(parts, one)),
    });
  }
  if (req.method !== 'POST') throw notFound(`There is no ${req.method} ${req.url}`);
  const { id, type, members, name } = await readAs(req, newShape);
  const people = members.map((member) => parts.people.findOrInvite(member));
  answerJson(
    res,
    201,
    describeConversation(parts, parts.conversations.add({ id, type, members: people, name })),
  );
}

/** `POST /membership` `{"conversation","action","user"?}`: installs, uninstalls, blocks or unblocks the bot. */
export async function handleMembership(parts: ChannelParts, { req, res }: ControlRequest): Promise<void> {
  if (req.method !== 'POST') throw notFound(`There is no ${req.method} ${req.url}`);
  const { conversation: name, user, action } = await readAs(req, membershipShape);
  const conversation = parts.conversations.find(name);
  if (!conversation) throw notFound(`No conversation has the id or key "${name}".`);
  await changeMembership(parts, conversation, { action, user });
  answerJson(res, 200, describeConversation(parts, conversation));
}

/** Throws HttpError 400 when the user is not in the conversation, and what `Membership.apply` throws. */
async function changeMembership(
  parts: ChannelParts,
  conversation: Conversation,
  { action, user }: { action: MembershipAction; user?: string | undefined },
): Promise<void> {
  const person = memberCalled(parts, conversation, user);
  await parts.membership.apply(action, conversation, person);
}

/** By id, key or object id; the first member when nobody is named. Throws HttpError 400 for somebody else. */
export function memberCalled(
  parts: ChannelParts,
  conversation: Conversation,
  user: string | undefined,
): Person {
  const members = parts.conversations.membersOf(conversation);
  const person = user === undefined ? members[0] : members.find((member) => isCalled(member, user));
  if (!person) throw badRequest(`"${user}" is not a member of the conversation "${conversation.key}".`);
  return person;
}

export function describeConversation(
  parts: ChannelParts,
  conversation: Conversation,
): Record<string, unknown> {
  const { key, id, type, channelId, tenantId, name, team, roster, isBlocked, isSession, lost } = conversation;
  const members = parts.conversations.membersOf(conversation).map((member) => member.key);
  return { key, id, type, channelId, tenantId, name, team, members, roster, isBlocked, isSession, lost };
}

function isCalled(person: Person, name: string): boolean {
  return person.id === name || person.key === name || person.aadObjectId === name;
}
