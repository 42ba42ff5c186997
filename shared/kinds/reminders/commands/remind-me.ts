import { understand } from '../../../calendar/understand.ts';
import type { Command } from '../../../chat/commands/command.ts';
import type { FindPersonZone } from '../../../chat/person-zone.ts';
import { confirmation } from '../cards/reminder-card.ts';
import type { CreateReminder } from '../create-reminder.ts';
import { LONGEST_REMINDER, type Occurrences } from '../model/reminder.ts';
import { wordsFor } from '../words/words.ts';
import { crowded } from './outcome.ts';
import { isPlace, notUnderstood, remarksOn, toSchedule } from './when.ts';
import type { WhoAsks } from './who-asks.ts';

/** `remind me [to] <what> <when>`, in either order. */
export function remindMe(deps: {
  readonly createReminder: CreateReminder;
  readonly personZone: FindPersonZone;
  readonly occurrences: Occurrences;
  readonly whoAsks: WhoAsks;
}): Command {
  return {
    name: 'remind me',
    does: (locale) => wordsFor(locale).commands['remind me'],
    usage: 'remind me [to] <what> <when>',
    async run(turn, argument) {
      const { locale } = turn;
      const words = wordsFor(locale).reminders;
      const person = await deps.personZone(turn.conversation);
      const read = understand(`remind me ${argument}`, { now: turn.at, zone: person.zone, locale });
      if (!read.understood) return notUnderstood(read, read.example, locale);
      if (read.what.length > LONGEST_REMINDER) {
        return { text: words.tooLong(LONGEST_REMINDER, read.what.length) };
      }
      const created = await deps.createReminder({
        conversation: turn.conversation.key,
        id: turn.id,
        text: read.what,
        schedule: toSchedule(read),
        isPlace: isPlace(turn),
        ...deps.whoAsks.asked(turn),
      });
      if (created.kind === 'too-many') {
        return { text: words.tooMany(created.most), suggestions: ['reminders'] };
      }
      if (created.kind !== 'created') return crowded(created, { now: turn.at, zone: person.zone, locale });
      return confirmation(created.reminder, {
        now: turn.at,
        person,
        occurrences: deps.occurrences,
        locale,
        what: 'set',
        more: [
          ...(read.isForSeveral === true && !isPlace(turn) ? [words.onlyYou] : []),
          ...remarksOn(read, locale),
        ],
      });
    },
  };
}
