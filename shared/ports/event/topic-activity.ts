import type { Topic } from '../../domain/event/topic.ts';
import type { Instant } from '../../domain/time.ts';

/** How many days `lately` looks back, the day of `now` included. Days are those of UTC. */
export const DAYS_REMEMBERED = 7;

export interface ActiveTopic {
  readonly topic: Topic;
  /** Notifications, however many people each reached. */
  readonly count: number;
}

/**
 * How much went out on which topic lately, for people who wonder what they would get. A courtesy and not a record:
 * under many writers at once a count may be missed. Every method may throw `StoreUnavailable`.
 */
export interface TopicActivity {
  noteTopic(topic: Topic, at: Instant): Promise<void>;
  /** Takes back one that was noted on the same day; does nothing where none was. */
  forgetOne(topic: Topic, at: Instant): Promise<void>;
  /** By topic, in key order. */
  topicsLately(now: Instant): Promise<readonly ActiveTopic[]>;
}
