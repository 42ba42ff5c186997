import { type Conversation, keyOf } from '../../../../shared/domain/conversation/conversation.ts';
import type { Reach } from '../../../../shared/domain/conversation/reach.ts';
import type { ConversationKey, PersonKey } from '../../../../shared/domain/ids.ts';
import type { AddresseeStore, Looked } from '../../../../shared/ports/conversation/addressee-store.ts';
import type { InMemoryDirectory } from './in-memory-directory.ts';

export class InMemoryAddresseeStore implements AddresseeStore {
  readonly #directory: InMemoryDirectory;
  #writes = 0;

  constructor(directory: InMemoryDirectory) {
    this.#directory = directory;
  }

  async findAddressee(key: ConversationKey): Promise<Looked> {
    const record = this.#directory.conversations.get(key);
    const belongsTo = this.#directory.belongs.get(key);
    const stored = this.#directory.reaches.get(key);
    return structuredClone({
      ...(record === undefined ? {} : { record }),
      ...(belongsTo === undefined ? {} : { belongsTo }),
      ...stored,
    });
  }

  async provenBy(proof: PersonKey): Promise<ConversationKey | undefined> {
    return this.#directory.proven.get(proof);
  }

  async claimProof(proof: PersonKey, addressee: ConversationKey): Promise<ConversationKey> {
    return first(this.#directory.proven, proof, addressee);
  }

  async leadToAddressee(from: ConversationKey, addressee: ConversationKey): Promise<ConversationKey> {
    return first(this.#directory.belongs, from, addressee);
  }

  async keepPlace(
    addressee: ConversationKey,
    place: Conversation & { readonly conversationId: string },
  ): Promise<void> {
    const places = this.#directory.places.get(addressee) ?? new Map();
    const { suppressed: _addressees, ...there } = place;
    this.#directory.places.set(
      addressee,
      places.set(keyOf(place), structuredClone({ ...there, key: addressee })),
    );
  }

  async findPlace(addressee: ConversationKey, place: ConversationKey): Promise<Conversation | undefined> {
    return structuredClone(this.#directory.places.get(addressee)?.get(place));
  }

  async everyPlace(addressee: ConversationKey): Promise<readonly ConversationKey[]> {
    return [...(this.#directory.places.get(addressee)?.keys() ?? [])];
  }

  async keepEarlierKey(addressee: ConversationKey, earlier: ConversationKey): Promise<void> {
    this.#directory.earlier.set(
      addressee,
      (this.#directory.earlier.get(addressee) ?? new Set()).add(earlier),
    );
  }

  async earlierKeys(addressee: ConversationKey): Promise<readonly ConversationKey[]> {
    return [...(this.#directory.earlier.get(addressee) ?? [])];
  }

  async saveReach(addressee: ConversationKey, reach: Reach, tag?: string): Promise<'saved' | 'lost'> {
    if (this.#directory.reaches.get(addressee)?.tag !== tag) return 'lost';
    this.#writes += 1;
    this.#directory.reaches.set(addressee, { reach: structuredClone(reach), tag: String(this.#writes) });
    return 'saved';
  }

  async removeAddressee({ key }: Pick<Conversation, 'key' | 'tenant'>): Promise<void> {
    const record = this.#directory.conversations.get(key);
    if (record !== undefined) this.#directory.merged.set(key, record);
    this.#directory.conversations.delete(key);
  }
}

function first<Key>(map: Map<Key, ConversationKey>, key: Key, addressee: ConversationKey): ConversationKey {
  const known = map.get(key);
  if (known === undefined) map.set(key, addressee);
  return known ?? addressee;
}
