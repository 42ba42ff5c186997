import type { Conversation, SuppressionReason } from '../../../domain/conversation/conversation.ts';
import { bareNamesOf, type IdKind, type Proof } from '../../../domain/identity/proofs.ts';
import { type Vouching, vouchesFor, vouchesForAll } from '../../../domain/identity/vouching.ts';
import {
  type ConversationKey,
  isConversationKey,
  isPersonKey,
  type PersonKey,
  type TenantKey,
} from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ConversationStore, Page, Person } from '../../../ports/conversation/conversation-store.ts';
import { peopleNamedBy, placeOfPerson } from '../privacy/person-index.ts';
import { parsedOrReported } from '../row/parse-row.ts';
import { double } from '../row/row.ts';
import { writeMarked } from '../storage/marked-write.ts';
import { checkedLimit } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { greetingRow, OWN_SUBSCRIPTIONS, recordRow } from './conversation-keys.ts';
import { fromConversationRow, toConversationRow } from './conversation-row.ts';
import {
  everyoneRow,
  knownByPartition,
  knownByRow,
  memberRow,
  membersPartition,
  personRow,
} from './directory-keys.ts';
import { type Position, readPosition, writePosition } from './list-position.ts';
import { fromPersonRow, toPersonRow } from './person-row.ts';
import { fromSubscriptionRow } from './subscription-row.ts';
import { TablePeopleIndex } from './table-people-index.ts';
import { TenantIndex } from './tenant-index.ts';

const READS_AT_ONCE = 16;

/**
 * Conversations in table `conversations`, found by table `directory`.
 *
 * | Order of writes | A crash in between leaves |
 * |---|---|
 * | `save`: tenant, people and everyone index, then the record | an index row without a record: listings skip it, a delivery to it finds no conversation |
 * | `suppress`: the record, then the indexes | a member that a broadcast addresses and whose delivery ends as suppressed |
 *
 * So the record alone decides; the marks in the indexes only save reading it (`TableAudience` looks again).
 */
export class TableConversationStore implements ConversationStore {
  readonly #service: TableService;
  readonly #clock: Clock;
  readonly #conversations: Table;
  readonly #directory: Table;
  readonly #tenants: TenantIndex;
  readonly #vouching: Vouching;
  readonly #people: TablePeopleIndex;

  /** @param vouching whose claims are written as leads; whoever follows a lead judges the record that it leads to */
  constructor(service: TableService, clock: Clock, vouching: Vouching = vouchesForAll) {
    this.#vouching = vouching;
    this.#service = service;
    this.#clock = clock;
    this.#conversations = service.table('conversations');
    this.#directory = service.table('directory');
    this.#tenants = new TenantIndex(service);
    this.#people = new TablePeopleIndex(service);
  }

  async findConversation(key: ConversationKey): Promise<Conversation | undefined> {
    const row = await this.#conversations.get(recordRow(key));
    return row === undefined ? undefined : fromConversationRow(this.#conversations, row);
  }

  async saveConversation(conversation: Conversation): Promise<void> {
    const { key, tenant, suppressed } = conversation;
    const row = toConversationRow(conversation);
    // What somebody claims must not fill up the partition of whom they claim to be.
    const people = vouchesFor(this.#vouching, conversation.channelId) ? peopleNamedBy(conversation) : [];
    await Promise.all([
      this.#tenants.add({ kind: 'everyone' }, tenant),
      this.#people.noteRecord(conversation),
      ...people.map((person) => this.#directory.put(placeOfPerson(person, key))),
      // Nobody can be reached in a conversation that the channel has not created.
      ...(conversation.conversationId === undefined
        ? []
        : [
            this.#directory.put({
              ...everyoneRow(tenant, key),
              suppressed: suppressed === undefined ? undefined : true,
            }),
          ]),
    ]);
    await this.#conversations.put(row);
  }

  async findPerson(name: PersonKey): Promise<Person | undefined> {
    const row = await this.#directory.get(personRow(name));
    return row === undefined ? undefined : fromPersonRow(this.#directory, row);
  }

  async peopleKnownBy(kind: IdKind, id: string): Promise<readonly Person[]> {
    const names: PersonKey[] = [];
    const range = { partition: knownByPartition(kind, id) };
    for await (const { rowKey } of this.#directory.rows(range, { select: [] })) {
      if (isPersonKey(rowKey)) names.push(rowKey);
    }
    const people = await inParallel(names, READS_AT_ONCE, (name) => this.findPerson(name));
    return people.filter((person) => person !== undefined);
  }

  /**
   * Where people are looked up comes first, so that whoever is remembered is found. Bare ids are written as well: an
   * instance of the former release reads nothing else, and only ids that are believed come here.
   */
  async savePerson(
    person: Person,
    proofs: readonly Proof[],
    options?: { readonly onlyNew: true },
  ): Promise<void> {
    const directory = this.#directory;
    await Promise.all([
      this.#people.noteMember(person),
      ...proofs.map((proof) => directory.put(knownByRow(proof))),
    ]);
    const proven = proofs.map((proof) => toPersonRow(proof.person, person));
    if (options?.onlyNew === true) {
      await Promise.all(proven.map((row) => directory.insert(row)));
      return;
    }
    const bare = bareNamesOf(person.user).map((name) => toPersonRow(name, person));
    await Promise.all([...proven, ...bare].map((row) => directory.merge(row)));
  }

  async suppressConversation(key: ConversationKey, reason: SuppressionReason): Promise<void> {
    const known = await this.findConversation(key);
    if (known === undefined) return;
    const stored = await this.#conversations.mergeExisting({
      ...recordRow(key),
      suppressed: reason,
      changedAt: double(this.#clock.now()),
    });
    if (!stored) return;
    await this.#directory.mergeExisting({ ...everyoneRow(known.tenant, key), suppressed: true });
    await this.#suppressInTopics(key);
  }

  async greetOnce(key: ConversationKey): Promise<boolean> {
    const etag = await writeMarked(this.#conversations, { kind: 'insert', row: greetingRow(key) });
    return etag !== undefined;
  }

  async listConversations(page: {
    readonly limit: number;
    readonly after?: string;
  }): Promise<Page<Conversation>> {
    const limit = checkedLimit(page.limit);
    const rows = this.#everyone(page.after === undefined ? undefined : readPosition(page.after), limit);
    const items: Conversation[] = [];
    let last: Position | undefined;
    let next = await rows.next();
    while (items.length < limit && next.done !== true) {
      const batch: Position[] = [];
      while (batch.length < limit - items.length && next.done !== true) {
        batch.push(next.value);
        next = await rows.next();
      }
      last = batch.at(-1);
      items.push(...(await this.#recordsOf(batch)));
    }
    return next.done === true || last === undefined ? { items } : { items, after: writePosition(last) };
  }

  async listTenants(): Promise<readonly TenantKey[]> {
    return this.#tenants.of({ kind: 'everyone' });
  }

  /** Every index row from `start` on, tenant by tenant, in key order. */
  async *#everyone(start: Position | undefined, pageSize: number): AsyncGenerator<Position, void, undefined> {
    for (const tenant of await this.listTenants()) {
      if (start !== undefined && tenant < start.tenant) continue;
      const range = {
        partition: membersPartition({ kind: 'everyone' }, tenant),
        ...(start !== undefined && tenant === start.tenant ? { after: start.conversation } : {}),
      };
      for await (const { rowKey } of this.#directory.rows(range, { pageSize: pageSize + 1, select: [] })) {
        if (isConversationKey(rowKey)) yield { tenant, conversation: rowKey };
      }
    }
  }

  async #recordsOf(positions: readonly Position[]): Promise<readonly Conversation[]> {
    const records = await inParallel(positions, READS_AT_ONCE, async ({ tenant, conversation }) => {
      const row = await this.#conversations.get(recordRow(conversation));
      if (row === undefined) return undefined;
      const record = parsedOrReported(this.#service, () => fromConversationRow(this.#conversations, row));
      // A conversation whose tenant became known later has an index row under the former one too.
      return record?.tenant === tenant ? record : undefined;
    });
    return records.filter((record) => record !== undefined);
  }

  async #suppressInTopics(key: ConversationKey): Promise<void> {
    const rows = this.#conversations.rows({ partition: key, ...OWN_SUBSCRIPTIONS });
    for await (const row of rows) {
      const own = parsedOrReported(this.#service, () => fromSubscriptionRow(this.#conversations, row));
      if (own === undefined) continue;
      const group = { kind: 'topic', topic: own.topic } as const;
      await this.#directory.mergeExisting({ ...memberRow(group, own.tenant, key), suppressed: true });
    }
  }
}
