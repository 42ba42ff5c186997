import type { Conversation } from '../conversations/conversation.ts';
import type { ChannelParts } from '../parts.ts';
import type { Person } from '../people/person.ts';
import { connectorError } from './errors.ts';

/** Teams gives between 50 and 500 members a page. */
const DEFAULT_PAGE = 200;
const MAX_PAGE = 500;

/** A member as the connector describes one: a Teams channel account. */
function describeMember(person: Person): Record<string, unknown> {
  const [givenName = person.name, ...rest] = person.name.split(' ');
  const inDirectory =
    person.tenantId === undefined
      ? {}
      : {
          objectId: person.aadObjectId,
          givenName,
          surname: rest.join(' '),
          email: `${person.key}@people.example`,
          userPrincipalName: `${person.key}@people.example`,
          tenantId: person.tenantId,
          userRole: 'user',
        };
  return {
    id: person.id,
    name: person.name,
    ...(person.aadObjectId === undefined ? {} : { aadObjectId: person.aadObjectId }),
    ...inDirectory,
  };
}

export function listMembers(parts: ChannelParts, conversation: Conversation): Record<string, unknown>[] {
  return parts.conversations.membersOf(conversation).map(describeMember);
}

/** By channel user id or directory object id. Throws HttpError 404. */
export function findMember(
  parts: ChannelParts,
  conversation: Conversation,
  id: string,
): Record<string, unknown> {
  const person = parts.conversations
    .membersOf(conversation)
    .find((member) => member.id === id || member.aadObjectId === id);
  if (!person) throw connectorError(404, 'MemberNotFoundInConversation');
  return describeMember(person);
}

/** One page; `continuationToken` leads to the next and is absent on the last. */
export function pageMembers(
  parts: ChannelParts,
  conversation: Conversation,
  query: URLSearchParams,
): { members: Record<string, unknown>[]; continuationToken?: string } {
  const asked = Number(query.get('pageSize') ?? DEFAULT_PAGE);
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_PAGE) : DEFAULT_PAGE;
  const from = Number(query.get('continuationToken') ?? 0) || 0;
  const all = listMembers(parts, conversation);
  const members = all.slice(from, from + size);
  return from + size < all.length ? { members, continuationToken: String(from + size) } : { members };
}
