import { setTimeout as delay } from 'node:timers/promises';
import { isNotificationId } from '../../../shared/domain/ids.ts';
import { reportNotification } from '../../../shared/use-cases/upkeep/report-notification.ts';
import type { Rig } from '../rig/rig.ts';
import { sweepNow } from './sweep.ts';

const PAUSE_MS = 200;
/** A report that stands still for so long is a case for the sweep: longer than any lease and any early retry. */
const STILL_MS = 8000;

/**
 * Waits until every report is complete; gives the ids of those that are not when `withinMs` have passed.
 *
 * Progress is read from the tables themselves: reading it through the app would use up the faults that are planned for
 * deliveries.
 */
export async function settle(rig: Rig, ids: readonly string[], withinMs: number): Promise<string[]> {
  const report = reportNotification(rig.stores);
  const deadline = Date.now() + withinMs;
  let open = [...ids];
  let before = '';
  let changedAt = Date.now();
  for (;;) {
    const reports = await Promise.all(
      open.map(async (id) => ({ id, report: isNotificationId(id) ? await report(id) : undefined })),
    );
    open = reports.filter((each) => each.report?.complete !== true).map(({ id }) => id);
    if (open.length === 0 || Date.now() > deadline) return open;

    const state = JSON.stringify(
      reports.map((each) => [each.id, each.report?.outcomes, each.report?.pending]),
    );
    if (state !== before) {
      before = state;
      changedAt = Date.now();
    } else if (Date.now() - changedAt > STILL_MS) {
      changedAt = Date.now();
      await sweepNow(rig);
    }
    await delay(PAUSE_MS);
  }
}
