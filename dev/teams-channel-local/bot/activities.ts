import { type Conversation, threadId } from '../conversations/conversation.ts';
import type { BotAccount, Person } from '../people/person.ts';
import { isoWithOffset } from './local-time.ts';

/** What all activities of one request have in common. */
export interface Occasion {
  readonly conversation: Conversation;
  /** The thread of a team's channel in which it happens; absent: a new one for a message, none for the rest. */
  readonly thread?: string | undefined;
  readonly bot: BotAccount;
  /** Who did it. */
  readonly person: Person;
  /** Where the bot answers to. */
  readonly serviceUrl: string;
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** An activity as the bot receives it from a channel. */
export type InboundActivity = Record<string, unknown> & { type: string; id: string };

/** What a page or another Direct Line client may say in a person's name; the rest is the channel's to fill in. */
export interface Saying {
  readonly type: string;
  readonly text?: string | undefined;
  readonly textFormat?: string | undefined;
  readonly value?: unknown;
  readonly name?: string | undefined;
  readonly attachments?: readonly unknown[] | undefined;
  readonly entities?: readonly unknown[] | undefined;
  readonly channelData?: Readonly<Record<string, unknown>> | undefined;
  readonly replyToId?: string | undefined;
  /** Said to the bot alone, where others are. */
  readonly isPrivate?: true;
}

/** A person's message, invoke or event. In groups its text begins with a mention of the bot, as Teams writes it, unless the bot alone hears it. */
export function sayingActivity(occasion: Occasion, saying: Saying): InboundActivity {
  const { conversation, bot } = occasion;
  const isMention =
    conversation.type !== 'personal' &&
    saying.isPrivate !== true &&
    saying.type === 'message' &&
    Boolean(saying.text);
  const mention = `<at>${bot.name}</at>`;
  const base = baseActivity(occasion, saying.type);
  return {
    ...base,
    ...(saying.isPrivate ? { recipient: { ...base.recipient, isTargeted: true } } : {}),
    conversation: { ...account(conversation), id: threadOf(occasion, saying) },
    ...(saying.type === 'message' ? { textFormat: saying.textFormat ?? 'plain' } : {}),
    ...(saying.text === undefined ? {} : { text: isMention ? `${mention} ${saying.text}` : saying.text }),
    ...(saying.value === undefined ? {} : { value: saying.value }),
    ...(saying.name === undefined ? {} : { name: saying.name }),
    ...(saying.attachments?.length ? { attachments: saying.attachments } : {}),
    ...(saying.replyToId === undefined ? {} : { replyToId: saying.replyToId }),
    entities: [
      ...base.entities,
      ...(saying.entities ?? []),
      ...(isMention ? [{ type: 'mention', mentioned: bot, text: mention }] : []),
    ],
    channelData: { ...saying.channelData, ...base.channelData },
  };
}

/** The bot was added to the conversation (or taken out of it): who is new there. */
export function membersActivity(occasion: Occasion, change: 'added' | 'removed'): InboundActivity {
  const { conversation, person, bot } = occasion;
  const isTeam = conversation.team !== undefined;
  // Without a directory the channel introduces both sides, as Direct Line does.
  const members = conversation.tenantId === undefined ? [bot, nameOf(person)] : [{ id: bot.id }];
  const base = baseActivity(occasion, 'conversationUpdate');
  return {
    ...base,
    [change === 'added' ? 'membersAdded' : 'membersRemoved']: members,
    channelData: {
      ...base.channelData,
      ...(isTeam ? { eventType: change === 'added' ? 'teamMemberAdded' : 'teamMemberRemoved' } : {}),
    },
  };
}

/** The app was installed or uninstalled. */
export function installationActivity(occasion: Occasion, action: 'add' | 'remove'): InboundActivity {
  return { ...baseActivity(occasion, 'installationUpdate'), action };
}

/** The same, as if it happened once more: with another id and time. */
export function renewed(activity: InboundActivity, { id, at }: Pick<Occasion, 'id' | 'at'>): InboundActivity {
  const { localTimezone } = activity;
  const zone = typeof localTimezone === 'string' ? localTimezone : 'UTC';
  return { ...activity, id, timestamp: new Date(at).toISOString(), localTimestamp: isoWithOffset(at, zone) };
}

/** In a team's channel every message begins a thread, unless it belongs to one. */
function threadOf({ conversation, thread, id }: Occasion, saying: Saying): string {
  if (conversation.type !== 'channel') return conversation.id;
  return thread ?? (saying.type === 'message' ? threadId(conversation.id, id) : conversation.id);
}

/** Something that happens in a conversation, and in the occasion's thread where it has threads. */
export function occasionActivity(occasion: Occasion, type: string) {
  const base = baseActivity(occasion, type);
  const { conversation, thread } = occasion;
  return { ...base, conversation: { ...account(conversation), id: thread ?? conversation.id } };
}

function baseActivity(occasion: Occasion, type: string) {
  const { conversation, person, bot, serviceUrl, id, at } = occasion;
  const { timeZone, locale } = person;
  const country = new Intl.Locale(locale).region;
  return {
    type,
    id,
    timestamp: new Date(at).toISOString(),
    localTimestamp: isoWithOffset(at, timeZone),
    localTimezone: timeZone,
    serviceUrl,
    channelId: conversation.channelId,
    from: nameOf(person),
    recipient: { ...bot, role: 'bot' },
    conversation: account(conversation),
    locale,
    entities: [
      { type: 'clientInfo', locale, ...(country ? { country } : {}), platform: 'Web', timezone: timeZone },
    ],
    channelData: channelDataOf(conversation),
  };
}

function nameOf(person: Person) {
  const { id, name, aadObjectId } = person;
  return { id, name, ...(aadObjectId === undefined ? {} : { aadObjectId }), role: 'user' };
}

/** The conversation as an activity names it. */
export function account(conversation: Conversation) {
  const { id, type, tenantId, name } = conversation;
  return {
    id,
    conversationType: type,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(type === 'personal' ? {} : { isGroup: true }),
    ...(name === undefined ? {} : { name }),
  };
}

function channelDataOf(conversation: Conversation): Record<string, unknown> {
  const { tenantId, team, id, name } = conversation;
  return {
    ...(tenantId === undefined ? {} : { tenant: { id: tenantId } }),
    ...(team === undefined ? {} : { team, channel: { id, name } }),
  };
}
