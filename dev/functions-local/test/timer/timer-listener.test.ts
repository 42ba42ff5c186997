import { app, type TimerFunctionOptions } from '@azure/functions';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createFunctionsCore } from '../../core/functions-core.ts';
import type { LogEntry, TriggerInput } from '../../core/invocation.ts';
import { type ScheduleStore, scheduleStoreInMemory } from '../../timer/schedule-status.ts';
import { createTimerListener, type TimerListener } from '../../timer/timer-listener.ts';

const start = Date.parse('2026-11-22T17:30:30.000Z');
const seconds = (count: number) => count * 1000;
const timerData = z.object({
  IsPastDue: z.boolean(),
  ScheduleStatus: z.object({ Last: z.string(), Next: z.string(), LastUpdated: z.string() }).nullable(),
});

interface Run {
  at: string;
  isPastDue: boolean;
  status: { Last: string; Next: string; LastUpdated: string } | null;
  retryCount: number | undefined;
}

interface Scenario extends Omit<TimerFunctionOptions, 'handler'> {
  store?: ScheduleStore;
  work?: (run: number) => Promise<unknown>;
}

let stop: () => Promise<void> = async () => {};
beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(async () => {
  await stop();
  vi.useRealTimers();
});

/** A listener that has been started, with what it ran. */
async function listening({ store = scheduleStoreInMemory(), work = async () => {}, ...options }: Scenario) {
  const runs: Run[] = [];
  const logged: LogEntry[] = [];
  const core = createFunctionsCore();
  await core.load(() => app.timer('tick', { ...options, handler: () => {} }));
  const registered = core.functions.get('tick');
  if (!registered) throw new Error('not registered');
  const listener: TimerListener = createTimerListener({
    registered,
    schedule: options.schedule,
    store,
    log: (entry) => logged.push(entry),
    run: (_, input: TriggerInput) => {
      const { IsPastDue, ScheduleStatus } = timerData.parse(JSON.parse(input.data.json ?? ''));
      const retryCount = input.retryContext?.retryCount;
      runs.push({ at: clock(), isPastDue: IsPastDue, status: ScheduleStatus, retryCount });
      return work(runs.length);
    },
  });
  await listener.start();
  stop = () => listener.stop();
  return { runs, logged, listener, store };
}

const clock = () => new Date().toISOString().slice(11, 19);
const times = (runs: Run[]) => runs.map((run) => run.at);

describe('a timer', () => {
  it('fires at each occurrence, in UTC, and never before', async () => {
    const { runs } = await listening({ schedule: '0 * * * * *' });
    await vi.advanceTimersByTimeAsync(seconds(29));
    expect(runs).toEqual([]);
    await vi.advanceTimersByTimeAsync(seconds(61));
    expect(times(runs)).toEqual(['17:31:00', '17:32:00']);
  });

  it('tells its function when it ran last and runs next', async () => {
    const { runs } = await listening({ schedule: '0 * * * * *' });
    await vi.advanceTimersByTimeAsync(seconds(90));
    expect(runs.map((run) => run.status)).toEqual([
      {
        Last: '0001-01-01T00:00:00+00:00',
        Next: '2026-11-22T17:31:00.000+00:00',
        LastUpdated: '2026-11-22T17:30:30.000+00:00',
      },
      {
        Last: '2026-11-22T17:31:00.000+00:00',
        Next: '2026-11-22T17:32:00.000+00:00',
        LastUpdated: '2026-11-22T17:31:00.000+00:00',
      },
    ]);
  });

  it('replays one missed tick after a restart, however many were missed', async () => {
    const store = scheduleStoreInMemory();
    const before = await listening({ schedule: '0 * * * * *', store });
    await vi.advanceTimersByTimeAsync(seconds(30));
    await before.listener.stop();
    await vi.advanceTimersByTimeAsync(seconds(600));
    const { runs, logged } = await listening({ schedule: '0 * * * * *', store });
    await vi.advanceTimersByTimeAsync(seconds(59));
    expect(runs.map(({ at, isPastDue }) => [at, isPastDue])).toEqual([['17:41:00', true]]);
    expect(logged.map((entry) => entry.message)).toEqual(['The schedule is past due: running now.']);
    await vi.advanceTimersByTimeAsync(seconds(1));
    expect(runs.at(-1)).toMatchObject({ at: '17:42:00', isPastDue: false });
  });

  it('replays nothing when the schedule was changed meanwhile', async () => {
    const store = scheduleStoreInMemory();
    await (await listening({ schedule: '0 * * * * *', store })).listener.stop();
    await vi.advanceTimersByTimeAsync(seconds(600));
    const { runs } = await listening({ schedule: '30 * * * * *', store });
    await vi.advanceTimersByTimeAsync(seconds(59));
    expect(runs).toEqual([]);
    await vi.advanceTimersByTimeAsync(seconds(1));
    expect(runs).toMatchObject([{ isPastDue: false }]);
  });

  it('replays nothing that was missed before its very first start', async () => {
    const { runs } = await listening({ schedule: '0 30 17 22 11 *' });
    await vi.advanceTimersByTimeAsync(seconds(3600));
    expect(runs).toEqual([]);
  });

  it.each([
    ['that opts out', { schedule: '0 * * * * *', useMonitor: false }],
    ['that fires more than once a minute', { schedule: '*/20 * * * * *' }],
  ])('%s has no status and replays nothing', async (_, options) => {
    const store = scheduleStoreInMemory();
    await (await listening({ ...options, store })).listener.stop();
    await vi.advanceTimersByTimeAsync(seconds(600));
    const { runs } = await listening({ ...options, store });
    await vi.advanceTimersByTimeAsync(seconds(60));
    expect(runs[0]).toMatchObject({ isPastDue: false, status: null });
    expect(await store.read('tick')).toBeUndefined();
  });

  it('runs at startup when asked to, and then on schedule', async () => {
    const { runs } = await listening({ schedule: '0 * * * * *', runOnStartup: true });
    await vi.advanceTimersByTimeAsync(seconds(31));
    expect(times(runs)).toEqual(['17:30:30', '17:31:00']);
    expect(runs[0]).toMatchObject({ isPastDue: false });
  });

  it('never overlaps itself: a run that outlasts ticks is followed by one at once', async () => {
    let running = 0;
    let most = 0;
    const { runs } = await listening({
      schedule: '0 * * * * *',
      work: async (run) => {
        most = Math.max(most, ++running);
        if (run === 1) await new Promise((resolve) => setTimeout(resolve, seconds(150)));
        running--;
      },
    });
    await vi.advanceTimersByTimeAsync(seconds(250));
    expect(times(runs)).toEqual(['17:31:00', '17:33:30', '17:34:00']);
    expect(most).toBe(1);
  });

  it('goes on after a run that failed, at the next tick', async () => {
    const { runs } = await listening({
      schedule: '0 * * * * *',
      work: () => Promise.reject(new Error('no')),
    });
    await vi.advanceTimersByTimeAsync(seconds(90));
    expect(times(runs)).toEqual(['17:31:00', '17:32:00']);
  });

  it('repeats a failed run by its retry policy and tells the function the count', async () => {
    const { runs } = await listening({
      schedule: '0 * * * * *',
      retry: { strategy: 'fixedDelay', maxRetryCount: 2, delayInterval: { seconds: 5 } },
      work: () => Promise.reject(new Error('no')),
    });
    await vi.advanceTimersByTimeAsync(seconds(50));
    expect(times(runs)).toEqual(['17:31:00', '17:31:05', '17:31:10']);
    expect(runs.map((run) => run.retryCount)).toEqual([undefined, 1, 2]);
  });

  it('repeats a run whose status was not kept, because the process died', async () => {
    const store = scheduleStoreInMemory();
    const dying = await listening({ schedule: '0 * * * * *', store, work: () => new Promise(() => {}) });
    await vi.advanceTimersByTimeAsync(seconds(31));
    expect(times(dying.runs)).toEqual(['17:31:00']);
    const { runs } = await listening({ schedule: '0 * * * * *', store });
    await vi.advanceTimersByTimeAsync(seconds(1));
    expect(runs).toMatchObject([{ isPastDue: true }]);
  });

  it('waits for a tick that is further away than Node.js can wait', async () => {
    const { runs } = await listening({ schedule: '0 0 0 1 1 *' });
    await vi.advanceTimersByTimeAsync(Date.UTC(2027, 0, 1) - start - 1);
    expect(runs).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(times(runs)).toEqual(['00:00:00']);
  });

  it('starts nothing more once stopped, and waits for the run under way', async () => {
    let finish = () => {};
    const { runs, listener, store } = await listening({
      schedule: '0 * * * * *',
      work: () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    });
    await vi.advanceTimersByTimeAsync(seconds(30));
    let stopped = false;
    const stopping = listener.stop().then(() => {
      stopped = true;
    });
    await vi.advanceTimersByTimeAsync(seconds(200));
    expect(stopped).toBe(false);
    finish();
    await stopping;
    await vi.advanceTimersByTimeAsync(seconds(200));
    expect(times(runs)).toEqual(['17:31:00']);
    expect((await store.read('tick'))?.last).toBe(Date.parse('2026-11-22T17:31:00Z'));
  });

  it('gives a run by hand the kept status, never past due', async () => {
    const { listener } = await listening({ schedule: '0 * * * * *' });
    await vi.advanceTimersByTimeAsync(seconds(30));
    const input = timerData.parse(JSON.parse((await listener.manualInput()).data.json ?? ''));
    expect(input).toMatchObject({
      IsPastDue: false,
      ScheduleStatus: { Next: '2026-11-22T17:32:00.000+00:00' },
    });
  });

  it('says which function has a schedule that cannot be read', async () => {
    await expect(listening({ schedule: 'every minute' })).rejects.toThrow(
      'Function "tick": "every minute" is not an NCRONTAB',
    );
  });
});
