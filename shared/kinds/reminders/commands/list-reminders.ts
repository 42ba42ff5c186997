import type { Command } from '../../../chat/commands/command.ts';
import type { FindPersonZone } from '../../../chat/person-zone.ts';
import { oneReminder, reminderList } from '../cards/reminder-list.ts';
import type { Occurrences } from '../model/reminder.ts';
import type { ReminderStore } from '../stores/reminder-store.ts';
import { wordsFor } from '../words/words.ts';
import { parseReminderArgument } from './argument.ts';

/** The number of a page. */
const PAGE = /^(?:page |seite )?(\d{1,6})$/i;

/** What asks for one reminder by its number. */
const ONE = /(?:reminder|erinnerung)$/;

/** `reminders`, `reminders 2` for the next page, and `reminder 5` for that one. */
export function listReminders(deps: {
  readonly reminders: ReminderStore;
  readonly personZone: FindPersonZone;
  readonly occurrences: Occurrences;
}): Command {
  return {
    name: 'reminders',
    does: (locale) => wordsFor(locale).commands.reminders,
    usage: 'reminders [<page>]',
    group: 'reminders',
    said: {
      en: [
        'show reminders <page>',
        'reminder <number>',
        'show reminder <number>',
        'show me reminder <number>',
        'list my reminders',
        'list reminders',
        'show my reminders',
        'show reminders',
        'my reminders',
        'what are my reminders',
        'show me my reminders',
        'show all my reminders',
        'show all reminders',
        'all my reminders',
        'what reminders do i have',
        'which reminders do i have',
      ],
      de: [
        'erinnerungen [<seite>]',
        'erinnerung <nummer>',
        'zeig erinnerung <nummer>',
        'zeige erinnerung <nummer>',
        'zeig mir erinnerung <nummer>',
        'meine erinnerungen',
        'zeig meine erinnerungen',
        'zeige meine erinnerungen',
        'zeig mir meine erinnerungen',
        'zeige erinnerungen',
        'zeig mir alle meine erinnerungen',
        'zeig mir alle erinnerungen',
        'alle erinnerungen',
        'welche erinnerungen habe ich',
        'was sind meine erinnerungen',
      ],
    },
    async run({ conversation, at, locale }, argument, by = '') {
      const [{ zone }, list] = await Promise.all([
        deps.personZone(conversation),
        deps.reminders.of(conversation.key),
      ]);
      const reminders = list.reminders.map(({ reminder }) => reminder);
      const asked = { now: at, zone, locale, occurrences: deps.occurrences };
      const number = ONE.test(by) ? parseReminderArgument(argument)?.number : undefined;
      if (number !== undefined) return oneReminder(reminders, number, asked);
      return reminderList(reminders, { ...asked, page: Number(PAGE.exec(argument)?.[1] ?? 1) });
    },
  };
}
