import type { NotificationId } from '../ids.ts';
import { type Duration, type Instant, isFarAhead } from '../time.ts';

/** What the dialogs of a personal conversation are doing, as far as deliveries need to know. */
export interface DialogStatus {
  /** Whether any dialog is on the stack. */
  readonly active: boolean;
  /** The notification whose own dialog is on top, if one is. */
  readonly interruption?: NotificationId;
  /** When the person last said something, or was last interrupted by a notification's own dialog. */
  readonly lastSpokenAt: Instant;
}

/**
 * A dialog holds notifications back while the person is at it; one that was left alone holds nothing back, nor does one
 * that was last spoken in in the future.
 */
export function isBusy(status: DialogStatus | undefined, now: Instant, idle: Duration): boolean {
  return status?.active === true && now < status.lastSpokenAt + idle && !isFarAhead(status.lastSpokenAt, now);
}
