import type { Instant } from '../../../domain/time.ts';
import { wordsFor } from '../../../locale/words.ts';
import type { Reply } from '../../turn.ts';

/** What follows a command about one reminder: `3`, `3 tomorrow at 9`, and from a button `3 @1795424400000`. */
export interface ReminderArgument {
  readonly number: number;
  /** The occurrence on whose card the button is. */
  readonly occurrence?: Instant;
  readonly rest: string;
}

export function parseReminderArgument(argument: string): ReminderArgument | undefined {
  const match = /^(?:reminder\s+)?#?(\d{1,9})(?:\s+@(\d{1,15}))?(?:\s+(.*))?$/is.exec(argument.trim());
  if (match === null) return undefined;
  const [, number, occurrence, rest] = match;
  return {
    number: Number(number),
    ...(occurrence === undefined ? {} : { occurrence: Number(occurrence) }),
    rest: (rest ?? '').trim(),
  };
}

/** The number is missing, or is none. */
export function whichReminder(example: string, locale: string): Reply {
  return {
    text: wordsFor(locale).reminders.which(example),
    suggestions: ['reminders'],
  };
}
