import { describeTime } from '../../../catalog/reminder-time.ts';
import { type Occurrences, standingOf } from '../../../domain/reminder.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Changed } from '../../../use-cases/change-reminder.ts';
import type { Reply } from '../../turn.ts';

/** Why nothing was changed: what became of the reminder, for a button on an old card too. */
export function unchanged(
  outcome: Exclude<Changed, { readonly kind: 'changed' }>,
  {
    number,
    now,
    zone,
    occurrences,
  }: {
    readonly number: number;
    readonly now: Instant;
    readonly zone: string;
    readonly occurrences: Occurrences;
  },
): Reply {
  const suggestions = ['reminders'];
  if (outcome.kind === 'no-such') {
    return { text: `There is no reminder ${number}. **reminders** lists yours.`, suggestions };
  }
  const { reminder } = outcome;
  const named = `Reminder ${number} (${reminder.text})`;
  const { next } = standingOf(reminder, now, occurrences);
  const nextTime = next === undefined ? undefined : describeTime(next, { now, zone });
  switch (outcome.kind) {
    case 'over':
      return {
        text: `${named} ${reminder.state === 'done' ? 'is done already' : 'was cancelled'}. For a new one say **remind me**.`,
        suggestions,
      };
    case 'done-before':
      return {
        text: `That one is done already. ${nextTime === undefined ? `${named} has no other.` : `${named} comes next ${nextTime}.`}`,
        suggestions,
      };
    case 'moved':
      return {
        text: `${named} was moved since. ${nextTime === undefined ? '**reminders** shows when it was due.' : `It comes ${nextTime}.`}`,
        suggestions,
      };
    case 'not-due':
      return {
        text: `${named} did not come yet${nextTime === undefined ? '' : `: it comes ${nextTime}`}. Say **edit reminder ${number}** and a time to move it, or **cancel reminder ${number}**.`,
        suggestions,
      };
  }
}
