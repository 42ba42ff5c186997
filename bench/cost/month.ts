import type { Prices } from './prices.ts';

const HOURS = 730;
export const SECONDS_OF_MONTH = HOURS * 3600;
const MILLION = 1_000_000;

/** What a month of messages uses. */
export interface Usage {
  readonly executions: number;
  readonly gbSeconds: number;
  readonly queueOperations: number;
  readonly tableTransactions: number;
}

/** The smallest instance of Flex Consumption, in GB. */
export const INSTANCE_GB = 0.5;

/** What runs without any message: two timers each minute, and looks at empty queues. */
export const standing: Usage = {
  executions: 86_400,
  // An instance that has something to do is billed for a second at least.
  gbSeconds: 86_400 * INSTANCE_GB,
  queueOperations: 260_000,
  tableTransactions: 3 * 86_400,
};

/** US dollars at list prices, free amounts taken off. */
export function costOfMonth(usage: Usage, prices: Prices): number {
  const { flexConsumption: flex, serviceBusStandard: bus, tableStorage } = prices;
  const beyond = (used: number, free: number) => Math.max(0, used - free);
  return (
    (beyond(usage.executions, flex.freeExecutionsPerMonth) / MILLION) * flex.perMillionExecutions +
    beyond(usage.gbSeconds, flex.freeGbSecondsPerMonth) * flex.onDemandPerGbSecond +
    HOURS * bus.basePerHour +
    (beyond(usage.queueOperations, bus.includedOperationsPerMonth) / MILLION) *
      bus.perMillionOperationsTo100Million +
    (usage.tableTransactions / MILLION) * tableStorage.perMillionTransactions
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
  };
}
