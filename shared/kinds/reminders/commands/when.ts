import { toWall } from '../../../calendar/local-time.ts';
import {
  describeRefusal,
  type NotUnderstood,
  type Said,
  type UnderstoodWhen,
  understandDuration,
  understandWhen,
} from '../../../calendar/understand.ts';
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

/** A number of a reminder, and what follows it. */
const NUMBERED = /^(?:(?:reminder|erinnerung|nr\.?|nummer)\s+)?#?\d{1,9}\s+(.+)$/is;
/** `by 10 minutes`, and what German says before a time to move to. */
const BY = /^(?:by|um)\s+/i;
const TO = /^auf\s+/i;

/** Whether all of it is a time, `10 minutes`: of `3 10 minutes` the first is the number of a reminder. */
export function isTimeAlone(text: string, said: Said): boolean {
  if (/^#?\d*$/.test(text)) return false;
  const [, behind = ''] = NUMBERED.exec(text) ?? [];
  const isTime = (one: string) => understandSnooze(one, said).understood;
  return !isTime(behind) && isTime(text);
}

/** Until when something is put off: a time, or `by 10 minutes`. */
export function understandSnooze(text: string, said: Said): UnderstoodWhen | NotUnderstood {
  const time = text.replace(TO, '');
  const span = time.replace(BY, '');
  return understandWhen(understandDuration(span) === undefined ? time : span, said);
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
