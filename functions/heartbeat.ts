import type { InvocationContext, Timer, TimerHandler } from '@azure/functions';
import { logTo } from '../shared/adapters/system/invocation-sink.ts';
import type { Log } from '../shared/ports/log.ts';
import type { ForgetDisappeared } from '../shared/use-cases/privacy/forget-disappeared.ts';
import type { SweepOverdue } from '../shared/use-cases/upkeep/sweep-overdue.ts';

/** Every minute: looks after what should be over by now. Alerts watch for the absence of its log line. */
export function heartbeat(deps: {
  readonly sweep: SweepOverdue;
  /** Absent where nobody is forgotten unless they say so. */
  readonly forgetDisappeared?: ForgetDisappeared;
  readonly log: Log;
}): TimerHandler {
  return (timer: Timer, context: InvocationContext) =>
    logTo(context, async () => {
      const swept = await deps.sweep();
      deps.log.info('heartbeat', { ...swept, late: timer.isPastDue });
      await deps.forgetDisappeared?.();
    });
}
