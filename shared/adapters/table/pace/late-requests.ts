import { z } from 'zod';
import { defined } from '../../../domain/defined.ts';
import type { Slack } from '../../../domain/delivery/slack.ts';
import type { TenantKey } from '../../../domain/ids.ts';
import {
  type Duration,
  type Instant,
  isFarAhead,
  minutes,
  parseInstant,
  seconds,
} from '../../../domain/time.ts';
import type { Behind, LateRequest, Pacer } from '../../../ports/delivery/pacer.ts';
import { StoreUnavailable } from '../../../ports/store-errors.ts';
import { parsedOrReported, parseRow } from '../row/parse-row.ts';
import { double, type RowKeys, type StoredRow } from '../row/row.ts';
import { startingWith } from '../storage/range.ts';
import type { Table } from '../storage/table.ts';
import type { TableService } from '../table-service.ts';
import { CURSOR, fromCursorRow } from './cursor-row.ts';

/** Row keys of what instances tell: this and the instance's name. */
const LATE = 'late:';
/** What is older than this matters to nobody any more. */
const TOLD_FOR: Duration = seconds(5);
/** An instance says every ten seconds that it is there; who has not for so long has no part of the rate. */
const THERE_FOR: Duration = seconds(15);
/** An instance that told nothing for so long has ended, and its row goes. */
const GONE_AFTER: Duration = minutes(60);
/** The latest are told where a stall made more late than fit a row well. */
const MOST_TOLD = 500;

const lateSchema = z.object({
  at: z.number(),
  late: z.string().transform((text, context) => {
    const parsed = pairsSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: 'must be a list of pairs of instants' });
    return z.NEVER;
  }),
});
const pairsSchema = z.array(z.tuple([z.number(), z.number()]));

/**
 * One row an instance in the tenant's partition of table `pace`. Only its instance writes it, so nobody waits for
 * anybody: what there is to tell costs one write, and to hear all of it one query.
 */
export class LateRequests {
  readonly #service: TableService;
  readonly #table: Table;

  constructor(service: TableService) {
    this.#service = service;
    this.#table = service.table('pace');
  }

  async compare(
    tenant: TenantKey,
    instance: string,
    late: readonly LateRequest[] | undefined,
    now: Instant,
  ): ReturnType<Pacer['compareLate']> {
    const own = `${LATE}${instance}`;
    const began = performance.now();
    if (late !== undefined) await this.#tell({ partitionKey: tenant, rowKey: own }, late, now);
    const took = performance.now() - began;
    const told: LateRequest[] = [];
    let others = 0;
    let behind: Behind | undefined;
    const gone: string[] = [];
    let slack: Slack | undefined;
    const { below } = startingWith(LATE);
    for await (const row of this.#table.rows({ partition: tenant, from: CURSOR, below })) {
      if (row.rowKey === own) {
        // Where answers take long, what is read may be a later writing than this one.
        if (late !== undefined && row.at === now) behind = behindOf(row, now, took);
        continue;
      }
      if (row.rowKey === CURSOR) {
        slack = parsedOrReported(this.#service, () => fromCursorRow(this.#table, row))?.slack;
        continue;
      }
      const other = parsedOrReported(this.#service, () => parseRow(this.#table, row, lateSchema));
      // From a future that is far, it was told by a machine with a wrong clock, which would count as another for as long.
      if (other === undefined || other.at < now - GONE_AFTER || isFarAhead(other.at, now))
        gone.push(row.rowKey);
      else if (other.at > now - THERE_FOR) {
        others += 1;
        if (other.at > now - TOLD_FOR)
          told.push(...other.late.map(([slotAt, arrivedAt]) => ({ slotAt, arrivedAt })));
      }
    }
    for (const rowKey of gone) await this.#remove({ partitionKey: tenant, rowKey });
    return { late: told, others, ...defined({ slack, behind }) };
  }

  async #tell(keys: RowKeys, late: readonly LateRequest[], now: Instant): Promise<void> {
    const pairs = late.slice(-MOST_TOLD).map(({ slotAt, arrivedAt }) => [slotAt, arrivedAt]);
    await this.#table.put({ ...keys, at: double(now), late: JSON.stringify(pairs) });
  }

  async #remove(keys: RowKeys): Promise<void> {
    try {
      await this.#table.remove(keys);
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable)) throw cause;
      // Whoever compares next finds it again.
    }
  }
}

/**
 * How far a clock was behind the service's that wrote a row while the clock ran from `began` for as long as that `took`: its tag
 * says when that was. `undefined` where it says nothing.
 */
function behindOf({ etag }: StoredRow, began: Instant, took: Duration): Behind | undefined {
  const [, time = ''] = /^W\/"datetime'([\w%.:-]+)'"$/.exec(etag) ?? [];
  const writtenAt = parseInstant(time.replaceAll('%3A', ':'));
  return writtenAt === undefined ? undefined : { least: writtenAt - began - took, most: writtenAt - began };
}
