import { describe, expect, it } from 'vitest';
import type { DeliveryRow } from '../../../shared/domain/delivery/delivery.ts';
import {
  claimedRow,
  joinedRow,
  laterRow,
  openedRow,
  retriedRow,
} from '../../../shared/domain/delivery/states.ts';
import type { ConversationKey, NotificationId } from '../../../shared/domain/ids.ts';

// The rows are made of ids as they come.
const id = { notification: 'n' as NotificationId, conversation: 'c' as ConversationKey };
const HOUR = 3_600_000;

function aRow(changes: Partial<DeliveryRow> = {}): DeliveryRow {
  return {
    id,
    version: 3,
    state: 'retrying',
    attempts: 2,
    unconfirmed: 0,
    firstClaimedAt: 1000,
    dueAt: 5000,
    ...changes,
  };
}

const claim = (row: DeliveryRow | undefined, request = true) =>
  claimedRow(id, row, { now: 9000, lease: 60_000, to: request ? 'send' : 'end' });

describe('a claim', () => {
  it('holds for its lease, and counts one attempt', () => {
    expect(claim(aRow())).toMatchObject({
      state: 'claimed',
      version: 3,
      attempts: 3,
      claimedAt: 9000,
      leaseUntil: 69_000,
    });
  });

  it('counts no attempt where no request is made', () => {
    expect(claim(aRow(), false)).toMatchObject({ attempts: 2, withoutRequest: true });
  });

  it('keeps the time of the first request, so that a day of retrying ends', () => {
    expect(claim(aRow()).firstClaimedAt).toBe(1000);
    expect(claim(undefined)).toMatchObject({ firstClaimedAt: 9000, attempts: 1, version: 0 });
  });

  it('lets the day begin with the first request, however long it was held back before', () => {
    expect(claim(aRow({ state: 'deferred', attempts: 0, firstClaimedAt: 9000 - 23 * HOUR }))).toMatchObject({
      firstClaimedAt: 9000,
      attempts: 1,
    });
  });

  it('counts an unknown result of the claim before it, and none that made no request', () => {
    expect(claim(aRow({ state: 'claimed', unconfirmed: 1 })).unconfirmed).toBe(2);
    expect(claim(aRow({ state: 'claimed', unconfirmed: 1, withoutRequest: true })).unconfirmed).toBe(1);
    expect(claim(aRow({ unconfirmed: 1 })).unconfirmed).toBe(1);
  });
});

describe('calls of the version before are stale', () => {
  it.each([
    ['that is tried again', retriedRow(aRow({ state: 'claimed' }), 7000), 'retrying', 7000],
    [
      'that comes later',
      laterRow(id, aRow(), { now: 9000, state: 'deferred', dueAt: 12_000 }),
      'deferred',
      12_000,
    ],
    ['that a digest tells', joinedRow(aRow(), 'd' as NotificationId), 'joined', undefined],
    ['that is opened again', openedRow(aRow(), 9000), 'retrying', 9000],
  ])('of a delivery %s', (_what, row, state, dueAt) => {
    expect([row.version, row.state, row.dueAt]).toEqual([4, state, dueAt]);
  });

  it('and one that is opened again has all its attempts and all its time', () => {
    expect(openedRow(aRow({ unconfirmed: 2 }), 9000)).toMatchObject({
      attempts: 0,
      unconfirmed: 0,
      firstClaimedAt: 9000,
    });
  });

  it('and one that comes later keeps its attempts, its age and what is unknown', () => {
    const later = laterRow(id, aRow({ state: 'claimed' }), { now: 9000, state: 'retrying', dueAt: 12_000 });
    expect(later).toMatchObject({ attempts: 2, firstClaimedAt: 1000, unconfirmed: 1 });
  });
});
