import { describeRecurrence } from '../../../calendar/describe.ts';
import type { Recurrence, Schedule } from '../model/reminder.ts';

/** How a reminder repeats, for people: `every weekday at 8:50 AM`. */
export function describeRule(
  { zone, recurrence }: Schedule & { readonly recurrence: Recurrence },
  locale: string,
): string {
  return describeRecurrence({ rrule: recurrence.rule, dtstart: recurrence.start, zone }, locale);
}
