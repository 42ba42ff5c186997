import { describeTime } from '../../../calendar/describe-time.ts';
import { understandWhen } from '../../../calendar/understand.ts';
import type { Command } from '../../../chat/commands/command.ts';
import { defined } from '../../../domain/defined.ts';
import { cut } from '../../../domain/text.ts';
import { aboutReminder } from '../model/about.ts';
import { wordsFor } from '../words/words.ts';
import { parseReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';
import { askWhen, whyNot } from './when.ts';

/** `snooze <n> <when>`: the last occurrence comes once more; one that repeats keeps its times. */
export function snooze(desk: ReminderDesk): Command {
  return {
    name: 'snooze',
    does: (locale) => wordsFor(locale).commands.snooze,
    usage: 'snooze <n> <when>',
    group: 'reminders',
    said: {
      en: ['postpone <n> <when>', 'snooze reminder <n> <when>'],
      de: ['verschiebe <n> <wann>', 'später <n> <wann>', 'verschiebe erinnerung <n> <wann>'],
    },
    async run(turn, argument) {
      const { at: now, locale } = turn;
      const words = wordsFor(locale).reminders;
      const read = parseReminderArgument(argument);
      if (read === undefined) return whichReminder('snooze {}', locale);
      const { number, occurrence } = read;
      const { zone } = await desk.personZone(turn.conversation);
      const mark = occurrence === undefined ? '' : ` @${occurrence}`;
      const completes = `snooze ${number}${mark} {}`;
      const said = { now, zone, locale };
      if (read.rest === '') return askWhen(words.untilWhen, completes, said);
      const when = understandWhen(read.rest, said);
      if (!when.understood) return askWhen(whyNot(when, locale), completes, said);
      if (when.rrule !== undefined) {
        const command = `edit reminder ${number} ${cut(read.rest, 100)}`;
        return { text: words.snoozeOnce(command), suggestions: [command] };
      }
      const outcome = await desk.changeReminder({
        conversation: turn.conversation.key,
        number,
        turn: turn.id,
        wanted: { kind: 'snooze', until: when.at, ...defined({ occurrence }) },
        ...desk.whoAsks.by(turn),
      });
      if (outcome.kind !== 'changed') return unchanged(outcome, { ...desk, number, now, zone, locale });
      const until = outcome.reminder.snooze?.at ?? when.at;
      return {
        text: words.snoozed(describeTime(until, { now, zone, locale }), outcome.reminder.text),
        suggestions: [`done ${number}`, 'reminders'],
        settles: aboutReminder(number, { isOver: false }),
      };
    },
  };
}
