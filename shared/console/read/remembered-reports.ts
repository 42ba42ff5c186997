import type { NotificationId } from '../../domain/ids.ts';
import { type Duration, type Instant, seconds } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Report, ReportNotification } from '../../use-cases/upkeep/report-notification.ts';

const MOST_REMEMBERED = 2000;
/** Who watches it run sees it move. */
const SHORTEST: Duration = seconds(1);
/** What is over changes only when somebody takes it back or replays it. */
const OF_OVER: Duration = seconds(10);
const LONGEST: Duration = seconds(30);
/** A report of 100,000 takes seconds: it is made a part of the time only, however many pages ask for it. */
const TIMES_ITS_COST = 4;

/** Reports without recipients, each remembered for a while that grows with what it cost. */
export function rememberedReports(report: ReportNotification, clock: Clock): ReportNotification {
  const remembered = new Map<NotificationId, { readonly report: Report; readonly until: Instant }>();
  return async (id, recipients) => {
    if (recipients !== undefined) return report(id, recipients);
    const begun = clock.now();
    const known = remembered.get(id);
    if (known !== undefined && begun < known.until) return known.report;
    const made = await report(id);
    if (made === undefined) return undefined;
    const least = made.complete ? OF_OVER : SHORTEST;
    const now = clock.now();
    const kept = Math.min(LONGEST, Math.max(least, TIMES_ITS_COST * (now - begun)));
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(id, { report: made, until: now + kept });
    return made;
  };
}
