import type { Conversation } from '../../../../shared/domain/conversation/conversation.ts';
import { areFoundBy, wordsOf } from '../../../../shared/domain/identity/name-words.ts';
import { type ConversationKey, uncreatedConversationKey } from '../../../../shared/domain/ids.ts';
import type { Page, Person } from '../../../../shared/ports/conversation/conversation-store.ts';
import type { GroupMember, Lead, PeopleIndex } from '../../../../shared/ports/conversation/people-index.ts';
import { byKey, type InMemoryDirectory, pageOf } from './in-memory-directory.ts';

export class InMemoryPeopleIndex implements PeopleIndex {
  readonly #directory: InMemoryDirectory;

  constructor(directory: InMemoryDirectory) {
    this.#directory = directory;
  }

  async noteRecord({ key, conversationType, user }: Conversation): Promise<void> {
    if (conversationType === 'personal' && user !== undefined) await this.notePerson(key, wordsOf(user));
  }

  async noteMember({ personal, channelId, user }: Person): Promise<void> {
    if (personal !== undefined) return;
    const key = uncreatedConversationKey(channelId, user.id);
    await this.notePerson(key, wordsOf(user), { channelId, id: user.id });
  }

  async notePerson(key: ConversationKey, words: readonly string[], member?: GroupMember): Promise<void> {
    const told = this.#directory.words.get(key)?.told;
    this.#directory.words.set(key, {
      words: [...words],
      ...(told === undefined ? {} : { told }),
      ...(member === undefined ? {} : { member }),
    });
  }

  async noteTold(key: ConversationKey, told: readonly string[]): Promise<void> {
    const known = this.#directory.words.get(key);
    if (known !== undefined) this.#directory.words.set(key, { ...known, told: [...told] });
  }

  async memberAt(key: ConversationKey): Promise<GroupMember | undefined> {
    return this.#directory.words.get(key)?.member;
  }

  async findPeople(
    terms: readonly string[],
    page: { readonly limit: number; readonly after?: string },
  ): Promise<Page<Lead>> {
    const [first] = terms;
    if (first === undefined) throw new RangeError('"terms" must hold one at least');
    if (page.after !== undefined && !/^[^:]+:[\w-]{43}$/.test(page.after)) {
      throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
    }
    const leads = [...this.#directory.words]
      .map(([key, { words, told = [] }]) => [key, { words: [...new Set([...words, ...told])] }] as const)
      .filter(([, { words }]) => areFoundBy(words, terms))
      .flatMap(([key, { words }]) =>
        words
          .filter((word) => word.startsWith(first))
          .sort(byKey)
          .slice(0, 1)
          .map((word) => ({ place: `${word}:${key}`, key })),
      )
      .sort((a, b) => byKey(a.place, b.place));
    return pageOf(leads, page, ({ place }) => place);
  }

  async isLedTo(key: ConversationKey, terms: readonly string[]): Promise<boolean> {
    const { words = [], told = [] } = this.#directory.words.get(key) ?? {};
    return areFoundBy([...words, ...told], terms);
  }

  async forgetPerson(key: ConversationKey): Promise<void> {
    this.#directory.words.delete(key);
  }

  async *membersOfGroups(): AsyncIterable<Person> {
    for (const person of this.#directory.people.values()) {
      if (person.personal === undefined) yield structuredClone(person);
    }
  }

  /** Here nothing leads to a key that is not noted. */
  async removeStrays(): Promise<number> {
    return 0;
  }
}
