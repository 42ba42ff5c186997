import { HostError, messageOf } from '../core/errors.ts';
import type { LogSink, RegisteredFunction, TriggerInput } from '../core/invocation.ts';
import { parseNcrontab, type Schedule } from './ncrontab.ts';
import { runWithRetry } from './retry.ts';
import type { ScheduleStatus, ScheduleStore } from './schedule-status.ts';
import { timerInput } from './timer-input.ts';

export interface TimerListener {
  /** Reads the schedule's status; runs the function soon when it is past due or asked to run on startup. */
  start(): Promise<void>;
  /** Starts no further run; settles when the one under way, if any, has ended and its status is kept. */
  stop(): Promise<void>;
  /** What a run by hand gets: the status as kept, never past due. */
  manualInput(): Promise<TriggerInput>;
}

export interface TimerListenerOptions {
  registered: RegisteredFunction;
  /** With its settings resolved. */
  schedule: string;
  store: ScheduleStore;
  run(functionName: string, input: TriggerInput): Promise<unknown>;
  log: LogSink;
}

/** Node.js fires longer timers at once, so a longer wait is cut into pieces. Milliseconds. */
const longestWait = 24 * 86_400_000;

/**
 * Runs a timer function on its schedule, in UTC. As in the real host: a restart replays one missed tick and
 * no more, runs never overlap, a run that outlasts its next tick is followed by one run at once, and the
 * status is kept after the run, so that a crash meanwhile repeats it.
 *
 * @throws HostError for a schedule that cannot be read.
 */
export function createTimerListener(options: TimerListenerOptions): TimerListener {
  const { registered, run, log, store } = options;
  const { name } = registered;
  const schedule = scheduleOf(options);
  const monitored = isMonitored(registered, schedule);
  const stopping = new AbortController();
  let status: ScheduleStatus = { last: undefined, next: undefined, lastUpdated: 0 };
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  function waitFor(time: number | undefined, due: () => Promise<void>): void {
    if (time === undefined || stopping.signal.aborted) return;
    const wait = Math.max(1, time - Date.now());
    timer = setTimeout(
      () => {
        if (wait > longestWait) waitFor(time, due);
        else underWay = due().finally(() => waitFor(status.next, onSchedule));
      },
      Math.min(wait, longestWait),
    );
  }

  async function invoke(isPastDue: boolean, scheduled: boolean): Promise<void> {
    if (stopping.signal.aborted) return;
    // A timer may fire a moment early. Counting from the due time keeps the same tick from coming twice.
    const firedAt = scheduled && status.next !== undefined ? Math.max(Date.now(), status.next) : Date.now();
    const input = timerInput(monitored ? status : undefined, isPastDue);
    const attempt = (retryContext: TriggerInput['retryContext']) => run(name, { ...input, retryContext });
    // A failed run waits for the next tick; its failure is in the log already.
    await runWithRetry(registered.metadata.retryOptions, attempt, stopping.signal).catch(() => {});
    status = { last: firedAt, next: schedule.next(firedAt), lastUpdated: firedAt };
    if (monitored) await keep(status);
  }

  async function keep(kept: ScheduleStatus): Promise<void> {
    try {
      await store.write(name, kept);
    } catch (error) {
      const message = `The schedule status of "${name}" could not be kept: ${messageOf(error)}`;
      log({ level: 'warning', category: 'system', functionName: name, message });
    }
  }

  const onSchedule = (): Promise<void> => invoke(false, true);

  return {
    async start() {
      const now = Date.now();
      const kept = monitored ? await store.read(name) : undefined;
      const current = currentStatus(schedule, kept, now);
      status = current;
      if (monitored && current !== kept) await keep(current);
      if (kept && current.next !== undefined && now > current.next) {
        log({
          level: 'information',
          category: 'system',
          functionName: name,
          message: 'The schedule is past due: running now.',
        });
        waitFor(now, () => invoke(true, false));
      } else if (registered.trigger.runOnStartup === true) {
        waitFor(now, () => invoke(false, false));
      } else {
        waitFor(current.next, onSchedule);
      }
    },

    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await underWay;
    },

    manualInput: async () => timerInput(monitored ? ((await store.read(name)) ?? status) : undefined, false),
  };
}

function scheduleOf({ registered, schedule }: TimerListenerOptions): Schedule {
  try {
    return parseNcrontab(schedule);
  } catch (error) {
    throw new HostError(`Function "${registered.name}": ${messageOf(error)}`, { cause: error });
  }
}

/** Whether missed ticks are noticed: unless the app opts out, or the schedule fires more than once a minute. */
function isMonitored(registered: RegisteredFunction, schedule: Schedule): boolean {
  if (registered.trigger.useMonitor === false) return false;
  const now = Date.now();
  const first = schedule.next(now);
  const second = first === undefined ? undefined : schedule.next(first);
  return second === undefined || second - now >= 60_000;
}

/**
 * The status to go on with: the kept one, or a new one when there is none or the schedule was changed since.
 * A changed schedule is not past due, it begins anew.
 */
function currentStatus(schedule: Schedule, kept: ScheduleStatus | undefined, now: number): ScheduleStatus {
  if (!kept) return { last: undefined, next: schedule.next(now), lastUpdated: now };
  const computedAt = kept.last ?? kept.lastUpdated;
  const expected = schedule.next(computedAt);
  if (kept.next === expected) return kept;
  return expected !== undefined && now > expected
    ? { last: undefined, next: schedule.next(now), lastUpdated: now }
    : { last: undefined, next: expected, lastUpdated: computedAt };
}
