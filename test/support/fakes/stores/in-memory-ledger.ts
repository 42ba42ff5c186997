import { isDeepStrictEqual } from 'node:util';
import { noPreferences } from '../../../../shared/domain/conversation/preferences.ts';
import { turnPlaceIn } from '../../../../shared/domain/conversation/reach.ts';
import { defined } from '../../../../shared/domain/defined.ts';
import {
  type DeliveryId,
  type DeliveryResult,
  type DeliveryRow,
  formatDeliveryId,
  Outcome,
  Pending,
} from '../../../../shared/domain/delivery/delivery.ts';
import {
  afterSend,
  type Line,
  lineUp,
  noSends,
  type SendWindows,
  withoutBurst,
} from '../../../../shared/domain/delivery/pace.ts';
import type { ConversationKey, NotificationId } from '../../../../shared/domain/ids.ts';
import type { Living } from '../../../../shared/domain/living/living.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import type {
  AskedForMoment,
  DeliveryDesk,
  LastDigest,
  Ledger,
  PendingResult,
  Recalled,
  ReportCounts,
} from '../../../../shared/ports/delivery/ledger.ts';
import { byKey, type InMemoryDirectory, pageOf } from './in-memory-directory.ts';
import { InMemoryLivingStore } from './in-memory-living-store.ts';

/** One recipient on a report. Unknown ones sort behind the known, as in the table. */
interface Recipient {
  readonly name: string;
  readonly isConversation: boolean;
  readonly isNamed?: true;
  readonly pending: { readonly state: Pending; readonly waiting?: string };
  readonly result?: DeliveryResult;
}

/** Tags are numbers that rise with every write, whatever is written. */
export class InMemoryLedger implements Ledger {
  readonly #directory: InMemoryDirectory;
  readonly #rows = new Map<string, DeliveryRow & { readonly etag: string }>();
  readonly #windows = new Map<ConversationKey, { readonly windows: SendWindows; readonly tag: string }>();
  readonly #lastDigests = new Map<ConversationKey, LastDigest>();
  readonly #lines = new Map<ConversationKey, Line>();
  readonly #reports = new Map<NotificationId, Map<string, Recipient>>();
  #writes = 0;

  readonly #living: InMemoryLivingStore;

  constructor(directory: InMemoryDirectory, living = new InMemoryLivingStore()) {
    this.#directory = directory;
    this.#living = living;
  }

  async findDesk(conversation: ConversationKey): Promise<DeliveryDesk> {
    const stored = this.#windows.get(conversation);
    const record = this.#directory.conversations.get(conversation);
    const within = record && turnPlaceIn(record).within;
    const elsewhere = this.#directory.dialogsElsewhere.get(conversation);
    const dialog =
      within === undefined
        ? this.#directory.dialogs.get(conversation)
        : elsewhere?.of === within
          ? elsewhere.status
          : undefined;
    const belongsTo = this.#directory.belongs.get(conversation);
    const reach = this.#directory.reaches.get(conversation)?.reach;
    const line = this.#lines.get(conversation);
    return structuredClone({
      conversation: record,
      ...(belongsTo === undefined ? {} : { belongsTo }),
      ...(reach === undefined ? {} : { reach }),
      windows: stored?.windows ?? noSends,
      preferences: this.#directory.preferences.get(conversation)?.preferences ?? noPreferences,
      ...(dialog === undefined ? {} : { dialog }),
      ...(line === undefined ? {} : { line }),
      ...defined({ lastDigest: this.#lastDigests.get(conversation) }),
      ...(stored === undefined ? {} : { windowsTag: stored.tag }),
    });
  }

  async findDelivery(id: DeliveryId): Promise<DeliveryRow | undefined> {
    return structuredClone(this.#rows.get(formatDeliveryId(id)));
  }

  async claimDelivery(
    row: DeliveryRow,
    windows?: { readonly next: SendWindows; readonly tag?: string },
    living: readonly Living[] = [],
  ): Promise<(DeliveryRow & { readonly livingTag?: string }) | 'lost'> {
    const { conversation } = row.id;
    if (windows !== undefined && this.#windows.get(conversation)?.tag !== windows.tag) return 'lost';
    if (living.some((one) => !this.#living.mayWrite(one))) return 'lost';
    const claimed = this.#write(row);
    const [beside] = claimed === 'lost' ? [] : living.map((one) => this.#living.write(one));
    if (claimed !== 'lost' && windows !== undefined) {
      this.#windows.set(conversation, { windows: structuredClone(windows.next), tag: this.#nextTag() });
    }
    if (claimed === 'lost' || beside === undefined || beside === 'lost') return claimed;
    return { ...claimed, ...(beside.etag === undefined ? {} : { livingTag: beside.etag }) };
  }

  async changeDelivery(row: DeliveryRow): Promise<DeliveryRow | 'lost'> {
    return this.#write(row);
  }

  async deferDelivery(row: DeliveryRow): Promise<DeliveryRow | 'lost'> {
    return this.#write(row);
  }

  async deferredDeliveries(conversation: ConversationKey): Promise<readonly DeliveryRow[]> {
    const all = [...this.#rows.values()];
    return structuredClone(
      all.filter(({ id, state }) => id.conversation === conversation && state === 'deferred'),
    );
  }

  async deliveriesLately(
    conversation: ConversationKey,
    { from, most }: { readonly from: Instant; readonly most: number },
  ): Promise<readonly { readonly notification: NotificationId; readonly at: Instant }[]> {
    return [...this.#rows.values()]
      .filter(({ id, claimedAt = 0 }) => id.conversation === conversation && claimedAt >= from)
      .map(({ id, claimedAt = 0 }) => ({ notification: id.notification, at: claimedAt }))
      .sort((a, b) => b.at - a.at)
      .slice(0, most);
  }

  async joinDigest(
    digest: DeliveryRow,
    members: readonly DeliveryRow[],
    lastTag?: string,
  ): Promise<'joined' | 'lost'> {
    if (members.length > 98) throw new RangeError('"members" must be 98 at most');
    const all = [digest, ...members];
    const { conversation, notification: id } = digest.id;
    if (this.#lastDigests.get(conversation)?.tag !== lastTag) return 'lost';
    if (all.some((row) => this.#rows.get(formatDeliveryId(row.id))?.etag !== row.etag)) return 'lost';
    for (const row of all) this.#write(row);
    this.#lastDigests.set(conversation, { id, tag: this.#nextTag() });
    return 'joined';
  }

  async uncountBurst(conversation: ConversationKey, claimedAt: Instant): Promise<void> {
    const known = this.#windows.get(conversation);
    if (known === undefined) return;
    const windows = withoutBurst(known.windows, claimedAt);
    this.#windows.set(conversation, { windows, tag: this.#nextTag() });
  }

  async countSends(conversation: ConversationKey, count: number, at: Instant): Promise<void> {
    let windows = this.#windows.get(conversation)?.windows ?? noSends;
    for (let sent = 0; sent < count; sent++) windows = afterSend(windows, at, false);
    this.#windows.set(conversation, { windows, tag: this.#nextTag() });
  }

  async noteSends(
    conversation: ConversationKey,
    windows: SendWindows,
    tag: string | undefined,
  ): Promise<void> {
    if (this.#windows.get(conversation)?.tag !== tag) return;
    this.#windows.set(conversation, { windows: structuredClone(windows), tag: this.#nextTag() });
  }

  async lineUp(conversation: ConversationKey, { now, ...asked }: AskedForMoment): Promise<Instant> {
    const { at, line } = lineUp({ ...asked, line: this.#lines.get(conversation) }, now);
    this.#lines.set(conversation, line);
    return at;
  }

  async addressRecipients(
    notification: NotificationId,
    conversations: readonly ConversationKey[],
    as?: 'named',
  ): Promise<void> {
    if (new Set(conversations).size > 100) throw new RangeError('"conversations" must be 100 at most');
    const mark = as === undefined ? {} : { isNamed: true as const };
    for (const conversation of conversations) this.#change({ notification, conversation }, mark);
  }

  async recordUnknown(notification: NotificationId, label: string, result: DeliveryResult): Promise<void> {
    if (!/^[A-Za-z0-9_-]{1,128}$/.test(label)) throw new RangeError('a label must be a hash');
    const report = this.#report(notification);
    const place = `~${label}`;
    if (report.has(place)) return;
    const pending = { state: Pending.queued };
    report.set(place, { name: label, isConversation: false, pending, result: structuredClone(result) });
  }

  /** Removes up to `limit` recipients with their deliveries; gives whether none is left. */
  removeReport(notification: NotificationId, limit: number): boolean {
    const report = this.#report(notification);
    for (const [place, { name }] of [...report].sort(([a], [b]) => byKey(a, b)).slice(0, limit)) {
      report.delete(place);
      this.#rows.delete(`${notification}.${name}`);
    }
    return report.size === 0;
  }

  /** Every delivery row of a conversation. */
  rowsOf(conversation: ConversationKey): readonly DeliveryRow[] {
    return structuredClone([...this.#rows.values()].filter(({ id }) => id.conversation === conversation));
  }

  removeRows(conversation: ConversationKey): void {
    for (const { id } of this.rowsOf(conversation)) this.#rows.delete(formatDeliveryId(id));
  }

  removeWindows(conversation: ConversationKey): void {
    this.#windows.delete(conversation);
    this.#lines.delete(conversation);
    this.#lastDigests.delete(conversation);
  }

  removeActivityId(id: DeliveryId): void {
    const known = this.#report(id.notification).get(placeOf(id));
    if (known?.result === undefined) return;
    const { activityId: _gone, shownIn: _where, triedIn: _there, readAt: _when, ...result } = known.result;
    this.#change(id, { result });
  }

  async forgetUnknown(notification: NotificationId, label: string): Promise<void> {
    this.#report(notification).delete(`~${label}`);
  }

  async recordOutcome(id: DeliveryId, result: DeliveryResult): Promise<void> {
    if (this.#report(id.notification).get(placeOf(id))?.result !== undefined) return;
    this.#change(id, { result: structuredClone(result) });
  }

  async withdrawOutcome(id: DeliveryId, seen: DeliveryResult): Promise<boolean> {
    const report = this.#report(id.notification);
    const known = report.get(placeOf(id));
    if (known?.result === undefined || !isDeepStrictEqual(known.result, seen)) return false;
    const { result: _withdrawn, ...open } = known;
    report.set(placeOf(id), open);
    return true;
  }

  async noteRecall(id: DeliveryId, made: Recalled): Promise<void> {
    const known = this.#report(id.notification).get(placeOf(id))?.result;
    if (known === undefined) return;
    const said = made === 'recalled' ? { outcome: Outcome.recalled } : { notRecalled: made.refused };
    this.#change(id, { result: { ...known, ...said } });
  }

  async noteRead(id: DeliveryId, at: Instant): Promise<void> {
    const known = this.#report(id.notification).get(placeOf(id))?.result;
    if (known !== undefined) this.#change(id, { result: { readAt: at, ...known } });
  }

  async recordPending(id: DeliveryId, state: Pending, waiting?: string): Promise<void> {
    this.#change(id, { pending: { state, ...(waiting === undefined ? {} : { waiting }) } });
  }

  async findOutcome(id: DeliveryId): Promise<DeliveryResult | undefined> {
    return structuredClone(this.#report(id.notification).get(placeOf(id))?.result);
  }

  async unfinishedDeliveries(
    notification: NotificationId,
    range?: Parameters<Ledger['unfinishedDeliveries']>[1],
  ): Promise<readonly ConversationKey[]> {
    const within = range === 'named' ? undefined : range;
    return (
      this.#recipients(notification)
        .filter(({ isConversation, result }) => isConversation && result === undefined)
        .filter(({ isNamed }) => range !== 'named' || isNamed === true)
        // The name of a conversation is its key.
        .map(({ name }) => name as ConversationKey)
        .filter((key) => within?.after === undefined || byKey(key, within.after) > 0)
        .filter((key) => within === undefined || byKey(key, within.upTo) <= 0)
    );
  }

  async countOutcomes(notification: NotificationId): Promise<ReportCounts> {
    const outcomes: Record<string, number> = {};
    const pending: Record<string, number> = {};
    const times: number[] = [];
    const recipients = this.#recipients(notification);
    for (const { result, pending: waits } of recipients) {
      if (result === undefined) {
        pending[waits.state] = (pending[waits.state] ?? 0) + 1;
      } else {
        outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1;
        times.push(result.at);
      }
    }
    return {
      outcomes,
      pending,
      addressed: recipients.length,
      read: recipients.filter(({ result }) => result?.readAt !== undefined).length,
      ...(times.length === 0 ? {} : { firstAt: Math.min(...times), lastAt: Math.max(...times) }),
    };
  }

  async listResults(
    notification: NotificationId,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{
    readonly items: readonly {
      readonly conversation: string;
      readonly result: DeliveryResult | PendingResult;
    }[];
    readonly after?: string;
  }> {
    if (page.after !== undefined && !/^[:~][A-Za-z0-9_-]{1,128}$/.test(page.after)) {
      throw new RangeError('"after" must be what the previous page gave; leave it out to begin again');
    }
    const { items, after } = pageOf(
      this.#recipients(notification),
      page,
      ({ name, isConversation }) => `${isConversation ? ':' : '~'}${name}`,
    );
    return {
      items: items.map(({ name, result, pending }) => ({
        conversation: name,
        result: structuredClone(result) ?? { outcome: undefined, ...pending },
      })),
      ...(after === undefined ? {} : { after }),
    };
  }

  #write(row: DeliveryRow): DeliveryRow | 'lost' {
    const name = formatDeliveryId(row.id);
    if (this.#rows.get(name)?.etag !== row.etag) return 'lost';
    const written = { ...structuredClone(row), etag: this.#nextTag() };
    this.#rows.set(name, written);
    return structuredClone(written);
  }

  #nextTag(): string {
    this.#writes++;
    return `W/"${this.#writes}"`;
  }

  #change(id: DeliveryId, change: Partial<Recipient>): void {
    const report = this.#report(id.notification);
    const known = report.get(placeOf(id)) ?? {
      name: id.conversation,
      isConversation: true,
      pending: { state: Pending.queued },
    };
    report.set(placeOf(id), { ...known, ...change });
  }

  #report(notification: NotificationId): Map<string, Recipient> {
    const report = this.#reports.get(notification) ?? new Map<string, Recipient>();
    this.#reports.set(notification, report);
    return report;
  }

  #recipients(notification: NotificationId): readonly Recipient[] {
    return [...this.#report(notification)].sort(([a], [b]) => byKey(a, b)).map(([, recipient]) => recipient);
  }
}

function placeOf({ conversation }: DeliveryId): string {
  return `:${conversation}`;
}
