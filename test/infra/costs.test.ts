import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  alertRules,
  type Bill,
  billOf,
  INSTANCE_GB,
  monthOf,
  ROW_BYTES,
  recordedShare,
  SECONDS_OF_MONTH,
  type Terms,
  type Usage,
} from '../../bench/cost/month.ts';
import { readPrices } from '../../bench/cost/prices.ts';
import { USD_PER_PERSON } from '../../shared/domain/delivery/cost.ts';
import { slotsPerSecond } from '../../shared/domain/delivery/tenant-window.ts';
import { inMessages } from '../../shared/domain/delivery/wake-up-call.ts';
import { notificationId } from '../../shared/domain/ids.ts';
import { aWakeUpCall } from '../support/builders.ts';
import { bicepFiles, infraFile } from './bicep-text.ts';

const MILLION = 1_000_000;
const RATE = 50;

/** Recipients of a page of a broadcast at the rate of Teams, and messages that their calls travel in. */
const PAGE = 25;
const MESSAGES_A_PAGE = 4;
const PAGE_RUNS = MESSAGES_A_PAGE + 1;

/** Bytes of the line that says what became of deliveries, but for the key of each, with the space before it. */
const OUTCOME_LINE = 235;
const CONVERSATION_KEY = 44;
const ACCEPTED_LINE = 260;

/** A broadcast to 10,000, and a trickle of nine million all month. */
const BROADCAST_SECONDS = 10_000 / RATE;
const TRICKLE_RATE = (9 * MILLION) / SECONDS_OF_MONTH;
const RECORDS_A_PAGE =
  MESSAGES_A_PAGE * recordedShare((MESSAGES_A_PAGE * RATE) / PAGE, BROADCAST_SECONDS) +
  recordedShare(RATE / PAGE, BROADCAST_SECONDS);

/** The arithmetic of docs/operations.md, "Costs": what one message uses. */
const broadcast: Usage = {
  executions: PAGE_RUNS / PAGE,
  // An instance that tells, and one that walks: a page each half second keeps it from ending.
  gbSeconds: (2 * INSTANCE_GB) / RATE,
  queueOperations: 12 / PAGE,
  tableTransactions: 4.7,
  storedBytes: 1400,
  logBytes:
    (RECORDS_A_PAGE * ROW_BYTES.run + MESSAGES_A_PAGE * (ROW_BYTES.line + OUTCOME_LINE)) / PAGE +
    CONVERSATION_KEY,
};
const trickle: Usage = {
  executions: 2,
  gbSeconds: 2 * INSTANCE_GB,
  queueOperations: 5,
  tableTransactions: 27,
  storedBytes: 3200,
  logBytes:
    2 * (recordedShare(TRICKLE_RATE, SECONDS_OF_MONTH) * ROW_BYTES.run + ROW_BYTES.line) +
    ACCEPTED_LINE +
    OUTCOME_LINE +
    CONVERSATION_KEY,
};

const nothing: Usage = {
  executions: 0,
  gbSeconds: 0,
  queueOperations: 0,
  tableTransactions: 0,
  storedBytes: 0,
  logBytes: 0,
};
const months = [
  monthOf(0, nothing),
  monthOf(MILLION, broadcast),
  monthOf(9 * MILLION, broadcast),
  monthOf(9 * MILLION, trickle),
];
const bills = (terms: Terms) => months.map((month) => billOf(month, readPrices(), terms));
const standard = { free: false, serviceBus: 'Standard' } as const;
const basic = { free: false, serviceBus: 'Basic' } as const;

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

const amounts = (of: readonly Bill[], part: keyof Bill) => of.map((bill) => Number(bill[part].toFixed(2)));

describe('the table of costs', () => {
  it('counts pages and messages as the app makes them', () => {
    const spacing = 1000 / slotsPerSecond(RATE);
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
    ["Host's storage", 'host'],
    ['Logs', 'logs'],
    ['Alerts', 'alerts'],
    ['**Sum**', 'sum'],
  ] as const)('has in "%s" what the arithmetic gives with the prices of docs/prices.json', (title, part) => {
    expect(row(title)).toEqual(amounts(bills(standard), part));
  });

  it.each([
    ['Service Bus, Basic', 'queues'],
    ['**Sum, Basic**', 'sum'],
  ] as const)('has in "%s" what it gives where Service Bus is Basic', (title, part) => {
    expect(row(title)).toEqual(amounts(bills(basic), part));
  });

  it('has in "For a million" the sums by their millions', () => {
    const perMillion = (terms: Terms) =>
      [1, 9, 9].map((millions, index) => Number(((bills(terms)[index + 1]?.sum ?? 0) / millions).toFixed(2)));
    expect(row('For a million').slice(1)).toEqual(perMillion(standard));
    expect(row('For a million, Basic').slice(1)).toEqual(perMillion(basic));
  });

  it('has in "A million more" what they cost beyond an idle month, which a dry run says of a person', () => {
    const [idle, , broadcasts] = bills(basic);
    const more = ((broadcasts?.sum ?? 0) - (idle?.sum ?? 0)) / 9;
    expect(row('A million more, Basic')[2]).toBe(Number(more.toFixed(2)));
    expect(USD_PER_PERSON * MILLION).toBeCloseTo(more, 2);
  });

  it('says what alerts that ring all month cost more', () => {
    const { monitor } = readPrices();
    const more =
      alertRules.every5Minutes.further * monitor.logAlertEvery5MinutesFurtherSeriesPerMonth +
      alertRules.every15Minutes.further * monitor.logAlertEvery15MinutesFurtherSeriesPerMonth;
    expect(more).toBeCloseTo(0.85);
    expect(readFileSync('docs/operations.md', 'utf8')).toContain('all of them all month would be 0.85 more');
  });

  it('leaves out what no installation sends: metrics to the workspace, and counters of processes', () => {
    for (const file of bicepFiles)
      expect([file, infraFile(file).includes('metrics: [')]).toEqual([file, false]);
    const { logging } = JSON.parse(readFileSync('host.json', 'utf8')) as {
      logging: { applicationInsights: { enablePerformanceCountersCollection: boolean } };
    };
    expect(logging.applicationInsights.enablePerformanceCountersCollection).toBe(false);
  });

  it('has the same with what a subscription has free', () => {
    expect(row('Sum with free amounts')).toEqual(amounts(bills({ ...standard, free: true }), 'sum'));
  });
});
