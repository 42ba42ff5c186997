import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inMessages } from '../../shared/domain/delivery/call-message.ts';
import { slotsPerSecond } from '../../shared/domain/delivery/tenant-window.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { aWakeUpCall } from '../support/builders.ts';

const amounts = z.record(z.string(), z.number());
const prices = z
  .looseObject({
    date: z.iso.date(),
    flexConsumption: amounts,
    serviceBusStandard: amounts,
    tableStorage: amounts,
    logAnalytics: amounts,
  })
  .parse(JSON.parse(readFileSync('docs/prices.json', 'utf8')));

const price = (
  service: 'flexConsumption' | 'serviceBusStandard' | 'tableStorage' | 'logAnalytics',
  name: string,
) => {
  const amount = prices[service][name];
  if (amount === undefined) throw new Error(`docs/prices.json has no ${service}.${name}`);
  return amount;
};

const HOURS = 730;
const SECONDS = HOURS * 3600;
const HEARTBEATS = 43_200;
const TIMER_RUNS = 2 * HEARTBEATS;
const EMPTY_LOOKS = 260_000;
const MILLION = 1_000_000;
const GB = 1e9;

/** Recipients of a page of a broadcast at the rate of Teams, and messages that their calls travel in. */
const PAGE = 25;
const MESSAGES_A_PAGE = 4;

/** The arithmetic of docs/operations.md, "Costs": what a month of messages uses. */
function usage(messages: number, shape: 'broadcast' | 'trickle') {
  const pages = messages / PAGE;
  const pageRuns = MESSAGES_A_PAGE + 1;
  return shape === 'broadcast'
    ? {
        runs: pageRuns * pages + TIMER_RUNS,
        gbSeconds: 0.5 * (messages / 50 + TIMER_RUNS),
        operations: 12 * pages + EMPTY_LOOKS,
        transactions: 4.7 * messages + 3 * TIMER_RUNS + HEARTBEATS,
        logGb: (1100 * (messages + pageRuns * pages) + 2200 * TIMER_RUNS) / GB,
      }
    : {
        runs: 2 * messages + TIMER_RUNS,
        gbSeconds: 0.5 * (2 * SECONDS + TIMER_RUNS),
        operations: 5 * messages + EMPTY_LOOKS,
        transactions: 27 * messages + 3 * TIMER_RUNS + HEARTBEATS,
        logGb: (2200 * (2 * messages + TIMER_RUNS)) / GB,
      };
}

function costs(messages: number, shape: 'broadcast' | 'trickle') {
  const { runs, gbSeconds, operations, transactions, logGb } = usage(messages, shape);
  const beyond = (used: number, free: number) => Math.max(0, used - free);
  const executions =
    (beyond(runs, price('flexConsumption', 'freeExecutionsPerMonth')) / MILLION) *
    price('flexConsumption', 'perMillionExecutions');
  const compute =
    beyond(gbSeconds, price('flexConsumption', 'freeGbSecondsPerMonth')) *
    price('flexConsumption', 'onDemandPerGbSecond');
  const queues =
    HOURS * price('serviceBusStandard', 'basePerHour') +
    (beyond(operations, price('serviceBusStandard', 'includedOperationsPerMonth')) / MILLION) *
      price('serviceBusStandard', 'perMillionOperationsTo100Million');
  const tables = (transactions / MILLION) * price('tableStorage', 'perMillionTransactions');
  const logs = beyond(logGb, price('logAnalytics', 'freeGbPerMonth')) * price('logAnalytics', 'perGb');
  return { executions, compute, queues, tables, sum: executions + compute + queues + tables, logs };
}

const columns = [
  costs(10_000, 'broadcast'),
  costs(MILLION, 'broadcast'),
  costs(9 * MILLION, 'broadcast'),
  costs(9 * MILLION, 'trickle'),
];

/** The four amounts of a row of the table. */
function row(title: string): readonly number[] {
  const text = readFileSync('docs/operations.md', 'utf8');
  const line = text
    .slice(text.indexOf('\n## Costs'))
    .split('\n')
    .find((each) => each.startsWith(`| ${title} |`));
  if (line === undefined) throw new Error(`docs/operations.md has no row "${title}"`);
  const cells = line.split('|').slice(2, 6);
  return cells.map((cell) => Number(cell.replaceAll('*', '').trim()));
}

describe('the table of costs', () => {
  it('counts pages and messages as the app makes them', () => {
    const spacing = 1000 / slotsPerSecond(50);
    const page = Array.from({ length: PAGE }, (_call, index) => ({
      message: aWakeUpCall({ notification: notificationId('urn:s', 'one') }),
      at: index * spacing,
    }));
    expect(inMessages(page)).toHaveLength(MESSAGES_A_PAGE);
  });

  it.each([
    ['Executions', 'executions'],
    ['Compute', 'compute'],
    ['Service Bus', 'queues'],
    ['Tables', 'tables'],
    ['**Sum without logs**', 'sum'],
    ["Logs, with every delivery's line", 'logs'],
  ] as const)('has in "%s" what the arithmetic gives with the prices of docs/prices.json', (title, part) => {
    expect(row(title)).toEqual(columns.map((column) => Number(column[part].toFixed(2))));
  });
});
