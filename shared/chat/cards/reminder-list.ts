import { describeTime } from '../../catalog/reminder-time.ts';
import type { JsonObject } from '../../domain/notification.ts';
import { type Occurrences, type Reminder, repeats, standingOf } from '../../domain/reminder.ts';
import type { Instant } from '../../domain/time.ts';
import type { Reply } from '../turn.ts';
import { adaptiveCard, heading, line, says } from './adaptive-card.ts';
import { describeRule } from './reminder-rule.ts';

/** Reminders on one page: a card with more outgrows a telephone. */
const PAGE = 8;

interface Entry {
  readonly reminder: Reminder;
  readonly group: 'Past and not done' | 'Upcoming' | 'Recurring';
  /** When it came, or when it comes. */
  readonly at: Instant;
}

/**
 * Every open reminder, a page at a time: what came and is not done first, because it waits for the person; then what is
 * to come, soonest first; then what repeats.
 */
export function reminderList(
  reminders: readonly Reminder[],
  asked: {
    readonly now: Instant;
    readonly zone: string;
    readonly occurrences: Occurrences;
    /** From 1. */
    readonly page: number;
  },
): Reply {
  const entries = entriesOf(reminders, asked);
  if (entries.length === 0) {
    return {
      text: 'You have no reminders. Say for example **remind me to call Ann tomorrow at 9am**.',
      suggestions: ['help'],
    };
  }
  const pages = Math.ceil(entries.length / PAGE);
  const page = Math.min(Math.max(asked.page, 1), pages);
  const shown = entries.slice((page - 1) * PAGE, page * PAGE);
  const title = `Your reminders${pages === 1 ? '' : `, page ${page} of ${pages}`}`;
  const groups = [...new Set(shown.map(({ group }) => group))];
  const words = (entry: Entry) => whenOf(entry, asked);
  return {
    text: [
      `${title} (times in ${asked.zone}):`,
      ...groups.flatMap((group) => [
        `**${group}**`,
        shown
          .filter((entry) => entry.group === group)
          .map((entry) => `- **${entry.reminder.number}** ${entry.reminder.text}: ${words(entry)}`)
          .join('\n'),
      ]),
    ].join('\n\n'),
    card: adaptiveCard(
      [
        heading(title),
        ...groups.flatMap((group) => [
          line(group, { weight: 'Bolder', spacing: 'Medium', separator: true }),
          ...shown.filter((entry) => entry.group === group).map((entry) => row(entry, words(entry))),
        ]),
      ],
      [
        ...(page > 1 ? [says('Previous page', `reminders ${page - 1}`)] : []),
        ...(page < pages ? [says('Next page', `reminders ${page + 1}`)] : []),
      ],
    ),
  };
}

function entriesOf(
  reminders: readonly Reminder[],
  { now, occurrences }: { readonly now: Instant; readonly occurrences: Occurrences },
): readonly Entry[] {
  const of = (group: Entry['group'], pick: (reminder: Reminder) => Instant | undefined) =>
    reminders
      .flatMap((reminder) => {
        const at = pick(reminder);
        return at === undefined ? [] : [{ reminder, group, at }];
      })
      .sort((a, b) => a.at - b.at);
  const standing = new Map(
    reminders.map((reminder) => [reminder, standingOf(reminder, now, occurrences)] as const),
  );
  return [
    ...of('Past and not done', (reminder) => standing.get(reminder)?.missed),
    ...of('Upcoming', (reminder) => (repeats(reminder.schedule) ? undefined : standing.get(reminder)?.next)),
    ...of('Recurring', (reminder) => (repeats(reminder.schedule) ? standing.get(reminder)?.next : undefined)),
  ];
}

function whenOf(
  { reminder, group, at }: Entry,
  { now, zone }: { readonly now: Instant; readonly zone: string },
): string {
  const { schedule, snooze } = reminder;
  const time = describeTime(at, { now, zone });
  if (group === 'Past and not done') return `was due ${time}`;
  const snoozed = snooze?.at === at ? ', snoozed' : '';
  if (!repeats(schedule)) return `${time}${snoozed}`;
  const clock = schedule.zone === zone ? '' : `, by the clock of ${schedule.zone}`;
  return `${describeRule(schedule)}${clock}; next ${time}${snoozed}`;
}

function row({ reminder, group, at }: Entry, when: string): JsonObject {
  const { number, text } = reminder;
  const buttons =
    group === 'Past and not done'
      ? [says('Done', `done ${number} @${at}`), says('Snooze 1 hour', `snooze ${number} @${at} 1 hour`)]
      : [says('Edit', `edit reminder ${number}`), says('Cancel', `cancel reminder ${number}`)];
  return {
    type: 'Container',
    spacing: 'Medium',
    items: [
      line(`**${number}** ${text}`),
      line(when, { isSubtle: true, spacing: 'None' }),
      { type: 'ActionSet', actions: buttons },
    ],
  };
}
