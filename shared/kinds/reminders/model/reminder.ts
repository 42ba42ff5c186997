import { defined } from '../../../domain/defined.ts';
import type { ConversationKey, PersonKey } from '../../../domain/ids.ts';
import { type Duration, days, type Instant } from '../../../domain/time.ts';

/** The longest text of a reminder, in characters. */
export const LONGEST_REMINDER = 1000;

/** How a reminder repeats. */
export interface Recurrence {
  /** An iCalendar RRULE without its name: `FREQ=WEEKLY;BYDAY=MO;BYHOUR=9`. */
  readonly rule: string;
  /** What the clock in the schedule's zone shows at the first occurrence: `2026-11-23T09:00:00`. */
  readonly start: string;
}

/** When a reminder is told. Instants are whole seconds. */
export interface Schedule {
  /** The only time, or the first occurrence. */
  readonly at: Instant;
  /** IANA zone on whose clock a recurrence runs: the one that was the person's when they asked. */
  readonly zone: string;
  readonly recurrence?: Recurrence;
}

/** The instants at which a schedule that repeats falls due after `after`, oldest first, `most` of them at most. */
export type Occurrences = (
  schedule: Schedule & { readonly recurrence: Recurrence },
  after: Instant,
  most: number,
) => readonly Instant[];

/** Of a reminder in a group or channel. */
export interface Asked {
  /** By a name that the person has there; absent where nobody vouches for who speaks. */
  readonly person?: PersonKey;
  /** What they are called. */
  readonly name?: string;
  /** The channel's id of the thread in which it was asked for. */
  readonly thread?: string;
}

/**
 * What somebody wants to be told, and when. Whether it is still to come, or was told and is not done, follows from its
 * schedule and the clock: telling it writes nothing here, so nothing can get lost between the two.
 */
export interface Reminder {
  readonly conversation: ConversationKey;
  /** By which the people of the conversation name it: from 1, never given twice. */
  readonly number: number;
  /** Named after the turn that asked for it: the same activity again makes the same reminder. */
  readonly id: string;
  readonly text: string;
  readonly schedule: Schedule;
  /** Rises whenever what was arranged before does not hold any more. Whatever is due under an older one is not told. */
  readonly version: number;
  readonly state: 'open' | 'done' | 'cancelled';
  /** Of one that repeats: this occurrence and those before it are done. */
  readonly doneThrough?: Instant;
  /** One occurrence is told again at another time; the schedule stays as it is. */
  readonly snooze?: { readonly occurrence: Instant; readonly at: Instant };
  /** Who asked for it, and where; of one that is heard by several. */
  readonly asked?: Asked;
  /** It is not told any more, until somebody wants it to be: so said anybody in the place. */
  readonly isMuted?: true;
  /** The turn that changed it last: run once more, it changes nothing and answers the same. */
  readonly changedBy?: string;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

/** One occurrence of a reminder that is to be told at `at`. */
export interface DueReminder {
  readonly at: Instant;
  readonly conversation: ConversationKey;
  readonly number: number;
  readonly id: string;
  readonly version: number;
  /** The occurrence that is told: earlier than `at` when it was snoozed. */
  readonly occurrence: Instant;
  readonly text: string;
  readonly schedule: Schedule;
  readonly asked?: Asked;
}

export function dueReminder(reminder: Reminder, occurrence: Instant, at: Instant = occurrence): DueReminder {
  const { conversation, number, id, version, text, schedule, asked } = reminder;
  return {
    at,
    conversation,
    number,
    id,
    version,
    occurrence,
    text,
    schedule,
    ...defined({ asked }),
  };
}

/** Names one telling: the same again when it is found due twice. */
export function tellingId(due: Pick<DueReminder, 'id' | 'version' | 'occurrence' | 'at'>): string {
  return `${due.id}/${due.version}/${due.occurrence}/${due.at}`;
}

/** Whether it is to be told, now that its time has come. */
export function isWanted(
  reminder: Reminder | undefined,
  due: Pick<DueReminder, 'id' | 'version' | 'occurrence' | 'at'>,
): boolean {
  if (reminder?.id !== due.id || reminder.version !== due.version || reminder.state !== 'open') return false;
  if (reminder.isMuted === true) return false;
  if (isDone(reminder, due.occurrence)) return false;
  return reminder.snooze?.occurrence === due.occurrence
    ? reminder.snooze.at === due.at
    : due.at === due.occurrence;
}

export function isDone(reminder: Reminder, occurrence: Instant): boolean {
  return reminder.state === 'done' || (reminder.doneThrough ?? Number.NEGATIVE_INFINITY) >= occurrence;
}

export function repeats(schedule: Schedule): schedule is Schedule & { readonly recurrence: Recurrence } {
  return schedule.recurrence !== undefined;
}

/** The first occurrence after `now`; `undefined` when none is left. */
export function nextOccurrence(
  schedule: Schedule,
  now: Instant,
  occurrences: Occurrences,
): Instant | undefined {
  if (schedule.at > now) return schedule.at;
  return repeats(schedule) ? occurrences(schedule, now, 1)[0] : undefined;
}

/** How far back the last occurrence is looked for, nearest first: each look is small, however old the reminder. */
const LOOKS_BACK: readonly Duration[] = [days(1), days(32), days(400), days(4000)];

/** The last occurrence at or before `now`; `undefined` when there was none yet. */
export function lastOccurrence(
  schedule: Schedule,
  now: Instant,
  occurrences: Occurrences,
): Instant | undefined {
  if (schedule.at > now) return undefined;
  if (!repeats(schedule)) return schedule.at;
  for (const back of LOOKS_BACK) {
    const since = Math.max(now - back, schedule.at);
    const last = lastWithin(schedule, since, now, occurrences);
    if (last !== undefined) return last;
    if (since === schedule.at) break;
  }
  return schedule.at;
}

/** The last one after `since` and not after `now`. Asks for a few first: mostly there is one at most. */
function lastWithin(
  schedule: Schedule & { readonly recurrence: Recurrence },
  since: Instant,
  now: Instant,
  occurrences: Occurrences,
): Instant | undefined {
  let last: Instant | undefined;
  for (let most = 2; ; most *= 8) {
    const found = occurrences(schedule, last ?? since, most);
    last = found.findLast((at) => at <= now) ?? last;
    const latest = found.at(-1);
    if (found.length < most || latest === undefined || latest > now) return last;
  }
}

/** Where a reminder stands. */
export interface Standing {
  /** The next time it will be told. */
  readonly next?: Instant;
  /** The last occurrence that came, if it is not done and not told again later. */
  readonly missed?: Instant;
}

export function standingOf(reminder: Reminder, now: Instant, occurrences: Occurrences): Standing {
  if (reminder.state !== 'open') return {};
  const { schedule, snooze } = reminder;
  const last = lastOccurrence(schedule, now, occurrences);
  const open = last !== undefined && !isDone(reminder, last) ? last : undefined;
  const again = snooze !== undefined && snooze.at > now ? snooze.at : undefined;
  const next = Math.min(nextOccurrence(schedule, now, occurrences) ?? Infinity, again ?? Infinity);
  const missed = again !== undefined && snooze?.occurrence === open ? undefined : open;
  return {
    ...(next === Infinity ? {} : { next }),
    ...defined({ missed }),
  };
}
