import { describe, expect, it } from 'vitest';
import { costOfMonth, monthOf, SECONDS_OF_MONTH, standing } from '../../bench/cost/month.ts';
import { type Prices, readPrices } from '../../bench/cost/prices.ts';

const prices: Prices = {
  date: '2026-01-01',
  flexConsumption: {
    onDemandPerGbSecond: 0.00001,
    perMillionExecutions: 0.5,
    freeGbSecondsPerMonth: 100_000,
    freeExecutionsPerMonth: 1_000_000,
  },
  serviceBusStandard: {
    basePerHour: 0.01,
    includedOperationsPerMonth: 2_000_000,
    perMillionOperationsTo100Million: 1,
  },
  tableStorage: { perMillionTransactions: 0.1 },
};

describe('what a month costs', () => {
  it('is each use beyond what is free, at its price, and the base price of the broker', () => {
    const usage = {
      executions: 3_000_000,
      gbSeconds: 200_000,
      queueOperations: 5_000_000,
      tableTransactions: 10_000_000,
    };
    expect(costOfMonth(usage, prices)).toBeCloseTo(1 + 1 + 7.3 + 3 + 1);
  });

  it('is the base price where nothing passes what is free', () => {
    const nothing = { executions: 0, gbSeconds: 0, queueOperations: 0, tableTransactions: 0 };
    expect(costOfMonth(nothing, prices)).toBeCloseTo(7.3);
  });

  it('counts what runs without any message, and no more than two instances all month', () => {
    const each = { executions: 2, gbSeconds: 1, queueOperations: 5, tableTransactions: 12 };
    const month = monthOf(9_000_000, each);
    expect(month.executions).toBe(18_000_000 + standing.executions);
    expect(month.gbSeconds).toBe(SECONDS_OF_MONTH + standing.gbSeconds);
  });

  it('can be worked out from the list prices of the project', () => {
    expect(costOfMonth(monthOf(1_000_000, standing), readPrices())).toBeGreaterThan(0);
  });
});
