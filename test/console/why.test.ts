import { expect, it } from 'vitest';
import { becameOf } from '../../shared/console/read/why.ts';
import type { DeliveryResult, DeliveryRow } from '../../shared/domain/delivery/delivery.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { aDeliveryRow } from '../support/builders.ts';

const row = (fields: Partial<DeliveryRow>) => aDeliveryRow(fields);
const result = (fields: Partial<DeliveryResult>): DeliveryResult => ({
  outcome: 'delivered',
  at: 0,
  attempts: 1,
  repeats: 0,
  ...fields,
});
const digest = notificationId('urn:t', 'digest');

it.each([
  [row({ state: 'claimed' }), undefined, { state: 'queued', why: 'queued' }],
  [row({ state: 'retrying' }), undefined, { state: 'retrying', why: 'retrying' }],
  [
    row({ state: 'deferred', deferral: 'quiet-hours' }),
    undefined,
    { state: 'deferred', reason: 'quiet-hours', why: 'deferred/quiet-hours' },
  ],
  [row({ state: 'deferred' }), undefined, { state: 'deferred', why: 'deferred' }],
  [
    row({ state: 'joined', digest }),
    undefined,
    { state: 'deferred', reason: 'burst', why: 'deferred/burst' },
  ],
  [row({ state: 'claimed' }), result({}), { state: 'delivered', why: 'delivered' }],
  [row({ state: 'joined', digest }), result({}), { state: 'delivered', why: 'delivered/digest' }],
  [
    row({ state: 'claimed' }),
    result({ outcome: 'suppressed', reason: 'muted' }),
    { state: 'suppressed', reason: 'muted', why: 'suppressed/muted' },
  ],
  // What is over says more than the row that it was left in.
  [
    row({ state: 'retrying' }),
    result({ outcome: 'rejected', reason: 'gone' }),
    { state: 'rejected', reason: 'gone', why: 'rejected/gone' },
  ],
])('says why (%#)', (of, became, expected) => {
  expect(becameOf(of, became)).toEqual(expected);
});
