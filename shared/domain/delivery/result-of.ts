import type { Notification } from '../event/notification.ts';
import type { Instant } from '../time.ts';
import { type DeliveryResult, type DeliveryRow, Outcome, type OutcomeReason } from './delivery.ts';

/** Whether a send may follow one whose result is unknown: under `resend`, and only once. */
export function mayRepeat(row: DeliveryRow, notification: Notification): boolean {
  return notification.delivery.onUnconfirmed === 'resend' && row.unconfirmed === 0;
}

/** The outcome of the delivery that `row` is about. */
export function resultOf(
  row: DeliveryRow,
  at: Instant,
  outcome: Outcome,
  reason?: OutcomeReason,
): DeliveryResult {
  return {
    outcome,
    at,
    attempts: row.attempts,
    repeats: repeatsOf(row, outcome),
    ...(reason === undefined ? {} : { reason }),
    ...(row.lastError === undefined ? {} : { lastError: row.lastError }),
  };
}

/** Sends that followed one whose result was unknown. The last of an unconfirmed delivery was followed by none. */
function repeatsOf({ unconfirmed }: DeliveryRow, outcome: Outcome): number {
  if (outcome === Outcome.delivered) return Math.min(unconfirmed, 1);
  return outcome === Outcome.unconfirmed ? Math.max(0, unconfirmed - 1) : 0;
}
