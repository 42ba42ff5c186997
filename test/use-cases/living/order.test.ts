import { describe, expect, it } from 'vitest';
import { interleaved, type Run } from './interleaved-states.ts';

const RUNS = process.env.NIGHTLY === '1' ? 10_000 : 150;
const BLOCK = 50;
/** States of a delivery that is not over. */
const OPEN: ReadonlySet<string> = new Set(['queued', 'deferred', 'retrying']);

const BLOCKS = Array.from({ length: RUNS / BLOCK }, (_none, block) => block * BLOCK);

describe('the states of one key', () => {
  it.each(BLOCKS)(
    'come in order and end with the newest, whatever workers, channel and crashes do (seeds from %i)',
    async (first) => {
      for (let seed = first; seed < first + BLOCK; seed += 1) {
        const run = await interleaved(seed);
        const about = `seed ${seed}: ${JSON.stringify(run)}`;
        expectOrder(run, about);
        // One message has the newest, beside those of which nobody could know.
        expect(run.visible.length, about).toBeLessThanOrEqual(1 + run.unknown);
      }
    },
  );

  it.each(BLOCKS)(
    'do so in digests, too, as updates, answers and new messages, and replayed (seeds from %i)',
    async (first) => {
      for (let seed = first; seed < first + BLOCK; seed += 1) {
        const run = await interleaved(seed, { isMixed: true });
        expectOrder(run, `seed ${seed}: ${JSON.stringify(run)}`);
      }
    },
  );
});

function expectOrder({ told, newest, outcomes }: Run, about: string): void {
  // Nobody sees an older state after a newer one, and the last one that is seen is the newest.
  expect(
    [...told].sort((a, b) => a - b),
    about,
  ).toEqual(told);
  // Of a request whose result stays unknown nobody knows.
  if (outcomes[newest] !== 'unconfirmed') expect(told.at(-1), about).toBe(newest);
  // Each ended, and the newest was told.
  expect(
    outcomes.every((outcome) => outcome !== undefined && !OPEN.has(outcome)),
    about,
  ).toBe(true);
  expect(['delivered', 'updated', 'unconfirmed'], about).toContain(outcomes[newest]);
}
