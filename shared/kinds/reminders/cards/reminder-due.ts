import { z } from 'zod';
import { describeTime } from '../../../calendar/describe-time.ts';
import { isZone } from '../../../calendar/local-time.ts';
import { adaptiveCard, heading, line, says } from '../../../chat/cards/adaptive-card.ts';
import { plain } from '../../../chat/markdown.ts';
import { defined } from '../../../domain/defined.ts';
import type { JsonObject } from '../../../domain/event/notification.ts';
import { type ConversationKey, isConversationKey, isPersonKey, type PersonKey } from '../../../domain/ids.ts';
import { type Instant, minutes } from '../../../domain/time.ts';
import type { KindOf } from '../../define-kind.ts';
import { REMINDER_DUE } from '../announce-reminder.ts';
import { nameOfReminder } from '../model/about.ts';
import type { Asked, DueReminder } from '../model/reminder.ts';
import { type Words, wordsFor } from '../words/words.ts';

/** The furthest that a calendar reaches. */
const instant = z.int().min(-8e14).max(8e14);

export const reminderDueSchema = z.object({
  conversation: z.custom<ConversationKey>(isConversationKey, 'must be a conversation key'),
  number: z.int().positive(),
  id: z.string().min(1),
  version: z.int().nonnegative(),
  /** The occurrence that is told, and when: later than the occurrence where it was snoozed. */
  occurrence: instant,
  at: instant,
  text: z.string().min(1),
  zone: z.string().refine(isZone, { error: 'must be an IANA time zone' }),
  /** The occurrence after this one. */
  next: instant.exactOptional(),
  /** Of one that several hear. */
  asked: z
    .object({
      person: z.custom<PersonKey>(isPersonKey, 'must be a person key').exactOptional(),
      name: z.string().exactOptional(),
      thread: z.string().exactOptional(),
    })
    .exactOptional(),
});

/** Said later than this after its time, it says so. */
const ON_TIME = minutes(2);

/** What people can put a reminder off by with one button; a time of their own is asked for. */
const SNOOZES: readonly { readonly title: (words: DueWords['snoozes']) => string; readonly when: string }[] =
  [
    { title: (words) => words.minutes(20), when: '20 minutes' },
    { title: (words) => words.hours(1), when: '1 hour' },
    { title: (words) => words.tomorrow, when: 'tomorrow at 9am' },
  ];

type DueWords = Words['reminders']['due'];

export type ReminderDue = Pick<
  DueReminder,
  'conversation' | 'number' | 'id' | 'version' | 'occurrence' | 'at' | 'text'
> & { readonly zone: string; readonly next?: Instant; readonly asked?: Asked };

/** Reads what was announced. Throws `ZodError` for data that `plan` would not accept. */
export function readReminderDue(data: JsonObject): ReminderDue {
  return reminderDueSchema.parse(data);
}

/** A reminder that somebody asked for is due. Made by the app itself. */
export const reminderDue = {
  type: REMINDER_DUE,
  title: (locale) => wordsFor(locale).titles.reminder,
  internal: true,
  askedFor: true,
  example: {
    conversation: 'Q5DrUSBc1KdBEqYAfEpLx6JCBQJ4WYm8hpEMyYjCd1k',
    number: 3,
    id: 'example',
    version: 0,
    occurrence: Date.UTC(2026, 10, 23, 9),
    at: Date.UTC(2026, 10, 23, 9),
    text: 'water the plants',
    zone: 'Europe/Berlin',
    next: Date.UTC(2026, 10, 24, 9),
  },

  plan: ({ conversation }) => ({ to: [{ conversation }], delivery: {} }),

  render({ number, occurrence, at, text, zone, next, asked }, reader) {
    const { locale } = reader;
    const words = wordsFor(locale).reminders;
    const now = reader.now ?? at;
    const mark = `@${occurrence}`;
    const isLate = now - at > ON_TIME;
    const isSnoozed = at !== occurrence;
    const lines = [
      ...(asked?.name === undefined ? [] : [words.due.askedBy(plain(asked.name))]),
      words.due.dueAt(
        number,
        describeTime(occurrence, { now, zone, locale, isRelative: isLate || isSnoozed }),
      ),
      ...(isSnoozed
        ? [words.due.snoozedUntil(describeTime(at, { now, zone, locale, isRelative: isLate }))]
        : []),
      ...(isLate ? [words.due.late] : []),
      ...(next === undefined ? [] : [words.next(describeTime(next, { now, zone, locale }))]),
    ];
    return {
      ...defined({ thread: asked?.thread }),
      // All that is read where a channel shows no card.
      summary: [
        words.due.text(text),
        ...(asked?.name === undefined ? [] : [words.due.askedBy(asked.name)]),
      ].join(' · '),
      card: adaptiveCard([
        heading(text),
        ...lines.map((said) => line(said, { isSubtle: true })),
        {
          type: 'ActionSet',
          actions: [
            { ...says(words.buttons.done, `done ${number} ${mark}`), style: 'positive' },
            ...(asked === undefined ? [] : [says(words.buttons.mute, `mute reminder ${number}`)]),
          ],
        },
        { ...line(words.due.snoozeFor, { isSubtle: true, size: 'Small' }), labelFor: 'snoozes' },
        {
          type: 'ActionSet',
          id: 'snoozes',
          spacing: 'Small',
          actions: [
            ...SNOOZES.map(({ title, when }) =>
              says(title(words.due.snoozes), `snooze ${number} ${mark} ${when}`),
            ),
            says(words.due.later, `snooze ${number} ${mark}`),
          ],
        },
      ]),
    };
  },

  thing: ({ number }) => nameOfReminder(number),

  onQuote(data) {
    const { number, occurrence } = readReminderDue(data);
    return { done: `done ${number} @${occurrence}`, snooze: `snooze ${number} @${occurrence}` };
  },
} satisfies KindOf<typeof reminderDueSchema>;
