import type { Activity } from '../domain/conversation/activity.ts';
import { type Duration, type Instant, seconds } from '../domain/time.ts';
import { QueueUnavailable } from '../ports/queues.ts';
import { StoreUnavailable } from '../ports/store-errors.ts';
import { TurnUnderWay } from '../use-cases/conversation/take-turn.ts';

/** A channel that repeats an activity does so within half a minute; after so long there is one repeat left at most. */
const LAST_TRY: Duration = seconds(10);

/** Whether a failure is over by itself: the same activity may be answered when the channel sends it once more. */
export function passes(cause: unknown): boolean {
  return (
    cause instanceof StoreUnavailable || cause instanceof QueueUnavailable || cause instanceof TurnUnderWay
  );
}

/** Whether an activity that could not be answered shall come again: what passes has passed by then, unless it is late already. */
export function isWorthRepeating(cause: unknown, { timestamp }: Activity, at: Instant): boolean {
  if (!passes(cause)) return false;
  // Somebody else is answering it at this moment: there is nothing to be sorry for.
  if (cause instanceof TurnUnderWay) return true;
  const saidAt = new Date(timestamp ?? Number.NaN).getTime();
  // Without a time of its own it cannot be told from its repeats.
  return Number.isNaN(saidAt) || at - saidAt < LAST_TRY;
}

/** By what a failure is found in the log: the code that it carries, else its name. Never its text. */
export function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
