import type { TriggerInput } from '../core/invocation.ts';
import { type ScheduleStatus, toDateText } from './schedule-status.ts';

/**
 * What a timer function gets.
 *
 * @param status undefined for a timer without monitor; its `scheduleStatus` is then null.
 */
export function timerInput(status: ScheduleStatus | undefined, isPastDue: boolean): TriggerInput {
  const timer = {
    Schedule: { AdjustForDST: true },
    ScheduleStatus: status
      ? {
          Last: toDateText(status.last),
          Next: toDateText(status.next),
          LastUpdated: toDateText(status.lastUpdated),
        }
      : null,
    IsPastDue: isPastDue,
  };
  return { data: { json: JSON.stringify(timer) } };
}
