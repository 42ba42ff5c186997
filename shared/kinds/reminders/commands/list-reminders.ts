import type { Command } from '../../../chat/commands/command.ts';
import type { FindPersonZone } from '../../../chat/person-zone.ts';
import { reminderList } from '../cards/reminder-list.ts';
import type { Occurrences } from '../model/reminder.ts';
import type { ReminderStore } from '../stores/reminder-store.ts';
import { wordsFor } from '../words/words.ts';

/** The number of a page. */
const PAGE = /^(?:page |seite )?(\d{1,6})$/i;

/** `reminders`, and `reminders 2` for the next page. */
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
    async run({ conversation, at, locale }, argument) {
      const [{ zone }, list] = await Promise.all([
        deps.personZone(conversation),
        deps.reminders.of(conversation.key),
      ]);
      return reminderList(
        list.reminders.map(({ reminder }) => reminder),
        {
          now: at,
          zone,
          locale,
          occurrences: deps.occurrences,
          page: Number(PAGE.exec(argument)?.[1] ?? 1),
        },
      );
    },
  };
}
