import { billedSeconds, type Run } from '../cost/billed.ts';
import { ROW_BYTES } from '../cost/month.ts';

const EXECUTED = /Executed 'Functions\.(\w+)' \(\w+, (\d+)ms\)/;
/** A line of the app's own, behind what the host puts before it. */
const OWN = /\{"v":1,"event":.*\}$/;

export interface HostCounts {
  /** Runs of each function that ran. */
  readonly executions: readonly number[];
  readonly seconds: number;
  /** Of the app's own lines, as Log Analytics counts them. */
  readonly lineBytes: number;
}

/** What the functions host printed of the app: its runs, and the lines that it wrote. */
export class HostLines {
  #runs: Run[] = [];
  #bytes = 0;

  /** Each line as it is printed. */
  add(line: string): void {
    const now = Math.round(performance.now());
    const [, functionName, took] = EXECUTED.exec(line) ?? [];
    if (functionName !== undefined) {
      this.#runs.push({ functionName, startedAt: now - Number(took), endedAt: now });
    }
    const [own] = OWN.exec(line) ?? [];
    if (own !== undefined) this.#bytes += Buffer.byteLength(own) + ROW_BYTES.line;
  }

  reset(): void {
    this.#runs = [];
    this.#bytes = 0;
  }

  /** Since the last reset, without the timers, which run whatever is sent. */
  counts(): HostCounts {
    const runs = this.#runs.filter(({ functionName }) => !TIMERS.has(functionName));
    const byFunction = Map.groupBy(runs, ({ functionName }) => functionName);
    return {
      executions: [...byFunction.values()].map(({ length }) => length),
      seconds: billedSeconds(runs),
      lineBytes: this.#bytes,
    };
  }
}

const TIMERS: ReadonlySet<string> = new Set(['heartbeat', 'reminders']);
