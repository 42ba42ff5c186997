import { describe, expect, it } from 'vitest';
import { notificationId } from '../../../../shared/domain/ids.ts';
import { days, minutes } from '../../../../shared/domain/time.ts';
import { latestPrice, withPrice } from '../../../../shared/kinds/hotels/prices/hotel.ts';
import { observe } from '../../../../shared/kinds/hotels/prices/price-watch.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const YEAR = days(365);

describe('a time that was wrong once heals:', () => {
  it('a price: it does not stand above all that come after it', () => {
    const point = (at: number) => ({ at, price: 1, currency: 'EUR', event: notificationId('s', `${at}`) });
    const hotel = { key: 'k' as never, name: 'n', city: 'c' };
    const wrong = withPrice(undefined, { hotel, point: point(NOW + YEAR), now: NOW + YEAR });
    const next = withPrice(wrong, { hotel, point: point(NOW), now: NOW });
    expect(latestPrice(next)?.at).toBe(NOW);
    expect(next.prices).toHaveLength(1);
  });

  it('what a watch was last moved by', () => {
    const state = {
      condition: { kind: 'drop' as const, percent: 20 },
      armed: true,
      currency: 'EUR',
      baseline: 100,
      asOf: NOW + YEAR,
    };
    const seen = { at: NOW, price: 50, currency: 'EUR' };
    expect(observe(state, seen, { now: NOW }).alert).toEqual({ condition: state.condition, before: 100 });
    expect(observe({ ...state, asOf: NOW + minutes(5) }, seen, { now: NOW }).alert).toBeUndefined();
  });
});
