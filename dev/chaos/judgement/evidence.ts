import type { Person } from '../people/people.ts';
import type { WholeReport } from '../reports/read-report.ts';
import type { SeenMessage, Shown } from '../rig/channel-control.ts';

/** A notification that was published, and what the world may expect of it. */
export interface Asked {
  readonly id: string;
  /** Its text: what a person who was told saw. */
  readonly text: string;
  readonly onUnconfirmed: 'resend' | 'park';
  /** Who has to have an outcome. */
  readonly must: readonly Person[];
  /** Who may have one beside them: people who came or went meanwhile. */
  readonly may: readonly Person[];
  /**
   * Of one that was cancelled: how often it had been shown in each conversation when two seconds had passed since the answer,
   * and as long as a request may take. People need no row then.
   */
  readonly shownBefore?: ReadonlyMap<string, number>;
  /** What was shown was to be taken back. */
  readonly isRecalled?: boolean;
}

/** Something that changed, told to one person. */
export interface Thing {
  readonly person: Person;
  /** Its states, the oldest first, whenever they were published. */
  readonly states: readonly Asked[];
  /**
   * How often the channel denied a message that is there, or refused what was to be changed: each may leave one behind that
   * is not changed any more.
   */
  readonly denials: number;
}

/** What the app says, and what people saw. */
export interface Evidence {
  readonly asked: readonly Asked[];
  /** By notification id. */
  readonly reports: ReadonlyMap<string, WholeReport>;
  readonly shown: Shown;
  readonly things?: readonly Thing[];
  readonly messages?: readonly SeenMessage[];
  /** Ids of the deliveries that are listed as parked. */
  readonly parked: ReadonlySet<string>;
}

/** The beginning of every text that the suite publishes; it tells them from what the bot says by itself. */
export const TEXT_PREFIX = 'chaos ';
