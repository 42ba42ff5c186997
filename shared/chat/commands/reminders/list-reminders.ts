import type { Occurrences } from '../../../domain/reminders/reminder.ts';
import type { ReminderStore } from '../../../ports/reminders/reminder-store.ts';
import { reminderList } from '../../cards/reminder-list.ts';
import type { FindPersonZone } from '../../person-zone.ts';
import type { Command } from '../command.ts';

/** `reminders`, and `reminders 2` for the next page. */
export function listReminders(deps: {
  readonly reminders: ReminderStore;
  readonly personZone: FindPersonZone;
  readonly occurrences: Occurrences;
}): Command {
  return {
    name: 'reminders',
    usage: 'reminders [<page>]',
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
          page: /^\d{1,6}$/.test(argument) ? Number(argument) : 1,
        },
      );
    },
  };
}
