import { describe, expect, it } from 'vitest';
import { slotsPerSecond, TenantWindow } from '../../../shared/domain/delivery/tenant-window.ts';

/** A window that has seen exchanges of these lengths, one a second, and what time it is then. */
function seen(...took: readonly number[]) {
  const window = new TenantWindow(10);
  let now = 0;
  for (const each of took) {
    now += 1000;
    window.answer(window.depart(now), now + each);
  }
  return { window, now: now + 5000 };
}

/** How long the place of one more exchange is taken that takes so long. */
function placeTakenFor({ window, now }: ReturnType<typeof seen>, took: number): number {
  window.answer(window.depart(now), now + took);
  let later = now + took;
  while (window.inUse(later) > 0 && later < now + 10_000) later += 1;
  return later - now;
}

it('slots are seven milliseconds a second further apart than the channel asks', () => {
  expect(slotsPerSecond(50)).toBe(50_000 / 1007);
});

describe('the place of a request', () => {
  it('is taken for the second that the channel counts, and for what clocks do not show', () => {
    expect(placeTakenFor(seen(20), 20)).toBe(1002);
  });

  it('is taken for as much longer as its exchange was longer than the shortest', () => {
    expect(placeTakenFor(seen(20), 26)).toBe(1008);
  });

  it('is taken longer once a faster network was seen, and that is forgotten little by little', () => {
    const faster = placeTakenFor(seen(26, 20), 26);
    expect(faster).toBe(1008);
    expect(placeTakenFor(seen(20, ...Array.from({ length: 400 }, () => 26)), 26)).toBe(1002);
  });

  it('is one of ten', () => {
    const window = new TenantWindow(10);
    for (let at = 0; at < 9; at += 1) window.depart(at);
    expect(window.nextAt(9)).toBe(9);
    window.depart(9);
    // Nothing is known of the first: it may have taken a second to arrive.
    expect(window.nextAt(10)).toBe(2002);
  });
});

describe('a late request', () => {
  function late() {
    const window = new TenantWindow(10);
    window.announce(1000);
    const exchange = window.depart(1100);
    return { window, exchange };
  }

  it('is told once, and for two seconds', () => {
    const { window, exchange } = late();
    expect(window.isNewlyLate(exchange, 1100)).toBe(true);
    expect(window.isNewlyLate(exchange, 1100)).toBe(false);
    expect(window.lateRequests(3099)).toEqual([{ slotAt: 1000, arrivedAt: 1100 }]);
    expect(window.lateRequests(3100)).toEqual([]);
  });

  it('is one that comes more than five milliseconds behind its slot in a steady network, and later in others', () => {
    for (const [span, behind, isLate] of [
      [7, 5, false],
      [7, 6, true],
      [100, 98, false],
      [100, 99, true],
    ] as const) {
      const window = new TenantWindow(10);
      window.learn({ late: [], others: 0, slack: { span } });
      window.announce(1000);
      expect(window.isNewlyLate(window.depart(1000 + behind), 1000 + behind)).toBe(isLate);
    }
  });

  it("of another process keeps the slot a window later until the channel's second is over", () => {
    const window = new TenantWindow(10);
    window.learn({ late: [{ slotAt: 1000, arrivedAt: 1300 }], others: 1, slack: { span: 7 } });
    window.announce(2007);
    expect(window.nextAt(2007)).toBe(2302);
  });
});

describe('requests without a slot', () => {
  it.each([
    [0, 10],
    [1, 4],
    [4, 2],
  ])('with %d other processes are %d in a window', (others, most) => {
    const window = new TenantWindow(10);
    window.learn({ late: [], others });
    let made = 0;
    while (made < 20 && window.hasRoomToSpare(1000)) {
      window.depart(1000);
      made += 1;
    }
    expect(made).toBe(most);
  });
});
