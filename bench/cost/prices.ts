import { readFileSync } from 'node:fs';
import { z } from 'zod';

const amount = z.number().nonnegative();

const schema = z.object({
  date: z.iso.date(),
  flexConsumption: z.object({
    onDemandPerGbSecond: amount,
    perMillionExecutions: amount,
    freeGbSecondsPerMonth: amount,
    freeExecutionsPerMonth: amount,
  }),
  serviceBusBasic: z.object({ perMillionOperations: amount }),
  serviceBusStandard: z.object({
    basePerHour: amount,
    includedOperationsPerMonth: amount,
    perMillionOperationsTo100Million: amount,
  }),
  tableStorage: z.object({ perMillionTransactions: amount, zrsPerGbMonth: amount }),
  blobStorage: z.object({ perMillionWrites: amount, perMillionOthers: amount }),
  logAnalytics: z.object({ perGb: amount, freeGbPerMonth: amount }),
  monitor: z.object({
    logAlertEvery5MinutesPerMonth: amount,
    logAlertEvery5MinutesFurtherSeriesPerMonth: amount,
    logAlertEvery15MinutesPerMonth: amount,
    logAlertEvery15MinutesFurtherSeriesPerMonth: amount,
    metricAlertPerSeriesPerMonth: amount,
  }),
});

export type Prices = z.output<typeof schema>;

/** The list prices of docs/prices.json. Throws where one is missing. */
export function readPrices(): Prices {
  return schema.parse(JSON.parse(readFileSync(new URL('../../docs/prices.json', import.meta.url), 'utf8')));
}
