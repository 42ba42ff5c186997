import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { movedClock } from '../../../dev/stack/moved-clock.ts';

const run = promisify(execFile);
const MONDAY = Date.UTC(2031, 0, 6, 8);
const spec = { name: 'tables', title: 'any', args: [], env: {}, ready: 'line' } as const;

/** What a program says under the clock. */
async function under(clock: ReturnType<typeof movedClock>, program: string): Promise<unknown> {
  const { nodeFlags = [], env } = clock.over(spec);
  const { stdout } = await run(process.execPath, [...nodeFlags, '--print', `JSON.stringify(${program})`], {
    env,
  });
  return JSON.parse(stdout);
}

describe('a moved clock', () => {
  it('shows its own time however a program asks for it, and goes on', async () => {
    const clock = movedClock(MONDAY);
    const before = clock.now();
    const shown = await under(clock, '[Date.now(), new Date().getTime(), Date.parse(Date())]');
    for (const time of [shown].flat()) {
      // Text has no milliseconds.
      expect(time).toBeGreaterThanOrEqual(before - 1000);
      expect(time).toBeLessThanOrEqual(clock.now());
    }
  });

  it('moves no instant that a program names', async () => {
    const program =
      '[new Date(0).getTime(), new Date("2026-01-01T00:00:00Z").getTime(), Date.UTC(1970, 0, 1), new Date() instanceof Date, new Date().constructor === Date]';
    expect(await under(movedClock(MONDAY), program)).toEqual([0, Date.UTC(2026, 0, 1), 0, true, true]);
  });

  it('is the machine’s where nothing else is wanted', () => {
    expect(movedClock(undefined).over(spec)).toBe(spec);
    expect(movedClock(undefined).now).toBe(Date.now);
  });
});
