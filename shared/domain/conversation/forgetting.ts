import { hashOf } from '../hash.ts';
import {
  type ConversationKey,
  isConversationKey,
  isPersonKey,
  isTenantKey,
  type PersonKey,
  type TenantKey,
} from '../ids.ts';
import { isJsonObject } from '../json-object.ts';
import { type Duration, days, type Instant, isFarAhead } from '../time.ts';

/** So long nothing that is still under way may write about a person who asked to be forgotten. */
export const FORGOTTEN_FOR: Duration = days(1);

/**
 * Until when a tombstone stands. One from a future that is far was raised by a machine with a wrong clock: its day begins
 * with the first time that everything was looked through.
 */
export function forgottenUntil(
  { at, cleanedAt }: { readonly at: Instant; readonly cleanedAt?: Instant },
  now: Instant,
): Instant {
  return (isFarAhead(at, now) ? (cleanedAt ?? now) : at) + FORGOTTEN_FOR;
}

/**
 * One conversation in which a person is to be forgotten. Holds hashes only, so that the wish itself names nobody.
 */
export interface ForgetRequest {
  /** Names the request, and its tombstone. */
  readonly id: string;
  readonly conversation: ConversationKey;
  readonly tenant: TenantKey;
  readonly channelId: string;
  /** `person`: the conversation is a group's and stays; what is the person's own in it goes. */
  readonly scope: 'conversation' | 'person';
  /** The person, by each id under which they are known. */
  readonly persons: readonly PersonKey[];
  /** When they said so. */
  readonly at: Instant;
}

/** The request for a conversation, under the same id whenever the person asks. */
export function forgetRequest(request: Omit<ForgetRequest, 'id'>): ForgetRequest {
  return {
    ...request,
    id:
      request.scope === 'conversation'
        ? request.conversation
        : groupForgetId(request.conversation, request.persons),
  };
}

/** Names what is forgotten of a person in a group. */
export function groupForgetId(conversation: ConversationKey, [person]: readonly PersonKey[]): string {
  return hashOf(`${conversation}\n${person ?? ''}`);
}

/** Reads a request out of a job's or a row's body. */
export function parseForgetRequest(value: unknown): ForgetRequest | undefined {
  if (!isJsonObject(value)) return undefined;
  const { id, conversation, tenant, channelId, scope, persons, at } = value;
  const isRead =
    typeof id === 'string' &&
    /^[A-Za-z0-9_-]{43}$/.test(id) &&
    typeof conversation === 'string' &&
    isConversationKey(conversation) &&
    typeof tenant === 'string' &&
    isTenantKey(tenant) &&
    typeof channelId === 'string' &&
    (scope === 'conversation' || scope === 'person') &&
    Array.isArray(persons) &&
    persons.every(isPersonKey) &&
    typeof at === 'number';
  return isRead ? { id, conversation, tenant, channelId, scope, persons, at } : undefined;
}
