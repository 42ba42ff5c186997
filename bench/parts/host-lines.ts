import { billedSeconds, type Run } from '../cost/billed.ts';
import { ROW_BYTES } from '../cost/month.ts';

const EXECUTED = /Executed 'Functions\.(\w+)' \(\w+, (\d+)ms\)/;
/** A line of the app's own, behind what the host puts before it. */
const OWN = /\{"v":1,"event":.*\}$/;

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
      this.#bytes += ROW_BYTES.run;
    }
    const [own] = OWN.exec(line) ?? [];
    if (own !== undefined) this.#bytes += Buffer.byteLength(own) + ROW_BYTES.line;
  }

  reset(): void {
    this.#runs = [];
    this.#bytes = 0;
  }

  /** Since the last reset, without the timers, which run whatever is sent. */
  counts(): { readonly executions: number; readonly seconds: number; readonly logBytes: number } {
    const runs = this.#runs.filter(({ functionName }) => !TIMERS.has(functionName));
    const ofTimers = (this.#runs.length - runs.length) * ROW_BYTES.run;
    return { executions: runs.length, seconds: billedSeconds(runs), logBytes: this.#bytes - ofTimers };
  }
}

const TIMERS: ReadonlySet<string> = new Set(['heartbeat', 'reminders']);
