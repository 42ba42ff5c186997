import { expect, it } from 'vitest';
import {
  fromNotificationRow,
  toNotificationRow,
} from '../../../shared/adapters/table/notification/notification-row.ts';
import { fromParkedRow, toParkedRow } from '../../../shared/adapters/table/parking/parked-row.ts';
import type { Row } from '../../../shared/adapters/table/row/row.ts';
import { aNotification } from '../../support/builders.ts';

// Earlier releases wrote the empty trace of a host without Application Insights into their rows.
const table = { name: 'notifications' } as const;
const stored = (row: Row) => ({
  ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)),
  partitionKey: row.partitionKey,
  rowKey: row.rowKey,
  parkedAt: 0,
  etag: 'W/"1"',
});

it('a notification that was stored with an empty trace has none', () => {
  const notification = aNotification();
  const row = stored(toNotificationRow({ ...notification, traceparent: '' }));
  expect(fromNotificationRow(table, row)).toEqual(notification);
  expect(fromNotificationRow(table, row)).not.toHaveProperty('traceparent');
});

it('an item that was parked with an empty trace has none', () => {
  const row = stored(
    toParkedRow({
      id: 'x'.repeat(43),
      kind: 'event',
      reason: 'invalid-envelope',
      faults: [],
      original: 'x',
      parkedAt: 0,
      traceparent: '',
    }),
  );
  expect(fromParkedRow(table, row)).not.toHaveProperty('traceparent');
});
