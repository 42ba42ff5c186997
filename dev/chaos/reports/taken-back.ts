import { setTimeout as delay } from 'node:timers/promises';
import type { ReportedRecipient } from '../../../shared/use-cases/upkeep/report-recipients.ts';
import type { Asked } from '../judgement/evidence.ts';
import type { Rig } from '../rig/rig.ts';
import { readReport } from './read-report.ts';
import { sweepNow } from './sweep.ts';

const PAUSE_MS = 500;
/** So many looks without an end are a case for the sweep. */
const LOOKS_BEFORE_SWEEP = 12;

/** Waits until all that was to be taken back was, or the report says why not; at most so long. */
export async function takenBack(rig: Rig, asked: readonly Asked[], withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  let open = asked.filter(({ isRecalled }) => isRecalled === true);
  for (let looks = 1; open.length > 0 && Date.now() < deadline; looks += 1) {
    const reports = await Promise.all(
      open.map(async (one) => ({ one, report: await readReport(rig, one.id) })),
    );
    open = reports
      .filter(({ report }) => report?.recipients.some(isToBeTakenBack) === true)
      .map(({ one }) => one);
    if (looks % LOOKS_BEFORE_SWEEP === 0) await sweepNow(rig);
    if (open.length > 0) await delay(PAUSE_MS);
  }
}

/** It was shown, and nothing is said yet of the wish to take it back. */
export function isToBeTakenBack({ state, notRecalled }: ReportedRecipient): boolean {
  return (state === 'delivered' || state === 'updated') && notRecalled === undefined;
}
