import { describe, expect, it } from 'vitest';
import { Chance } from '../../dev/chaos/chance.ts';
import { planRound } from '../../dev/chaos/storm/plan.ts';

const size = { people: 24, notices: 8, patient: true };

describe('chance with a seed', () => {
  it('draws the same again, and something else with another seed', () => {
    const draw = (seed: number) => {
      const chance = new Chance(seed);
      return Array.from({ length: 50 }, () => chance.next());
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    // From the reference implementation of mulberry32.
    expect(draw(1)[0]).toBeCloseTo(0.6270739405881613, 12);
  });

  it('keeps to its bounds and reaches both', () => {
    const chance = new Chance(3);
    const drawn = new Set(Array.from({ length: 500 }, () => chance.whole(-2, 2)));
    expect([...drawn].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  it('picks different elements, and no more than there are', () => {
    const picked = new Chance(4).pickSome([1, 2, 3, 4, 5], 9);
    expect(picked.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(() => new Chance(4).pick([])).toThrow('There is nothing to pick from.');
  });
});

describe('the plan of a round', () => {
  it('is the same for the same seed and round, and another for the next', () => {
    const plan = (round: number) => planRound(new Chance(7).fork(round), size);
    expect(plan(0)).toEqual(plan(0));
    expect(plan(0)).not.toEqual(plan(1));
  });

  it('lets every kind of disturbance come up', () => {
    const plans = Array.from({ length: 200 }, (_none, round) => planRound(new Chance(1).fork(round), size));
    expect(new Set(plans.flatMap((plan) => plan.disturbances.map(({ kind }) => kind)))).toEqual(
      new Set([
        'drop connections',
        'expire locks',
        'cut the wire',
        'refuse sends',
        'drop after sends',
        'kill',
        'freeze',
        'stall',
        'wave',
      ]),
    );
    expect(plans.some((plan) => plan.killAfterOperations.length > 0)).toBe(true);
    expect(plans.some((plan) => plan.tables.some(({ fault }) => fault.type === 'timeout'))).toBe(true);
    const faults = new Set(plans.flatMap((plan) => plan.channel.map(({ fault }) => fault.kind)));
    expect(faults.size).toBeGreaterThanOrEqual(14);
  });

  it('leaves out what takes long when there is no patience', () => {
    for (let round = 0; round < 100; round += 1) {
      const plan = planRound(new Chance(1).fork(round), { ...size, patient: false });
      expect(plan.tables.filter(({ fault }) => fault.type === 'timeout')).toEqual([]);
    }
  });
});
