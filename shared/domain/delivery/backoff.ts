import { type Duration, hours, minutes, seconds } from '../time.ts';

/** Attempts after which a delivery is exhausted. */
export const MOST_ATTEMPTS = 12;

/** Age of a delivery after which it is exhausted, however few its attempts. */
export const LONGEST_RETRYING: Duration = hours(24);

/** What the channel asks for is honoured up to here: nobody waits for a week on a broken header. */
export const LONGEST_RETRY_AFTER: Duration = hours(1);

const CEILINGS: readonly Duration[] = [
  seconds(2),
  seconds(5),
  seconds(15),
  seconds(45),
  minutes(2),
  minutes(5),
];
const LAST_CEILING = minutes(15);

/** So many times in a row a channel may say itself when it can be asked again. */
const TRUSTED_TO_KNOW = 3;

/**
 * How long to wait after the `attempts`-th failed attempt (1, 2, ...): full jitter below a ceiling that grows, so that
 * the first retry comes within 2 s and the second within 5 s. The channel's own `Retry-After` wins; a little is added
 * to it, so that all who were told the same do not come back at once. A channel that asks for a moment again and again gets
 * more than that: it would have used up all attempts before it has recovered.
 * @param random a number in [0, 1)
 */
export function retryDelay(attempts: number, random: number, retryAfter: Duration = 0): Duration {
  const ceiling = CEILINGS[attempts - 1] ?? LAST_CEILING;
  // Never 0: a retry in the same millisecond meets the same fault.
  const own = Math.ceil(100 + random * (ceiling - 100));
  if (retryAfter <= 0) return own;
  const asked = Math.ceil(Math.min(retryAfter, LONGEST_RETRY_AFTER) + random * seconds(1));
  return attempts <= TRUSTED_TO_KNOW ? asked : Math.max(asked, own);
}
