import type { Conversation } from '../../../domain/conversation/conversation.ts';
import type { ForgetRequest } from '../../../domain/conversation/forgetting.ts';
import type { DeliveryId, DeliveryRow } from '../../../domain/delivery/delivery.ts';
import type { Notification } from '../../../domain/event/notification.ts';
import {
  type ConversationKey,
  type NotificationId,
  type PersonKey,
  tenantKey,
  uncreatedConversationKey,
} from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { Person } from '../../../ports/conversation/conversation-store.ts';
import type { NamedRecord, PersonalData } from '../../../ports/conversation/personal-data.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import { DELIVERIES, fromDeliveryRow } from '../ledger/delivery-row.ts';
import { outcomeKeys } from '../ledger/report-keys.ts';
import { fromOutcomeRow, toOutcomeRow } from '../ledger/result-row.ts';
import {
  fromNotificationRow,
  notificationKeys,
  toNotificationRow,
} from '../notification/notification-row.ts';
import { particularsKeys } from '../notification/table-particulars-store.ts';
import { everyPlaceRow, fromPlaceRow, provenRow } from '../people/addressee-rows.ts';
import { recordRow } from '../people/conversation-keys.ts';
import { fromConversationRow } from '../people/conversation-row.ts';
import { everyoneRow, knownByRow, personRow } from '../people/directory-keys.ts';
import { fromPersonRow } from '../people/person-row.ts';
import { TableNameStore } from '../people/table-name-store.ts';
import { TablePeopleIndex } from '../people/table-people-index.ts';
import { RecordsOfKinds } from '../records/records-of-kinds.ts';
import { parsedOrReported } from '../row/parse-row.ts';
import type { RowKeys, StoredRow } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { answersOf } from '../turns/table-answer-store.ts';
import { turnStateKeys } from '../turns/turn-state-row.ts';
import { peopleNamedBy, placeOfPerson, placesOfPerson } from './person-index.ts';

const AT_ONCE = 16;
/**
 * Goes through the tables for one person. Rows are removed as they were read: one that was written meanwhile, by the
 * person who is back, stays.
 */
export class TablePersonalData implements PersonalData {
  readonly #service: TableService;
  readonly #conversations: Table;
  readonly #directory: Table;
  readonly #notifications: Table;
  readonly #people: TablePeopleIndex;
  readonly #records: RecordsOfKinds;
  readonly #names: TableNameStore;

  constructor(service: TableService) {
    this.#service = service;
    this.#people = new TablePeopleIndex(service);
    this.#records = new RecordsOfKinds(service);
    this.#names = new TableNameStore(service);
    this.#conversations = service.table('conversations');
    this.#directory = service.table('directory');
    this.#notifications = service.table('notifications');
  }

  async conversationsOf(person: PersonKey): Promise<readonly ConversationKey[]> {
    return placesOfPerson(this.#directory, person);
  }

  async deliveriesOf(conversation: ConversationKey): Promise<readonly DeliveryRow[]> {
    const deliveries: DeliveryRow[] = [];
    for await (const row of this.#conversations.rows({ partition: conversation, ...DELIVERIES })) {
      const delivery = parsedOrReported(this.#service, () => fromDeliveryRow(this.#conversations, row));
      if (delivery !== undefined) deliveries.push(delivery);
    }
    return deliveries;
  }

  async recordsOfFormerKinds(
    conversation: ConversationKey,
    known: ReadonlySet<string>,
  ): Promise<readonly NamedRecord[]> {
    return this.#records.except(known, conversation);
  }

  async redact(id: NotificationId, change: (stored: Notification) => Notification): Promise<boolean> {
    // Where all are lost, others are forgotten at the same moment, and the job comes back.
    return untilWritten('redact a notification', async () => {
      const row = await this.#notifications.get(notificationKeys(id));
      if (row === undefined) return false;
      const stored = fromNotificationRow(this.#notifications, row);
      const changed = change(stored);
      if (changed === stored) return true;
      const etag = await this.#notifications.replace(toNotificationRow(changed), row.etag);
      return etag === undefined ? LOST : true;
    });
  }

  async forgetDelivery(
    id: DeliveryId,
    { scope, persons }: Pick<ForgetRequest, 'scope' | 'persons'>,
  ): Promise<void> {
    const answers: RowKeys[] = [];
    const range = { partition: id.notification, ...startingWith(answersOf(id.conversation)) };
    for await (const row of this.#notifications.rows(range, { select: [] })) {
      const isTheirs =
        scope === 'conversation' || persons.some((person) => row.rowKey.endsWith(`:${person}`));
      if (isTheirs) answers.push(row);
    }
    await inParallel(answers, AT_ONCE, ({ partitionKey, rowKey }) =>
      this.#notifications.remove({ partitionKey, rowKey }),
    );
    if (scope === 'person') return;
    await this.#notifications.remove(particularsKeys(id));
    const row = await this.#notifications.get(outcomeKeys(id));
    if (row === undefined) return;
    const { activityId, shownIn, triedIn, readAt, ...result } = fromOutcomeRow(this.#notifications, row);
    // Withdrawn or changed in between: the next look comes to it.
    if ([activityId, shownIn, triedIn, readAt].some((one) => one !== undefined)) {
      await this.#notifications.replace(toOutcomeRow(outcomeKeys(id), result), row.etag);
    }
  }

  async forgetConversation(
    request: Pick<ForgetRequest, 'conversation' | 'tenant' | 'channelId' | 'scope' | 'persons'>,
    { withDeliveries }: { readonly withDeliveries: boolean },
  ): Promise<void> {
    const { conversation, scope, persons } = request;
    if (scope === 'conversation') await this.#removeLeads(conversation);
    if (scope === 'person') {
      await Promise.all(
        persons.map((speaker) => this.#conversations.remove(turnStateKeys({ conversation, speaker }))),
      );
    } else {
      await this.#people.forgetPerson(conversation);
      // Before the rows by which they are found go with all others.
      await this.#leaveEveryone(request);
      // Before what leads to them, which goes with the rows below.
      await this.#records.remove(conversation);
      await this.#removeAll(this.#conversations, conversation, ({ rowKey }) =>
        withDeliveries ? true : !rowKey.startsWith(DELIVERIES.from),
      );
    }
    // Last: by these it is found again when this has to be repeated.
    await Promise.all(persons.map((person) => this.#directory.remove(placeOfPerson(person, conversation))));
  }

  async forgetPerson(person: PersonKey, channelId: string): Promise<void> {
    // Whose addressee they were; all conversations of that one are forgotten.
    await this.#directory.remove(provenRow(person));
    const row = await this.#directory.get(personRow(person));
    if (row === undefined) return this.#names.forgetNames(person);
    const known = parsedOrReported(this.#service, () => fromPersonRow(this.#directory, row));
    // Under the same object id somebody may have been met on another channel since, where nobody asked for anything.
    if (known !== undefined && known.channelId !== channelId) return;
    await this.#names.forgetNames(person);
    // What is found by their name, where they were met in groups alone.
    if (known !== undefined)
      await this.#people.forgetPerson(uncreatedConversationKey(channelId, known.user.id));
    // Where they are looked up goes first: by the row itself it is found again when this has to be repeated.
    await Promise.all(knownByRows(person, known).map((keys) => this.#directory.remove(keys)));
    await this.#directory.remove(personRow(person), row.etag);
  }

  /**
   * Removes what leads to a conversation from the ids that its record names, vouched for or not: the leads, and the row
   * of the former release where it says that somebody is reached there.
   */
  async #removeLeads(conversation: ConversationKey): Promise<void> {
    const row = await this.#conversations.get(recordRow(conversation));
    if (row === undefined) return;
    const record = parsedOrReported(this.#service, () => fromConversationRow(this.#conversations, row));
    for (const person of record === undefined ? [] : peopleNamedBy(record)) {
      await this.#directory.remove(placeOfPerson(person, conversation));
      const former = await this.#directory.get(personRow(person), ['personal']);
      if (former?.personal === conversation) await this.#directory.remove(personRow(person), former.etag);
    }
  }

  /**
   * Takes them from among everyone of each tenant: their record was under another one while they were told in another
   * conversation, and under that of its channel before its tenant was known.
   */
  async #leaveEveryone({
    conversation,
    ...here
  }: Pick<ForgetRequest, 'conversation' | 'tenant' | 'channelId'>): Promise<void> {
    const sightings: Pick<Conversation, 'tenant' | 'channelId'>[] = [here];
    const row = await this.#conversations.get(recordRow(conversation));
    const record =
      row && parsedOrReported(this.#service, () => fromConversationRow(this.#conversations, row));
    if (record !== undefined) sightings.push(record);
    for await (const place of this.#conversations.rows(everyPlaceRow(conversation))) {
      const kept = parsedOrReported(this.#service, () => fromPlaceRow(this.#conversations, place));
      if (kept !== undefined) sightings.push(kept);
    }
    const tenants = sightings.flatMap(({ tenant, channelId }) => [tenant, tenantKey({ channelId })]);
    await inParallel([...new Set(tenants)], AT_ONCE, (one) =>
      this.#directory.remove(everyoneRow(one, conversation)),
    );
  }

  async #removeAll(table: Table, partition: string, goes: (row: StoredRow) => boolean): Promise<void> {
    const rows: StoredRow[] = [];
    for await (const row of table.rows({ partition })) {
      if (goes(row)) rows.push(row);
    }
    await inParallel(rows, AT_ONCE, (row) => table.remove(row, row.etag));
  }
}

/** Where a person may be looked up by the ids that their row tells. */
function knownByRows(person: PersonKey, known: Person | undefined): readonly RowKeys[] {
  const { id, aadObjectId } = known?.user ?? {};
  return [
    ...(id === undefined ? [] : [knownByRow({ kind: 'channel', id, person })]),
    ...(aadObjectId === undefined ? [] : [knownByRow({ kind: 'entra', id: aadObjectId, person })]),
  ];
}
