import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { billedSeconds } from '../../bench/cost/billed.ts';
import {
  alertRules,
  billOf,
  monthOf,
  ROW_BYTES,
  recordedShare,
  SAMPLING,
  SECONDS_OF_MONTH,
  standing,
} from '../../bench/cost/month.ts';
import type { Prices } from '../../bench/cost/prices.ts';
import { rowBytes } from '../../bench/cost/stored.ts';
import { HostLines } from '../../bench/parts/host-lines.ts';

const prices: Prices = {
  date: '2026-01-01',
  flexConsumption: {
    onDemandPerGbSecond: 0.00001,
    perMillionExecutions: 0.5,
    freeGbSecondsPerMonth: 100_000,
    freeExecutionsPerMonth: 1_000_000,
  },
  serviceBusBasic: { perMillionOperations: 0.1 },
  serviceBusStandard: {
    basePerHour: 0.01,
    includedOperationsPerMonth: 2_000_000,
    perMillionOperationsTo100Million: 1,
  },
  tableStorage: { perMillionTransactions: 0.1, zrsPerGbMonth: 0.05 },
  blobStorage: { perMillionWrites: 5, perMillionOthers: 0.4 },
  logAnalytics: { perGb: 2, freeGbPerMonth: 5 },
  monitor: {
    logAlertEvery5MinutesPerMonth: 1.5,
    logAlertEvery5MinutesFurtherSeriesPerMonth: 0.15,
    logAlertEvery15MinutesPerMonth: 0.5,
    logAlertEvery15MinutesFurtherSeriesPerMonth: 0.05,
    metricAlertPerSeriesPerMonth: 0.1,
  },
};
const usage = {
  executions: 3_000_000,
  gbSeconds: 200_000,
  queueOperations: 5_000_000,
  tableTransactions: 10_000_000,
  storedBytes: 8e9,
  logBytes: 6e9,
};
const nothing = {
  executions: 0,
  gbSeconds: 0,
  queueOperations: 0,
  tableTransactions: 0,
  storedBytes: 0,
  logBytes: 0,
};

describe('what a month costs', () => {
  it('is each use at its price, the base price of the broker, and the alerts', () => {
    expect(billOf(usage, prices, { free: false, serviceBus: 'Standard' })).toEqual({
      executions: 1.5,
      compute: expect.closeTo(2),
      queues: expect.closeTo(7.3 + 3),
      tables: expect.closeTo(1 + 0.4),
      host: expect.closeTo(0.432 + 0.368),
      logs: 12,
      alerts: expect.closeTo(3.1),
      sum: expect.closeTo(31.1),
    });
  });

  it('has no base price of the broker where Service Bus is Basic', () => {
    const { queues, sum } = billOf(usage, prices, { free: false, serviceBus: 'Basic' });
    expect([queues, sum]).toEqual([expect.closeTo(0.5), expect.closeTo(21.3)]);
  });

  it('is less by what a subscription has free', () => {
    const { executions, compute, logs } = billOf(usage, prices, { free: true, serviceBus: 'Standard' });
    expect([executions, compute, logs]).toEqual([1, expect.closeTo(1), 2]);
    expect(billOf(nothing, prices, { free: true, serviceBus: 'Standard' }).sum).toBeCloseTo(7.3 + 0.8 + 3.1);
  });

  it('counts what runs without any message, and no more than two instances all month', () => {
    const each = { ...nothing, executions: 2, gbSeconds: 1, storedBytes: 900, logBytes: 100 };
    const month = monthOf(9_000_000, each);
    expect(month.executions).toBe(18_000_000 + standing.executions);
    expect(month.gbSeconds).toBe(SECONDS_OF_MONTH + standing.gbSeconds);
    expect(month.storedBytes).toBe(8_100_000_000);
    expect(month.logBytes).toBe(900_000_000 + standing.logBytes);
  });

  it('counts the rules that the infrastructure has', () => {
    const bicep = readFileSync('infra/modules/alerts.bicep', 'utf8');
    const [, alerts = '', rules = ''] =
      /var logAlerts = \[(.*?)\n\]\n.*var looks = \[(.*?)\n\]\n/s.exec(bicep) ?? [];
    const looking = (every: string) => {
      const severities = [...rules.matchAll(/severity: (\d).*every: '(\w+)'/g)].filter(
        ([, , at]) => at === every,
      );
      const all = severities.flatMap(([, severity]) => [
        ...alerts.matchAll(RegExp(`severity: ${severity}`, 'g')),
      ]);
      return { rules: severities.length, further: all.length - severities.length };
    };
    expect([looking('PT5M'), looking('PT15M')]).toEqual([
      alertRules.every5Minutes,
      alertRules.every15Minutes,
    ]);
  });
});

describe('the records of runs', () => {
  it('are all there where an instance has few, or has not seen yet how many there are', () => {
    expect(recordedShare(0.15, 10_000)).toBeCloseTo(1);
    expect(recordedShare(8, 10)).toBe(1);
    expect(recordedShare(8, 5)).toBe(1);
  });

  it('are one each five seconds once it has', () => {
    expect(recordedShare(8, 200)).toBeCloseTo((10 * 8 + 190 * 0.2) / 1600);
    expect(recordedShare(2, 1_000_000)).toBeCloseTo(0.1, 3);
  });

  it('are sampled as host.json asks the host to', () => {
    expect(SAMPLING).toEqual({ perSecond: 0.2, unsampledSeconds: 10 });
    const { logging } = JSON.parse(readFileSync('host.json', 'utf8')) as {
      logging: { applicationInsights: { samplingSettings: object; enableAdaptiveSamplingDelay: boolean } };
    };
    // By default the host sends everything for fifteen seconds more.
    expect(logging.applicationInsights.enableAdaptiveSamplingDelay).toBe(false);
    expect(logging.applicationInsights.samplingSettings).toEqual({
      isEnabled: true,
      excludedTypes: 'Exception;Trace',
      maxTelemetryItemsPerSecond: 0.2,
      evaluationInterval: '00:00:10',
      initialSamplingPercentage: 100,
      minSamplingPercentage: 2,
      samplingPercentageDecreaseTimeout: '00:00:01',
      samplingPercentageIncreaseTimeout: '00:15:00',
    });
  });
});

describe('the seconds that are billed', () => {
  const run = (functionName: string, startedAt: number, endedAt: number) => ({
    functionName,
    startedAt,
    endedAt,
  });

  it('are one at least for each time that an instance wakes, in tenths beyond', () => {
    expect(billedSeconds([])).toBe(0);
    expect(billedSeconds([run('jobs', 0, 20)])).toBe(1);
    expect(billedSeconds([run('jobs', 0, 1210)])).toBe(1.3);
    expect(billedSeconds([run('jobs', 0, 20), run('jobs', 5000, 5020)])).toBe(2);
  });

  it('are the same for runs beside each other, and for those that begin while the second lasts', () => {
    expect(billedSeconds([run('jobs', 0, 2000), run('jobs', 100, 1900)])).toBe(2);
    expect(billedSeconds([run('jobs', 0, 20), run('jobs', 500, 520), run('jobs', 900, 1450)])).toBe(1.5);
  });

  it('are those of every function, but for HTTP, whose functions share', () => {
    expect(billedSeconds([run('jobs', 0, 20), run('deliveries', 0, 20)])).toBe(2);
    expect(billedSeconds([run('messages', 0, 20), run('publish', 0, 20)])).toBe(1);
  });
});

it('counts the runs and the lines that a host prints, without its timers', () => {
  const lines = new HostLines();
  const own = '{"v":1,"event":"delivery.outcome","outcome":"delivered"}';
  for (const line of [
    "[debug] [deliveries 0a] Executing 'Functions.deliveries'",
    `[info] [deliveries 0a] ${own}`,
    "[debug] [deliveries 0a] Executed 'Functions.deliveries' (Succeeded, 12ms)",
    "[debug] [heartbeat 0b] Executed 'Functions.heartbeat' (Succeeded, 3ms)",
  ])
    lines.add(line);
  expect(lines.counts()).toEqual({
    executions: [1],
    seconds: 1,
    lineBytes: own.length + ROW_BYTES.line,
  });
  lines.reset();
  expect(lines.counts()).toEqual({ executions: [], seconds: 0, lineBytes: 0 });
});

it('counts a row as Table Storage does: two bytes a letter, eight a column, and the time of its last write', () => {
  const keys = { partitionKey: 'ab', rowKey: 'c' };
  const bare = 4 + 2 * 3 + 8 + 2 * 9 + 8;
  expect(rowBytes({ ...keys, etag: 'x', timestamp: '2026-01-01T00:00:00Z' })).toBe(bare);
  expect(rowBytes({ ...keys, text: 'four' })).toBe(bare + 8 + 2 * 4 + 4 + 2 * 4);
  expect(rowBytes({ ...keys, data: new Uint8Array(9) })).toBe(bare + 8 + 2 * 4 + 4 + 9);
  expect(rowBytes({ ...keys, at: 5, done: true })).toBe(bare + (8 + 4 + 8) + (8 + 8 + 1));
});
