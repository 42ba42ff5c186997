import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepLocked } from '../../service-bus/lock-renewal.ts';
import type { Delivery } from '../../service-bus/received-message.ts';

const start = Date.parse('2026-11-22T17:30:00.000Z');
const seconds = (count: number) => count * 1000;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A message whose lock lasts 30 s; the seconds since the start at which it was renewed. */
function locked(renewLock?: () => Promise<Date>) {
  const renewedAt: number[] = [];
  const delivery: Delivery = {
    message: {
      body: '',
      lockedUntil: new Date(start + seconds(30)),
      deliveryCount: 0,
      enqueuedTime: new Date(),
      sequenceNumber: '1',
      applicationProperties: {},
    },
    complete: async () => {},
    abandon: async () => {},
    renewLock: async () => {
      renewedAt.push((Date.now() - start) / 1000);
      return renewLock ? renewLock() : new Date(Date.now() + seconds(30));
    },
  };
  return { delivery, renewedAt };
}

describe('the lock of a message in work', () => {
  it('is renewed 10 seconds before it ends, again and again', async () => {
    const { delivery, renewedAt } = locked();
    const stop = keepLocked(delivery, seconds(300), () => {});
    await vi.advanceTimersByTimeAsync(seconds(65));
    expect(renewedAt).toEqual([20, 40, 60]);
    stop();
  });

  it('is renewed half way when it is short', async () => {
    const { delivery, renewedAt } = locked(async () => new Date(Date.now() + seconds(4)));
    delivery.message.lockedUntil = new Date(start + seconds(4));
    const stop = keepLocked(delivery, seconds(300), () => {});
    await vi.advanceTimersByTimeAsync(seconds(7));
    expect(renewedAt).toEqual([2, 4, 6]);
    stop();
  });

  it('is not renewed beyond the longest renewal', async () => {
    const { delivery, renewedAt } = locked();
    keepLocked(delivery, seconds(50), () => {});
    await vi.advanceTimersByTimeAsync(seconds(300));
    expect(renewedAt).toEqual([20, 40]);
  });

  it('is not renewed at all with a longest renewal of 0', async () => {
    const { delivery, renewedAt } = locked();
    keepLocked(delivery, 0, () => {});
    await vi.advanceTimersByTimeAsync(seconds(300));
    expect(renewedAt).toEqual([]);
  });

  it('is not renewed once the message is done', async () => {
    const { delivery, renewedAt } = locked();
    keepLocked(delivery, seconds(300), () => {})();
    await vi.advanceTimersByTimeAsync(seconds(300));
    expect(renewedAt).toEqual([]);
  });

  it('that cannot be renewed is told once and left', async () => {
    const failures: unknown[] = [];
    const { delivery, renewedAt } = locked(() => Promise.reject(new Error('lock lost')));
    keepLocked(delivery, seconds(300), (error) => failures.push(error));
    await vi.advanceTimersByTimeAsync(seconds(300));
    expect(renewedAt).toEqual([20]);
    expect(failures).toEqual([new Error('lock lost')]);
  });
});
