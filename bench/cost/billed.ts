/** One run of a function, in milliseconds of one clock. */
export interface Run {
  readonly functionName: string;
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Functions with an HTTP trigger share their instances; every other function has some of its own. */
const HTTP: ReadonlySet<string> = new Set([
  'messages',
  'publish',
  'hooks',
  'notifications',
  'export',
  'cancel',
  'console',
  'health',
]);

const LEAST_MS = 1000;
const STEP_MS = 100;

/**
 * Seconds for which instances are billed, all groups together, where one instance of each group is enough: from the beginning
 * of a run until none runs any more, a second at least, in steps of a tenth. Runs beside each other cost nothing more.
 */
export function billedSeconds(runs: readonly Run[]): number {
  const groups = Map.groupBy(runs, ({ functionName }) => (HTTP.has(functionName) ? 'http' : functionName));
  return [...groups.values()].reduce((sum, group) => sum + billedMs(group), 0) / 1000;
}

function billedMs(runs: readonly Run[]): number {
  let [sum, from, until] = [0, Number.NaN, Number.NEGATIVE_INFINITY];
  for (const { startedAt, endedAt } of [...runs].sort((a, b) => a.startedAt - b.startedAt)) {
    if (startedAt > until) {
      if (!Number.isNaN(from)) sum += until - from;
      [from, until] = [startedAt, startedAt + LEAST_MS];
    }
    const whole = Math.ceil((endedAt - from) / STEP_MS) * STEP_MS;
    until = Math.max(until, from + whole);
  }
  return Number.isNaN(from) ? 0 : sum + until - from;
}
