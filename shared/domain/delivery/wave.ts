import { type Duration, type Instant, isFarAhead, minutes, seconds } from '../time.ts';

/** So many people in a row who are refused in the same way, within `SOON`, are a wave: it is no matter of theirs. */
export const WAVE_BEGINS_AT = 5;
export const SOON: Duration = seconds(10);

/** A tenant is held back for so long at first, then twice as long each time that the probes fail, and no longer than this. */
export const FIRST_HOLD: Duration = seconds(5);
export const LONGEST_HOLD: Duration = minutes(5);

/**
 * Requests that go out after a hold to find out; one that is served ends the wave. More than one, because a person may be
 * refused for a reason of their own.
 */
export const PROBES = 3;

/** Probes of which nothing was heard for so long died on their way: others go. */
export const PROBE_PATIENCE: Duration = seconds(30);

/** Who waits for probes comes so much later. */
export const PROBES_LATER: Duration = seconds(2);

/** How the requests to one tenant fare, as one process sees it. */
export type Wave =
  /** The last refusals in a row, one a conversation, oldest first. */
  | { readonly kind: 'calm'; readonly refused: readonly Refused[] }
  /** Nothing goes out before `until`; from then on `probes` of the requests that come have been let through. */
  | {
      readonly kind: 'held';
      readonly until: Instant;
      readonly span: Duration;
      readonly probes: number;
      readonly probedAt?: Instant;
    };

export interface Refused {
  readonly conversation: string;
  /** As `sharedRefusal` names it. */
  readonly refusal: string;
  readonly at: Instant;
}

export const calm: Wave = { kind: 'calm', refused: [] };

/**
 * The wave after one more answer; `refusal` is `undefined` for an answer that shows that requests are served, be it a
 * refusal of this one person.
 *
 * ```
 * calm --five people in a row refused alike--> held --until--> probing --one is served--> calm
 *                                               ^                 |
 *                                               +---- refused ----+ twice as long
 * ```
 */
export function afterAnswer(
  wave: Wave,
  answer: { readonly conversation: string; readonly refusal: string | undefined; readonly at: Instant },
): Wave {
  const { conversation, refusal, at } = answer;
  if (refusal === undefined) return wave.kind === 'calm' && wave.refused.length === 0 ? wave : calm;
  if (wave.kind === 'held') {
    // Requests that were under way when it began are no probes.
    if (at < wave.until || wave.probes === 0) return wave;
    return heldFor(Math.min(wave.span * 2, LONGEST_HOLD), at);
  }
  const others = wave.refused.filter(
    (one) => one.conversation !== conversation && one.refusal === refusal && one.at > at - SOON,
  );
  const refused = [...others, { conversation, refusal, at }];
  return refused.length < WAVE_BEGINS_AT ? { kind: 'calm', refused } : heldFor(FIRST_HOLD, at);
}

/** Whether a request may go out now, and how things stand after it; else when to ask again. */
export function admit(
  wave: Wave,
  now: Instant,
): { readonly kind: 'go'; readonly wave: Wave } | { readonly kind: 'wait'; readonly until: Instant } {
  if (wave.kind === 'calm') return { kind: 'go', wave };
  // This machine's own clock was put back since.
  if (isFarAhead(wave.until, now, LONGEST_HOLD)) return { kind: 'go', wave: calm };
  if (now < wave.until) return { kind: 'wait', until: wave.until };
  const isForgotten = wave.probedAt !== undefined && now > wave.probedAt + PROBE_PATIENCE;
  const probes = isForgotten ? 0 : wave.probes;
  if (probes >= PROBES) return { kind: 'wait', until: now + PROBES_LATER };
  return { kind: 'go', wave: { ...wave, probes: probes + 1, probedAt: now } };
}

function heldFor(span: Duration, now: Instant): Wave {
  return { kind: 'held', until: now + span, span, probes: 0 };
}
