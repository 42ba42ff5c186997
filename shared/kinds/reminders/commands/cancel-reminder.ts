import type { Command } from '../../../chat/commands/command.ts';
import { aboutReminder } from '../model/about.ts';
import { wordsFor } from '../words/words.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';

/** `cancel reminder <n>` */
export function cancelReminder(desk: ReminderDesk): Command {
  return {
    name: 'cancel reminder',
    does: (locale) => wordsFor(locale).commands['cancel reminder'],
    usage: 'cancel reminder <n>',
    group: 'reminders',
    said: {
      en: [
        'delete reminder <n>',
        'remove reminder <n>',
        'cancel my reminder <n>',
        'cancel the reminder <n>',
        'delete the reminder <n>',
        'delete my reminder <n>',
        'cancel reminders',
        'cancel my reminders',
        'cancel all reminders',
        'cancel all my reminders',
        'delete reminders',
        'delete my reminders',
        'delete all reminders',
        'delete all my reminders',
        'stop reminder <n>',
        'stop the reminder <n>',
        'stop reminders',
        'stop all reminders',
        'stop remind me',
        'stop reminding me <n>',
        "don't remind me <n>",
        'dont remind me <n>',
        'do not remind me <n>',
        'reminder <n> cancel',
        'reminder <n> stop',
        'reminder <n> delete',
        'reminder <n> remove',
        'cancel <number>',
        'delete <number>',
        'remove <number>',
      ],
      de: [
        'lösche erinnerung <n>',
        'lösch erinnerung <n>',
        'erinnerung löschen <n>',
        'erinnerung <n> löschen',
        'lösche die erinnerung <n>',
        'lösch die erinnerung <n>',
        'lösche meine erinnerung <n>',
        'erinnerungen löschen',
        'alle erinnerungen löschen',
        'lösche erinnerungen',
        'lösche meine erinnerungen',
        'lösche alle erinnerungen',
        'lösche alle meine erinnerungen',
        'stopp erinnerung <n>',
        'beende erinnerung <n>',
        'keine erinnerungen mehr',
        'erinnere mich nicht mehr <n>',
        'erinner mich nicht mehr <n>',
        'erinnere mich nicht an <n>',
        'erinner mich nicht an <n>',
        'hör auf mich zu erinnern',
        'hör auf mich an <was> zu erinnern',
        'entferne erinnerung <n>',
        'erinnerung <n> entfernen',
        'erinnerung <n> abbrechen',
        'lösche <nummer>',
        'lösch <nummer>',
        'entferne <nummer>',
      ],
    },
    async run(turn, argument) {
      const { at: now, locale } = turn;
      const read = parseReminderArgument(argument);
      if (read === undefined || read.rest !== '') return whichReminder('cancel reminder {}', locale);
      const { number } = read;
      const { zone } = await desk.personZone(turn.conversation);
      const outcome = await desk.changeReminder({
        conversation: turn.conversation.key,
        number,
        turn: turn.id,
        ...desk.whoAsks.by(turn),
        wanted: { kind: 'cancel' },
      });
      if (outcome.kind !== 'changed') return unchanged(outcome, { ...desk, number, now, zone, locale });
      return {
        text: wordsFor(locale).reminders.cancelled(number, outcome.reminder.text),
        suggestions: ['reminders'],
        settles: aboutReminder(number, { isOver: true }),
      };
    },
  };
}
