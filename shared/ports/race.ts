import { StoreUnavailable } from './store-errors.ts';

/** What an attempt gives whose conditional write was refused: somebody else wrote first. */
export const LOST = Symbol('lost');

/** Reads and writes again after a lost race, so often at most. Gives `LOST` when every one of them was. */
export async function racing<Result>(
  most: number,
  attempt: () => Promise<Result | typeof LOST>,
): Promise<Result | typeof LOST> {
  for (let race = 0; race < most; race += 1) {
    const result = await attempt();
    if (result !== LOST) return result;
  }
  return LOST;
}

/**
 * The one loop of optimistic writes: reads, decides and writes on condition, and does all of it again when somebody else
 * wrote in between.
 *
 * @param what names the write in the error, `mark a delivery`
 * @param most default: 8. More where many meet at one row
 * Throws `StoreUnavailable` after so many lost races: the work comes back by itself, when fewer others are there
 */
export async function untilWritten<Result>(
  what: string,
  attempt: () => Promise<Result | typeof LOST>,
  most = 8,
): Promise<Result> {
  const result = await racing(most, attempt);
  if (result === LOST) throw new StoreUnavailable(what, new Error(`lost ${most} races in a row`));
  return result;
}
