import { describe, expect, it } from 'vitest';
import { measurements } from '../../bench/measurements/catalog.ts';
import { helpOf, parseOptions } from '../../bench/options.ts';

const names = measurements.map(({ name }) => name);

describe('the command line of the benchmarks', () => {
  it('measures everything at length when nothing is said', () => {
    expect(parseOptions([], names)).toEqual({ quick: false, json: false });
  });

  it('takes every option', () => {
    expect(
      parseOptions(
        ['--quick', '--json', '--only', 'pacing', '--profile', 'folder', '--list', 'lists'],
        names,
      ),
    ).toEqual({
      quick: true,
      json: true,
      only: 'pacing',
      profile: 'folder',
      list: 'lists',
    });
  });

  it('names the measurements that there are when asked for another one', () => {
    expect(() => parseOptions(['--only', 'speed'], names)).toThrow(
      /--only must be one of send, .*, not "speed"/,
    );
  });

  it('points at the help for an option that it does not know', () => {
    expect(() => parseOptions(['--fast'], names)).toThrow(/--fast.*--help/);
  });

  it('lists every measurement in its help', () => {
    expect(parseOptions(['--help'], names)).toBeUndefined();
    const help = helpOf(measurements);
    for (const name of names) expect(help).toContain(`  ${name} `);
  });

  it('gives each measurement a name of its own', () => {
    expect(new Set(names).size).toBe(names.length);
  });
});
