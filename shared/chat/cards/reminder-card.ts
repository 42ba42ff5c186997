import { isSubDaily } from '../../calendar/recurrence.ts';
import { describeTime } from '../../catalog/reminder-time.ts';
import { type Occurrences, type Reminder, repeats } from '../../domain/reminder.ts';
import type { Instant } from '../../domain/time.ts';
import type { PersonZone } from '../person-zone.ts';
import type { Reply } from '../turn.ts';
import { adaptiveCard, facts, heading, line, says } from './adaptive-card.ts';
import { describeRule } from './reminder-rule.ts';

/** Occurrences that a confirmation names. */
const SHOWN = 3;

/** What to tell beside the reminder itself. */
export interface ConfirmationNotes {
  readonly now: Instant;
  readonly person: PersonZone;
  readonly occurrences: Occurrences;
  /** `is set`, `is moved` */
  readonly what: string;
  /** Whole sentences. */
  readonly more?: readonly string[];
}

/** What was understood: the number, the words, when it is due, and how to change that. */
export function confirmation(reminder: Reminder, notes: ConfirmationNotes): Reply {
  const { number, text, schedule } = reminder;
  const { now, person } = notes;
  const { zone } = schedule;
  const when = describeTime(schedule.at, { now, zone });
  const rule = repeats(schedule) ? describeRule(schedule) : undefined;
  const following = repeats(schedule)
    ? [schedule.at, ...notes.occurrences(schedule, schedule.at, SHOWN - 1)]
    : [];
  const remarks = [
    ...(notes.more ?? []),
    // Every so many hours or minutes is the same on every clock.
    ...(repeats(schedule) && !isSubDaily(schedule.recurrence.rule)
      ? [`It follows the clock of ${zone}, also when you change your time zone or the clocks change.`]
      : []),
    ...(person.isGuessed
      ? [
          `I do not know your time zone and took ${zone}: say for example **timezone Berlin**, then **edit reminder ${number}** if it is wrong.`,
        ]
      : []),
  ];
  return {
    text: [
      `Reminder **${number}** ${notes.what}: ${text}`,
      [when, ...(rule === undefined ? [] : [rule])].join(', '),
      ...remarks,
    ].join('\n\n'),
    card: adaptiveCard(
      [
        heading(text),
        facts([
          ['Reminder', String(number)],
          [rule === undefined ? 'When' : 'First', when],
          ...(rule === undefined ? [] : [['Repeats', rule] as const]),
          ['Time zone', zone],
        ]),
        // A fact as long as this one would leave no room for the titles.
        ...following.map((at, index) =>
          line(`${index === 0 ? 'Next: ' : ''}${describeTime(at, { now, zone, isRelative: false })}`),
        ),
      ],
      [says('Edit', `edit reminder ${number}`), says('Cancel reminder', `cancel reminder ${number}`)],
    ),
  };
}
