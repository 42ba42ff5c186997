import { describeTime } from '../../../calendar/describe-time.ts';
import type { Command } from '../../../chat/commands/command.ts';
import { plain } from '../../../chat/markdown.ts';
import type { Reply, Turn } from '../../../chat/turn.ts';
import { defined } from '../../../domain/defined.ts';
import { cut } from '../../../domain/text.ts';
import { aboutReminder } from '../model/about.ts';
import { latestTold } from '../model/latest-told.ts';
import { wordsFor } from '../words/words.ts';
import { parseReminderArgument, type ReminderArgument, whichReminder } from './argument.ts';
import type { ReminderDesk } from './desk.ts';
import { unchanged } from './outcome.ts';
import { askWhen, isTimeAlone, understandSnooze, whyNot } from './when.ts';

/**
 * `snooze <n> <when>`: the last occurrence comes once more; one that repeats keeps its times. With a time alone, `snooze 10
 * minutes`, the reminder is meant that came last.
 */
export function snooze(desk: ReminderDesk): Command {
  return {
    name: 'snooze',
    does: (locale) => wordsFor(locale).commands.snooze,
    usage: 'snooze <n> <when>',
    group: 'reminders',
    said: {
      en: ['postpone <n> <when>', 'snooze reminder <n> <when>', 'reminder <n> snooze <when>'],
      de: [
        'verschiebe <n> <wann>',
        'verschieb <n> <wann>',
        'später <n> <wann>',
        'schlummern <n> <wann>',
        'verschiebe erinnerung <n> <wann>',
        'verschiebe die erinnerung <n> <wann>',
        'verschiebe meine erinnerung <n> <wann>',
        'erinnerung verschieben <n> <wann>',
        'erinnerung <n> verschieben <wann>',
        'erinnerung <n> später <wann>',
        'erinnerung <n> auf <wann> verschieben',
        'erinnerung <n> um <wann> verschieben',
      ],
    },
    async run(turn, argument) {
      const { at: now, locale } = turn;
      const words = wordsFor(locale).reminders;
      const { zone } = await desk.personZone(turn.conversation);
      const said = { now, zone, locale };
      const read = isTimeAlone(argument, said)
        ? await latest(turn, argument)
        : parseReminderArgument(argument);
      if (read === undefined) return whichReminder('snooze {}', locale);
      if ('text' in read) return read;
      const { number, occurrence } = read;
      const mark = occurrence === undefined ? '' : ` @${occurrence}`;
      const completes = `snooze ${number}${mark} {}`;
      if (read.rest === '') return askWhen(words.untilWhen, completes, said);
      const when = understandSnooze(read.rest, said);
      if (!when.understood) return askWhen(whyNot(when, locale), completes, said);
      if (when.rrule !== undefined) {
        const rest = cut(read.rest, 100);
        return {
          text: words.snoozeOnce(number, plain(rest)),
          suggestions: [`edit reminder ${number} ${rest}`],
        };
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

  /** The reminder that came last, with the time that was said; a question where that is not one. */
  async function latest({ conversation, at, locale }: Turn, time: string): Promise<ReminderArgument | Reply> {
    const list = await desk.reminders.of(conversation.key);
    const all = list.reminders.map(({ reminder }) => reminder);
    const [one, ...others] = latestTold(all, at, desk.occurrences);
    if (one === undefined) return { text: wordsFor(locale).reminders.noneCame, suggestions: ['reminders'] };
    return others.length === 0
      ? { number: one.number, rest: time }
      : whichReminder(`snooze {} ${time}`, locale);
  }
}
