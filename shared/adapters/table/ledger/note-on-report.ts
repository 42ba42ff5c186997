import type { DeliveryId } from '../../../domain/delivery/delivery.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Recalled } from '../../../ports/delivery/ledger.ts';
import { double } from '../row/row.ts';
import type { Table } from '../storage/table.ts';
import { outcomeKeys } from './report-keys.ts';
import { toRecallRow } from './result-row.ts';

/** Beside an outcome that is there: what the wish to take its message back came to. */
export async function noteRecallOn(table: Table, id: DeliveryId, made: Recalled): Promise<void> {
  await table.mergeExisting(toRecallRow(outcomeKeys(id), made));
}

/** Beside an outcome that is there: when its message was read, the first time. */
export async function noteReadOn(table: Table, id: DeliveryId, at: Instant): Promise<void> {
  const row = await table.get(outcomeKeys(id), ['readAt']);
  if (row === undefined || row.readAt !== undefined) return;
  await table.mergeExisting({ ...outcomeKeys(id), readAt: double(at) });
}
