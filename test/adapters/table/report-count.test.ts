import { beforeAll, describe, expect, it } from 'vitest';
import { countReport } from '../../../shared/adapters/table/ledger/report-count.ts';
import { addressKeys, outcomeKeys, unknownKeys } from '../../../shared/adapters/table/ledger/report-keys.ts';
import { outcomeOf, toOutcomeRow } from '../../../shared/adapters/table/ledger/result-row.ts';
import type { Row } from '../../../shared/adapters/table/row/row.ts';
import type { Table } from '../../../shared/adapters/table/storage/table.ts';
import { NobodyReason } from '../../../shared/domain/delivery/delivery.ts';
import { aConversationKey, aNotification, aResult } from '../../support/builders.ts';
import { freshTables } from '../../support/tables.ts';
import { Wire } from '../../support/wire.ts';

/** Writes rows of one partition, a hundred at a time. */
async function write(table: Table, rows: readonly Row[]): Promise<void> {
  for (let start = 0; start < rows.length; start += 100) {
    await table.transact(rows.slice(start, start + 100).map((row) => ({ kind: 'insert', row })));
  }
}

describe('the count of a report', () => {
  const wire = new Wire();
  let table: Table;

  beforeAll(async () => {
    table = (await freshTables({ httpClient: wire.httpClient })).table('notifications');
  });

  it.each(Object.values(NobodyReason))(
    'the former release reads a result without a reason that it does not know: %s',
    (reason) => {
      const row = toOutcomeRow(
        { partitionKey: 'a', rowKey: 'b' },
        aResult({ outcome: 'no-such-recipient', reason }),
      );
      expect(JSON.parse(String(row.result))).not.toHaveProperty('reason');
      expect(row.whyNobody).toBe(reason);
    },
  );

  it.each([
    [0, 499],
    [0, 500],
    [1, 499],
    [999, 0],
    [1001, 0],
  ])('is exact around the end of the first page: %i open and %i finished', async (open, finished) => {
    const { id: notification } = aNotification();
    const addressed = Array.from({ length: open + finished }, () => ({
      notification,
      conversation: aConversationKey(),
    }));
    await write(table, [
      ...addressed.map((id) => ({ ...addressKeys(id), a: true })),
      ...addressed.slice(open).map((id) => toOutcomeRow(outcomeKeys(id), aResult())),
    ]);
    expect(await countReport(table, notification)).toMatchObject({
      outcomes: finished === 0 ? {} : { delivered: finished },
      pending: open === 0 ? {} : { queued: open },
      addressed: open + finished,
    });
  });

  it('reads the first page once and the rest by 16 ranges', async () => {
    const { id: notification } = aNotification();
    await write(
      table,
      Array.from({ length: 2000 }, () => ({
        ...addressKeys({ notification, conversation: aConversationKey() }),
        a: true,
      })),
    );
    await write(table, [
      toOutcomeRow(unknownKeys(notification, 'zzz'), aResult({ outcome: 'no-such-recipient' })),
    ]);
    wire.take();
    expect(await countReport(table, notification)).toMatchObject({
      outcomes: { 'no-such-recipient': 1 },
      pending: { queued: 2000 },
      addressed: 2001,
    });
    // Half of it lies behind the first page, so that some ranges are left out.
    expect(wire.take().length).toBeLessThanOrEqual(17);
  });
});

describe('the row of an outcome that the former release has no word for', () => {
  it.each([['cancelled', 'dropped']] as const)(
    '%s says %s to it, and the truth beside',
    (outcome, nearest) => {
      const keys = outcomeKeys({ notification: aNotification().id, conversation: aConversationKey() });
      const row = toOutcomeRow(keys, aResult({ outcome }));
      expect([row.outcome, row.truth]).toEqual([nearest, outcome]);
      expect(JSON.parse(String(row.result))).toMatchObject({ outcome: nearest });
    },
  );

  it('is read as its nearest where this release has no word for the truth either', () => {
    expect(outcomeOf({ outcome: 'delivered', truth: 'vanished' })).toBe('delivered');
    expect(outcomeOf({ outcome: 'vanished' })).toBeUndefined();
  });
});
