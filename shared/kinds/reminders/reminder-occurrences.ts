import { nextOccurrences } from '../../calendar/recurrence.ts';
import type { Occurrences } from './model/reminder.ts';

/** A reminder's schedule by the calendar: it follows the clock of its zone. Throws `RangeError` for an unreadable rule. */
export const occurrences: Occurrences = ({ zone, recurrence }, after, most) =>
  nextOccurrences({ rrule: recurrence.rule, dtstart: recurrence.start, zone }, after, most);
