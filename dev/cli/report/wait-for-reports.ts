import { setTimeout as wait } from 'node:timers/promises';
import type { NotificationId } from '../../../shared/domain/ids.ts';
import type { Report } from '../../../shared/use-cases/upkeep/report-notification.ts';
import type { Io } from '../io.ts';
import { count } from '../output/numbers.ts';
import { Progress } from '../output/progress.ts';
import type { ReportReader } from './open-reports.ts';
import { sumOf } from './sum.ts';

const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;
const READS_AT_ONCE = 8;

export interface Waited {
  /** Every notification was accepted, and everybody has an outcome. */
  readonly complete: boolean;
  readonly reports: readonly Report[];
  /** Never accepted so far: still on the queue, or parked. */
  readonly missing: readonly NotificationId[];
}

/** Reads reports until all are complete, the time is over, or the person stops waiting. */
export async function waitForReports(
  read: ReportReader,
  ids: readonly NotificationId[],
  { io, timeoutMs }: { readonly io: Io; readonly timeoutMs: number },
): Promise<Waited> {
  const reports = new Map<NotificationId, Report>();
  const progress = new Progress(io);
  const deadline = io.now() + timeoutMs;
  let pause = SHORTEST_PAUSE_MS;
  for (;;) {
    const open = ids.filter((id) => reports.get(id)?.complete !== true);
    for (let start = 0; start < open.length; start += READS_AT_ONCE) {
      const block = open.slice(start, start + READS_AT_ONCE);
      const found = await Promise.all(block.map((id) => read(id)));
      for (const report of found) if (report !== undefined) reports.set(report.id, report);
    }
    const complete = ids.every((id) => reports.get(id)?.complete === true);
    if (complete || io.now() + pause > deadline || io.signal.aborted) {
      progress.end();
      return {
        complete,
        reports: ids.flatMap((id) => reports.get(id) ?? []),
        missing: ids.filter((id) => !reports.has(id)),
      };
    }
    progress.say(sayOf([...reports.values()], ids.length));
    await wait(pause, undefined, { signal: io.signal }).catch(() => undefined);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 1.5);
  }
}

function sayOf(reports: readonly Report[], of: number): string {
  const { outcomes, pending, addressed } = sumOf(reports);
  const done = Object.values(outcomes).reduce((sum, each) => sum + each, 0);
  const left = Object.entries(pending).map(([state, each]) => `${count(each)} ${state}`);
  const events =
    of === 1 ? '' : `${count(reports.filter(({ complete }) => complete).length)} of ${count(of)} events; `;
  if (reports.length === 0) return 'waiting for the event to be accepted';
  return `${events}${count(done)} of ${count(addressed)} recipients have an outcome${left.length === 0 ? '' : `, ${left.join(', ')}`}`;
}
