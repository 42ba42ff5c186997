import { understand } from '../../../calendar/understand.ts';
import { LONGEST_REMINDER, type Occurrences } from '../../../domain/reminder.ts';
import type { CreateReminder } from '../../../use-cases/create-reminder.ts';
import { confirmation } from '../../cards/reminder-card.ts';
import type { FindPersonZone } from '../../person-zone.ts';
import type { Command } from '../command.ts';
import { notUnderstood, remarksOn, toSchedule } from './when.ts';

/** `remind me [to] <what> <when>`, in either order. */
export function remindMe(deps: {
  readonly createReminder: CreateReminder;
  readonly personZone: FindPersonZone;
  readonly occurrences: Occurrences;
}): Command {
  return {
    name: 'remind me',
    usage: 'remind me [to] <what> <when>',
    summary: 'Reminds you, once or again and again: in 20 minutes, tomorrow at 9, every weekday at 8:50',
    async run(turn, argument) {
      const person = await deps.personZone(turn.conversation);
      const read = understand(`remind me ${argument}`, { now: turn.at, zone: person.zone });
      if (!read.understood) return notUnderstood(read, read.example);
      if (read.what.length > LONGEST_REMINDER) {
        return {
          text: `A reminder has ${LONGEST_REMINDER} characters at most; yours has ${read.what.length}. Please say it shorter.`,
        };
      }
      const created = await deps.createReminder({
        conversation: turn.conversation.key,
        id: turn.id,
        text: read.what,
        schedule: toSchedule(read),
      });
      if (created.kind === 'too-many') {
        return {
          text: `You have ${created.most} open reminders, and I keep no more. **reminders** lists them: say **done** or **cancel reminder** for some of them first.`,
          suggestions: ['reminders'],
        };
      }
      return confirmation(created.reminder, {
        now: turn.at,
        person,
        occurrences: deps.occurrences,
        what: 'is set',
        more: remarksOn(read),
      });
    },
  };
}
