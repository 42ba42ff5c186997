import type { InvocationContext, Timer, TimerHandler } from '@azure/functions';
import { logTo } from '../shared/adapters/system/json-log.ts';
import type { FireReminders } from '../shared/kinds/reminders/fire-reminders.ts';
import type { Log } from '../shared/ports/log.ts';

/** Every minute: announces the reminders that fall due before the end of the next one. */
export function reminders(deps: { readonly fire: FireReminders; readonly log: Log }): TimerHandler {
  return (timer: Timer, context: InvocationContext) =>
    logTo(context, async () => {
      const fired = await deps.fire();
      deps.log.info('reminders', { ...fired, late: timer.isPastDue });
    });
}
