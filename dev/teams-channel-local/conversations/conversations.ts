import { parseMemberId } from '../people/crowd.ts';
import type { People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Journal } from '../transcript/journal.ts';
import {
  type Conversation,
  channelOfThread,
  crowdConversation,
  crowdConversationId,
  type Lost,
  newConversation,
  parseCrowdConversationId,
  personalConversation,
  standingConversations,
} from './conversation.ts';

/** What someone asks for who adds a conversation. */
export interface NewConversation {
  readonly id: string;
  readonly type: Conversation['type'];
  readonly members: readonly Person[];
  readonly name?: string | undefined;
  readonly isSession?: boolean | undefined;
}

/** Every conversation of this channel. A crowd's come into being when they are first looked at. */
export class Conversations {
  readonly #byId = new Map<string, Conversation>();
  readonly #byKey = new Map<string, Conversation>();
  readonly #personal = new Map<string, Conversation>();
  /** Who wrote since the bot's identity changed. */
  readonly #heard = new Set<string>();
  /** With whom a chat is created by a message only. */
  readonly #insisting = new Set<string>();
  readonly #people: People;
  readonly #journal: Journal;
  /** Called when the bot comes into a conversation, leaves it, or is blocked or unblocked. */
  onChange: () => void = () => {};

  constructor(people: People, journal: Journal) {
    this.#people = people;
    this.#journal = journal;
    for (const conversation of standingConversations()) this.#add(conversation);
  }

  /** By the id that the bot knows. A thread of a channel leads to the channel. */
  findById(id: string): Conversation | undefined {
    const known = this.#byId.get(id) ?? this.#findInCrowd(id);
    if (known) return known;
    const channel = channelOfThread(id);
    return channel === undefined ? undefined : this.#byId.get(channel);
  }

  /** By id or by key. */
  find(name: string): Conversation | undefined {
    return this.#byKey.get(name) ?? this.findById(name);
  }

  /** The person's conversation with the bot alone. */
  personalOf(person: Person): Conversation {
    const member = parseMemberId(person.id);
    const known = member
      ? this.#findInCrowd(crowdConversationId(member.prefix, member.index))
      : this.#personal.get(person.id);
    if (known) return known;
    const { id, type } = personalConversation(person);
    return this.add({ id, type, members: [person] });
  }

  /** Adds a conversation with an id of the caller's choice; the same id again gives the one that is there. */
  add({ id, type, members, name, isSession }: NewConversation): Conversation {
    const known = this.#byId.get(id);
    if (known) return known;
    const memberIds = members.map((member) => member.id);
    const wanted = type === 'personal' ? (members[0]?.key ?? 'nobody') : 'group';
    const key = this.#byKey.has(wanted) ? `${wanted}-${this.#byId.size.toString(36)}` : wanted;
    this.#journal.append({
      t: 'conversation',
      id,
      key,
      type,
      memberIds,
      ...(name === undefined ? {} : { name }),
      ...(isSession === undefined ? {} : { isSession }),
    });
    return this.restore({ id, key, type, memberIds, name, isSession });
  }

  /** Another session of a person who has the bot already; nothing is told of it before somebody writes there. */
  addSession(person: Person): Conversation {
    const chats = this.#chatsOf(person);
    const number = chats.filter(({ isSession }) => isSession === true).length + 1;
    const { roster } = this.personalOf(person);
    const id = `a:session-${number}-${person.key}-${chats.length}`;
    const session = this.add({
      id,
      type: 'personal',
      members: [person],
      name: `Session ${number}`,
      isSession: true,
    });
    this.change(session, { roster, isAnnounced: roster === 'installed' });
    return session;
  }

  /** Has all chats of a person lost, and gives the one in their place. */
  replace(person: Person, lost: Lost): Conversation {
    const { roster, isBlocked } = this.personalOf(person);
    if (lost === 'unreadable') this.#heard.delete(person.id);
    const chats = this.#chatsOf(person);
    for (const chat of chats) {
      if (chat.lost === undefined && (lost === 'unreadable' || chat.isSession !== true))
        this.change(chat, { lost });
    }
    const id = `${personalConversation(person).id}-${chats.length}`;
    const next = this.add({ id, type: 'personal', members: [person] });
    this.change(next, { roster, isBlocked, isAnnounced: roster === 'installed' });
    return next;
  }

  /** Whether the bot knows the person by an id alone that its new identity cannot read: they have not written since. */
  isStranger(person: Person): boolean {
    const isUnreadable = this.#chatsOf(person).some(({ lost }) => lost === 'unreadable');
    return isUnreadable && !this.#heard.has(person.id);
  }

  /** Has chats with a person begin with a message from now on. */
  insist(person: Person): Conversation {
    this.#insisting.add(person.id);
    return this.personalOf(person);
  }

  isInsisting({ id }: Person): boolean {
    return this.#insisting.has(id);
  }

  /** The person wrote to the bot as it is now. */
  hears({ id }: Person): void {
    this.#heard.add(id);
  }

  #chatsOf({ id }: Person): readonly Conversation[] {
    return this.individual().filter(({ type, memberIds }) => type === 'personal' && memberIds[0] === id);
  }

  /** Puts back a conversation that the journal remembers. */
  restore(
    saved: Pick<Conversation, 'id' | 'key' | 'type' | 'memberIds' | 'name' | 'isSession'>,
  ): Conversation {
    const first = this.#people.find(saved.memberIds[0] ?? '');
    return this.#add(
      newConversation({ ...saved, channelId: first?.channelId ?? 'directline', tenantId: first?.tenantId }),
    );
  }

  membersOf(conversation: Conversation): Person[] {
    return conversation.memberIds.flatMap((id) => this.#people.find(id) ?? []);
  }

  /** Changes who hears whom, and remembers it. */
  change(
    conversation: Conversation,
    state: Partial<Pick<Conversation, 'roster' | 'isAnnounced' | 'isBlocked' | 'lost'>>,
  ): void {
    this.restoreState(conversation, state);
    const { id, roster, isAnnounced, isBlocked, lost } = conversation;
    this.#journal.append({
      t: 'state',
      id,
      roster,
      isAnnounced,
      isBlocked,
      ...(lost === undefined ? {} : { lost }),
    });
    this.onChange();
  }

  /** Puts back what the journal remembers of it. A chat that is lost is nobody's any more. */
  restoreState(
    conversation: Conversation,
    state: Partial<Pick<Conversation, 'roster' | 'isAnnounced' | 'isBlocked' | 'lost'>>,
  ): void {
    Object.assign(conversation, state);
    const [person = ''] = conversation.memberIds;
    if (conversation.lost === undefined || this.#personal.get(person) !== conversation) return;
    this.#personal.delete(person);
    for (const chat of this.individual()) this.#takeForPersonal(chat);
  }

  /** Without those of a crowd. */
  individual(): Conversation[] {
    return [...this.#byId.values()].filter((conversation) => !conversation.isSynthetic);
  }

  /** Those that did not stand from the beginning. */
  added(): Conversation[] {
    const standing = new Set(standingConversations().map((conversation) => conversation.id));
    return this.individual().filter((conversation) => !standing.has(conversation.id));
  }

  /** Those whose state differs from how they began. */
  changed(): Conversation[] {
    return [...this.#byId.values()].filter(
      ({ isSynthetic, isBlocked, lost, roster }) =>
        isBlocked || lost !== undefined || roster !== (isSynthetic ? 'installed' : 'never'),
    );
  }

  #add(conversation: Conversation): Conversation {
    this.#byId.set(conversation.id, conversation);
    if (conversation.isSynthetic) return conversation;
    this.#byKey.set(conversation.key, conversation);
    this.#takeForPersonal(conversation);
    return conversation;
  }

  /** The first one of a person that is not lost is where they are, and no session. */
  #takeForPersonal(conversation: Conversation): void {
    const { type, lost, isSession, memberIds } = conversation;
    const [person] = memberIds;
    if (type !== 'personal' || lost !== undefined || isSession === true || person === undefined) return;
    if (!this.#personal.has(person)) this.#personal.set(person, conversation);
  }

  #findInCrowd(id: string): Conversation | undefined {
    const known = this.#byId.get(id);
    if (known) return known;
    const place = parseCrowdConversationId(id);
    if (!place) return undefined;
    const crowd = this.#people.crowd(place.prefix);
    if (!crowd || place.index >= crowd.count) return undefined;
    return this.#add(crowdConversation(place.prefix, place.index, crowd.tenantId));
  }
}
