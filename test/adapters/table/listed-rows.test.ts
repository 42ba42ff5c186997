import { describe, expect, it } from 'vitest';
import { dueKeys, fromDueRow, toDueRow } from '../../../shared/adapters/table/due/due-row.ts';
import {
  fromNotificationRow,
  plannedKeys,
  toNotificationRow,
} from '../../../shared/adapters/table/notification/notification-row.ts';
import { fromWalkRow, toWalkRow } from '../../../shared/adapters/table/notification/walk-row.ts';
import { fromChunks } from '../../../shared/adapters/table/row/fields.ts';
import type { Row, StoredRow } from '../../../shared/adapters/table/row/row.ts';
import { type Job, jobName, parseJob, toJobBody } from '../../../shared/domain/event/job.ts';
import { aConversation, aNotification, aTopic } from '../../support/builders.ts';

const table = { name: 'notifications' };
const stored = (row: Row): StoredRow => {
  const properties = Object.entries(row).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [[name, typeof value === 'object' && 'type' in value ? value.value : value]];
  });
  const { partitionKey, rowKey } = row;
  return { ...Object.fromEntries(properties), partitionKey, rowKey, etag: '' };
};

describe('a notification with lists', () => {
  const topic = aTopic('builds');
  const listed = aNotification({
    to: [{ everyone: true }, { audience: aTopic('release') }, { user: '29:ada' }],
    except: [{ topic }, { audience: aTopic('away') }],
  });
  const { id } = listed;
  const { tenant } = aConversation();

  it('is read as it was written', () => {
    expect(fromNotificationRow(table, stored(toNotificationRow(listed)))).toEqual(listed);
    const forgotten = { ...listed, to: [], except: [] };
    expect(fromNotificationRow(table, stored(toNotificationRow(forgotten)))).toEqual(forgotten);
    const plain = aNotification();
    expect(fromNotificationRow(table, stored(toNotificationRow(plain)))).toEqual(plain);
  });

  it('names nobody to a release that knows no lists, which finds the group of a kind that was taken out', () => {
    const json: unknown = JSON.parse(fromChunks('data', toNotificationRow(listed)) ?? '');
    expect(json).toMatchObject({ to: [{ listOf: 'elsewhere' }] });
    const plain: unknown = JSON.parse(fromChunks('data', toNotificationRow(aNotification())) ?? '');
    expect(plain).not.toHaveProperty('lists');
  });

  it('has a plan mark and walks of its own, behind what such a release reads', () => {
    expect(plannedKeys(id, 'listed').rowKey).not.toBe(plannedKeys(id).rowKey);
    for (const group of [
      { kind: 'listed' },
      { kind: 'listed', of: { kind: 'everyone' } },
      { kind: 'listed', of: { kind: 'topic', topic } },
      { kind: 'listed', of: { kind: 'kept', audience: 'watchers', field: 'hotel', key: 'h1' } },
    ] as const) {
      const walk = { notification: id, tenant, group, done: false };
      const row = toWalkRow(walk);
      expect(row.rowKey < 'v:').toBe(true);
      expect(fromWalkRow(table, stored(row))).toEqual(walk);
      const entry = { at: 1, kind: 'walk', walk: { notification: id, tenant, group } } as const;
      expect(fromDueRow(table, stored(toDueRow(entry)))).toEqual(entry);
      // What that release takes for the group of a kind has one field, and that is text.
      const { kind: _kind, ...rest } = JSON.parse(String(row.group)) as { readonly kind: string };
      expect(Object.values(rest).filter((value) => typeof value === 'string')).toEqual([]);
    }
  });

  it('has jobs and due entries that are read as they were written, and as no work of a kind', () => {
    const jobs: readonly Job[] = [
      { kind: 'listed', notification: id, hop: 0 },
      { kind: 'listed', notification: id, dueAt: 5, place: '1.x', hop: 2 },
    ];
    for (const job of jobs) {
      const body = toJobBody(job);
      expect(parseJob(JSON.parse(JSON.stringify(body)))).toEqual({ ok: true, value: job });
      const { kind: _kind, hop: _hop, traceparent: _trace, ...rest } = body.job;
      // What that release takes for work of a kind has one field, and that is an object.
      expect(Object.values(rest).filter((value) => typeof value === 'object')).toEqual([]);
    }
    expect(new Set(jobs.map(jobName)).size).toBe(2);
    expect(parseJob({ job: { kind: 'listed', notification: 'x', hop: 0 } }).ok).toBe(false);
    const entries = [
      { at: 7, kind: 'listed', notification: id },
      { at: 7, kind: 'listed', notification: id, dueAt: 7 },
    ] as const;
    for (const entry of entries) expect(fromDueRow(table, stored(toDueRow(entry)))).toEqual(entry);
    expect(new Set(entries.map((entry) => dueKeys(entry).rowKey)).size).toBe(2);
  });
});
