import type { Reply } from '../../../chat/turn.ts';
import type { Instant } from '../../../domain/time.ts';
import { wordsFor } from '../words/words.ts';

/** What follows a command about one reminder: `3`, `3 tomorrow at 9`, and from a button `3 @1795424400000`. */
export interface ReminderArgument {
  readonly number: number;
  /** The occurrence on whose card the button is. */
  readonly occurrence?: Instant;
  readonly rest: string;
}

export function parseReminderArgument(argument: string): ReminderArgument | undefined {
  const [, number = '', behind = ''] =
    /^(?:(?:reminder|erinnerung|nr\.?|nummer)\s+)?#?(\d+)(|\s.*)$/is.exec(argument.trim()) ?? [];
  if (number === '' || number.length > 9) return undefined;
  const [pressed = '', occurrence = ''] = /^\s+@(\d+)(?=\s|$)/.exec(behind) ?? [];
  // An instant has 13 digits for the next centuries.
  const isPressed = occurrence !== '' && occurrence.length <= 15;
  return {
    number: Number(number),
    ...(isPressed ? { occurrence: Number(occurrence) } : {}),
    rest: behind
      .slice(isPressed ? pressed.length : 0)
      .trim()
      // `Verschiebe Erinnerung 2 auf morgen`.
      .replace(/^auf\s+/i, ''),
  };
}

/** The number is missing, or is none. @param completes the command that a number completes */
export function whichReminder(completes: string, locale: string): Reply {
  return {
    text: wordsFor(locale).reminders.which('3'),
    suggestions: ['reminders'],
    asks: { completes },
  };
}
