import type { Assumption, NotUnderstood, UnderstoodWhen } from '../../../calendar/understand.ts';
import type { Schedule } from '../../../domain/reminder.ts';
import type { Reply } from '../../turn.ts';

/** What was understood as a reminder's schedule. */
export function toSchedule({ at, zone, dtstart, rrule }: UnderstoodWhen): Schedule {
  return { at, zone, ...(rrule === undefined ? {} : { recurrence: { rule: rrule, start: dtstart } }) };
}

/** @param example a whole command that is understood */
export function notUnderstood({ message }: NotUnderstood, example: string): Reply {
  return { text: `${message} Say for example **${example}**.`, suggestions: [example] };
}

const remarks: { readonly [assumption in Assumption]: string } = {
  'time-of-day': 'You named no time of day, so I took one.',
  'half-of-day': 'You did not say morning or afternoon, so I took the likelier.',
  day: 'It may mean several days, and I took the likeliest.',
};

/** What was taken to be so without having been said, for the person to object to. */
export function remarksOn({ assumed }: Pick<UnderstoodWhen, 'assumed'>): readonly string[] {
  return [...new Set(assumed)].map((assumption) => remarks[assumption]);
}
