import { defined } from '../../domain/defined.ts';
import type { ConversationKey } from '../../domain/ids.ts';
import { type Duration, type Instant, minutes } from '../../domain/time.ts';
import type { Announcement } from '../../use-cases/intake/announce.ts';
import { type DueReminder, tellingId } from './model/reminder.ts';

/**
 * Whoever arranges something that is due sooner than this announces it at once: the tick that would find it may have
 * run already. The ticks look as far ahead at least.
 */
export const SOON: Duration = minutes(2);

/** The type of the catalog entry that a reminder is shown by. */
export const REMINDER_DUE = 'reminder.due';

/**
 * What is told of a due reminder, at its exact second. Announced twice it is told once.
 *
 * @param next the occurrence after this one, for the person to see
 */
export function toAnnouncement(due: DueReminder, next?: Instant): Announcement {
  const { number, id, version, occurrence, at, text, schedule, asked } = due;
  return {
    source: '/reminders',
    eventId: tellingId(due),
    type: REMINDER_DUE,
    data: {
      conversation: due.conversation satisfies ConversationKey,
      number,
      id,
      version,
      occurrence,
      at,
      text,
      zone: schedule.zone,
      ...defined({ next, asked }),
    },
    conversation: due.conversation,
    delivery: { mode: 'adHoc' },
    at,
  };
}
