import type { Conversation, SuppressionReason } from '../../../../shared/domain/conversation/conversation.ts';
import {
  bareNamesOf,
  comparableId,
  type IdKind,
  type Proof,
} from '../../../../shared/domain/identity/proofs.ts';
import type { ConversationKey, PersonKey, TenantKey } from '../../../../shared/domain/ids.ts';
import type { Clock } from '../../../../shared/ports/clock.ts';
import type {
  ConversationStore,
  Page,
  Person,
} from '../../../../shared/ports/conversation/conversation-store.ts';
import { byKey, type InMemoryDirectory, pageOf } from './in-memory-directory.ts';
import { InMemoryPeopleIndex } from './in-memory-people-index.ts';

export class InMemoryConversationStore implements ConversationStore {
  readonly #directory: InMemoryDirectory;
  readonly #clock: Clock;
  readonly #index: InMemoryPeopleIndex;

  constructor(directory: InMemoryDirectory, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
    this.#index = new InMemoryPeopleIndex(directory);
  }

  async findConversation(key: ConversationKey): Promise<Conversation | undefined> {
    return structuredClone(this.#directory.conversations.get(key));
  }

  async saveConversation(conversation: Conversation): Promise<void> {
    this.#directory.tenants.add(conversation.tenant);
    await this.#index.noteRecord(conversation);
    this.#directory.conversations.set(conversation.key, structuredClone(conversation));
  }

  async findPerson(name: PersonKey): Promise<Person | undefined> {
    return structuredClone(this.#directory.people.get(name));
  }

  async peopleKnownBy(kind: IdKind, id: string): Promise<readonly Person[]> {
    const names = this.#directory.knownBy.get(`${kind}:${comparableId(kind, id)}`) ?? [];
    const people = await Promise.all([...names].map((name) => this.findPerson(name)));
    return people.filter((person) => person !== undefined);
  }

  async savePerson(
    person: Person,
    proofs: readonly Proof[],
    options?: { readonly onlyNew: true },
  ): Promise<void> {
    const { people, knownBy } = this.#directory;
    await this.#index.noteMember(person);
    for (const { kind, id, person: name } of proofs) {
      const names = knownBy.get(`${kind}:${id}`) ?? new Set();
      knownBy.set(`${kind}:${id}`, names.add(name));
    }
    const proven = proofs.map((proof) => proof.person);
    const names =
      options?.onlyNew === true
        ? proven.filter((name) => !people.has(name))
        : [...proven, ...bareNamesOf(person.user)];
    for (const name of names) {
      const known = people.get(name)?.personal;
      people.set(name, {
        ...(known === undefined ? {} : { personal: known }),
        ...structuredClone(person),
      });
    }
  }

  async suppressConversation(key: ConversationKey, reason: SuppressionReason): Promise<void> {
    const known = this.#directory.conversations.get(key);
    if (known === undefined) return;
    const changed = { ...known, suppressed: reason, changedAt: this.#clock.now() };
    this.#directory.conversations.set(key, changed);
  }

  async greetOnce(key: ConversationKey): Promise<boolean> {
    const first = !this.#directory.greeted.has(key);
    this.#directory.greeted.add(key);
    return first;
  }

  async listConversations(page: {
    readonly limit: number;
    readonly after?: string;
  }): Promise<Page<Conversation>> {
    if (page.after !== undefined && !/^[\w-]{43}\.[\w-]{43}$/.test(page.after)) {
      throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
    }
    const placeOf = ({ tenant, key }: Conversation) => `${tenant}.${key}`;
    const created = [...this.#directory.conversations.values()]
      .filter(({ conversationId }) => conversationId !== undefined)
      .sort((a, b) => byKey(placeOf(a), placeOf(b)));
    return structuredClone(pageOf(created, page, placeOf));
  }

  async listTenants(): Promise<readonly TenantKey[]> {
    return [...this.#directory.tenants].sort(byKey);
  }
}
