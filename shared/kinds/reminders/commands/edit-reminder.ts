import { understandWhen } from '../../../calendar/understand.ts';
import type { Command } from '../../../chat/commands/command.ts';
import { confirmation } from '../cards/reminder-card.ts';
import { wordsFor } from '../words/words.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';
import { askWhen, remarksOn, toSchedule, whyNot } from './when.ts';

/** `edit reminder <n> <when>`: another time, or another way to repeat. */
export function editReminder(desk: ReminderDesk): Command {
  return {
    name: 'edit reminder',
    does: (locale) => wordsFor(locale).commands['edit reminder'],
    usage: 'edit reminder <n> <when>',
    group: 'reminders',
    said: {
      en: ['move reminder <n> <when>', 'change reminder <n> <when>'],
      de: [
        'ändere erinnerung <n> <wann>',
        'erinnerung ändern <n> <wann>',
        'verlege erinnerung <n> <wann>',
        'bearbeite erinnerung <n> <wann>',
        'erinnerung bearbeiten <n> <wann>',
      ],
    },
    async run(turn, argument) {
      const { at: now, locale } = turn;
      const read = parseReminderArgument(argument);
      if (read === undefined) return whichReminder('edit reminder {}', locale);
      const { number } = read;
      const completes = `edit reminder ${number} {}`;
      const person = await desk.personZone(turn.conversation);
      const said = { now, zone: person.zone, locale };
      if (read.rest === '') {
        return askWhen(wordsFor(locale).reminders.whenShallItCome(number), completes, said);
      }
      const when = understandWhen(read.rest, said);
      if (!when.understood) return askWhen(whyNot(when, locale), completes, said);
      const outcome = await desk.changeReminder({
        conversation: turn.conversation.key,
        number,
        turn: turn.id,
        wanted: { kind: 'edit', schedule: toSchedule(when) },
        ...desk.whoAsks.by(turn),
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
