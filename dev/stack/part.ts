import { type PartProcess, startPartProcess } from './part-process.ts';

/** The parts of the local stack, each a process of its own. */
export type PartName = 'tables' | 'blobs' | 'broker' | 'channel' | 'functions';

/** How one part is started, and by what it is known to serve. */
export interface PartSpec<Name extends string = PartName> {
  readonly name: Name;
  /** What people read: "functions host". */
  readonly title: string;
  /** Arguments of the project's Node, program file first. */
  readonly args: readonly string[];
  /** Flags of Node itself, such as `--inspect=...`. */
  readonly nodeFlags?: readonly string[];
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  /** The program notices by itself that the process which started it has ended; default false: a preload does. */
  readonly endsWithParent?: boolean;
  /** Ready when it prints a JSON line with `"ready": true`, or when something listens on the port. */
  readonly ready: 'line' | { readonly port: number };
}

/** One line that a part printed. */
export interface PartLine<Name extends string = PartName> {
  readonly part: Name;
  readonly stream: 'stdout' | 'stderr';
  readonly line: string;
}

/** Who is told what the parts print and when they come and go. */
export interface PartListener<Name extends string = PartName> {
  onLine(line: PartLine<Name>): void;
  /** What people should know, in one line: a part ended, a part serves again. */
  onNotice(text: string): void;
}

export interface PartOptions<Name extends string = PartName> {
  /** The Node binary. */
  readonly node: string;
  readonly listener: PartListener<Name>;
  /** The longest that a start may take, in milliseconds; default 30,000. */
  readonly startMs?: number;
}

/** A part that did not come up; the message carries its last lines, `reason` is the short form. */
export class PartDidNotStart extends Error {
  readonly reason: string;
  readonly lastLines: readonly PartLine<string>[];

  constructor(reason: string, lastLines: readonly PartLine<string>[]) {
    super(lastLines.length === 0 ? `${reason}; it printed nothing` : withLastLines(reason, lastLines));
    this.reason = reason;
    this.lastLines = lastLines;
  }
}

/** Why a part did not come up, with what it said last. */
export function withLastLines(reason: string, lines: readonly Pick<PartLine, 'line'>[]): string {
  return `${reason}; its last lines:${lines.map(({ line }) => `\n    ${line}`).join('')}`;
}

const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 5000;
/** A part that served this long has recovered: its next end starts with the shortest backoff again. */
const HEALTHY_MS = 10_000;

/**
 * One supervised process: started, watched, and started again when it ends by itself.
 *
 * The first start must succeed (a fault there is one of configuration); after it, every end is followed by a
 * new start with a growing pause, until `stop`.
 */
export class Part<Name extends string = PartName> {
  readonly spec: PartSpec<Name>;
  readonly #options: PartOptions<Name>;
  #current: PartProcess | undefined;
  #stopping = false;
  #backoffMs = FIRST_BACKOFF_MS;
  #timer: NodeJS.Timeout | undefined;
  /** How often the part became ready. */
  #readyCount = 0;
  /** `#readyCount` at the last kill: a restart is one more than that. */
  #killedAt: number | undefined;
  #waiters: { after: number; resolve: () => void; reject: (reason: Error) => void }[] = [];

  constructor(spec: PartSpec<Name>, options: PartOptions<Name>) {
    this.spec = spec;
    this.#options = options;
  }

  /** Process id of the running process, if there is one. */
  get pid(): number | undefined {
    return this.#current?.child.pid;
  }

  /** Starts the process and resolves when it is ready. Throws PartDidNotStart; nothing is left running then. */
  async start(): Promise<void> {
    try {
      await this.#run();
    } catch (error) {
      await this.stop(0);
      throw error;
    }
  }

  /** Ends the running process by a signal, as a crash would; resolves when it has gone. It will come back. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#killedAt = this.#readyCount;
    const running = this.#current;
    running?.child.kill(signal);
    await running?.ended;
  }

  /**
   * Resolves when the part serves again after the last `kill`, at once if it already does; without a kill,
   * when it next becomes ready. Rejects when the stack stops first.
   */
  untilRestarted(): Promise<void> {
    const after = this.#killedAt ?? this.#readyCount;
    if (this.#readyCount > after) return Promise.resolve();
    return new Promise((resolve, reject) => this.#waiters.push({ after, resolve, reject }));
  }

  /** Ends the part for good: asks by SIGTERM, insists by SIGKILL after `graceMs`. Resolves when it has gone. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    for (const waiter of this.#waiters.splice(0)) {
      waiter.reject(new Error(`The stack stops; ${this.spec.title} does not come back.`));
    }
    const running = this.#current;
    if (!running) return;
    if (graceMs > 0) running.child.kill('SIGTERM');
    const insist = setTimeout(running.destroy, graceMs);
    await running.ended;
    clearTimeout(insist);
  }

  /** One process from start to readiness; its end afterwards leads to the next one. */
  async #run(): Promise<void> {
    const { node, listener, startMs = 30_000 } = this.#options;
    const { title } = this.spec;
    const running = startPartProcess(node, this.spec, (line) => listener.onLine(line));
    this.#current = running;
    const startedAt = performance.now();
    const deadline = Promise.withResolvers<string>();
    const tooLate = setTimeout(deadline.resolve, startMs, `not ready within ${startMs / 1000} s`);
    const fault = await Promise.race([running.ready, running.ended, deadline.promise]);
    clearTimeout(tooLate);
    if (typeof fault === 'string') {
      running.destroy();
      await running.ended;
      this.#current = undefined;
      throw new PartDidNotStart(`${title} did not start (${fault})`, running.lastLines());
    }
    this.#becameReady();
    void running.ended.then((how) => {
      this.#current = undefined;
      if (this.#stopping) return;
      if (performance.now() - startedAt > HEALTHY_MS) this.#backoffMs = FIRST_BACKOFF_MS;
      listener.onNotice(`${title} ended (${how}); starting it again`);
      this.#startAgain();
    });
  }

  #becameReady(): void {
    this.#readyCount++;
    const due = this.#waiters.filter((waiter) => this.#readyCount > waiter.after);
    this.#waiters = this.#waiters.filter((waiter) => !due.includes(waiter));
    for (const waiter of due) waiter.resolve();
  }

  #startAgain(): void {
    const pause = this.#backoffMs;
    this.#backoffMs = Math.min(pause * 2, LONGEST_BACKOFF_MS);
    this.#timer = setTimeout(async () => {
      try {
        await this.#run();
        this.#options.listener.onNotice(`${this.spec.title} serves again`);
      } catch (error) {
        // A stop that came meanwhile ended the new process: nothing comes back.
        if (this.#stopping) return;
        const reason = error instanceof PartDidNotStart ? error.reason : String(error);
        this.#options.listener.onNotice(`${reason}; trying again`);
        this.#startAgain();
      }
    }, pause);
  }
}
