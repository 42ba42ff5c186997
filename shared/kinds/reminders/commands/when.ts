import { describeRefusal, type NotUnderstood, type UnderstoodWhen } from '../../../calendar/understand.ts';
import type { Reply, Turn } from '../../../chat/turn.ts';
import type { Schedule } from '../model/reminder.ts';
import { wordsFor } from '../words/words.ts';

/** What was understood as a reminder's schedule. */
export function toSchedule({ at, zone, dtstart, rrule }: UnderstoodWhen): Schedule {
  return { at, zone, ...(rrule === undefined ? {} : { recurrence: { rule: rrule, start: dtstart } }) };
}

/** Whether several hear what one asks for. */
export function isPlace({ conversation }: Pick<Turn, 'conversation'>): boolean {
  return conversation.conversationType !== 'personal';
}

/** @param example a whole command that is understood */
export function notUnderstood(refusal: NotUnderstood, example: string, locale: string): Reply {
  const { reminders } = wordsFor(locale);
  return {
    text: reminders.sayForExample(describeRefusal(refusal, locale), example),
    suggestions: [example],
  };
}

/** What was taken to be so without having been said, for the person to object to. */
export function remarksOn({ assumed }: Pick<UnderstoodWhen, 'assumed'>, locale: string): readonly string[] {
  const remarks = wordsFor(locale).reminders.assumed;
  return [...new Set(assumed)].map((assumption) => remarks[assumption]);
}
