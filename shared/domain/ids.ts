import { hashOf } from './hash.ts';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/**
 * Names one conversation in storage, in events (`to: {"conversation": key}`) and in logs.
 * 43 characters of base64url: the channel's own ids may be 900 characters long and hold `/ \ # ?`,
 * which no table key may.
 */
export type ConversationKey = Branded<'ConversationKey'>;

/** Names one notification: base64url(sha256(source + LF + id)) of the event that asked for it. */
export type NotificationId = Branded<'NotificationId'>;

/**
 * Names one person, hashed: by a bare id (channel user id or aadObjectId), or by an id within the scope that vouches for
 * it. Both lie in the same key space and cannot meet, because the first part of what is hashed differs.
 */
export type PersonKey = Branded<'PersonKey'>;

/** Names an id that people are looked up by, of whichever scope, hashed. */
export type SoughtKey = Branded<'SoughtKey'>;

/** Groups conversations that share the channel's limit on requests per second: hashed tenant id, else channel. */
export type TenantKey = Branded<'TenantKey'>;

const HASH = /^[A-Za-z0-9_-]{43}$/;

// The casts below are the only places where a plain string becomes an id.

export function conversationKey(channelId: string, conversationId: string): ConversationKey {
  return hash('conversation', channelId, conversationId) as ConversationKey;
}

/**
 * Stands in for a person's conversation until the channel has created one. It lies in the same key space,
 * and cannot meet a real conversation's key, because the first part of what is hashed differs.
 */
export function uncreatedConversationKey(channelId: string, userId: string): ConversationKey {
  return hash('uncreated', channelId, userId) as ConversationKey;
}

export function notificationId(source: string, id: string): NotificationId {
  return hashOf(`${source}\n${id}`) as NotificationId;
}

export function personKey(id: string): PersonKey {
  return hash('person', id) as PersonKey;
}

/** The person of an id within a scope: a tenant key for Entra object ids, a channel for its user ids. */
export function provenPersonKey(kind: 'entra' | 'channel', scope: string, id: string): PersonKey {
  return hash('proven', kind, scope, id) as PersonKey;
}

export function soughtKey(kind: 'entra' | 'channel', id: string): SoughtKey {
  return hash('sought', kind, id) as SoughtKey;
}

/** Names a name of people that a roster or a directory told, hashed. */
export function toldNameKey(kind: 'userPrincipalName' | 'mail', name: string): SoughtKey {
  return hash('told', kind, name) as SoughtKey;
}

export function tenantKey(address: {
  readonly tenantId?: string | undefined;
  readonly channelId: string;
}): TenantKey {
  return (
    address.tenantId === undefined || address.tenantId === ''
      ? hash('channel', address.channelId)
      : hash('tenant', address.tenantId)
  ) as TenantKey;
}

export const isConversationKey = isHash<ConversationKey>;
export const isNotificationId = isHash<NotificationId>;
export const isPersonKey = isHash<PersonKey>;
export const isTenantKey = isHash<TenantKey>;

/** All of them have one form: whose id it is follows from where it stands. */
function isHash<Id>(value: unknown): value is Id {
  return typeof value === 'string' && HASH.test(value);
}

/** Each part is preceded by its length, so that no two different lists of parts hash alike. */
function hash(...parts: readonly string[]): string {
  return hashOf(...parts.map((part) => `${Buffer.byteLength(part)}:${part}\n`));
}
