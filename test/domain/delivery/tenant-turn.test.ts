import { describe, expect, it } from 'vitest';
import { isSoon, LEAD, reservedSlot, takenOf } from '../../../shared/domain/delivery/tenant-turn.ts';
import { TenantWindow } from '../../../shared/domain/delivery/tenant-window.ts';
import { hours, isWithin, seconds } from '../../../shared/domain/time.ts';

const NOW = Date.UTC(2026, 10, 23, 9);

describe('a turn at the rate of a tenant', () => {
  it.each([
    ['none', undefined, { lateBy: 0 }],
    ['one that is ahead', NOW + 100, { good: NOW + 100, lateBy: 0 }],
    ['one that passed a moment ago', NOW - 400, { good: NOW - 400, lateBy: 0 }],
    ['one that was missed', NOW - 401, { lateBy: 401 }],
    ['one further ahead than any', NOW + hours(3), { lateBy: 0 }],
  ])('takes a slot that was reserved before for what it is worth: %s', (_name, reserved, expected) => {
    expect(reservedSlot(reserved, NOW)).toEqual(expected);
  });

  it('gives those who reserved together a slot each, and the first ones less to wait where nobody was before them', () => {
    const slots = { first: NOW, spacing: 20.14, count: 2 };
    expect(takenOf({ slots, idle: 2 * LEAD }, 1, 0)).toEqual({ at: NOW + 21, early: LEAD });
    expect(takenOf({ slots, idle: LEAD }, 0, 0)).toEqual({ at: NOW, early: 0 });
  });

  it('lets those come apart who have to ask again', () => {
    expect(takenOf({ laterAt: NOW }, 5, 7)).toEqual({ at: NOW + 350, isWithoutSlot: true });
  });

  it('lets nobody wait longer than a function should', () => {
    expect([isSoon(NOW + 250, NOW), isSoon(NOW + 251, NOW)]).toEqual([true, false]);
  });

  it('takes no time for past that lies ahead of a clock that was put back', () => {
    expect([isWithin(seconds(1), NOW - 999, NOW), isWithin(seconds(1), NOW + 1, NOW)]).toEqual([true, false]);
    expect(isWithin(seconds(1), undefined, NOW)).toBe(false);
  });
});

describe('the window of a tenant', () => {
  it('has a place again a second and a little after the request that took it', () => {
    const window = new TenantWindow(1);
    const exchange = window.depart(NOW);
    window.answer(exchange, NOW + 4);
    expect(window.nextAt(NOW + 5)).toBe(NOW + 1002);
    expect(window.inUse(NOW + 1001)).toBe(1);
    expect(window.inUse(NOW + 1002)).toBe(0);
  });

  it('says once of a request that it was later than its slot', () => {
    const window = new TenantWindow(50);
    window.announce(NOW);
    const exchange = window.depart(NOW + 23);
    expect([window.isNewlyLate(exchange, NOW + 23), window.isNewlyLate(exchange, NOW + 23)]).toEqual([
      true,
      false,
    ]);
    expect(window.lateRequests(NOW + 23)).toEqual([{ slotAt: NOW, arrivedAt: NOW + 23 }]);
  });
});
