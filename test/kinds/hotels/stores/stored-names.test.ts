import { describe, expect, it } from 'vitest';
import { fromDueRow, toDueRow } from '../../../../shared/adapters/table/due/due-row.ts';
import {
  fromNotificationRow,
  toNotificationRow,
} from '../../../../shared/adapters/table/notification/notification-row.ts';
import { fromWalkRow, toWalkRow } from '../../../../shared/adapters/table/notification/walk-row.ts';
import { conversationKey, notificationId, tenantKey } from '../../../../shared/domain/ids.ts';
import { hotelKey, watchersOf } from '../../../../shared/kinds/hotels/prices/hotel.ts';
import type { DueEntry } from '../../../../shared/ports/delivery/due-index.ts';
import { aNotification } from '../../../support/builders.ts';

// What kinds keep is stored under names that an earlier release reads, and that whoever looks into a table understands.

const table = { name: 'notifications' } as const;
const etag = 'W/"1"';
const hotel = hotelKey('grand');
const notification = notificationId('a', 'b');
const tenant = tenantKey({ channelId: 'msteams' });

describe('a stored row of a kind', () => {
  it('names the audience of a notification', () => {
    const stored = { ...aNotification(), to: [{ keptBy: 'watchers', key: hotel }] };
    const row = toNotificationRow(stored);
    expect(JSON.parse(String(row.data0 ?? row.data))).toMatchObject({ to: [{ watchersOf: hotel }] });
    expect(fromNotificationRow(table, { ...row, etag }).to).toEqual(stored.to);
  });

  it('names the group of a walk', () => {
    const walk = {
      notification,
      tenant,
      group: watchersOf(hotel),
      after: conversationKey('c', 'd'),
      done: false,
    };
    const row = toWalkRow(walk);
    expect(JSON.parse(String(row.group))).toEqual({ kind: 'watchers', hotel });
    expect(fromWalkRow(table, { ...row, etag })).toEqual(walk);
  });

  it('names what is due', () => {
    const about = { id: notification, conversation: conversationKey('a', 'b'), hotel };
    const due: readonly DueEntry[] = [
      { at: 5, kind: 'work', work: 'price-report', field: 'report', about },
      { at: 6, kind: 'walk', walk: { notification, tenant, group: watchersOf(hotel) } },
    ];
    const rows = due.map(toDueRow);
    expect(rows.map(({ entry }) => JSON.parse(String(entry)))).toEqual([
      { at: 5, kind: 'price-report', report: about },
      { at: 6, kind: 'walk', walk: { notification, tenant, group: { kind: 'watchers', hotel } } },
    ]);
    expect(rows.map((row) => fromDueRow(table, { ...row, etag }))).toEqual(due);
  });
});
