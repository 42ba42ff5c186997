import type { Instant } from '../../../domain/time.ts';
import { isDone, lastOccurrence, type Occurrences, type Reminder } from './reminder.ts';

/**
 * The reminders that came last and are not done, of which one is meant by whoever says no number: several where they came
 * at the same moment, none where none came. One that was put off since counts from then.
 */
export function latestTold(
  reminders: readonly Reminder[],
  now: Instant,
  occurrences: Occurrences,
): readonly Reminder[] {
  const told = reminders.flatMap((reminder) => {
    const at = reminder.state === 'open' && reminder.isMuted !== true ? toldAt(reminder) : undefined;
    return at === undefined ? [] : [{ reminder, at }];
  });
  const latest = Math.max(...told.map(({ at }) => at));
  return told.filter(({ at }) => at === latest).map(({ reminder }) => reminder);

  function toldAt(reminder: Reminder): Instant | undefined {
    const { schedule, snooze, changedAt } = reminder;
    const last = lastOccurrence(schedule, now, occurrences);
    if (last === undefined || isDone(reminder, last)) return undefined;
    if (snooze?.occurrence !== last) return last;
    return snooze.at <= now ? snooze.at : changedAt;
  }
}
