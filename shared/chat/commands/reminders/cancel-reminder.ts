import type { Command } from '../command.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';

/** `cancel reminder <n>` */
export function cancelReminder(desk: ReminderDesk): Command {
  return {
    name: 'cancel reminder',
    usage: 'cancel reminder <n>',
    summary: 'Cancels a reminder; one that repeats ends',
    async run(turn, argument) {
      const read = parseReminderArgument(argument);
      if (read === undefined) return whichReminder('cancel reminder 3');
      const { number } = read;
      const { zone } = await desk.personZone(turn.conversation);
      const outcome = await desk.changeReminder({
        conversation: turn.conversation.key,
        number,
        turn: turn.id,
        wanted: { kind: 'cancel' },
      });
      if (outcome.kind !== 'changed') return unchanged(outcome, { ...desk, number, now: turn.at, zone });
      return {
        text: `Reminder ${number} is cancelled: ${outcome.reminder.text}`,
        suggestions: ['reminders'],
      };
    },
  };
}
