import type { Activity } from '../../../domain/conversation/activity.ts';
import { LONGEST_ID } from '../../../domain/conversation/channel-text.ts';
import { isByItself } from '../../../domain/conversation/client-request.ts';
import type {
  ChannelAccount,
  ConversationReference,
  ConversationType,
} from '../../../domain/conversation/conversation.ts';
import { defined } from '../../../domain/defined.ts';
import { isJsonObject } from '../../../domain/json-object.ts';
import { cut } from '../../../domain/text.ts';
import { LONGEST_NAME } from './inbound-activity.ts';
import { isTimeZone } from './time-zone.ts';

/** What an authenticated activity tells about where people can be reached. */
export interface Sighting {
  readonly reference: ConversationReference & { readonly conversationId: string };
  /** Who acted; absent when it was the bot or the channel. */
  readonly speaker?: ChannelAccount;
  /**
   * `seen`: a person wrote or pressed something, or the bot was added. `heard`: something else happened where the bot
   * is, without anybody turning to it. `uninstalled`: the bot was removed.
   */
  readonly change: 'seen' | 'heard' | 'uninstalled';
  /** Told of a place elsewhere: it changes what is remembered of it, and makes no place known, or anybody. */
  readonly isToldElsewhere?: true;
  /** Of a personal conversation: the bot was installed there, which makes it the default one, or it is one of Copilot. */
  readonly is?: 'installed' | 'copilot';
}

/**
 * `undefined` for an activity that says nothing about it: typing, reactions, read receipts, events, and invokes that a
 * client makes by itself. They come without anybody having turned to the bot, so nothing is concluded from them.
 */
export function fromActivity(activity: Activity): Sighting | undefined {
  const event = textOf(fieldsOf(activity.channelData).eventType) ?? '';
  if (activity.type === 'conversationUpdate' && CHANNEL_EVENT.test(event)) return ofChannel(activity, event);
  const change = changeOf(activity);
  if (change === undefined) return undefined;

  const conversationType = conversationTypeOf(activity);
  // Only who turned to the bot becomes known by it.
  const speaker = change === 'heard' ? undefined : speakerOf(activity, conversationType);
  const { channelId, serviceUrl, conversation, recipient } = activity;
  const { team, channel, tenant } = channelDataOf(activity);
  return {
    change,
    ...optional('is', conversationType === 'personal' ? kindOf(activity) : undefined),
    ...defined({ speaker }),
    reference: {
      channelId,
      serviceUrl,
      conversationType,
      conversationId: placeOf(activity, conversationType),
      bot: accountOf(recipient),
      ...optional('user', speaker),
      ...optional('installedBy', isInstallation(activity) ? speaker : undefined),
      ...optional('conversationName', textOf(conversation.name)),
      ...optional('tenantId', textOf(conversation.tenantId) ?? tenant?.id),
      ...optional('team', team),
      ...optional('channel', channel),
      ...optional('locale', localeOf(activity)),
      ...optional('timeZone', timeZoneOf(activity)),
    },
  };
}

/** Teams tells these in General, each about the channel that `channelData` names. */
const CHANNEL_EVENT = /^channel(?:Created|Renamed|Deleted|Restored|Shared|Unshared)$/;
const CHANNEL_CHANGES: ReadonlyMap<string, Sighting['change']> = new Map([
  ['channelRenamed', 'heard'],
  ['channelDeleted', 'uninstalled'],
  ['channelRestored', 'seen'],
]);

/** `undefined` for a channel that is made: nobody turned to the bot there. */
function ofChannel(activity: Activity, event: string): Sighting | undefined {
  const change = CHANNEL_CHANGES.get(event);
  const { team, channel, tenant } = channelDataOf(activity);
  if (change === undefined || channel === undefined) return undefined;
  const { channelId, serviceUrl, conversation, recipient } = activity;
  return {
    change,
    isToldElsewhere: true,
    reference: {
      channelId,
      serviceUrl,
      conversationType: 'channel',
      conversationId: channel.id,
      bot: accountOf(recipient),
      channel,
      ...optional('conversationName', channel.name),
      ...optional('tenantId', textOf(conversation.tenantId) ?? tenant?.id),
      ...optional('team', team),
    },
  };
}

function changeOf(activity: Activity): Sighting['change'] | undefined {
  switch (activity.type) {
    case 'message':
      return isBot(activity, activity.from) ? undefined : 'seen';
    case 'invoke':
      if (isByItself(activity)) return undefined;
      return isBot(activity, activity.from) ? undefined : 'seen';
    case 'installationUpdate':
      // An upgrade that removes and adds again says both; one that ends with the removal has ended.
      if (activity.action === 'remove' || activity.action === 'remove-upgrade') return 'uninstalled';
      return activity.action === 'add' || activity.action === 'add-upgrade' ? 'seen' : undefined;
    case 'contactRelationUpdate':
      if (activity.action === 'remove') return 'uninstalled';
      return activity.action === 'add' ? 'seen' : undefined;
    case 'conversationUpdate':
      return changeOfMembers(activity);
    default:
      return undefined;
  }
}

function changeOfMembers(activity: Activity): Sighting['change'] | undefined {
  const eventType = textOf(fieldsOf(activity.channelData).eventType);
  if (eventType === 'teamDeleted' || eventType === 'teamHardDeleted') return 'uninstalled';
  if (eventType === 'teamRestored') return 'seen';
  if (activity.membersRemoved?.some((member) => isBot(activity, member))) return 'uninstalled';
  const added = activity.membersAdded ?? [];
  if (added.some((member) => isBot(activity, member))) return 'seen';
  // Whoever opens a personal conversation with the bot has turned to it; a group has members who never did.
  return added.length > 0 && conversationTypeOf(activity) === 'personal' ? 'seen' : 'heard';
}

/** An install comes with the default one of several conversations; Copilot's goes by the channel of Teams. */
function kindOf(activity: Activity): Sighting['is'] | undefined {
  const products = (activity.entities ?? []).map(fieldsOf).filter(({ type }) => type === 'ProductInfo');
  if (products.some(({ id }) => typeof id === 'string' && id.toUpperCase() === 'COPILOT')) return 'copilot';
  return activity.type === 'installationUpdate' ? 'installed' : undefined;
}

/** Whether the activity says that somebody installed the bot in a group. */
function isInstallation(activity: Activity): boolean {
  if (conversationTypeOf(activity) === 'personal') return false;
  return (
    (activity.type === 'installationUpdate' && activity.action === 'add') ||
    (activity.type === 'conversationUpdate' &&
      (activity.membersAdded ?? []).some((member) => isBot(activity, member)))
  );
}

function speakerOf(activity: Activity, conversationType: ConversationType): ChannelAccount | undefined {
  const isPerson = ({ id }: ChannelAccount) =>
    !isBot(activity, { id }) && id !== activity.conversation.id && id !== activity.channelId;
  if (activity.type === 'conversationUpdate' && conversationType === 'personal') {
    const member = activity.membersAdded?.map(accountOf).find(isPerson);
    // The member's entry may be bare where the sender's tells more.
    if (member !== undefined && member.id !== activity.from.id) return member;
  }
  const from = accountOf(activity.from);
  return activity.from.role !== 'bot' && isPerson(from) ? from : undefined;
}

function isBot(activity: Activity, account: { readonly id: string }): boolean {
  return account.id === activity.recipient.id;
}

/** How a channel writes the thread behind the place that it is in. */
const THREADS: { readonly [channelId: string]: RegExp } = {
  msteams: /;messageid=\d+$/,
  // `B…:T…:C…:1700000000.000100`: bot, team, channel, and the message that the thread is about.
  slack: /(?<=^[^:]+:[^:]+:[^:]+):\d+\.\d+$/,
};

/**
 * The place that a message goes to. In a channel each thread has an id of its own; the channel is one place, so its
 * threads are told apart no further, or everything would be posted into each thread that knows the bot, or into the one
 * where a person wrote last.
 */
function placeOf(activity: Activity, conversationType: ConversationType): string {
  const { channelId, conversation } = activity;
  const thread = THREADS[channelId];
  // In a chat of Teams nothing else is a thread; on Slack each conversation has them, that of one person too.
  const hasThreads = channelId === 'slack' || conversationType === 'channel';
  return thread === undefined || !hasThreads ? conversation.id : conversation.id.replace(thread, '');
}

function conversationTypeOf({ conversation }: Activity): ConversationType {
  switch (conversation.conversationType) {
    case 'personal':
    case 'groupChat':
    case 'channel':
      return conversation.conversationType;
    default:
      return conversation.isGroup === true ? 'groupChat' : 'personal';
  }
}

function channelDataOf(activity: Activity) {
  const { team, channel, tenant } = fieldsOf(activity.channelData);
  return { team: namedOf(team), channel: namedOf(channel), tenant: namedOf(tenant) };
}

function namedOf(value: unknown): { readonly id: string; readonly name?: string } | undefined {
  const { id, name } = fieldsOf(value);
  const found = textOf(id);
  return found === undefined ? undefined : { id: found, ...optional('name', nameOf(name)) };
}

/** Cut as the names are that the activity itself carries. */
function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' ? textOf(cut(value, LONGEST_NAME)) : undefined;
}

function localeOf({ locale }: Activity): string | undefined {
  try {
    return textOf(locale) !== undefined && Intl.getCanonicalLocales(locale).length > 0 ? locale : undefined;
  } catch {
    // No language tag: the person keeps the one that was known.
    return undefined;
  }
}

function timeZoneOf(activity: Activity): string | undefined {
  const clientInfo = (activity.entities ?? []).map(fieldsOf).find(({ type }) => type === 'clientInfo');
  return [activity.localTimezone, clientInfo?.timezone, clientInfo?.timeZone]
    .map(textOf)
    .find((zone) => zone !== undefined && isTimeZone(zone));
}

function accountOf({ id, name, aadObjectId }: ChannelAccount): ChannelAccount {
  return { id, ...optional('name', textOf(name)), ...optional('aadObjectId', textOf(aadObjectId)) };
}

function textOf(value: unknown): string | undefined {
  const isText = typeof value === 'string' && value !== '' && value.length <= LONGEST_ID;
  return isText && value.isWellFormed() ? value : undefined;
}

function fieldsOf(value: unknown): { readonly [name: string]: unknown } {
  return isJsonObject(value) ? value : {};
}

/** `{ [name]: value }`, or nothing when there is no value. */
function optional<Name extends string, T>(name: Name, value: T | undefined): { readonly [name in Name]?: T } {
  // A computed key loses its literal type.
  return (value === undefined ? {} : { [name]: value }) as { readonly [name in Name]?: T };
}
