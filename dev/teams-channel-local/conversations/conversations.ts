import { parseMemberId } from '../people/crowd.ts';
import type { People } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import type { Journal } from '../transcript/journal.ts';
import {
  type Conversation,
  channelOfThread,
  crowdConversation,
  crowdConversationId,
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
}

/** Every conversation of this channel. A crowd's come into being when they are first looked at. */
export class Conversations {
  readonly #byId = new Map<string, Conversation>();
  readonly #byKey = new Map<string, Conversation>();
  readonly #personal = new Map<string, Conversation>();
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
  add({ id, type, members, name }: NewConversation): Conversation {
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
    });
    return this.restore({ id, key, type, memberIds, name });
  }

  /** Puts back a conversation that the journal remembers. */
  restore(saved: Pick<Conversation, 'id' | 'key' | 'type' | 'memberIds' | 'name'>): Conversation {
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
    state: Partial<Pick<Conversation, 'roster' | 'isAnnounced' | 'isBlocked'>>,
  ): void {
    Object.assign(conversation, state);
    const { id, roster, isAnnounced, isBlocked } = conversation;
    this.#journal.append({ t: 'state', id, roster, isAnnounced, isBlocked });
    this.onChange();
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
      ({ isSynthetic, isBlocked, roster }) => isBlocked || roster !== (isSynthetic ? 'installed' : 'never'),
    );
  }

  #add(conversation: Conversation): Conversation {
    this.#byId.set(conversation.id, conversation);
    if (conversation.isSynthetic) return conversation;
    this.#byKey.set(conversation.key, conversation);
    const [person] = conversation.memberIds;
    if (conversation.type === 'personal' && person !== undefined && !this.#personal.has(person)) {
      this.#personal.set(person, conversation);
    }
    return conversation;
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
