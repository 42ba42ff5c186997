import { dayMs, dayOfWall, fromWall, isZone, timeOfWall, toWall } from '../../calendar/local-time.ts';
import type { Conversation } from '../../domain/conversation/conversation.ts';
import type { Preferences, QuietHours } from '../../domain/conversation/preferences.ts';
import { type Instant, minutes } from '../../domain/time.ts';

/** The zone whose clock the people of a conversation read: by their own word, else by the channel's, else the default. */
export function zoneOf(
  preferences: Preferences,
  conversation: Pick<Conversation, 'timeZone'>,
  defaultTimeZone: string,
): string {
  return appliedZone(preferences, conversation, defaultTimeZone).zone;
}

/** A zone, and by whose word it applies. */
export interface AppliedZone {
  readonly zone: string;
  readonly from: 'person' | 'channel' | 'setting';
}

/** The same zone with where it comes from. */
export function appliedZone(
  preferences: Preferences,
  conversation: Pick<Conversation, 'timeZone'>,
  defaultTimeZone: string,
): AppliedZone {
  const from = preferences.timeZone === undefined ? 'channel' : 'person';
  const zone = preferences.timeZone ?? conversation.timeZone;
  return zone !== undefined && isZone(zone) ? { zone, from } : { zone: defaultTimeZone, from: 'setting' };
}

/**
 * When the quiet hours that `now` lies in end, by the clock of the zone; `undefined` outside of them. `from` belongs to
 * them, `to` does not.
 */
export function quietUntil({ from, to }: QuietHours, zone: string, now: Instant): Instant | undefined {
  const wall = toWall(now, zone);
  const minute = Math.floor(timeOfWall(wall) / minutes(1));
  const passesMidnight = from > to;
  const isQuiet = passesMidnight ? minute >= from || minute < to : minute >= from && minute < to;
  if (!isQuiet) return undefined;
  const lastDay = dayOfWall(wall) + (passesMidnight && minute >= from ? 1 : 0);
  const endWall = lastDay * dayMs + minutes(to);
  const end = fromWall(endWall, zone);
  // Where the clock was put back, it shows the end twice, and the first time may be over.
  return end > now ? end : now + (endWall - wall);
}
