import type { Instant } from './time.ts';
import type { Topic } from './topic.ts';

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

/** What the people of a conversation asked for. */
export interface Preferences {
  readonly mutes: readonly Mute[];
  readonly quietHours?: QuietHours;
  /** IANA zone, by the person's own word: stands above what the channel tells. */
  readonly timeZone?: string;
}

export const noPreferences: Preferences = { mutes: [] };
