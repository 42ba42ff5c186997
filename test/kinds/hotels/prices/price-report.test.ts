import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJob, toJobBody } from '../../../../shared/domain/event/job.ts';
import { conversationKey, notificationId } from '../../../../shared/domain/ids.ts';
import { hotelKey } from '../../../../shared/kinds/hotels/prices/hotel.ts';
import { MOST_BARS, summarize } from '../../../../shared/kinds/hotels/prices/price-report.ts';

const prices = (...amounts: readonly number[]) => amounts.map((price, at) => ({ at, price }));

describe('a summary of prices', () => {
  it('names the lowest, the highest, the average and the price now', () => {
    expect(summarize(prices(100, 90, 120, 90, 110))).toMatchObject({
      first: { price: 100 },
      current: { price: 110 },
      lowest: { price: 90, at: 3 },
      highest: { price: 120, at: 2 },
      average: 102,
    });
  });

  it('is none without prices', () => {
    expect(summarize([])).toBeUndefined();
  });

  it('draws every price, in order, in as few bars as fit', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 95 }), (amounts) => {
        const bars = summarize(prices(...amounts))?.bars ?? [];
        expect(bars.length).toBe(Math.min(amounts.length, MOST_BARS));
        expect(bars[0]?.from).toBe(0);
        expect(bars.at(-1)?.to).toBe(amounts.length - 1);
        expect(bars.slice(1).map(({ from }) => from - 1)).toEqual(bars.slice(0, -1).map(({ to }) => to));
      }),
    );
  });
});

describe('the job of a report', () => {
  const job = {
    kind: 'work',
    work: 'price-report',
    field: 'report',
    about: { id: notificationId('a', 'b'), conversation: conversationKey('a', 'b'), hotel: hotelKey('h') },
    hop: 1,
  } as const;
  const body = toJobBody(job).job;

  it('reads back what it writes', () => {
    expect(parseJob(JSON.parse(JSON.stringify(toJobBody(job))))).toEqual({ ok: true, value: job });
  });

  it('lies on the queue as earlier releases write it', () => {
    expect(body).toEqual({ kind: 'price-report', report: job.about, hop: 1 });
  });

  it.each([
    ['job.kind', { ...body, report: { ...job.about, id: '' } }],
    ['job.kind', { ...body, report: null }],
    ['job.kind', { ...body, more: { id: 'x' } }],
    ['job.kind', { ...body, kind: 'forgetting' }],
    ['job.hop', { ...body, hop: -1 }],
  ])('names the fault in %s', (path, bad) => {
    const read = parseJob({ job: bad });
    expect(read.ok ? [] : read.faults.map((fault) => fault.path)).toEqual([path]);
  });
});
