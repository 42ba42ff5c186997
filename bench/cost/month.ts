import type { ServiceBusTier } from '../../shared/manifest.ts';
import type { Prices } from './prices.ts';

const HOURS = 730;
export const SECONDS_OF_MONTH = HOURS * 3600;
const MILLION = 1_000_000;
const GB = 1_000_000_000;

/** What a month of messages uses. */
export interface Usage {
  /** Runs of all functions. */
  readonly executions: number;
  /** Of every function's own instances, as they are billed: see `billedSeconds`. */
  readonly gbSeconds: number;
  readonly queueOperations: number;
  readonly tableTransactions: number;
  /** Of rows that are kept for a month. */
  readonly storedBytes: number;
  readonly logBytes: number;
}

/** The smallest instance of Flex Consumption, in GB. */
export const INSTANCE_GB = 0.5;

/**
 * What Log Analytics counts beside the text of a line (ids, category, operation, role, time), and for the record that the host
 * writes of each run. Estimated from the columns of `AppTraces` and `AppRequests`; checked against no bill.
 */
export const ROW_BYTES = { line: 770, run: 1100 } as const;

/** What host.json asks of the host: records of runs that an instance sends a second, once it has seen how many there are. */
export const SAMPLING = { perSecond: 0.2, unsampledSeconds: 10 } as const;

/** The share of its runs that the host records of an instance that has so many a second, for so long. */
export function recordedShare(runsPerSecond: number, seconds: number): number {
  const whole = Math.min(SAMPLING.unsampledSeconds, seconds);
  const sampled = (seconds - whole) * Math.min(runsPerSecond, SAMPLING.perSecond);
  return (whole * runsPerSecond + sampled) / (seconds * runsPerSecond);
}

const TIMER_RUNS = 2 * 43_200;
/** The line that each run of a timer writes. */
const TIMER_LINE_BYTES = 120;

/** What runs without any message: two timers each minute, and looks at empty queues. */
export const standing: Usage = {
  executions: TIMER_RUNS,
  // Each timer has an instance of its own, and an instance that has something to do is billed for a second at least.
  gbSeconds: TIMER_RUNS * INSTANCE_GB,
  queueOperations: 260_000,
  tableTransactions: 3 * TIMER_RUNS + 43_200,
  storedBytes: 0,
  logBytes: TIMER_RUNS * (ROW_BYTES.run + ROW_BYTES.line + TIMER_LINE_BYTES),
};

/**
 * What infra/modules/alerts.bicep makes: rules on logs by how often they look, and the metrics of three queues. A rule looks for
 * `further` alerts beside the first, which cost by the series that its query gives: none while they are silent, as they are taken
 * to be here.
 */
export const alertRules = {
  every5Minutes: { rules: 1, further: 5 },
  every15Minutes: { rules: 2, further: 2 },
  metricSeries: 3 * 2,
} as const;

/**
 * What the host does in its own storage, whatever is sent: it writes down each run of a timer, renews the lock of each timer
 * twice a minute and its own lease each twelve seconds, and the instance without that lease asks for it each five.
 */
export const hostStorage = {
  writes: TIMER_RUNS,
  others: SECONDS_OF_MONTH * (2 / 30 + 1 / 12 + 1 / 5),
} as const;

/** US dollars of a month, by what they are for. */
export interface Bill {
  readonly executions: number;
  readonly compute: number;
  readonly queues: number;
  readonly tables: number;
  /** The storage of the functions host. */
  readonly host: number;
  readonly logs: number;
  readonly alerts: number;
  readonly sum: number;
}

export interface Terms {
  /** Whether the amounts that a subscription has free each month are this app's alone. */
  readonly free: boolean;
  readonly serviceBus: Exclude<ServiceBusTier, 'Premium'>;
}

const beyond = (used: number, included: number) => Math.max(0, used - included);

/** At list prices. */
export function billOf(usage: Usage, prices: Prices, { free, serviceBus }: Terms): Bill {
  const { flexConsumption: flex, tableStorage, blobStorage, logAnalytics, monitor } = prices;
  const granted = (used: number, grant: number) => (free ? beyond(used, grant) : used);
  const parts = {
    executions:
      (granted(usage.executions, flex.freeExecutionsPerMonth) / MILLION) * flex.perMillionExecutions,
    compute: granted(usage.gbSeconds, flex.freeGbSecondsPerMonth) * flex.onDemandPerGbSecond,
    queues: priceOfQueues(usage.queueOperations, prices, serviceBus),
    tables:
      (usage.tableTransactions / MILLION) * tableStorage.perMillionTransactions +
      (usage.storedBytes / GB) * tableStorage.zrsPerGbMonth,
    host:
      (hostStorage.writes / MILLION) * blobStorage.perMillionWrites +
      (hostStorage.others / MILLION) * blobStorage.perMillionOthers,
    logs: granted(usage.logBytes / GB, logAnalytics.freeGbPerMonth) * logAnalytics.perGb,
    alerts:
      alertRules.every5Minutes.rules * monitor.logAlertEvery5MinutesPerMonth +
      alertRules.every15Minutes.rules * monitor.logAlertEvery15MinutesPerMonth +
      alertRules.metricSeries * monitor.metricAlertPerSeriesPerMonth,
  };
  return { ...parts, sum: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

function priceOfQueues(
  operations: number,
  { serviceBusBasic: basic, serviceBusStandard: standard }: Prices,
  tier: Terms['serviceBus'],
): number {
  if (tier === 'Basic') return (operations / MILLION) * basic.perMillionOperations;
  // What the base price includes is nobody's grant.
  return (
    HOURS * standard.basePerHour +
    (beyond(operations, standard.includedOperationsPerMonth) / MILLION) *
      standard.perMillionOperationsTo100Million
  );
}

/** So many messages a month, each using `each`, beside what runs anyway. */
export function monthOf(messages: number, each: Usage): Usage {
  return {
    executions: messages * each.executions + standing.executions,
    // No more instances than two are busy all month with what one after another takes.
    gbSeconds: Math.min(messages * each.gbSeconds, 2 * SECONDS_OF_MONTH * INSTANCE_GB) + standing.gbSeconds,
    queueOperations: messages * each.queueOperations + standing.queueOperations,
    tableTransactions: messages * each.tableTransactions + standing.tableTransactions,
    storedBytes: messages * each.storedBytes + standing.storedBytes,
    logBytes: messages * each.logBytes + standing.logBytes,
  };
}
