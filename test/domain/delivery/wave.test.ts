import { describe, expect, it } from 'vitest';
import {
  admit,
  afterAnswer,
  calm,
  FIRST_HOLD,
  LONGEST_HOLD,
  PROBE_PATIENCE,
  PROBES,
  PROBES_LATER,
  SOON,
  WAVE_BEGINS_AT,
  type Wave,
} from '../../../shared/domain/delivery/wave.ts';
import { days } from '../../../shared/domain/time.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

function refused(
  wave: Wave,
  people: readonly string[],
  { refusal = '403 ServiceError', at = NOW }: { readonly refusal?: string; readonly at?: number } = {},
): Wave {
  return people.reduce((one, conversation) => afterAnswer(one, { conversation, refusal, at }), wave);
}

const served = (wave: Wave, at = NOW) => afterAnswer(wave, { conversation: 'z', refusal: undefined, at });
const fivePeople = ['a', 'b', 'c', 'd', 'e'];

describe('a wave of refusals', () => {
  it('has the spans that the documents name', () => {
    expect({ WAVE_BEGINS_AT, SOON, FIRST_HOLD, LONGEST_HOLD, PROBES, PROBE_PATIENCE, PROBES_LATER }).toEqual({
      WAVE_BEGINS_AT: 5,
      SOON: 10_000,
      FIRST_HOLD: 5000,
      LONGEST_HOLD: 300_000,
      PROBES: 3,
      PROBE_PATIENCE: 30_000,
      PROBES_LATER: 2000,
    });
  });

  it('begins with five people in a row who are refused alike, and holds everybody back', () => {
    expect(admit(refused(calm, fivePeople.slice(1)), NOW).kind).toBe('go');
    expect(admit(refused(calm, fivePeople), NOW)).toEqual({ kind: 'wait', until: NOW + FIRST_HOLD });
  });

  it.each([
    [
      'one person, however often',
      refused(
        calm,
        Array.from({ length: 50 }, () => 'a'),
      ),
    ],
    ['four people', refused(calm, ['a', 'b', 'a', 'c', 'b', 'd'])],
    [
      'five in whose midst somebody was served',
      refused(served(refused(calm, ['a', 'b', 'c', 'd'])), ['e', 'f']),
    ],
    [
      'five over a longer time',
      fivePeople.reduce((wave, one, index) => refused(wave, [one], { at: NOW + index * 3000 }), calm),
    ],
    [
      'five who are refused for different reasons',
      fivePeople.reduce((wave, one, index) => refused(wave, [one], { refusal: `403 ${index % 2}` }), calm),
    ],
  ])('is not begun by %s', (_what, wave) => {
    expect(admit(wave, NOW + 15_000).kind).toBe('go');
  });

  it('lets three probes through when the hold is over, and holds back twice as long when they fail', () => {
    let wave = refused(calm, fivePeople);
    let at = NOW;
    const spans: number[] = [];
    for (let hold = 0; hold < 8; hold += 1) {
      if (wave.kind !== 'held') throw new Error('it is held');
      spans.push(wave.until - at);
      at = wave.until;
      for (let probe = 0; probe < PROBES; probe += 1) {
        const admitted = admit(wave, at);
        if (admitted.kind !== 'go') throw new Error('a probe is wanted');
        wave = admitted.wave;
      }
      expect(admit(wave, at)).toEqual({ kind: 'wait', until: at + PROBES_LATER });
      wave = refused(wave, ['a'], { at });
    }
    expect(spans).toEqual([5000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
  });

  it('is over with the first that is served', () => {
    const wave = refused(calm, fivePeople);
    const probing = admit(wave, NOW + FIRST_HOLD);
    if (probing.kind !== 'go') throw new Error('a probe is wanted');
    expect(served(probing.wave, NOW + FIRST_HOLD)).toEqual(calm);
  });

  it('is not made longer by requests that were under way when it began', () => {
    const wave = refused(calm, fivePeople);
    expect(refused(wave, ['f', 'g', 'h'], { at: NOW + 100 })).toEqual(wave);
  });

  it('lets others through when nothing was heard of its probes', () => {
    let wave = refused(calm, fivePeople);
    for (let probe = 0; probe < PROBES; probe += 1) {
      const admitted = admit(wave, NOW + FIRST_HOLD);
      if (admitted.kind === 'go') wave = admitted.wave;
    }
    expect(admit(wave, NOW + FIRST_HOLD + PROBE_PATIENCE).kind).toBe('wait');
    expect(admit(wave, NOW + FIRST_HOLD + PROBE_PATIENCE + 1).kind).toBe('go');
  });

  it('from a future that is far holds nobody back', () => {
    expect(admit(refused(calm, fivePeople, { at: NOW + days(365) }), NOW)).toEqual({
      kind: 'go',
      wave: calm,
    });
  });
});
