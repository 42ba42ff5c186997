import { describeTime } from '../../../calendar/describe-time.ts';
import { isSubDaily } from '../../../calendar/recurrence.ts';
import { adaptiveCard, line, says } from '../../../chat/cards/adaptive-card.ts';
import type { PersonZone } from '../../../chat/person-zone.ts';
import type { Reply } from '../../../chat/turn.ts';
import type { Instant } from '../../../domain/time.ts';
import { ALL_REMINDERS, aboutReminder, aboutSetting } from '../model/about.ts';
import { type Occurrences, type Reminder, repeats } from '../model/reminder.ts';
import { wordsFor } from '../words/words.ts';
import { describeRule } from './reminder-rule.ts';

/** Occurrences that a confirmation names. */
const SHOWN = 3;

/** What to tell beside the reminder itself. */
export interface ConfirmationNotes {
  readonly now: Instant;
  readonly person: PersonZone;
  readonly occurrences: Occurrences;
  readonly what: 'set' | 'moved';
  readonly locale: string;
  /** Whole sentences. */
  readonly more?: readonly string[];
}

/** What was understood: the number, the words, when it is due, and how to change that. */
export function confirmation(reminder: Reminder, notes: ConfirmationNotes): Reply {
  const { number, text, schedule } = reminder;
  const { now, person, locale } = notes;
  const words = wordsFor(locale).reminders;
  const { zone } = schedule;
  const time = describeTime(schedule.at, { now, zone, locale });
  const rule = repeats(schedule) ? describeRule(schedule, locale) : undefined;
  const following = repeats(schedule)
    ? [schedule.at, ...notes.occurrences(schedule, schedule.at, SHOWN - 1)]
    : [];
  const remarks = [
    ...(notes.more ?? []),
    // Every so many hours or minutes is the same on every clock.
    ...(repeats(schedule) && !isSubDaily(schedule.recurrence.rule) ? [words.followsClock(zone)] : []),
    ...(person.isGuessed ? [words.guessedZone(zone, number)] : []),
  ];
  const title = notes.what === 'set' ? words.isSet(number, text) : words.isMoved(number, text);
  const when = [time, ...(rule === undefined ? [] : [rule])].join(', ');
  const brief = [title, when].join('\n\n');
  const dates = following.map((at) => describeTime(at, { now, zone, locale, isRelative: false }));
  return {
    text: [brief, ...remarks].join('\n\n'),
    lead: '',
    about: aboutSetting(number),
    settles:
      notes.what === 'moved'
        ? { ...aboutReminder(number, { isOver: true }), outcome: brief }
        : { own: [ALL_REMINDERS] },
    card: adaptiveCard(
      [
        line(title, { size: 'Medium' }),
        line(when, { weight: 'Bolder' }),
        ...(dates.length === 0 ? [] : [line(words.next(dates.join(' \u00b7 ')), { isSubtle: true })]),
        ...remarks.map((remark) => line(remark, { isSubtle: true, size: 'Small' })),
      ],
      [
        says(words.buttons.edit, `edit reminder ${number}`),
        says(words.buttons.cancelReminder, `cancel reminder ${number}`),
      ],
    ),
  };
}
