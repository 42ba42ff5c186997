import { describe, expect, it } from 'vitest';
import { interleaved } from './interleaved-states.ts';

const RUNS = process.env.NIGHTLY === '1' ? 10_000 : 150;
const BLOCK = 50;

describe('the states of one key', () => {
  it.each(Array.from({ length: RUNS / BLOCK }, (_none, block) => block * BLOCK))(
    'come in order and end with the newest, whatever workers, channel and crashes do (seeds from %i)',
    async (first) => {
      for (let seed = first; seed < first + BLOCK; seed += 1) {
        const { told, visible, unknown, newest, outcomes } = await interleaved(seed);
        const about = `seed ${seed}: told ${told}, visible ${visible}, unknown ${unknown}, ${outcomes}`;
        // Nobody sees an older state after a newer one, and the last one that is seen is the newest.
        expect(
          [...told].sort((a, b) => a - b),
          about,
        ).toEqual(told);
        // Of a request whose result stays unknown nobody knows.
        if (outcomes[newest] !== 'unconfirmed') expect(told.at(-1), about).toBe(newest);
        // Each ended, and the newest was told.
        expect(
          outcomes.every((outcome) => outcome !== undefined && outcome !== 'queued'),
          about,
        ).toBe(true);
        expect(['delivered', 'updated', 'unconfirmed'], about).toContain(outcomes[newest]);
        // One message has it, beside those of which nobody could know.
        expect(visible.length, about).toBeLessThanOrEqual(1 + unknown);
      }
    },
  );
});
