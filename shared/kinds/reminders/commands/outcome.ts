import { describeTime } from '../../../calendar/describe-time.ts';
import { plain } from '../../../chat/markdown.ts';
import type { Reply } from '../../../chat/turn.ts';
import { type Instant, minutes } from '../../../domain/time.ts';
import type { Changed } from '../change-reminder.ts';
import { aboutReminder } from '../model/about.ts';
import type { Crowding } from '../model/crowding.ts';
import { type Occurrences, standingOf } from '../model/reminder.ts';
import { wordsFor } from '../words/words.ts';

/** Why a reminder is not set or moved: it would be too much for those who hear it. */
export function crowded(
  crowding: Crowding,
  { now, zone, locale }: { readonly now: Instant; readonly zone: string; readonly locale: string },
): Reply {
  const words = wordsFor(locale).reminders;
  const suggestions = ['reminders'];
  return crowding.kind === 'too-often'
    ? { text: words.tooOften(crowding.least / minutes(1)), suggestions }
    : {
        text: words.tooManyAtOnce(crowding.most, describeTime(crowding.at, { now, zone, locale })),
        suggestions,
      };
}

/** Why nothing was changed: what became of the reminder, for a button on an old card too. */
export function unchanged(
  outcome: Exclude<Changed, { readonly kind: 'changed' }>,
  {
    number,
    now,
    zone,
    locale,
    occurrences,
  }: {
    readonly number: number;
    readonly now: Instant;
    readonly zone: string;
    readonly locale: string;
    readonly occurrences: Occurrences;
  },
): Reply {
  const words = wordsFor(locale).reminders;
  const suggestions = ['reminders'];
  if (outcome.kind === 'no-such') {
    return { text: words.noSuch(number), suggestions };
  }
  if (outcome.kind === 'too-often' || outcome.kind === 'too-many-at-once')
    return crowded(outcome, { now, zone, locale });
  if (outcome.kind === 'not-theirs') {
    const { asked } = outcome.reminder;
    const who = asked?.name === undefined ? undefined : plain(asked.name);
    return { text: words.notYours(number, who), suggestions: [`mute reminder ${number}`, 'reminders'] };
  }
  const { reminder } = outcome;
  const named = words.named(number, reminder.text);
  const { next } = standingOf(reminder, now, occurrences);
  const nextTime = next === undefined ? undefined : describeTime(next, { now, zone, locale });
  switch (outcome.kind) {
    case 'over':
      return {
        text: words.isOver(named, reminder.state === 'done'),
        suggestions,
        settles: aboutReminder(number, { isOver: true }),
      };
    case 'done-before':
      return {
        text: words.doneBefore(named, nextTime),
        suggestions,
        settles: aboutReminder(number, { isOver: false }),
      };
    case 'moved':
      return {
        text: words.wasMoved(named, nextTime),
        suggestions,
        settles: aboutReminder(number, { isOver: false }),
      };
    case 'not-due':
      return { text: words.notDue(named, number, nextTime), suggestions };
  }
}
