import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../../shared/domain/ids.ts';
import {
  beginWatch,
  dropPercent,
  observe,
  type WatchState,
} from '../../../../shared/kinds/hotels/prices/price-watch.ts';

const event = notificationId('s', '1');
const point = (price: number, at: number, currency = 'USD') => ({ price, at, currency, event });

/** The prices that are told, one after the other, a minute apart, from minute 1 on. */
function toldOf(state: WatchState, prices: readonly number[]): number[] {
  let current = state;
  let before: number | undefined = state.baseline;
  const told: number[] = [];
  prices.forEach((price, index) => {
    const { next, alert } = observe(current, point(price, index + 1), {
      now: index + 1,
      ...(before === undefined ? {} : { before }),
    });
    if (alert !== undefined) told.push(price);
    current = next;
    before = price;
  });
  return told;
}

const dropOf = (percent: number, price = 100) => beginWatch({ kind: 'drop', percent }, point(price, 0));
const belowOf = (price: number, now = 200) => beginWatch({ kind: 'below', price }, point(now, 0));

describe('a watch for a drop', () => {
  it('tells from its percentage on, and not a cent before', () => {
    expect(toldOf(dropOf(20), [80.01])).toEqual([]);
    expect(toldOf(dropOf(20), [80])).toEqual([80]);
  });

  it('is exact where binary fractions are not', () => {
    expect(toldOf(dropOf(20, 100.1), [80.08])).toEqual([80.08]);
    expect(toldOf(dropOf(10, 0.3), [0.27])).toEqual([0.27]);
    expect(toldOf(dropOf(12.5, 199.99), [174.992])).toEqual([]);
    expect(toldOf(dropOf(12.5, 199.99), [174.991])).toEqual([174.991]);
  });

  it('counts from the price when it began or was last told, whatever lies between', () => {
    expect(toldOf(dropOf(20), [95, 90, 85, 81])).toEqual([]);
    expect(toldOf(dropOf(20), [79, 64, 63.2])).toEqual([79, 63.2]);
    expect(toldOf(dropOf(20), [150, 110, 85])).toEqual([]);
  });

  it('begins with the first price that comes, where none was known', () => {
    expect(toldOf(beginWatch({ kind: 'drop', percent: 20 }), [100, 81, 80])).toEqual([80]);
  });

  it('never tells of a price that stays, rises or fell from nothing', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 0, max: 1e9, noNaN: true }),
        fc.double({ min: 0.1, max: 99.9, noNaN: true }),
        (first, second, percent) => {
          const told = toldOf(dropOf(percent, Math.min(first, second)), [Math.max(first, second)]);
          expect(told).toEqual([]);
        },
      ),
    );
    expect(toldOf(dropOf(20, 0), [0, 0])).toEqual([]);
  });

  it('tells exactly when whole cents say so', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 1, max: 99 }),
        (fromCents, toCents, percent) => {
          const expected = BigInt(fromCents - toCents) * 100n >= BigInt(fromCents) * BigInt(percent);
          const told = toldOf(dropOf(percent, fromCents / 100), [toCents / 100]);
          expect(told.length === 1).toBe(expected);
        },
      ),
    );
  });
});

describe('a watch for a price below another', () => {
  it('tells when the price passes it, once, and again after it was back', () => {
    expect(toldOf(belowOf(150), [160, 149, 140, 120])).toEqual([149]);
    expect(toldOf(belowOf(150), [149, 150, 149])).toEqual([149, 149]);
    expect(toldOf(belowOf(150), [150])).toEqual([]);
  });

  it('that is below when it begins is told at the next crossing', () => {
    expect(toldOf(belowOf(150, 140), [130, 155, 145])).toEqual([145]);
  });

  it('tells of the first price that comes, where none was known and it is below', () => {
    expect(toldOf(beginWatch({ kind: 'below', price: 150 }), [140, 139])).toEqual([140]);
  });

  it('never tells of two prices without one at or above in between', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 200 })), (prices) => {
        let state = belowOf(150);
        let isArmed = true;
        prices.forEach((price, index) => {
          const { next, alert } = observe(state, point(price, index), { now: index });
          expect(alert !== undefined).toBe(isArmed && price < 150);
          isArmed = price >= 150;
          state = next;
        });
      }),
    );
  });
});

describe('every watch', () => {
  const states = fc.oneof(
    fc.constant(dropOf(20)),
    fc.constant(belowOf(150)),
    fc.constant(belowOf(150, 100)),
    fc.constant(beginWatch({ kind: 'drop', percent: 20 })),
  );

  it('tells the same price once, however often it is observed', () => {
    fc.assert(
      fc.property(states, fc.integer({ min: 0, max: 300 }), (state, price) => {
        const first = observe(state, point(price, 5), { now: 5 });
        const again = observe(first.next, point(price, 5), { now: 6 });
        expect(again.alert).toBeUndefined();
        expect(again.next).toBe(first.next);
      }),
    );
  });

  it('ignores what happened before the price that it knows', () => {
    const state = beginWatch({ kind: 'drop', percent: 20 }, point(100, 10));
    expect(observe(state, point(1, 9), { now: 11 }).next).toBe(state);
    expect(observe(state, point(1, 10), { now: 11 }).alert).toBeDefined();
  });

  it('ignores another currency', () => {
    fc.assert(
      fc.property(fc.constantFrom(dropOf(20), belowOf(150)), fc.nat(300), (state, price) => {
        expect(observe(state, point(price, 5, 'EUR'), { now: 5 })).toEqual({ next: state });
      }),
    );
  });

  it('tells nothing while it is snoozed, and of the next price that is low when it is not', () => {
    for (const state of [dropOf(20), belowOf(95)]) {
      const snoozed = { ...state, snoozedUntil: 10 };
      const during = observe(snoozed, point(50, 5), { now: 5 });
      expect(during.alert).toBeUndefined();
      expect(observe(during.next, point(60, 11), { now: 11 }).alert).toBeDefined();
    }
  });
});

it('a drop is shown cut to one decimal, so that it never says more than it is', () => {
  expect([dropPercent(199, 149), dropPercent(100, 80.01), dropPercent(0, 0), dropPercent(1, 2)]).toEqual([
    25.1, 19.9, 0, 0,
  ]);
});
