import { defined } from '../../../shared/domain/defined.ts';
import type { Asked, Evidence, Thing } from '../judgement/evidence.ts';
import type { Rig } from '../rig/rig.ts';
import { readReport, type WholeReport } from './read-report.ts';

/** Reads what the app says of these notifications, and what people saw. */
export async function gather(
  rig: Rig,
  asked: readonly Asked[],
  things: readonly Thing[] = [],
): Promise<Evidence> {
  const reports = new Map<string, WholeReport>();
  for (const { id } of asked) {
    const report = await readReport(rig, id);
    if (report !== undefined) reports.set(id, report);
  }
  const [shown, messages] = [await rig.channel.shown(), await rig.channel.messages()];
  return { asked, reports, shown, parked: await parkedDeliveries(rig), things, messages };
}

async function parkedDeliveries({ stores }: Rig): Promise<Set<string>> {
  const parked = new Set<string>();
  let after: string | undefined;
  do {
    const page = await stores.parking.listParked({ limit: 1000, ...defined({ after }) });
    for (const item of page.items) if (item.kind === 'delivery') parked.add(item.original);
    after = page.after;
  } while (after !== undefined);
  return parked;
}
