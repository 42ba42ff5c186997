import type { JsonObject } from '../../domain/event/notification.ts';
import { toIso } from '../../domain/time.ts';
import type { Reminder } from './model/reminder.ts';

/** A reminder as somebody is given it who asks for their data; times are RFC 3339. */
export function toReminderExport(reminder: Reminder): JsonObject {
  const { number, text, schedule, state, snooze, createdAt, asked, isMuted } = reminder;
  return {
    number,
    text,
    at: toIso(schedule.at),
    zone: schedule.zone,
    recurrence: schedule.recurrence,
    state,
    snoozedUntil: snooze === undefined ? undefined : toIso(snooze.at),
    askedBy: asked?.name,
    thread: asked?.thread,
    isMuted,
    createdAt: toIso(createdAt),
  };
}
