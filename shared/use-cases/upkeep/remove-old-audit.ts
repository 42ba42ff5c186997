import { type Duration, hours, type Instant, isWithin } from '../../domain/time.ts';
import { AUDIT_KEPT_FOR, type AuditTrail } from '../../ports/audit-trail.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';

/** A day's worth does not matter by the minute. */
const LOOKED_EVERY: Duration = hours(1);
const MOST_REMOVED_AT_ONCE = 1000;

export type RemoveOldAudit = () => Promise<void>;

/** Removes entries of the audit whose time is over, a bite a call. Throws `StoreUnavailable`; repeating it is harmless. */
export function removeOldAudit(deps: {
  readonly audit: Pick<AuditTrail, 'removeOlderEntries'>;
  readonly clock: Clock;
  readonly log: Log;
}): RemoveOldAudit {
  let doneAt: Instant | undefined;
  return async () => {
    const now = deps.clock.now();
    if (isWithin(LOOKED_EVERY, doneAt, now)) return;
    const entries = await deps.audit.removeOlderEntries(now - AUDIT_KEPT_FOR, MOST_REMOVED_AT_ONCE);
    if (entries > 0) deps.log.info('retention.removed', { kind: 'audit', entries });
    if (entries < MOST_REMOVED_AT_ONCE) doneAt = now;
  };
}
