import { describeTime } from '../../../calendar/describe-time.ts';
import { adaptiveCard, line, says } from '../../../chat/cards/adaptive-card.ts';
import type { Reply } from '../../../chat/turn.ts';
import type { JsonObject } from '../../../domain/event/notification.ts';
import type { Instant } from '../../../domain/time.ts';
import { ALL_REMINDERS } from '../model/about.ts';
import { type Occurrences, type Reminder, repeats, standingOf } from '../model/reminder.ts';
import { type Words, wordsFor } from '../words/words.ts';
import { describeRule } from './reminder-rule.ts';

/** Reminders on one page: a card with more outgrows a telephone. */
const PAGE = 8;

interface Entry {
  readonly reminder: Reminder;
  readonly group: 'missed' | 'upcoming' | 'recurring';
  /** When it came, or when it comes. */
  readonly at: Instant;
}

interface Asked {
  readonly now: Instant;
  readonly zone: string;
  readonly locale: string;
  readonly occurrences: Occurrences;
}

/** One open reminder, as the list shows it. */
export function oneReminder(reminders: readonly Reminder[], number: number, asked: Asked): Reply {
  const own = reminders.filter((reminder) => reminder.number === number);
  const list = reminderList(own, { ...asked, page: 1 });
  if (list.card !== undefined) return { ...list, drawnBy: `reminder ${number}` };
  return { text: wordsFor(asked.locale).reminders.noSuch(number), suggestions: ['reminders'] };
}

/**
 * Every open reminder, a page at a time: what came and is not done first, because it waits for the person; then what is
 * to come, soonest first; then what repeats.
 *
 * @param asked `page` from 1
 */
export function reminderList(
  reminders: readonly Reminder[],
  asked: Asked & { readonly page: number },
): Reply {
  const words = wordsFor(asked.locale).reminders;
  const entries = entriesOf(reminders, asked);
  if (entries.length === 0) {
    return { text: words.none, suggestions: ['help'] };
  }
  const pages = Math.ceil(entries.length / PAGE);
  const page = Math.min(Math.max(asked.page, 1), pages);
  const shown = entries.slice((page - 1) * PAGE, page * PAGE);
  const title = words.title(pages === 1 ? undefined : { number: page, of: pages });
  const groups = [...new Set(shown.map(({ group }) => group))];
  const when = (entry: Entry) => whenOf(entry, asked);
  return {
    text: [
      words.timesIn(title, asked.zone),
      ...groups.flatMap((group) => [
        `**${words.groups[group]}**`,
        shown
          .filter((entry) => entry.group === group)
          .map((entry) => `- **${entry.reminder.number}** ${entry.reminder.text}: ${when(entry)}`)
          .join('\n'),
      ]),
    ].join('\n\n'),
    lead: words.timesIn(title, asked.zone),
    about: ALL_REMINDERS,
    drawnBy: `reminders ${page}`,
    card: adaptiveCard(
      [
        ...groups.flatMap((group, index) => [
          line(words.groups[group], {
            weight: 'Bolder',
            spacing: 'Medium',
            ...(index === 0 ? {} : { separator: true }),
          }),
          ...shown.filter((entry) => entry.group === group).map((entry) => row(entry, when(entry), words)),
        ]),
      ],
      [
        ...(page > 1 ? [says(words.buttons.previousPage, `reminders ${page - 1}`)] : []),
        ...(page < pages ? [says(words.buttons.nextPage, `reminders ${page + 1}`)] : []),
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
    ...of('missed', (reminder) => standing.get(reminder)?.missed),
    ...of('upcoming', (reminder) => (repeats(reminder.schedule) ? undefined : standing.get(reminder)?.next)),
    ...of('recurring', (reminder) => (repeats(reminder.schedule) ? standing.get(reminder)?.next : undefined)),
  ];
}

function whenOf(
  { reminder, group, at }: Entry,
  { now, zone, locale }: { readonly now: Instant; readonly zone: string; readonly locale: string },
): string {
  const words = wordsFor(locale).reminders;
  const { schedule, snooze, isMuted } = reminder;
  const time = describeTime(at, { now, zone, locale });
  if (group === 'missed') return words.wasDue(time);
  const remarks = `${snooze?.at === at ? words.isSnoozed : ''}${isMuted === true ? words.isMuted : ''}`;
  if (!repeats(schedule)) return `${time}${remarks}`;
  const clock = schedule.zone === zone ? '' : words.byClockOf(schedule.zone);
  return `${words.recurringLine(`${describeRule(schedule, locale)}${clock}`, time)}${remarks}`;
}

function row(
  { reminder, group, at }: Entry,
  when: string,
  { buttons: titles }: Words['reminders'],
): JsonObject {
  const { number, text } = reminder;
  const buttons =
    group === 'missed'
      ? [
          says(titles.done, `done ${number} @${at}`),
          says(titles.snoozeAnHour, `snooze ${number} @${at} 1 hour`),
        ]
      : [says(titles.edit, `edit reminder ${number}`), says(titles.cancel, `cancel reminder ${number}`)];
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
