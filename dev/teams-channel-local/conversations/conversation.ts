import { createHash } from 'node:crypto';
import { memberId } from '../people/crowd.ts';
import { PERSONAS, type Person, TENANT_ID } from '../people/person.ts';

/** The team that a `channel` conversation belongs to. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly aadGroupId: string;
}

/** Whether the bot is in the conversation: it was never added, it is there, or it was taken out again. */
export type Roster = 'never' | 'installed' | 'removed';

/** Why the bot reaches nobody there: another chat took its place, or the bot's new identity cannot read the id. */
export type Lost = 'replaced' | 'unreadable';

/** A place where people and the bot talk. What can change is only the last four. */
export interface Conversation {
  /** Short and URL-safe: the name in the page's address and the Direct Line conversation id. */
  readonly key: string;
  /** The id that the bot sees. May hold any character. */
  readonly id: string;
  readonly type: 'personal' | 'groupChat' | 'channel';
  readonly channelId: string;
  readonly tenantId?: string | undefined;
  readonly name?: string | undefined;
  readonly team?: Team | undefined;
  readonly memberIds: readonly string[];
  /** Belongs to a load test: its messages are counted, not kept. */
  readonly isSynthetic: boolean;
  /** One of several of a person, beside the chat that they began with. */
  readonly isSession?: boolean | undefined;
  roster: Roster;
  /** The bot has answered the activities that tell it that it was added. */
  isAnnounced: boolean;
  /** The person blocked the bot: its messages are refused, and nobody tells it. */
  isBlocked: boolean;
  lost?: Lost | undefined;
}

type Fixed = Omit<Conversation, 'roster' | 'isAnnounced' | 'isBlocked' | 'isSynthetic' | 'lost'>;

/** A conversation into which the bot has not come yet. */
export function newConversation(fixed: Fixed): Conversation {
  return { ...fixed, isSynthetic: false, roster: 'never', isAnnounced: false, isBlocked: false };
}

/** The one conversation of a person with the bot alone. Its id is the same on every start. */
export function personalConversation(person: Person): Conversation {
  const digest = createHash('sha256').update(`personal/${person.id}`).digest('base64url');
  return newConversation({
    key: person.key,
    id: person.channelId === 'msteams' ? `a:1${digest}` : `${digest.slice(0, 22)}-local`,
    type: 'personal',
    channelId: person.channelId,
    tenantId: person.tenantId,
    memberIds: [person.id],
  });
}

/** The personal conversation of a crowd's member: the bot is installed, as if long ago. */
export function crowdConversation(prefix: string, index: number, tenantId: string): Conversation {
  return {
    key: `load-${prefix}-${index}`,
    id: crowdConversationId(prefix, index),
    type: 'personal',
    channelId: 'msteams',
    tenantId,
    memberIds: [memberId(prefix, index)],
    isSynthetic: true,
    roster: 'installed',
    isAnnounced: true,
    isBlocked: false,
  };
}

export function crowdConversationId(prefix: string, index: number): string {
  return `a:load_${prefix}_${index}`;
}

/** The prefix and index in the id of a crowd member's conversation; `undefined` for any other id. */
export function parseCrowdConversationId(id: string): { prefix: string; index: number } | undefined {
  const [, prefix, index] = /^a:load_([A-Za-z0-9-]{1,32})_(\d{1,7})$/.exec(id) ?? [];
  return prefix === undefined ? undefined : { prefix, index: Number(index) };
}

/** Where the id of a thread in a team's channel names its first message. */
const THREAD_MARK = ';messageid=';

/** `19:x@thread.tacv2;messageid=17` is a thread of the channel `19:x@thread.tacv2`. */
export function channelOfThread(id: string): string | undefined {
  const at = id.lastIndexOf(THREAD_MARK);
  return at < 0 ? undefined : id.slice(0, at);
}

/** The conversation id that an activity in a thread carries. */
export function threadId(channelId: string, firstMessageId: string): string {
  return `${channelId}${THREAD_MARK}${firstMessageId}`;
}

/** The conversations that are always there: one for each persona, a group chat and a team's channel. */
export function standingConversations(): Conversation[] {
  const onTeams = PERSONAS.filter((persona) => persona.tenantId !== undefined).map((persona) => persona.id);
  return [
    ...PERSONAS.map(personalConversation),
    newConversation({
      key: 'group',
      id: '19:4f1d6c0b9e7a4b52a3c8d2e1f0a97b66@thread.v2',
      type: 'groupChat',
      channelId: 'msteams',
      tenantId: TENANT_ID,
      name: 'Release crew',
      memberIds: onTeams,
    }),
    newConversation({
      key: 'team',
      id: '19:pL4tF0rmT3amG3n3ra1Ch4nn3lXyZ0123456789abc1@thread.tacv2',
      type: 'channel',
      channelId: 'msteams',
      tenantId: TENANT_ID,
      name: 'General',
      team: {
        id: '19:pL4tF0rmT3amG3n3ra1Ch4nn3lXyZ0123456789abc1@thread.tacv2',
        name: 'Platform team',
        aadGroupId: 'e5e5e5e5-9e4f-4a9c-9d5b-7c6f1a8b4e05',
      },
      memberIds: onTeams,
    }),
  ];
}
