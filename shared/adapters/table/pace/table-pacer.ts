import { defined } from '../../../domain/defined.ts';
import { heldBackUntil, nextSlot } from '../../../domain/delivery/pace.ts';
import { FIRST_SLACK, isSameSlack, type Slack } from '../../../domain/delivery/slack.ts';
import { spacingOf } from '../../../domain/delivery/tenant-window.ts';
import { isTenantKey, type TenantKey } from '../../../domain/ids.ts';
import type { Duration, Instant } from '../../../domain/time.ts';
import type {
  LateRequest,
  Pacer,
  Reservation,
  TenantCursor,
  TenantCursors,
} from '../../../ports/delivery/pacer.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { CURSOR, type Cursor, cursorKeys, fromCursorRow, toCursorRow } from './cursor-row.ts';
import { LateRequests } from './late-requests.ts';

/** Losses to other instances before giving up: each means that one of them got its slots. */
const MOST_RACES = 16;
/** Cursors that are remembered. */
const MOST_REMEMBERED = 10_000;

/** A cursor, and the tag of its row; without one there is no row. */
type KnownCursor = Cursor & { readonly etag?: string };

/** Where a cursor is moved to; what is left out stays. */
type Moved = Partial<Cursor>;

/**
 * One row a tenant in table `pace`: the next free slot, in milliseconds and fractions of them.
 *
 * The last cursor is remembered, so that a reservation is one conditional write while no other instance moves it; a
 * stale one is refused by its tag and read anew. A write whose answer was lost counts as refused: its slots go unused.
 * Within a process the reservations of a tenant wait for each other
 * rather than race.
 */
export class TablePacer implements Pacer, TenantCursors {
  readonly #table: Table;
  readonly #late: LateRequests;
  readonly #perSecond: number;
  readonly #cursors = new Map<TenantKey, KnownCursor>();
  readonly #lines = new Map<TenantKey, Promise<unknown>>();

  constructor(service: TableService, options: { readonly requestsPerSecond: number }) {
    const { requestsPerSecond } = options;
    if (!(requestsPerSecond > 0 && Number.isFinite(requestsPerSecond))) {
      throw new RangeError(`"requestsPerSecond" must be above 0; it is ${requestsPerSecond}`);
    }
    this.#table = service.table('pace');
    this.#late = new LateRequests(service);
    this.#perSecond = requestsPerSecond;
  }

  async reserve(tenant: TenantKey, count: number, now: Instant, ahead: Duration): Promise<Reservation> {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`"count" must be a whole number from 1; it is ${count}`);
    }
    return this.#move<Reservation>(tenant, (cursor) => {
      const next = nextSlot(cursor.next, now);
      const first = Math.max(next, now);
      // Asked again when half of the way there is free, so that the rate does not stand still until then.
      if (first > now + ahead) return { answer: { laterAt: Math.ceil(first - ahead / 2) } };
      const spacing = spacingOf(this.#perSecond, cursor.slack?.span ?? FIRST_SLACK);
      const slots = { first, spacing, count };
      return {
        answer: { slots, idle: first - next },
        next: first + count * spacing,
        taken: (cursor.taken ?? 0) + count,
      };
    });
  }

  async holdBack(tenant: TenantKey, asked: Instant, now: Instant): Promise<void> {
    const until = heldBackUntil(asked, now);
    await this.#move(tenant, (cursor) =>
      nextSlot(cursor.next, now) >= until ? { answer: undefined } : { answer: undefined, next: until },
    );
  }

  compareLate(
    tenant: TenantKey,
    instance: string,
    late: readonly LateRequest[] | undefined,
    now: Instant,
  ): ReturnType<Pacer['compareLate']> {
    return this.#late.compare(tenant, instance, late, now);
  }

  async adjust(
    tenant: TenantKey,
    { known, next }: { readonly known: Slack | undefined; readonly next: Slack },
  ): Promise<Slack | undefined> {
    return this.#move(tenant, (cursor) =>
      isSameSlack(cursor.slack, known) ? { answer: next, slack: next } : { answer: cursor.slack },
    );
  }

  async cursors(since: Instant, most: number): Promise<readonly TenantCursor[]> {
    const found: TenantCursor[] = [];
    let looked = 0;
    const everyTenant = { firstPartition: '', lastPartition: '~' };
    for await (const row of this.#table.rows(everyTenant, { select: ['next', 'taken'] })) {
      if (looked === most) break;
      looked += 1;
      const { partitionKey: tenant, rowKey } = row;
      if (rowKey !== CURSOR || !isTenantKey(tenant)) continue;
      const { next, taken } = fromCursorRow(this.#table, row);
      if (next >= since) found.push({ tenant, next, ...defined({ taken }) });
    }
    return found;
  }

  /** Moves the cursor to where `decide` says, if it says so, and gives the answer. */
  #move<Answer>(
    tenant: TenantKey,
    decide: (cursor: Cursor) => { readonly answer: Answer } & Moved,
  ): Promise<Answer> {
    const before = this.#lines.get(tenant) ?? Promise.resolve();
    const turn = before.then(() => this.#moveNow(tenant, decide));
    // Whoever comes next waits for the end of this turn, not for its success: the failure is its caller's.
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#lines.set(tenant, settled);
    void settled.then(() => {
      if (this.#lines.get(tenant) === settled) this.#lines.delete(tenant);
    });
    return turn;
  }

  async #moveNow<Answer>(
    tenant: TenantKey,
    decide: (cursor: Cursor) => { readonly answer: Answer } & Moved,
  ): Promise<Answer> {
    // Where all are lost nothing was taken; the call comes back by the queue, later than the crowd.
    return untilWritten(
      'move the cursor of a tenant',
      async () => {
        const cursor = this.#cursors.get(tenant) ?? (await this.#read(tenant));
        const { answer, next = cursor.next, slack = cursor.slack, taken = cursor.taken } = decide(cursor);
        if (next === cursor.next && slack === cursor.slack) {
          this.#remember(tenant, cursor);
          return answer;
        }
        const row = toCursorRow(tenant, { next, slack, taken });
        const etag = await (cursor.etag === undefined
          ? this.#table.insert(row)
          : this.#table.replace(row, cursor.etag));
        if (etag !== undefined) {
          this.#remember(tenant, { next, slack, taken, etag });
          return answer;
        }
        this.#cursors.delete(tenant);
        return LOST;
      },
      MOST_RACES,
    );
  }

  async #read(tenant: TenantKey): Promise<KnownCursor> {
    const row = await this.#table.get(cursorKeys(tenant));
    if (row === undefined) return { next: Number.NEGATIVE_INFINITY };
    return { ...fromCursorRow(this.#table, row), etag: row.etag };
  }

  #remember(tenant: TenantKey, cursor: KnownCursor): void {
    if (this.#cursors.size >= MOST_REMEMBERED) this.#cursors.clear();
    this.#cursors.set(tenant, cursor);
  }
}
