import { z } from 'zod';
import { heldBackUntil, nextSlot } from '../../../domain/delivery/pace.ts';
import type { TenantKey } from '../../../domain/ids.ts';
import type { Duration, Instant } from '../../../domain/time.ts';
import type { LateRequest, Pacer, Reservation } from '../../../ports/delivery/pacer.ts';
import { LOST, untilWritten } from '../../../ports/race.ts';
import { parseRow } from '../row/parse-row.ts';
import { double, type Row } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { LateRequests } from './late-requests.ts';

/** Losses to other instances before giving up: each means that one of them got its slots. */
const MOST_RACES = 16;
/** Cursors that are remembered. */
const MOST_REMEMBERED = 10_000;

const cursorSchema = z.object({ next: z.number() });

/** A tenant's next free slot, and the tag of the row that says so; without one there is no row. */
interface Cursor {
  readonly next: Instant;
  readonly etag?: string;
}

/**
 * One row a tenant in table `pace`: the next free slot, in milliseconds and fractions of them.
 *
 * The last cursor is remembered, so that a reservation is one conditional write while no other instance moves it; a
 * stale one is refused by its tag and read anew. A write whose answer was lost counts as refused: its slots go unused.
 * Within a process the reservations of a tenant wait for each other
 * rather than race.
 */
export class TablePacer implements Pacer {
  readonly #table: Table;
  readonly #late: LateRequests;
  readonly #spacing: Duration;
  readonly #cursors = new Map<TenantKey, Cursor>();
  readonly #lines = new Map<TenantKey, Promise<unknown>>();

  constructor(service: TableService, options: { readonly requestsPerSecond: number }) {
    const { requestsPerSecond } = options;
    if (!(requestsPerSecond > 0 && Number.isFinite(requestsPerSecond))) {
      throw new RangeError(`"requestsPerSecond" must be above 0; it is ${requestsPerSecond}`);
    }
    this.#table = service.table('pace');
    this.#late = new LateRequests(service);
    this.#spacing = 1000 / requestsPerSecond;
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
      const slots = { first, spacing: this.#spacing, count };
      return { answer: { slots, idle: first - next }, next: first + count * this.#spacing };
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
    late: readonly LateRequest[],
    now: Instant,
  ): Promise<{ readonly late: readonly LateRequest[]; readonly others: number }> {
    return this.#late.compare(tenant, instance, late, now);
  }

  /** Moves the cursor to where `decide` says, if it says so, and gives the answer. */
  #move<Answer>(
    tenant: TenantKey,
    decide: (cursor: Cursor) => { readonly answer: Answer; readonly next?: Instant },
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
    decide: (cursor: Cursor) => { readonly answer: Answer; readonly next?: Instant },
  ): Promise<Answer> {
    // Where all are lost nothing was taken; the call comes back by the queue, later than the crowd.
    return untilWritten(
      'move the cursor of a tenant',
      async () => {
        const cursor = this.#cursors.get(tenant) ?? (await this.#read(tenant));
        const { answer, next } = decide(cursor);
        if (next === undefined) {
          this.#remember(tenant, cursor);
          return answer;
        }
        const row: Row = { ...cursorKeys(tenant), next: double(next) };
        const etag = await (cursor.etag === undefined
          ? this.#table.insert(row)
          : this.#table.replace(row, cursor.etag));
        if (etag !== undefined) {
          this.#remember(tenant, { next, etag });
          return answer;
        }
        this.#cursors.delete(tenant);
        return LOST;
      },
      MOST_RACES,
    );
  }

  async #read(tenant: TenantKey): Promise<Cursor> {
    const row = await this.#table.get(cursorKeys(tenant));
    if (row === undefined) return { next: Number.NEGATIVE_INFINITY };
    return { next: parseRow(this.#table, row, cursorSchema).next, etag: row.etag };
  }

  #remember(tenant: TenantKey, cursor: Cursor): void {
    if (this.#cursors.size >= MOST_REMEMBERED) this.#cursors.clear();
    this.#cursors.set(tenant, cursor);
  }
}

function cursorKeys(tenant: TenantKey) {
  return { partitionKey: tenant, rowKey: 'cursor' };
}
