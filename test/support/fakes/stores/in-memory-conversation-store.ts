import type { Conversation, SuppressionReason } from '../../../../shared/domain/conversation/conversation.ts';
import { type ConversationKey, personKey, type TenantKey } from '../../../../shared/domain/ids.ts';
import type { Clock } from '../../../../shared/ports/clock.ts';
import type {
  ConversationStore,
  Page,
  Person,
} from '../../../../shared/ports/conversation/conversation-store.ts';
import { byKey, type InMemoryDirectory, pageOf } from './in-memory-directory.ts';

export class InMemoryConversationStore implements ConversationStore {
  readonly #directory: InMemoryDirectory;
  readonly #clock: Clock;

  constructor(directory: InMemoryDirectory, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
  }

  async find(key: ConversationKey): Promise<Conversation | undefined> {
    return structuredClone(this.#directory.conversations.get(key));
  }

  async save(conversation: Conversation): Promise<void> {
    this.#directory.tenants.add(conversation.tenant);
    this.#directory.conversations.set(conversation.key, structuredClone(conversation));
  }

  async findPerson(id: string): Promise<Person | undefined> {
    return structuredClone(this.#directory.people.get(personKey(id)));
  }

  async savePerson(person: Person): Promise<void> {
    for (const id of [person.user.id, person.user.aadObjectId]) {
      if (id === undefined) continue;
      const known = this.#directory.people.get(personKey(id))?.personal;
      this.#directory.people.set(personKey(id), {
        ...(known === undefined ? {} : { personal: known }),
        ...structuredClone(person),
      });
    }
  }

  async suppress(key: ConversationKey, reason: SuppressionReason): Promise<void> {
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

  async list(page: { readonly limit: number; readonly after?: string }): Promise<Page<Conversation>> {
    if (page.after !== undefined && !/^[\w-]{43}\.[\w-]{43}$/.test(page.after)) {
      throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
    }
    const placeOf = ({ tenant, key }: Conversation) => `${tenant}.${key}`;
    const created = [...this.#directory.conversations.values()]
      .filter(({ conversationId }) => conversationId !== undefined)
      .sort((a, b) => byKey(placeOf(a), placeOf(b)));
    return structuredClone(pageOf(created, page, placeOf));
  }

  async tenants(): Promise<readonly TenantKey[]> {
    return [...this.#directory.tenants].sort(byKey);
  }
}
