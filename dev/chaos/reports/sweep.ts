import { GRACE } from '../../../shared/use-cases/intake/plan-notification.ts';
import { request } from '../rig/http.ts';
import type { Rig } from '../rig/rig.ts';

/**
 * Makes it two minutes later: locks that nobody renews are over, and what was due by now is looked after by the sweep at
 * once. It finds more than it would in reality, things that are well under way: waking those must be harmless too.
 */
export async function sweepNow(rig: Rig): Promise<void> {
  const { dueIndex } = rig.stores;
  const now = Date.now();
  const entries = await dueIndex.findOverdue(now + GRACE, 1000);
  for (const entry of entries) {
    if (entry.at <= now) continue;
    await dueIndex.addDue({ ...entry, at: now });
    await dueIndex.removeDue(entry);
  }
  const expired = await rig.broker.expireLocks();
  rig.journal.add('chaos', `two minutes later: ${entries.length} entries due, ${expired} locks over`);
  // A host that is down at the moment has a heartbeat of its own when it is back.
  await request(`${rig.hosts[0]?.origin}/admin/functions/heartbeat`, {
    method: 'POST',
    json: { input: '' },
  }).catch(() => {});
}
