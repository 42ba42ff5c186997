import { describe, expect, it } from 'vitest';
import { fromDueRow, toDueRow } from '../../../shared/adapters/table/due/due-row.ts';
import {
  fromNotificationRow,
  toNotificationRow,
} from '../../../shared/adapters/table/notification/notification-row.ts';
import { fromWalkRow, toWalkRow } from '../../../shared/adapters/table/notification/walk-row.ts';
import { conversationKey, notificationId, tenantKey } from '../../../shared/domain/ids.ts';
import type { DueEntry } from '../../../shared/ports/delivery/due-index.ts';
import { aNotification } from '../../support/builders.ts';

// What kinds keep is stored under names that an earlier release reads, and that whoever looks into a table understands.

const table = { name: 'notifications' } as const;
const etag = 'W/"1"';
const group = { kind: 'kept', audience: 'readers', field: 'note', key: 'plan' } as const;
const notification = notificationId('a', 'b');
const tenant = tenantKey({ channelId: 'msteams' });

describe('a stored row of a kind', () => {
  it.each(['readers', 'plan-readers', 'top10', 'r'.repeat(40)])(
    'names audience %s of a notification',
    (keptBy) => {
      const stored = { ...aNotification(), to: [{ keptBy, key: 'plan' }] };
      const row = toNotificationRow(stored);
      expect(JSON.parse(String(row.data0 ?? row.data))).toMatchObject({ to: [{ [`${keptBy}Of`]: 'plan' }] });
      expect(fromNotificationRow(table, { ...row, etag }).to).toEqual(stored.to);
    },
  );

  it('names the group of a walk', () => {
    const walk = {
      notification,
      tenant,
      group,
      after: conversationKey('c', 'd'),
      done: false,
    };
    const row = toWalkRow(walk);
    expect(JSON.parse(String(row.group))).toEqual({ kind: 'readers', note: 'plan' });
    expect(fromWalkRow(table, { ...row, etag })).toEqual(walk);
  });

  it('keeps a walk by a clock where the former release reads no walks', () => {
    const walk = { notification, tenant, group, done: false };
    expect(toWalkRow(walk).rowKey).toMatch(/^w:/);
    expect(toWalkRow({ ...walk, dueAt: 1 }).rowKey).toMatch(/^v:/);
  });

  it('names what is due', () => {
    const about = { id: notification, conversation: conversationKey('a', 'b'), note: 'plan' };
    const due: readonly DueEntry[] = [
      { at: 5, kind: 'work', work: 'summary', field: 'summary', about },
      { at: 6, kind: 'walk', walk: { notification, tenant, group } },
    ];
    const rows = due.map(toDueRow);
    expect(rows.map(({ entry }) => JSON.parse(String(entry)))).toEqual([
      { at: 5, kind: 'summary', summary: about },
      { at: 6, kind: 'walk', walk: { notification, tenant, group: { kind: 'readers', note: 'plan' } } },
    ]);
    expect(rows.map((row) => fromDueRow(table, { ...row, etag }))).toEqual(due);
  });

  it.each(['forgetting', 'delivery', 'plan'])(
    '%s that cannot be read is corrupt, and no work of a kind',
    (kind) => {
      const row = { ...toDueRow({ at: 5, kind: 'plan', notification }), etag };
      const entry = JSON.stringify({ at: 5, kind, request: { id: 'x' } });
      expect(() => fromDueRow(table, { ...row, entry })).toThrow(/entry/);
    },
  );
});
