import { operationsOf } from '../../dev/tables/counts.ts';
import { vouchesForAll } from '../../shared/domain/identity/vouching.ts';
import { days, type Instant, minutes } from '../../shared/domain/time.ts';
import { catalog } from '../../shared/kinds/catalog.ts';
import { planNotification } from '../../shared/use-cases/intake/plan-notification.ts';
import { allKinds } from '../../shared/use-cases/kinds/all-kinds.ts';
import { MOST_REMOVED_AT_ONCE, removeOld } from '../../shared/use-cases/upkeep/remove-old.ts';
import { sweepOverdue } from '../../shared/use-cases/upkeep/sweep-overdue.ts';
import type { BenchStack } from '../parts/bench-stack.ts';
import { silent } from '../parts/stores.ts';

const KEPT_FOR = days(30);

/**
 * Does for `messages` what the heartbeat does minutes after they were delivered, and when their time is over: looks after
 * them, and removes them. Gives the table operations that it took, by the same use cases over the same wire, with a clock
 * that has moved on.
 */
export async function upkeepOf(stack: BenchStack, messages: number): Promise<number> {
  const { stores, queues, tables } = stack;
  await tables.resetCounts();
  const sweepAt = async (now: Instant): Promise<void> => {
    const kinds = allKinds([], catalog);
    const deps = {
      ...stores,
      ...queues,
      kinds,
      clock: { now: () => now },
      log: silent,
      vouching: vouchesForAll,
      // Nobody here turns out to be somebody else.
      merge: async () => [],
    };
    const { failed } = await sweepOverdue({
      ...deps,
      plan: planNotification(deps),
      removeOld: removeOld({ ...deps, keptFor: KEPT_FOR }),
      keptFor: KEPT_FOR,
    })();
    if (failed > 0) throw new Error(`the heartbeat could not look after ${failed} entries`);
  };
  await sweepAt(Date.now() + minutes(5));
  // Each look removes a bite, and the next one is due a minute later.
  const looks = Math.ceil(messages / MOST_REMOVED_AT_ONCE) + 1;
  for (let look = 0; look < looks; look += 1) await sweepAt(Date.now() + KEPT_FOR + minutes(10 + 2 * look));
  return operationsOf(await tables.counts());
}
