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
}

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

/** The preferences of two who turned out to be one person: what was asked for last wins, and what is asked for once stands. */
export function unitedPreferences(last: Preferences, before: Preferences): Preferences {
  const muted = new Set(last.mutes.map(({ topic }) => topic));
  return {
    ...before,
    ...last,
    mutes: [...before.mutes.filter(({ topic }) => !muted.has(topic)), ...last.mutes],
  };
}
