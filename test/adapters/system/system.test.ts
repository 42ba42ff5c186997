import { describe, expect, it } from 'vitest';
import { JsonLog } from '../../../shared/adapters/system/json-log.ts';
import { cachingNotifications } from '../../../shared/adapters/system/notification-cache.ts';
import { SpacedPace } from '../../../shared/adapters/system/spaced-pace.ts';
import { systemClock } from '../../../shared/adapters/system/system-clock.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { aConversation, aNotification } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { inMemoryStores } from '../../support/fakes/stores/in-memory-stores.ts';
import { Watch } from '../../support/fakes/watch.ts';

describe('a log line', () => {
  function lines(write: (log: JsonLog) => void): readonly string[] {
    const written: string[] = [];
    const sink = {
      info: (line: string) => written.push(line),
      warn: (line: string) => written.push(line),
      error: (line: string) => written.push(line),
    };
    write(new JsonLog(() => sink));
    return written;
  }

  it('is one JSON object with what identifies and counts', () => {
    expect(
      lines((log) => log.info('delivery.outcome', { notification: 'n', attempts: 2, reason: undefined })),
    ).toEqual(['{"v":1,"event":"delivery.outcome","notification":"n","attempts":2}']);
  });

  it('never holds text, names, addresses or tokens, whoever passes them', () => {
    const [line] = lines((log) =>
      log.error('x', {
        text: 'secret',
        userName: 'Ana',
        token: 'abc',
        serviceUrl: 'https://x',
        email: 'a@b',
        conversation: 'key',
      }),
    );
    for (const leak of ['secret', 'Ana', 'abc', 'https://x', 'a@b']) expect(line).not.toContain(leak);
    expect(line).toContain('"conversation":"key"');
  });

  it('stays one line, whatever is in it', () => {
    expect(lines((log) => log.info('x', { code: 'a\nb' }))[0]?.includes('\n')).toBe(false);
  });
});

describe('the notification cache', () => {
  it('reads a notification once for all its recipients', async () => {
    const watch = new Watch();
    const { notifications } = inMemoryStores({ clock: new FakeClock() });
    const cached = cachingNotifications(watch.over('notifications', notifications));
    const notification = aNotification();
    await cached.accept(notification);
    for (let recipient = 0; recipient < 100; recipient += 1)
      expect(await cached.find(notification.id)).toEqual(notification);
    expect(watch.count('notifications.find')).toBe(1);
  });

  it('does not remember that there was none', async () => {
    const { notifications } = inMemoryStores({ clock: new FakeClock() });
    const cached = cachingNotifications(notifications);
    const notification = aNotification();
    expect(await cached.find(notification.id)).toBeUndefined();
    await cached.accept(notification);
    expect(await cached.find(notification.id)).toEqual(notification);
  });
});

describe('the pace of a process', () => {
  const { tenant } = aConversation();

  function aPace(requestsPerSecond: number) {
    const watch = new Watch();
    const { pacer } = inMemoryStores({ clock: systemClock, requestsPerSecond });
    return {
      watch,
      pace: new SpacedPace({ pacer: watch.over('pacer', pacer), clock: systemClock, requestsPerSecond }),
    };
  }

  it('never lets requests closer together than the rate, however they come', async () => {
    const { pace } = aPace(200);
    const passed: number[] = [];
    await Promise.all(
      Array.from({ length: 30 }, async () => {
        if ((await pace.takeTurn(tenant)) === 'go') passed.push(systemClock.now());
      }),
    );
    expect(passed.length).toBe(30);
    const [first = 0] = passed;
    // Thirty turns need twenty-nine gaps of five milliseconds; timers may be late, and a millisecond early by rounding.
    expect(systemClock.now() - first).toBeGreaterThanOrEqual(29 * 5 - 2);
  });

  it('takes slots for all who wait in one reservation', async () => {
    const { pace, watch } = aPace(1000);
    await Promise.all(Array.from({ length: 50 }, () => pace.takeTurn(tenant)));
    expect(watch.count('pacer.reserve')).toBeLessThanOrEqual(4);
  });

  it('uses the slot that comes with a request, and takes a new one for a stale slot', async () => {
    const { pace, watch } = aPace(1000);
    expect(await pace.takeTurn(tenant, systemClock.now())).toBe('go');
    expect(watch.count('pacer.reserve')).toBe(0);
    await pace.takeTurn(tenant, systemClock.now() - 5000);
    expect(watch.count('pacer.reserve')).toBe(1);
  });

  it('sends whoever would have to wait long away, with a slot', async () => {
    const { pace } = aPace(1);
    expect(await pace.takeTurn(tenant)).toBe('go');
    const second = await pace.takeTurn(tenant);
    expect(second).toMatchObject({ at: expect.any(Number) });
    if (second !== 'go') expect(second.at - systemClock.now()).toBeGreaterThan(250);
  });

  it('tells everybody who waited when the store is away', async () => {
    const { pace, watch } = aPace(1000);
    const away = new StoreUnavailable('reserve', new Error('503'));
    for (let times = 0; times < 2; times += 1)
      watch.failNext('pacer.reserve', { error: away, when: 'before' });
    const turns = await Promise.allSettled(Array.from({ length: 5 }, () => pace.takeTurn(tenant)));
    expect(turns.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await pace.takeTurn(tenant)).toBe('go');
  });
});
