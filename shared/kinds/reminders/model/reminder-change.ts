import type { Instant } from '../../../domain/time.ts';
import {
  isDone,
  lastOccurrence,
  nextOccurrence,
  type Occurrences,
  type Reminder,
  repeats,
  type Schedule,
} from './reminder.ts';

/** What somebody wants of a reminder. `occurrence`: the one on whose card they pressed; default: the last that came. */
export type ReminderWanted =
  | { readonly kind: 'cancel' }
  | { readonly kind: 'done'; readonly occurrence?: Instant }
  | { readonly kind: 'snooze'; readonly until: Instant; readonly occurrence?: Instant }
  /** Not to be told any more, or again. */
  | { readonly kind: 'mute'; readonly isMuted: boolean }
  | { readonly kind: 'edit'; readonly schedule: Schedule };

export type ChangeDecision =
  | { readonly kind: 'changed'; readonly reminder: Reminder }
  /** It is done, or cancelled, as a whole. */
  | { readonly kind: 'over'; readonly reminder: Reminder }
  /** The occurrence is done; of one that repeats, others follow. */
  | { readonly kind: 'done-before'; readonly reminder: Reminder }
  /** The occurrence belongs to a time that the reminder does not have any more. */
  | { readonly kind: 'moved'; readonly reminder: Reminder }
  /** Nothing came yet that could be done or snoozed. */
  | { readonly kind: 'not-due'; readonly reminder: Reminder };

/** What comes of it. Nothing that is over comes back to life. */
export function changeReminder(
  reminder: Reminder,
  wanted: ReminderWanted,
  { now, occurrences }: { readonly now: Instant; readonly occurrences: Occurrences },
): ChangeDecision {
  if (reminder.state !== 'open') return { kind: 'over', reminder };
  switch (wanted.kind) {
    case 'cancel':
      return changed({ state: 'cancelled' });
    case 'mute': {
      const { isMuted: _before, ...rest } = reminder;
      return {
        kind: 'changed',
        reminder: { ...rest, ...(wanted.isMuted ? { isMuted: true } : {}), changedAt: now },
      };
    }
    case 'edit': {
      const { snooze: _snooze, doneThrough: _done, ...rest } = reminder;
      return {
        kind: 'changed',
        reminder: { ...rest, schedule: wanted.schedule, version: reminder.version + 1, changedAt: now },
      };
    }
    case 'done':
    case 'snooze': {
      const meant = occurrenceOf(wanted.occurrence);
      return typeof meant === 'string'
        ? { kind: meant, reminder }
        : wanted.kind === 'snooze'
          ? changed({ snooze: { occurrence: meant, at: wanted.until } })
          : done(meant);
    }
  }

  function changed(fields: Partial<Reminder>): ChangeDecision {
    return { kind: 'changed', reminder: { ...reminder, ...fields, changedAt: now } };
  }

  /** The occurrence that is meant, or why there is none. */
  function occurrenceOf(pressed: Instant | undefined): Instant | 'done-before' | 'moved' | 'not-due' {
    const { schedule } = reminder;
    if (pressed !== undefined && (repeats(schedule) ? pressed < schedule.at : pressed !== schedule.at)) {
      return 'moved';
    }
    const last = lastOccurrence(schedule, now, occurrences);
    // Its card can be there a moment before the second it is due at: clocks differ.
    const meant = pressed ?? last;
    // Who says that it is done need not wait for it.
    if (meant === undefined) return wanted.kind === 'done' && !repeats(schedule) ? schedule.at : 'not-due';
    return isDone(reminder, meant) ? 'done-before' : meant;
  }

  function done(occurrence: Instant): ChangeDecision {
    const { schedule, snooze } = reminder;
    const goesOn =
      repeats(schedule) && nextOccurrence(schedule, Math.max(occurrence, now), occurrences) !== undefined;
    if (!goesOn) return changed({ state: 'done' });
    const { snooze: _over, ...rest } = reminder;
    const kept = snooze !== undefined && snooze.occurrence > occurrence ? { snooze } : {};
    return {
      kind: 'changed',
      reminder: { ...rest, ...kept, doneThrough: occurrence, changedAt: now },
    };
  }
}
