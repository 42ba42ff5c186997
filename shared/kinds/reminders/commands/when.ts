import { toWall } from '../../../calendar/local-time.ts';
import { describeRefusal, type NotUnderstood, type UnderstoodWhen } from '../../../calendar/understand.ts';
import type { Reply, Turn } from '../../../chat/turn.ts';
import type { Instant } from '../../../domain/time.ts';
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

/** Why a time was not understood, with what to say instead. */
export function whyNot(refusal: NotUnderstood, locale: string): string {
  const { reminders } = wordsFor(locale);
  return `${describeRefusal(refusal, locale)} ${reminders.when}`;
}

/** In the evening nothing is "tonight" any more, and of a day that is over nothing is "later". */
const LATER_TODAY_UNTIL = 17;
const TONIGHT_UNTIL = 19;

/**
 * Asks when. One press answers, and so do words of one's own.
 *
 * @param completes the command that a time completes, with `{}` in its place
 */
export function askWhen(
  text: string,
  completes: string,
  { now, zone, locale }: { readonly now: Instant; readonly zone: string; readonly locale: string },
): Reply {
  const words = wordsFor(locale).reminders.whens;
  const hour = new Date(toWall(now, zone)).getUTCHours();
  const at = (title: string, when: string) => ({ title, command: completes.replace('{}', () => when) });
  return {
    text,
    buttons: [
      ...(hour < LATER_TODAY_UNTIL ? [at(words.laterToday, 'in 3 hours')] : []),
      ...(hour < TONIGHT_UNTIL ? [at(words.tonight, 'today at 8pm')] : []),
      at(words.tomorrow, 'tomorrow at 9am'),
      at(words.nextWeek, 'next monday at 9am'),
    ],
    asks: { completes },
  };
}

/** What was taken to be so without having been said, for the person to object to. */
export function remarksOn({ assumed }: Pick<UnderstoodWhen, 'assumed'>, locale: string): readonly string[] {
  const remarks = wordsFor(locale).reminders.assumed;
  return [...new Set(assumed)].map((assumption) => remarks[assumption]);
}
