import { defined } from '../defined.ts';
import type { ConversationKey, TenantKey } from '../ids.ts';
import { conversationKey, tenantKey } from '../ids.ts';
import { isJsonObject } from '../json-object.ts';
import type { Instant } from '../time.ts';

/** Somebody or something that can speak on a channel. */
export interface ChannelAccount {
  readonly id: string;
  readonly name?: string;
  /** The person's object id in Microsoft Entra ID, where the channel tells it. */
  readonly aadObjectId?: string;
}

export type ConversationType = 'personal' | 'groupChat' | 'channel';

/** Why nothing may be sent to a conversation until the person writes again or reinstalls the bot. */
export const SuppressionReason = {
  blocked: 'blocked',
  uninstalled: 'uninstalled',
  disabledByAdmin: 'disabled-by-admin',
  forgotten: 'forgotten',
  /** The channel does not know the conversation any more; another one with the same person may have taken its place. */
  gone: 'gone',
} as const;
export type SuppressionReason = (typeof SuppressionReason)[keyof typeof SuppressionReason];

/** Where a person was met: what is needed to open a conversation with them. */
export interface PersonAddress {
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly tenantId?: string;
  readonly bot: ChannelAccount;
  readonly user: ChannelAccount;
}

/**
 * What is remembered of a conversation: enough to speak first in it. Our own shape, with converters to and from
 * Bot Framework's, so that a stored conversation outlives the SDK that met it.
 *
 * It is only ever made from an authenticated activity, or from a conversation that the channel created for a
 * person known from one.
 */
export interface ConversationReference {
  readonly channelId: string;
  /** The Bot Connector to call: only ever one that the configuration trusts. */
  readonly serviceUrl: string;
  /** The channel's id of the conversation, unchanged; absent until the channel has created it. */
  readonly conversationId?: string;
  readonly conversationType: ConversationType;
  readonly conversationName?: string;
  readonly tenantId?: string;
  readonly bot: ChannelAccount;
  /** The person of a personal conversation; in a group, the person whose activity made the bot known there. */
  readonly user?: ChannelAccount;
  /** Who installed the bot in a group or team, where the channel told it. */
  readonly installedBy?: ChannelAccount;
  readonly team?: { readonly id: string; readonly name?: string };
  readonly channel?: { readonly id: string; readonly name?: string };
  /** BCP 47 tag as the channel gives it, `de-DE`. */
  readonly locale?: string;
  /** IANA zone as the channel gives it, `Europe/Berlin`. */
  readonly timeZone?: string;
}

/** A conversation as it is stored. */
export interface Conversation extends ConversationReference {
  readonly key: ConversationKey;
  readonly tenant: TenantKey;
  readonly capturedAt: Instant;
  /** When the stored record last changed, not when the person last spoke. */
  readonly changedAt: Instant;
  readonly suppressed?: SuppressionReason;
}

/** What a place is called: by its own name, else its channel's or its team's; `undefined` where none was told. */
export function placeName({
  conversationName,
  channel,
  team,
}: Pick<Conversation, 'conversationName' | 'channel' | 'team'>): string | undefined {
  return conversationName ?? channel?.name ?? team?.name;
}

/** One that the channel has created. */
export type Reachable = Conversation & { readonly conversationId: string };

export function isReachable(conversation: Conversation): conversation is Reachable {
  return conversation.conversationId !== undefined;
}

/** Whether the channel can be asked for another conversation with the same person. */
export function canBeOpenedAnew({
  conversationType,
  user,
}: Pick<Conversation, 'conversationType' | 'user'>): boolean {
  return conversationType === 'personal' && user !== undefined;
}

export function keyOf(
  reference: ConversationReference & { readonly conversationId: string },
): ConversationKey {
  return conversationKey(reference.channelId, reference.conversationId);
}

/**
 * The record after an activity was seen. Anything that the activity does not tell (a missing name or locale)
 * keeps its last value. A person who writes is no longer suppressed. Returns the very object `known` when
 * nothing changed, so that the caller can leave the store alone.
 */
export function afterSeeing(
  known: Conversation | undefined,
  seen: ConversationReference & { readonly conversationId: string },
  change: { readonly at: Instant; readonly suppressed?: SuppressionReason },
): Conversation {
  const merged: Conversation = {
    ...known,
    ...defined(seen),
    ...(seen.conversationType !== 'personal' && known?.user !== undefined ? { user: known.user } : {}),
    // The addressee's own, whichever of their conversations it is.
    key: known?.key ?? keyOf(seen),
    tenant: tenantKey({ tenantId: seen.tenantId ?? known?.tenantId, channelId: seen.channelId }),
    bot: mergeAccount(known?.bot, seen.bot),
    capturedAt: known?.capturedAt ?? change.at,
    changedAt: change.at,
  };
  const user = seen.conversationType === 'personal' ? mergeUser(known?.user, seen.user) : merged.user;
  const { suppressed: _lifted, user: _user, ...rest } = merged;
  const next: Conversation = {
    ...rest,
    ...defined({ user, suppressed: change.suppressed }),
  };
  return known !== undefined && isSameRecord(known, next) ? known : next;
}

function mergeUser(
  known: ChannelAccount | undefined,
  seen: ChannelAccount | undefined,
): ChannelAccount | undefined {
  return seen === undefined ? known : mergeAccount(known, seen);
}

function mergeAccount(known: ChannelAccount | undefined, seen: ChannelAccount): ChannelAccount {
  return known?.id === seen.id ? { ...known, ...defined(seen) } : seen;
}

/** Whether two records say the same, apart from when they were written. */
export function isSameRecord(a: Conversation, b: Conversation): boolean {
  return canonical({ ...a, changedAt: 0 }) === canonical({ ...b, changedAt: 0 });
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    isJsonObject(field)
      ? Object.fromEntries(Object.entries(field).sort(([x], [y]) => (x < y ? -1 : 1)))
      : field,
  );
}
