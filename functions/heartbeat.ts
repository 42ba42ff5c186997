import type { InvocationContext, Timer, TimerHandler } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import type { Parking } from '../shared/ports/event/parking.ts';
import type { Log } from '../shared/ports/log.ts';
import type { AskRosters } from '../shared/use-cases/people/ask-rosters.ts';
import type { ForgetDisappeared } from '../shared/use-cases/privacy/forget-disappeared.ts';
import type { RemoveOldAudit } from '../shared/use-cases/upkeep/remove-old-audit.ts';
import type { SweepOverdue } from '../shared/use-cases/upkeep/sweep-overdue.ts';

/** Parked items that are counted at most: more than a few are more than a few. */
const MOST_COUNTED = 20;

/**
 * Every minute: looks after what should be over by now, and then after what has time. Alerts watch for its log line, and for
 * what it says is parked.
 */
export function heartbeat(deps: {
  readonly sweep: SweepOverdue;
  readonly parking: Pick<Parking, 'listParked'>;
  readonly askRosters: AskRosters;
  readonly removeOldAudit: RemoveOldAudit;
  /** Absent where nobody is forgotten unless they say so. */
  readonly forgetDisappeared?: ForgetDisappeared;
  readonly log: Log;
}): TimerHandler {
  return (timer: Timer, context: InvocationContext) =>
    logTo(context, async () => {
      const swept = await deps.sweep();
      const parked = (await deps.parking.listParked({ limit: MOST_COUNTED })).items.length;
      deps.log.info('heartbeat', { ...swept, parked, late: timer.isPastDue });
      await deps.removeOldAudit();
      await deps.forgetDisappeared?.();
      await deps.askRosters();
    });
}
