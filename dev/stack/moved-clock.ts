import type { PartSpec } from './part.ts';

const preload = new URL('./moved-clock.mjs', import.meta.url).href;

/** A clock that shows another time than the machine's and goes as fast. */
export interface MovedClock {
  /** What it shows, in milliseconds since 1970. */
  now(): number;
  /** The same part under this clock, however often it is started. */
  over<Name extends string>(spec: PartSpec<Name>): PartSpec<Name>;
}

/** A clock that shows `startsAt` now; without it the machine's own. */
export function movedClock(startsAt: number | undefined): MovedClock {
  if (startsAt === undefined) return { now: Date.now, over: (spec) => spec };
  const ahead = startsAt - Date.now();
  return {
    now: () => Date.now() + ahead,
    over: (spec) => ({
      ...spec,
      nodeFlags: ['--import', preload, ...(spec.nodeFlags ?? [])],
      env: { ...spec.env, STACK_CLOCK_AHEAD_MS: String(ahead) },
    }),
  };
}
