import { defined } from '../defined.ts';
import { coveringTopics, type Topic } from '../event/topic.ts';
import type { Instant } from '../time.ts';

/** Holds back everything, or one topic with all below it, until an instant or until it is lifted. */
export interface Mute {
  readonly topic?: Topic;
  readonly until?: Instant;
}

/** A span of the day on the person's own clock, in minutes since midnight; it may pass midnight (22:00 to 7:00). */
export interface QuietHours {
  /** 0..1439 */
  readonly from: number;
  /** 0..1439, not equal to `from`. */
  readonly to: number;
}

/** A minute of the day as people write it, `22:00`. */
export function clockTime(minuteOfDay: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

/** What the people of a conversation asked for. */
export interface Preferences {
  readonly mutes: readonly Mute[];
  readonly quietHours?: QuietHours;
  /** IANA zone, by the person's own word: stands above what the channel tells. */
  readonly timeZone?: string;
  /** When each was said or taken back last; of what the former release stored nothing is known. */
  readonly changedAt?: { readonly [wish in Wish]?: Instant };
}

/** What is wanted one way at a time: of two the later one stands. */
type Wish = 'quietHours' | 'timeZone';

export const noPreferences: Preferences = { mutes: [] };

/** Whether what is about `topic` (about none: `undefined`) is muted: everything is, or the topic, or one above it. */
export function isMuted({ mutes }: Preferences, topic: Topic | undefined, now: Instant): boolean {
  if (mutes.length === 0) return false;
  const covering = topic === undefined ? [] : coveringTopics(topic);
  return mutesAt(mutes, now).some((mute) => mute.topic === undefined || covering.includes(mute.topic));
}

/** The mutes that are not over yet. */
export function mutesAt(mutes: readonly Mute[], now: Instant): readonly Mute[] {
  return mutes.filter(({ until }) => until === undefined || now < until);
}

/** The preferences with one more mute, in the place of an earlier one of the same topic. */
export function withMute(preferences: Preferences, mute: Mute, now: Instant): Preferences {
  const others = mutesAt(preferences.mutes, now).filter(({ topic }) => topic !== mute.topic);
  return { ...preferences, mutes: [...others, mute] };
}

/** The preferences without the mute of one topic; without a topic, without any. */
export function withoutMute(preferences: Preferences, topic: Topic | undefined, now: Instant): Preferences {
  const others = mutesAt(preferences.mutes, now).filter(
    (mute) => topic !== undefined && mute.topic !== topic,
  );
  return { ...preferences, mutes: others };
}

/** The preferences with a wish said, or taken back, at `now`. */
export function withWish(
  { mutes, quietHours, timeZone, changedAt }: Preferences,
  wish: { readonly quietHours: QuietHours | undefined } | { readonly timeZone: string },
  now: Instant,
): Preferences {
  const [said] = Object.keys(wish);
  return {
    mutes,
    ...defined({ quietHours, timeZone, ...wish }),
    changedAt: { ...changedAt, ...(said === undefined ? {} : { [said]: now }) },
  };
}

/**
 * The preferences of two who turned out to be one person: of each wish the later change stands, taken back or not; where no
 * time tells, what `here` says, and else what is asked for at all.
 */
export function unitedPreferences(here: Preferences, elsewhere: Preferences): Preferences {
  const muted = new Set(here.mutes.map(({ topic }) => topic));
  const quiet = later('quietHours', here, elsewhere);
  const zone = later('timeZone', here, elsewhere);
  const changedAt = defined({ quietHours: quiet.changedAt?.quietHours, timeZone: zone.changedAt?.timeZone });
  return {
    mutes: [...elsewhere.mutes.filter(({ topic }) => !muted.has(topic)), ...here.mutes],
    ...defined({ quietHours: quiet.quietHours, timeZone: zone.timeZone }),
    ...(Object.keys(changedAt).length === 0 ? {} : { changedAt }),
  };
}

function later(wish: Wish, here: Preferences, elsewhere: Preferences): Preferences {
  return saidAt(wish, here) >= saidAt(wish, elsewhere) ? here : elsewhere;
}

/** What was said when nobody noted it is older than what was, and newer than nothing. */
function saidAt(wish: Wish, { changedAt, ...said }: Preferences): Instant {
  return changedAt?.[wish] ?? (said[wish] === undefined ? Number.NEGATIVE_INFINITY : 0);
}
