import { type Duration, hours, type Instant } from '../../domain/time.ts';
import type { Hook } from './hook.ts';

/** So long an address works after it was replaced. */
const FORMER_WORKS: Duration = hours(24);
/** So many addresses that were replaced work at the same time. */
export const MOST_FORMER = 10;

/** The addresses before the present one that work still, the newest first. */
export function formerOf({ former, earlier = [] }: Pick<Hook, 'former' | 'earlier'>, now: Instant) {
  return [...(former === undefined ? [] : [former]), ...earlier].filter(({ until }) => now < until);
}

/**
 * When the address of a hook can be replaced: `now`, or when the oldest of those that were replaced works no more, so that each
 * has all of its time.
 */
export function replaceableFrom(hook: Hook, now: Instant): Instant {
  const former = formerOf(hook, now);
  const oldest = former[MOST_FORMER - 1];
  return oldest === undefined ? now : oldest.until;
}

/** The hook with its present address as a former one; the next one is not in it yet. */
export function withFormer(hook: Hook, now: Instant): Hook {
  const { hash, former: _former, earlier: _earlier, ...rest } = hook;
  const before = formerOf(hook, now);
  const [former, ...earlier] = hash === undefined ? before : [{ hash, until: now + FORMER_WORKS }, ...before];
  return {
    ...rest,
    ...(former === undefined ? {} : { former }),
    ...(earlier.length === 0 ? {} : { earlier }),
  };
}
