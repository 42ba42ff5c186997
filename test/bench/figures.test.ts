import { describe, expect, it } from 'vitest';
import { figure, jsonLine } from '../../bench/figures/figure.ts';
import { median } from '../../bench/figures/median.ts';
import { showFigures } from '../../bench/figures/show.ts';
import { compareCpu } from '../../bench/parts/slices.ts';
import { styleOf } from '../../dev/cli/output/style.ts';

const screen = { write: () => undefined, isTTY: false };

describe('a figure', () => {
  it('stands beside its floor, with the ratio of the two', () => {
    const line = jsonLine(
      figure('send.thin', 'us CPU', { value: 123.456, floor: 61.728, floorIs: 'a post' }),
    );
    expect(JSON.parse(line)).toEqual({
      name: 'send.thin',
      value: 123.5,
      unit: 'us CPU',
      floor: 61.73,
      ratio: 2,
    });
  });

  it('has no ratio to a floor of zero, unless it lies on it', () => {
    expect(figure('429s', '', { value: 3, floor: 0, floorIs: 'none' }).ratio).toBeNull();
    expect(figure('429s', '', { value: 0, floor: 0, floorIs: 'none' }).ratio).toBe(1);
  });

  it('is a row of the table, which says what the floor is', () => {
    const figures = [
      figure('latency.idle.p50', 'ms', { value: 33, floor: 4, floorIs: 'two bare hops' }),
      figure('pacing.throttled', '429s', { value: 2, floor: 0, floorIs: 'none' }),
    ];
    const rows = showFigures(figures, { screen, style: styleOf(screen, {}) }).split('\n');
    expect(rows[1]?.trim().split(/ {2,}/)).toEqual([
      'latency.idle.p50',
      '33',
      'ms',
      '4',
      '8.25',
      'two bare hops',
    ]);
    expect(rows[2]?.trim().split(/ {2,}/)).toEqual(['pacing.throttled', '2', '429s', '0', '-', 'none']);
  });
});

describe('the median', () => {
  it('is the value in the middle, whatever lies far out', () => {
    expect(median([5, 1, 1000])).toBe(5);
    expect(median([])).toBeNaN();
  });
});

describe('slices that take turns', () => {
  it('do each thing as often as the other, so many at the same time, and close both', async () => {
    const calls: string[] = [];
    let underWay = 0;
    let most = 0;
    const variant = (name: string) => ({
      name,
      async once() {
        underWay += 1;
        most = Math.max(most, underWay);
        calls.push(name);
        await Promise.resolve();
        underWay -= 1;
      },
      close: async () => void calls.push(`${name} closed`),
    });
    const costs = await compareCpu([variant('a'), variant('b')], { slices: 3, perSlice: 4, atOnce: 2 });
    expect([...costs.keys()]).toEqual(['a', 'b']);
    expect(calls.filter((name) => name === 'a')).toHaveLength((3 + 2) * 4);
    expect(calls.slice(0, 9).join('')).toBe('aaaabbbba');
    expect(calls.slice(-2)).toEqual(['a closed', 'b closed']);
    expect(most).toBe(2);
  });
});
