import { defined } from '../../../shared/domain/defined.ts';
import type { Asked, Evidence } from '../judgement/evidence.ts';
import type { Rig } from '../rig/rig.ts';
import { readReport, type WholeReport } from './read-report.ts';

/** Reads what the app says of these notifications, and what people saw. */
export async function gather(rig: Rig, asked: readonly Asked[]): Promise<Evidence> {
  const reports = new Map<string, WholeReport>();
  for (const { id } of asked) {
    const report = await readReport(rig, id);
    if (report !== undefined) reports.set(id, report);
  }
  return { asked, reports, shown: await rig.channel.shown(), parked: await parkedDeliveries(rig) };
}

async function parkedDeliveries({ stores }: Rig): Promise<Set<string>> {
  const parked = new Set<string>();
  let after: string | undefined;
  do {
    const page = await stores.parking.list({ limit: 1000, ...defined({ after }) });
    for (const item of page.items) if (item.kind === 'delivery') parked.add(item.original);
    after = page.after;
  } while (after !== undefined);
  return parked;
}
