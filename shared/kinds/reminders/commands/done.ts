import { describeTime } from '../../../calendar/describe-time.ts';
import type { Command } from '../../../chat/commands/command.ts';
import { defined } from '../../../domain/defined.ts';
import { aboutReminder } from '../model/about.ts';
import { standingOf } from '../model/reminder.ts';
import { wordsFor } from '../words/words.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';

/** `done <n>`. Of one that repeats, the last occurrence is done, and the next one comes. */
export function done(desk: ReminderDesk): Command {
  return {
    name: 'done',
    does: (locale) => wordsFor(locale).commands.done,
    usage: 'done <n>',
    group: 'reminders',
    said: {
      en: ['mark <n> as done', 'mark reminder <n> as done', 'reminder <n> done', 'reminder <n> is done'],
      de: [
        'erledigt <n>',
        'fertig <n>',
        '<n> erledigt',
        '<n> ist erledigt',
        'erinnerung <n> erledigt',
        'erinnerung <n> ist erledigt',
        'erinnerung <n> abhaken',
        'hake <n> ab',
        'hake erinnerung <n> ab',
      ],
    },
    async run(turn, argument) {
      const { at: now, locale } = turn;
      const words = wordsFor(locale).reminders;
      const read = parseReminderArgument(argument);
      if (read === undefined || read.rest !== '') return whichReminder('done {}', locale);
      const { number, occurrence } = read;
      const { zone } = await desk.personZone(turn.conversation);
      const outcome = await desk.changeReminder({
        conversation: turn.conversation.key,
        number,
        turn: turn.id,
        ...desk.whoAsks.by(turn),
        wanted: { kind: 'done', ...defined({ occurrence }) },
      });
      if (outcome.kind !== 'changed') return unchanged(outcome, { ...desk, number, now, zone, locale });
      const { next } = standingOf(outcome.reminder, now, desk.occurrences);
      const following =
        next === undefined ? '' : `\n\n${words.comesAgain(describeTime(next, { now, zone, locale }))}`;
      const text = `${words.done(outcome.reminder.text)}${following}`;
      return {
        text,
        suggestions: ['reminders'],
        settles: aboutReminder(number, { isOver: next === undefined }),
      };
    },
  };
}
