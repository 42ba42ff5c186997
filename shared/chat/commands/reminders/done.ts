import { describeTime } from '../../../catalog/reminder-time.ts';
import { standingOf } from '../../../domain/reminder.ts';
import type { Command } from '../command.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';

/** `done <n>`. Of one that repeats, the last occurrence is done, and the next one comes. */
export function done(desk: ReminderDesk): Command {
  return {
    name: 'done',
    usage: 'done <n>',
    summary: 'Ticks a reminder off',
    async run(turn, argument) {
      const read = parseReminderArgument(argument);
      if (read === undefined || read.rest !== '') return whichReminder('done 3');
      const { number, occurrence } = read;
      const { zone } = await desk.personZone(turn.conversation);
      const now = turn.at;
      const outcome = await desk.changeReminder({
        conversation: turn.conversation.key,
        number,
        turn: turn.id,
        wanted: { kind: 'done', ...(occurrence === undefined ? {} : { occurrence }) },
      });
      if (outcome.kind !== 'changed') return unchanged(outcome, { ...desk, number, now, zone });
      const { next } = standingOf(outcome.reminder, now, desk.occurrences);
      const following = next === undefined ? '' : `\n\nIt comes again ${describeTime(next, { now, zone })}.`;
      return { text: `Done: ${outcome.reminder.text}${following}`, suggestions: ['reminders'] };
    },
  };
}
