import { beforeEach, describe, expect, it } from 'vitest';
import { CommonClock } from '../../../shared/use-cases/pace/departures.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';

describe("a machine's clock, set by the one that all share", () => {
  /** How far the machine's clock is behind the common one. */
  let truth: number;
  let own: FakeClock;
  let clock: CommonClock;

  beforeEach(() => {
    own = new FakeClock();
    clock = new CommonClock(own);
  });

  const error = () => clock.now() - (own.now() + truth);

  /** Writes a row, which takes so long there and so long back, and learns of its time. */
  function write(there: number, back: number): void {
    const began = clock.now();
    const { setBy } = clock;
    const writtenAt = own.now() + truth + there;
    own.advance(there + back);
    clock.learn({ least: writtenAt - began - there - back, most: writtenAt - began }, setBy);
  }

  it.each([
    [100, 3, 9],
    [100, 9, 3],
    [-100, 3, 9],
    [-100, 9, 3],
    [-40, 0, 250],
    [990, 5, 5],
  ])(
    'that is %i ms behind is no further apart than the way after one write: %i ms there, %i back',
    (is, there, back) => {
      truth = is;
      write(there, back);
      expect(error()).toBeGreaterThanOrEqual(-back);
      expect(error()).toBeLessThanOrEqual(there);
    },
  );

  it('comes closer with each write that is faster, and no slower one takes it away again', () => {
    truth = -100;
    const errors = [
      [40, 40],
      [9, 60],
      [200, 2],
      [4, 4],
      [90, 90],
    ].map(([there = 0, back = 0]) => {
      write(there, back);
      return error();
    });
    expect(errors).toEqual([40, 9, 9, 4, 4]);
  });

  it.each([0, 3, -3])('is believed as it is while it may be right: %i ms', (is) => {
    truth = is;
    for (let times = 0; times < 50; times += 1) write(3 + (times % 7), 3 + (times % 5));
    expect(clock.now()).toBe(own.now());
  });

  it.each([300, -300])('follows a jump of the machine by %i ms with the next write', (jump) => {
    truth = 100;
    write(3, 3);
    expect(error()).toBe(-3);
    own.set(own.now() + jump);
    truth -= jump;
    write(3, 3);
    expect(Math.abs(error())).toBe(3);
  });

  it('is moved once by what was measured twice at the same time', () => {
    const { setBy } = clock;
    clock.learn({ least: 90, most: 110 }, setBy);
    clock.learn({ least: 95, most: 120 }, setBy);
    expect(clock.setBy).toBe(95);
    clock.learn({ least: -200, most: 80 }, setBy);
    expect(clock.setBy).toBe(80);
  });

  it('is moved by no more than a second, whatever is written into a row', () => {
    clock.learn({ least: 1000, most: 1010 }, clock.setBy);
    expect(clock.now() - own.now()).toBe(1000);
    clock.learn({ least: 1, most: 10 }, clock.setBy);
    expect(clock.now()).toBe(own.now());
    clock.learn({ least: -3_600_000, most: -3_599_990 }, clock.setBy);
    expect(clock.now()).toBe(own.now());
    clock.learn({ least: 90, most: 100 }, clock.setBy);
    expect(clock.now() - own.now()).toBe(90);
  });
});
