import { defined } from '../../../domain/defined.ts';
import { Pending } from '../../../domain/delivery/delivery.ts';
import type { NotificationId } from '../../../domain/ids.ts';
import { inParallel } from '../../../domain/in-parallel.ts';
import type { ReportCounts } from '../../../ports/delivery/ledger.ts';
import type { StoredRow } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { type RecipientRows, recipientsOf } from './recipients.ts';
import { behind, REPORT } from './report-keys.ts';
import { outcomeOf } from './result-row.ts';

const COLUMNS = ['outcome', 'truth', 'at', 'state', 'readAt'];
const FIRST_PAGE = 1000;
const RANGES_AT_ONCE = 8;
/** Row keys at which a long report is cut into 16 ranges of about equal size: names are hashes, so even ones. */
const CUTS = [...'37BFJNRVZcgkosw'].map((character) => `r:${character}`);
/** Stands where a row holds a state or an outcome that nobody knows. */
const UNREADABLE = 'corrupt-row';

const states: ReadonlySet<string> = new Set(Object.values(Pending));

/**
 * Counts a report. Up to 500 recipients it is one query; what is left after the first page is counted by ranges side
 * by side. Memory does not grow with the report. A recipient whose row cannot be read is counted as `corrupt-row`.
 */
export async function countReport(table: Table, notification: NotificationId): Promise<ReportCounts> {
  const tally = new Tally();
  const rest = await countFirstPage(table, notification, tally);
  if (rest === undefined) return tally.counts();

  const cuts = [rest, ...CUTS.filter((cut) => cut > rest)];
  const ranges = cuts.map((from, index) => ({ from, below: cuts[index + 1] ?? REPORT.below }));
  await inParallel(ranges, RANGES_AT_ONCE, async (range) => {
    const rows = table.rows({ partition: notification, ...range }, { select: COLUMNS });
    for await (const recipient of recipientsOf(rows)) tally.add(recipient);
  });
  return tally.counts();
}

/** Gives where the rest begins; `undefined` when the first page was all. */
async function countFirstPage(
  table: Table,
  notification: NotificationId,
  tally: Tally,
): Promise<string | undefined> {
  const rows = table.rows({ partition: notification, ...REPORT }, { pageSize: FIRST_PAGE, select: COLUMNS });
  let read = 0;
  // Who stands last on a full page may have a second row on the next one: left to the ranges.
  for await (const recipient of recipientsOf(watched(rows, () => read++))) {
    tally.add(recipient);
    if (read >= FIRST_PAGE - 1) return behind(recipient.recipient);
  }
  return undefined;
}

async function* watched(
  rows: AsyncIterable<StoredRow>,
  onRow: () => void,
): AsyncGenerator<StoredRow, void, undefined> {
  for await (const row of rows) {
    onRow();
    yield row;
  }
}

class Tally {
  readonly #outcomes = new Map<string, number>();
  readonly #pending = new Map<string, number>();
  #addressed = 0;
  #read = 0;
  #firstAt: number | undefined;
  #lastAt: number | undefined;

  add({ address, outcome }: RecipientRows): void {
    this.#addressed++;
    if (outcome === undefined) {
      increase(this.#pending, known(states, address?.state ?? Pending.queued));
      return;
    }
    increase(this.#outcomes, outcomeOf(outcome) ?? UNREADABLE);
    if (outcome.readAt !== undefined) this.#read++;
    const { at } = outcome;
    if (typeof at !== 'number') return;
    this.#firstAt = Math.min(this.#firstAt ?? at, at);
    this.#lastAt = Math.max(this.#lastAt ?? at, at);
  }

  counts(): ReportCounts {
    return {
      outcomes: Object.fromEntries(this.#outcomes),
      pending: Object.fromEntries(this.#pending),
      addressed: this.#addressed,
      read: this.#read,
      ...defined({ firstAt: this.#firstAt, lastAt: this.#lastAt }),
    };
  }
}

function known(names: ReadonlySet<string>, name: unknown): string {
  return typeof name === 'string' && names.has(name) ? name : UNREADABLE;
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
