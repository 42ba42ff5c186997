import { type Conversation, keyOf } from '../../../domain/conversation/conversation.ts';
import type { Reach } from '../../../domain/conversation/reach.ts';
import { type ConversationKey, type PersonKey, tenantKey } from '../../../domain/ids.ts';
import type { AddresseeStore, Looked } from '../../../ports/conversation/addressee-store.ts';
import { StoreUnavailable } from '../../../ports/store-errors.ts';
import type { RowKeys } from '../row/row.ts';
import { writeMarked } from '../storage/marked-write.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import {
  addresseeIn,
  belongsRow,
  earlierKeyRow,
  everyEarlierKeyRow,
  everyPlaceRow,
  fromPlaceRow,
  fromReachRow,
  keyIn,
  placeRow,
  provenRow,
  toPlaceRow,
  toReachRow,
} from './addressee-rows.ts';
import { BELONGS, DESK, REACH, RECORD, recordRow } from './conversation-keys.ts';
import { fromConversationRow } from './conversation-row.ts';
import { everyoneRow } from './directory-keys.ts';

/**
 * Addressees lie in table `conversations`, in the partition of the conversation that they are named after, and are found by
 * their proofs in table `directory`. What leads to somebody is inserted, and stays with who came first.
 */
export class TableAddresseeStore implements AddresseeStore {
  readonly #conversations: Table;
  readonly #directory: Table;

  constructor(service: TableService) {
    this.#conversations = service.table('conversations');
    this.#directory = service.table('directory');
  }

  async findAddressee(key: ConversationKey): Promise<Looked> {
    const looked: { -readonly [Field in keyof Looked]: Looked[Field] } = {};
    for await (const row of this.#conversations.rows({ partition: key, ...DESK })) {
      if (row.rowKey === RECORD) looked.record = fromConversationRow(this.#conversations, row);
      if (row.rowKey === BELONGS) looked.belongsTo = addresseeIn(this.#conversations, row);
      if (row.rowKey === REACH) {
        looked.reach = fromReachRow(this.#conversations, row);
        looked.tag = row.etag;
      }
    }
    return looked;
  }

  async provenBy(proof: PersonKey): Promise<ConversationKey | undefined> {
    const row = await this.#directory.get(provenRow(proof));
    return row === undefined ? undefined : addresseeIn(this.#directory, row);
  }

  claimProof(proof: PersonKey, addressee: ConversationKey): Promise<ConversationKey> {
    return first(this.#directory, provenRow(proof), addressee);
  }

  leadToAddressee(from: ConversationKey, addressee: ConversationKey): Promise<ConversationKey> {
    return first(this.#conversations, belongsRow(from), addressee);
  }

  async keepPlace(
    addressee: ConversationKey,
    place: Conversation & { readonly conversationId: string },
  ): Promise<void> {
    await this.#conversations.put(toPlaceRow(addressee, keyOf(place), place));
  }

  async findPlace(addressee: ConversationKey, place: ConversationKey): Promise<Conversation | undefined> {
    const row = await this.#conversations.get(placeRow(addressee, place));
    return row === undefined ? undefined : fromPlaceRow(this.#conversations, row);
  }

  everyPlace(addressee: ConversationKey): Promise<readonly ConversationKey[]> {
    return this.#keysOfRows(everyPlaceRow(addressee));
  }

  async keepEarlierKey(addressee: ConversationKey, earlier: ConversationKey): Promise<void> {
    await this.#conversations.insert(earlierKeyRow(addressee, earlier));
  }

  earlierKeys(addressee: ConversationKey): Promise<readonly ConversationKey[]> {
    return this.#keysOfRows(everyEarlierKeyRow(addressee));
  }

  async saveReach(addressee: ConversationKey, reach: Reach, tag?: string): Promise<'saved' | 'lost'> {
    const row = toReachRow(addressee, reach);
    const written = await writeMarked(
      this.#conversations,
      tag === undefined ? { kind: 'insert', row } : { kind: 'replace', row, etag: tag },
    );
    return written === undefined ? 'lost' : 'saved';
  }

  async #keysOfRows(range: ReturnType<typeof everyPlaceRow>): Promise<readonly ConversationKey[]> {
    const keys: ConversationKey[] = [];
    for await (const row of this.#conversations.rows(range, { select: [] })) {
      const key = keyIn(row);
      if (key !== undefined) keys.push(key);
    }
    return keys;
  }

  /** The record goes last: as long as it is there, it is seen that something is to be done. */
  async removeAddressee({ key, tenant }: Pick<Conversation, 'key' | 'tenant'>): Promise<void> {
    const row = await this.#conversations.get(recordRow(key));
    const channelId = row && fromConversationRow(this.#conversations, row).channelId;
    // Before its tenant was known, it was found by its channel.
    const tenants = channelId === undefined ? [tenant] : [tenant, tenantKey({ channelId })];
    await Promise.all(tenants.map((one) => this.#directory.remove(everyoneRow(one, key))));
    if (row !== undefined) await this.#conversations.remove(recordRow(key), row.etag);
  }
}

/** Inserts whom something leads to, and gives to whom it does. */
async function first(table: Table, keys: RowKeys, addressee: ConversationKey): Promise<ConversationKey> {
  if ((await table.insert({ ...keys, addressee })) !== undefined) return addressee;
  const row = await table.get(keys);
  // It was there a moment ago; whoever removes it forgets the person.
  if (row === undefined) throw new StoreUnavailable('claim an addressee', new Error('removed meanwhile'));
  return addresseeIn(table, row);
}
