import { understandWhen } from '../../../calendar/understand.ts';
import type { Command } from '../../../chat/commands/command.ts';
import { confirmation } from '../cards/reminder-card.ts';
import { wordsFor } from '../words/words.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';
import { notUnderstood, remarksOn, toSchedule } from './when.ts';

/** `edit reminder <n> <when>`: another time, or another way to repeat. */
export function editReminder(desk: ReminderDesk): Command {
  return {
    name: 'edit reminder',
    does: (locale) => wordsFor(locale).commands['edit reminder'],
    usage: 'edit reminder <n> <when>',
    async run(turn, argument) {
      const { at: now, locale } = turn;
      const read = parseReminderArgument(argument);
      if (read === undefined) return whichReminder('edit reminder 3 tomorrow at 9am', locale);
      const { number } = read;
      const suggestions = ['in 1 hour', 'tomorrow at 9am', 'every weekday at 9am'].map(
        (when) => `edit reminder ${number} ${when}`,
      );
      if (read.rest === '') {
        return { text: wordsFor(locale).reminders.whenShallItCome(number), suggestions };
      }
      const person = await desk.personZone(turn.conversation);
      const when = understandWhen(read.rest, { now, zone: person.zone, locale });
      if (!when.understood) return notUnderstood(when, `edit reminder ${number} tomorrow at 9am`, locale);
      const outcome = await desk.changeReminder({
        conversation: turn.conversation.key,
        number,
        turn: turn.id,
        wanted: { kind: 'edit', schedule: toSchedule(when) },
        ...(await desk.whoAsks.by(turn)),
      });
      if (outcome.kind !== 'changed') {
        return unchanged(outcome, { ...desk, number, now, zone: person.zone, locale });
      }
      return confirmation(outcome.reminder, {
        now,
        person,
        occurrences: desk.occurrences,
        locale,
        what: 'moved',
        more: remarksOn(when, locale),
      });
    },
  };
}
