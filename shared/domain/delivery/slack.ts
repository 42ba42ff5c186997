import {
  type Duration,
  type Instant,
  isFarAhead,
  isWithin,
  milliseconds,
  minutes,
  seconds,
} from '../time.ts';

/**
 * By how much the slots of one window of a tenant take longer than the channel's window: what lateness wears off in, and
 * what the network may shift arrivals by. All instances share one, with the tenant's cursor.
 */
export interface Slack {
  readonly span: Duration;
  /** The channel refused a request lately: nobody makes it smaller before. */
  readonly firmUntil?: Instant;
}

/** In a network as steady as one can be. */
export const LEAST_SLACK: Duration = milliseconds(7);

/** As long as nothing is known of the network: for the first seconds of a tenant's first broadcast. */
export const FIRST_SLACK: Duration = milliseconds(24);

/** No network needs more, and none is worth more: the rest are refusals that slack does not cure. */
const LARGEST_SLACK: Duration = milliseconds(400);

/**
 * The slack that leaves about one refusal in 3,000 requests, of slots that come evenly and of delays by chance: as many
 * requests pass each other on their way as are under way within one jitter, and their count varies by its root.
 */
const PER_ROOT_OF_JITTER = 15;

/** Jitter that the least slack holds already. */
const STEADY: Duration = milliseconds(1);

/** An answer counts for so much of the mean. */
const WEIGHT = 1 / 64;

/** Answers from which a mean can be told. */
const FIRST_ANSWERS = 12;

/** The first answers that are there are those that took short: what they show is too little. */
const AT_FIRST = 1.25;

/** Without a refusal among so many answers of all instances, a part of the slack that is not needed goes. */
const CLEAN_ANSWERS = 100;
const KEPT_WHEN_CLEAN = 0.9;

/** A refusal among so many is what was reckoned with. */
const RARE = 1500;
/** More than that: the network is worse than its answers show. */
const RAISED = 1.1;
/** Refused with less than the answers call for: what is enough is not much more than that. */
const TRIED = 2;

/** So much later what was reserved and under way at a change has come through. */
const REACTION: Duration = seconds(3);

/** After a refusal nobody tries with less for so long. */
const FIRM: Duration = minutes(10);

/** What is so close to the least is the least. */
const SMALL: Duration = milliseconds(2);

export function isSameSlack(one: Slack | undefined, other: Slack | undefined): boolean {
  return one?.span === other?.span && one?.firmUntil === other?.firmUntil;
}

/** The slack that arrivals with so much jitter need. */
export function slackFor(jitter: Duration): Duration {
  const shifted = PER_ROOT_OF_JITTER * Math.sqrt(Math.max(0, jitter - STEADY));
  return Math.min(LEAST_SLACK + shifted, LARGEST_SLACK);
}

/**
 * What one process sees of the way to a channel, and what it would have of the slack.
 *
 * It begins with what the jitter of the answers calls for, which holds for what a request and its answer take together. Where the
 * channel is what takes now long and now short, or the way back, arrivals need less: so the slack shrinks while
 * nothing is refused, and goes back at once and for long when something is.
 */
export class SlackSense {
  #detour: Duration = 0;
  #answers = 0;
  /** Answers since the last refusal, or since the slack was made smaller. */
  #clean = 0;
  /** A refusal that nothing was done about yet: behind so many answers without one. */
  #refusedAfter: number | undefined;
  #raisedAt: Instant | undefined;
  #changedAt: Instant | undefined;
  /** What held when it was last looked at. */
  #span = FIRST_SLACK;

  /** @param detour by how much the exchange took longer than the shortest */
  answered(detour: Duration): void {
    this.#answers += 1;
    this.#clean += 1;
    this.#detour += (detour - this.#detour) * Math.max(WEIGHT, 1 / this.#answers);
  }

  /** The channel says that there were too many. */
  refused(now: Instant): void {
    // What was under way and reserved when the slack was raised says nothing of the new one.
    if (isWithin(REACTION, this.#raisedAt, now)) return;
    this.#refusedAfter = Math.max(this.#refusedAfter ?? 0, this.#clean);
    this.#clean = 0;
  }

  /**
   * What the slack should be in place of `slack`, which holds now, if any does; `undefined` where it is to stay.
   * @param instances how many of them share the tenant's rate, this one included
   */
  change(slack: Slack | undefined, instances: number, now: Instant): Slack | undefined {
    if (this.#answers < FIRST_ANSWERS) return undefined;
    this.#notice(slack?.span ?? FIRST_SLACK, now);
    const needed = slackFor(this.#detour / 2);
    if (slack === undefined) {
      return { span: needed === LEAST_SLACK ? needed : Math.min(needed * AT_FIRST, LARGEST_SLACK) };
    }
    const { span, firmUntil } = slack;
    if (this.#refusedAfter !== undefined) {
      const isRare = span >= needed && this.#refusedAfter * instances >= RARE;
      this.#refusedAfter = undefined;
      const more = span < needed ? Math.min(needed, span * TRIED) : span * RAISED;
      const larger = isRare ? span : Math.max(more, span + LEAST_SLACK);
      this.#raisedAt = now;
      return { span: Math.min(larger, LARGEST_SLACK), firmUntil: now + FIRM };
    }
    const isFirm = firmUntil !== undefined && firmUntil > now && !isFarAhead(firmUntil, now, FIRM);
    const isTooSoon = isWithin(REACTION, this.#changedAt, now) || this.#clean * instances < CLEAN_ANSWERS;
    if (isFirm || isTooSoon || span <= LEAST_SLACK) return undefined;
    this.#clean = 0;
    const smaller = Math.min(span * KEPT_WHEN_CLEAN, needed);
    return { span: smaller < LEAST_SLACK + SMALL ? LEAST_SLACK : smaller };
  }

  /** Whoever changed it: what was answered and refused before says nothing of what holds now. */
  #notice(span: Duration, now: Instant): void {
    if (span === this.#span) return;
    if (span > this.#span) {
      this.#raisedAt = now;
      this.#refusedAfter = undefined;
    }
    this.#span = span;
    this.#changedAt = now;
    this.#clean = 0;
  }
}
