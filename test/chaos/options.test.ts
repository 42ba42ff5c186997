import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../dev/chaos/options.ts';

const draw = () => 42;

describe('npm run chaos', () => {
  it('draws a seed, runs five minutes and prints a table unless told otherwise', () => {
    expect(parseOptions([], draw)).toEqual({
      seed: 42,
      minutes: 5,
      deliveries: Number.POSITIVE_INFINITY,
      json: false,
    });
  });

  it('takes what it is told', () => {
    const args = ['--seed', '0', '--minutes', '0.5', '--deliveries', '100', '--app', 'dist/app', '--json'];
    expect(parseOptions(args, draw)).toEqual({
      seed: 0,
      minutes: 0.5,
      deliveries: 100,
      appDir: 'dist/app',
      json: true,
    });
    expect(parseOptions(['--help'], draw)).toBeUndefined();
  });

  it.each([
    [['--seed', 'x'], '--seed must be a whole number'],
    [['--minutes', '0'], '--minutes must be a number above 0'],
    [['--deliveries', '-1'], '--deliveries'],
    [['--sed', '1'], "Unknown option '--sed'"],
    [['now'], 'Unexpected argument'],
  ])('refuses %j with the rule', (args, complaint) => {
    expect(() => parseOptions(args, draw)).toThrow(complaint);
  });
});
