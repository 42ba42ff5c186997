import { understandWhen } from '../../../calendar/understand.ts';
import { describeTime } from '../../../catalog/reminder-time.ts';
import type { Command } from '../command.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';
import { notUnderstood } from './when.ts';

/** `snooze <n> <when>`: the last occurrence comes once more; one that repeats keeps its times. */
export function snooze(desk: ReminderDesk): Command {
  return {
    name: 'snooze',
    usage: 'snooze <n> <when>',
    summary: 'Brings a reminder that came once more: 20 minutes, tomorrow at 9',
    async run(turn, argument) {
      const read = parseReminderArgument(argument);
      if (read === undefined || read.rest === '') return whichReminder('snooze 3 20 minutes');
      const { number, occurrence } = read;
      const { zone } = await desk.personZone(turn.conversation);
      const now = turn.at;
      const when = understandWhen(read.rest, { now, zone });
      if (!when.understood) return notUnderstood(when, `snooze ${number} 20 minutes`);
      if (when.rrule !== undefined) {
        return {
          text: `One occurrence is snoozed until one time. To change when it repeats, say **edit reminder ${number} ${read.rest}**.`,
          suggestions: [`edit reminder ${number} ${read.rest}`],
        };
      }
      const outcome = await desk.changeReminder({
        conversation: turn.conversation.key,
        number,
        turn: turn.id,
        wanted: { kind: 'snooze', until: when.at, ...(occurrence === undefined ? {} : { occurrence }) },
      });
      if (outcome.kind !== 'changed') return unchanged(outcome, { ...desk, number, now, zone });
      const until = outcome.reminder.snooze?.at ?? when.at;
      return {
        text: `Snoozed until ${describeTime(until, { now, zone })}: ${outcome.reminder.text}`,
        suggestions: [`done ${number}`, 'reminders'],
      };
    },
  };
}
