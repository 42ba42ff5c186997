import { understandWhen } from '../../../calendar/understand.ts';
import type { Command } from '../../../chat/commands/command.ts';
import { confirmation } from '../cards/reminder-card.ts';
import { wordsFor } from '../words/words.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';
import { askWhen, isTimeAlone, remarksOn, toSchedule, whyNot } from './when.ts';

/** `edit reminder <n> <when>`: another time, or another way to repeat. */
export function editReminder(desk: ReminderDesk): Command {
  return {
    name: 'edit reminder',
    does: (locale) => wordsFor(locale).commands['edit reminder'],
    usage: 'edit reminder <n> <when>',
    group: 'reminders',
    said: {
      en: [
        'move reminder <n> <when>',
        'change reminder <n> <when>',
        'change my reminder <n> <when>',
        'reschedule reminder <n> <when>',
        'reminder <n> edit <when>',
        'reminder <n> change <when>',
        'reminder <n> move <when>',
        'reminder <n> to <when>',
        'edit <number> <when>',
        'move <number> <when>',
        'change <number> <when>',
        'reschedule <number> <when>',
      ],
      de: [
        'ändere erinnerung <n> <wann>',
        'erinnerung ändern <n> <wann>',
        'verlege erinnerung <n> <wann>',
        'bearbeite erinnerung <n> <wann>',
        'erinnerung bearbeiten <n> <wann>',
        'ändere die erinnerung <n> <wann>',
        'ändere meine erinnerung <n> <wann>',
        'verlege die erinnerung <n> <wann>',
        'erinnerung verlegen <n> <wann>',
        'erinnerung <n> ändern <wann>',
        'erinnerung <n> bearbeiten <wann>',
        'erinnerung <n> verlegen <wann>',
        'erinnerung <n> auf <wann>',
        'erinnerung <n> auf <wann> ändern',
        'erinnerung <n> auf <wann> verlegen',
        'erinnerung <n> auf <wann> legen',
        'erinnerung <n> auf <wann> setzen',
        'ändere <nummer> <wann>',
        'verlege <nummer> <wann>',
        'bearbeite <nummer> <wann>',
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
      if (isTimeAlone(argument, said)) return whichReminder(`edit reminder {} ${argument}`, locale);
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
