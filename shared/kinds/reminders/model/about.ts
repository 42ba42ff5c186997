import type { Settling } from '../../../domain/conversation/reply.ts';

/** What a message that tells a reminder is about. */
export function nameOfReminder(number: number): string {
  return `reminder ${number}`;
}

/** What an answer is about that says how a reminder is set. */
export function aboutSetting(number: number): string {
  return `set reminder ${number}`;
}

/** What lists are about. */
export const ALL_REMINDERS = 'reminders';

/**
 * Which messages say what became of a reminder: what told it, the list that has it, and where it is over or another one,
 * what said that it is set.
 */
export function aboutReminder(number: number, { isOver }: { readonly isOver: boolean }): Settling {
  return {
    things: [nameOfReminder(number)],
    own: [ALL_REMINDERS, ...(isOver ? [aboutSetting(number)] : [])],
  };
}
