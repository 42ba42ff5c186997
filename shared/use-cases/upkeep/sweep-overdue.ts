import { inParallel } from '../../domain/in-parallel.ts';
import { CLOCKS_APART, type Duration, days, type Instant, seconds } from '../../domain/time.ts';
import type { DueEntry, DueIndex } from '../../ports/delivery/due-index.ts';
import type { Log } from '../../ports/log.ts';
import { lookAtOverdue, type OverdueDeps } from './look-at-overdue.ts';

/** Entries that are read together. */
const PAGE = 500;
/** Entries that are looked at at the same time. */
const LANES = 16;
/** A run begins with no further entry after this: the next minute goes on, oldest first. */
const LONGEST_SWEEP: Duration = seconds(45);
/** The longest that anything is due ahead by somebody's wish; when it was kept for long enough is counted from then. */
export const LONGEST_WISH: Duration = days(366);
/** Entries that are logged one by one when they fail; when the store is away, all of them do. */
const MOST_LOGGED = 20;

export interface Swept {
  /** Entries that turned out to be over. */
  readonly over: number;
  /** Wake-up calls and jobs that were made again. */
  readonly revived: number;
  /** Entries that could not be looked at, and are looked at again in a minute. */
  readonly failed: number;
}

export type SweepOverdue = () => Promise<Swept>;

/**
 * Looks after everything that should have been over by now, and wakes what is not: whatever a broker lost or a dead
 * process left, it is found here. What is woken twice is settled by the ledger. Throws `StoreUnavailable` when the index
 * cannot be read.
 */
export function sweepOverdue(
  deps: OverdueDeps & { readonly dueIndex: DueIndex; readonly keptFor: Duration; readonly log: Log },
): SweepOverdue {
  return async () => {
    const startedAt = deps.clock.now();
    const hasTime = () => deps.clock.now() - startedAt <= LONGEST_SWEEP;
    const count = { over: 0, revived: 0, failed: 0 };
    await bringNear(startedAt);
    let entries = 0;
    let after: DueEntry | undefined;
    do {
      // Behind the last page, not anew: entries that fail stay due, and must not stand in the way of those behind them.
      const page: readonly DueEntry[] = await deps.dueIndex.findOverdue(startedAt, PAGE, after);
      await inParallel(page, LANES, async (entry) => {
        if (hasTime()) await attend(entry, count);
      });
      entries += page.length;
      after = page.length < PAGE ? undefined : page.at(-1);
    } while (after !== undefined && hasTime());
    if (count.revived > 0 || count.failed > 0) deps.log.warn('sweep.revived', { entries, ...count });
    return count;
  };

  /**
   * What lies further ahead than anything is put was put there by a machine with a wrong clock, and nobody would look at it
   * before that time: it is due now. What waits for the end of its time has all of it from now on, because how old it is
   * can never be known.
   */
  async function bringNear(now: Instant): Promise<void> {
    const furthest = now + LONGEST_WISH + deps.keptFor + CLOCKS_APART;
    for (const entry of await deps.dueIndex.findDueBeyond(furthest, PAGE)) {
      const isOld = entry.kind === 'old-notification' || entry.kind === 'old-parked';
      await deps.dueIndex.addDue({ ...entry, at: isOld ? now + deps.keptFor : now });
      await deps.dueIndex.removeDue(entry);
    }
  }

  /** One entry that fails does not keep the others from being looked after; it stays due. */
  async function attend(entry: DueEntry, count: { -readonly [Name in keyof Swept]: number }): Promise<void> {
    try {
      const { woken, next } = await lookAtOverdue(deps, entry);
      // The next look is due before this entry goes: a crash in between looks twice.
      if (next !== undefined) await deps.dueIndex.addDue(next);
      await deps.dueIndex.removeDue(entry);
      count.revived += woken;
      if (next === undefined) count.over += 1;
    } catch (cause) {
      // The entry stays due and is looked at again; a delivery that was woken twice is told once.
      count.failed += 1;
      if (count.failed > MOST_LOGGED) return;
      deps.log.warn('sweep.entry-failed', {
        kind: entry.kind,
        cause: cause instanceof Error ? cause.name : 'unknown',
      });
    }
  }
}
