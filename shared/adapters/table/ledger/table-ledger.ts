import { isDeepStrictEqual } from 'node:util';
import type { DeliveryId, DeliveryResult, DeliveryRow, Pending } from '../../../domain/delivery/delivery.ts';
import { afterSend, noSends, type SendWindows, withoutBurst } from '../../../domain/delivery/pace.ts';
import type { ConversationKey, NotificationId } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { Living } from '../../../domain/living/living.ts';
import type { Instant } from '../../../domain/time.ts';
import type {
  AskedForMoment,
  DeliveryDesk,
  Ledger,
  PendingResult,
  Recalled,
  ReportCounts,
} from '../../../ports/delivery/ledger.ts';
import { LOST, racing } from '../../../ports/race.ts';
import { StoreUnavailable } from '../../../ports/store-errors.ts';
import { toLivingRow } from '../living/living-row.ts';
import { parsedOrReported } from '../row/parse-row.ts';
import type { Row, StoredRow } from '../row/row.ts';
import { type ConditionalWrite, writeMarked, writeTogether } from '../storage/marked-write.ts';
import { checkedLimit } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import {
  DEFERRED,
  deferredKeys,
  deliveryKeys,
  fromDeliveryRow,
  listedDelivery,
  toDeliveryRow,
} from './delivery-row.ts';
import { toLastDigestRow } from './last-digest-row.ts';
import { noteReadOn, noteRecallOn } from './note-on-report.ts';
import { readDesk } from './read-desk.ts';
import { NAMED, type RecipientRows, recipientsOf, unfinishedOf } from './recipients.ts';
import { countReport } from './report-count.ts';
import { addressKeys, behind, isRecipient, nameOf, outcomeKeys, REPORT, unknownKeys } from './report-keys.ts';
import { fromAddressRow, fromOutcomeRow, toOutcomeRow } from './result-row.ts';
import { TableLines } from './table-lines.ts';
import { toldLately } from './told-lately.ts';
import { fromWindowsRow, toWindowsRow, windowsKeys } from './windows-row.ts';

/** A transaction holds so many rows at most. */
const MOST_ADDRESSED = 100;
/** A transaction holds so many rows, and two of them are the digest's. */
const MOST_JOINED = 98;
/** Rows read at the same time. */
const ROWS_AT_ONCE = 16;
/** Losses to others before a count is left as it is. */
const MOST_RACES = 5;
/**
 * Delivery rows in table `conversations`, report rows in table `notifications`.
 *
 * Delivery rows are written with a mark (see `writeMarked`): a claim that its own repetition made look lost would
 * leave a lease behind under which nobody sends, and a send that never was would count as unknown.
 */
export class TableLedger implements Ledger {
  readonly #service: TableService;
  readonly #conversations: Table;
  readonly #notifications: Table;
  readonly #lines: TableLines;

  constructor(service: TableService) {
    this.#service = service;
    this.#conversations = service.table('conversations');
    this.#notifications = service.table('notifications');
    this.#lines = new TableLines(this.#conversations);
  }

  findDesk(conversation: ConversationKey): Promise<DeliveryDesk> {
    return readDesk(this.#conversations, conversation);
  }

  async findDelivery(id: DeliveryId): Promise<DeliveryRow | undefined> {
    const row = await this.#conversations.get(deliveryKeys(id));
    return row === undefined ? undefined : fromDeliveryRow(this.#conversations, row);
  }

  async claimDelivery(
    row: DeliveryRow,
    windows?: { readonly next: SendWindows; readonly tag?: string },
    living: readonly Living[] = [],
  ): Promise<(DeliveryRow & { readonly livingTag?: string }) | 'lost'> {
    const tags = await writeTogether(
      this.#conversations,
      conditional(toDeliveryRow(row), row.etag),
      ...living.map((one) => conditional(toLivingRow(one), one.etag)),
      windows && conditional(toWindowsRow(row.id.conversation, windows.next), windows.tag),
    );
    if (tags === undefined) return 'lost';
    const [etag, livingTag] = tags;
    return { ...row, etag, ...(living.length === 0 || livingTag === undefined ? {} : { livingTag }) };
  }

  async changeDelivery(row: DeliveryRow): Promise<DeliveryRow | 'lost'> {
    const etag = await writeMarked(this.#conversations, conditional(toDeliveryRow(row), row.etag));
    return etag === undefined ? 'lost' : { ...row, etag };
  }

  async deferDelivery(row: DeliveryRow): Promise<DeliveryRow | 'lost'> {
    const etag = await writeMarked(this.#conversations, conditional(toDeliveryRow(row), row.etag), {
      kind: 'merge',
      row: deferredKeys(row.id),
    });
    return etag === undefined ? 'lost' : { ...row, etag };
  }

  async deferredDeliveries(conversation: ConversationKey): Promise<readonly DeliveryRow[]> {
    const listed: StoredRow[] = [];
    for await (const row of this.#conversations.rows({ partition: conversation, ...DEFERRED }))
      listed.push(row);
    const deferred: DeliveryRow[] = [];
    await inParallel(listed, ROWS_AT_ONCE, async (place) => {
      const id = listedDelivery(place);
      const row = id === undefined ? undefined : await this.findDelivery(id);
      if (row?.state === 'deferred') deferred.push(row);
      // Deferred again since, the place has another tag and stays.
      else await this.#conversations.remove(place, place.etag);
    });
    return deferred;
  }

  async deliveriesLately(
    conversation: ConversationKey,
    page: { readonly from: Instant; readonly most: number },
  ): Promise<readonly { readonly notification: NotificationId; readonly at: Instant }[]> {
    return toldLately(this.#conversations, conversation, page);
  }

  async joinDigest(
    digest: DeliveryRow,
    members: readonly DeliveryRow[],
    lastTag?: string,
  ): Promise<'joined' | 'lost'> {
    if (members.length > MOST_JOINED) {
      throw new RangeError(`"members" must be ${MOST_JOINED} at most; there are ${members.length}`);
    }
    const etag = await writeMarked(
      this.#conversations,
      { kind: 'insert', row: toDeliveryRow(digest) },
      ...members.map((member) => conditional(toDeliveryRow(member), member.etag)),
      conditional(toLastDigestRow(digest.id.conversation, digest.id.notification), lastTag),
    );
    return etag === undefined ? 'lost' : 'joined';
  }

  async uncountBurst(conversation: ConversationKey, claimedAt: Instant): Promise<void> {
    // Where all are lost it stays counted, which is the safe side.
    await racing(MOST_RACES, async () => {
      const known = await this.#conversations.get(windowsKeys(conversation));
      if (known === undefined) return;
      const next = withoutBurst(fromWindowsRow(this.#conversations, known), claimedAt);
      const etag = await this.#conversations.replace(toWindowsRow(conversation, next), known.etag);
      return etag === undefined ? LOST : undefined;
    });
  }

  async countSends(conversation: ConversationKey, count: number, at: Instant): Promise<void> {
    await racing(MOST_RACES, async () => {
      const known = await this.#conversations.get(windowsKeys(conversation));
      let next = known === undefined ? noSends : fromWindowsRow(this.#conversations, known);
      for (let sent = 0; sent < count; sent++) next = afterSend(next, at, false);
      // Unmarked: counted twice when an answer is lost, which is the safe side.
      const row = toWindowsRow(conversation, next);
      const etag = await (known === undefined
        ? this.#conversations.insert(row)
        : this.#conversations.replace(row, known.etag));
      return etag === undefined ? LOST : undefined;
    });
  }

  async noteSends(
    conversation: ConversationKey,
    windows: SendWindows,
    tag: string | undefined,
  ): Promise<void> {
    const row = toWindowsRow(conversation, windows);
    await (tag === undefined ? this.#conversations.insert(row) : this.#conversations.replace(row, tag));
  }

  lineUp(conversation: ConversationKey, asked: AskedForMoment): Promise<Instant> {
    return this.#lines.join(conversation, asked);
  }

  async addressRecipients(
    notification: NotificationId,
    conversations: readonly ConversationKey[],
    as?: 'named',
  ): Promise<void> {
    const keys = [...new Set(conversations)];
    if (keys.length > MOST_ADDRESSED) {
      throw new RangeError(`"conversations" must be ${MOST_ADDRESSED} at most; there are ${keys.length}`);
    }
    // A merge of nothing but marks leaves a row that exists as it is.
    const marks = { a: true, ...(as === undefined ? {} : { [NAMED]: true }) };
    const rows = keys.map((conversation) => ({ ...addressKeys({ notification, conversation }), ...marks }));
    const [first, ...others] = rows;
    if (first === undefined) return;
    if (others.length === 0) {
      await this.#notifications.merge(first);
      return;
    }
    const tags = await this.#notifications.transact(rows.map((row) => ({ kind: 'merge', row })));
    // A merge has no condition that could be refused; were it so all the same, nobody may be taken for addressed.
    if (tags === undefined) throw new StoreUnavailable('address recipients', new Error('refused'));
  }

  async recordUnknown(notification: NotificationId, label: string, result: DeliveryResult): Promise<void> {
    await this.#notifications.insert(toOutcomeRow(unknownKeys(notification, label), result));
  }

  async forgetUnknown(notification: NotificationId, label: string): Promise<void> {
    await this.#notifications.remove(unknownKeys(notification, label));
  }

  async recordOutcome(id: DeliveryId, result: DeliveryResult): Promise<void> {
    // Refused when there is an outcome already: that one stands.
    await this.#notifications.insert(toOutcomeRow(outcomeKeys(id), result));
  }

  async withdrawOutcome(id: DeliveryId, seen: DeliveryResult): Promise<boolean> {
    const row = await this.#notifications.get(outcomeKeys(id));
    if (row === undefined || !isDeepStrictEqual(fromOutcomeRow(this.#notifications, row), seen)) return false;
    return this.#notifications.remove(outcomeKeys(id), row.etag);
  }

  noteRecall(id: DeliveryId, made: Recalled): Promise<void> {
    return noteRecallOn(this.#notifications, id, made);
  }

  noteRead(id: DeliveryId, at: Instant): Promise<void> {
    return noteReadOn(this.#notifications, id, at);
  }

  async recordPending(id: DeliveryId, state: Pending, waiting?: string): Promise<void> {
    // A merge cannot take a property away: empty means none.
    await this.#notifications.merge({ ...addressKeys(id), state, waiting: waiting ?? '' });
  }

  async findOutcome(id: DeliveryId): Promise<DeliveryResult | undefined> {
    const row = await this.#notifications.get(outcomeKeys(id));
    return row === undefined ? undefined : fromOutcomeRow(this.#notifications, row);
  }

  unfinishedDeliveries(
    notification: NotificationId,
    range?: Parameters<Ledger['unfinishedDeliveries']>[1],
  ): Promise<readonly ConversationKey[]> {
    return unfinishedOf(this.#notifications, notification, range);
  }

  async countOutcomes(notification: NotificationId): Promise<ReportCounts> {
    return countReport(this.#notifications, notification);
  }

  /** A recipient whose row cannot be read is left out and reported; `count` has it as `corrupt-row`. */
  async listResults(
    notification: NotificationId,
    page: { readonly limit: number; readonly after?: string },
  ): ReturnType<Ledger['listResults']> {
    const limit = checkedLimit(page.limit);
    if (page.after !== undefined && !isRecipient(page.after)) {
      throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
    }
    const range = page.after === undefined ? REPORT : { ...REPORT, from: behind(page.after) };
    const rows = this.#notifications.rows(
      { partition: notification, ...range },
      { pageSize: 2 * (limit + 1) },
    );
    const items: { readonly conversation: string; readonly result: DeliveryResult | PendingResult }[] = [];
    let last: string | undefined;
    for await (const rowsOfOne of recipientsOf(rows)) {
      if (items.length === limit && last !== undefined) return { items, after: last };
      last = rowsOfOne.recipient;
      const result = parsedOrReported(this.#service, () => this.#resultOf(rowsOfOne));
      if (result !== undefined) items.push({ conversation: nameOf(rowsOfOne.recipient), result });
    }
    return { items };
  }

  #resultOf({ address, outcome }: RecipientRows): DeliveryResult | PendingResult | undefined {
    if (outcome !== undefined) return fromOutcomeRow(this.#notifications, outcome);
    return address === undefined ? undefined : fromAddressRow(this.#notifications, address);
  }
}

/** A write that is refused when the row is not the one that was read; without a tag: when there is one. */
function conditional(row: Row, etag: string | undefined): ConditionalWrite {
  return etag === undefined ? { kind: 'insert', row } : { kind: 'replace', row, etag };
}
