import { describe, expect, it } from 'vitest';
import { JsonLog } from '../../../shared/adapters/system/json-log.ts';
import { cachingNotifications } from '../../../shared/adapters/system/notification-cache.ts';
import { KNOWN_WITHIN } from '../../../shared/domain/event/cancellation.ts';
import { aNotification } from '../../support/builders.ts';
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
    const cached = cachingNotifications(watch.over('notifications', notifications), new FakeClock());
    const notification = aNotification();
    await cached.acceptNotification(notification);
    for (let recipient = 0; recipient < 100; recipient += 1)
      expect(await cached.findNotification(notification.id)).toEqual(notification);
    expect(watch.calls.map(({ method }) => method)).toEqual(['acceptNotification', 'findMarkedNotification']);
  });

  it('knows the mark of what is told at once without a read, and of a broadcast by one a second', async () => {
    const clock = new FakeClock();
    const watch = new Watch();
    const { notifications } = inMemoryStores({ clock });
    const cached = cachingNotifications(watch.over('notifications', notifications), clock);
    const notification = aNotification();
    const { id } = notification;
    await cached.acceptNotification(notification);
    await cached.findNotification(id);
    expect(await cached.findCancellation(id)).toBeUndefined();
    expect(watch.count('notifications.findCancellation')).toBe(0);
    for (let call = 0; call < 100; call += 1) {
      clock.advance(100);
      await Promise.all([cached.findCancellation(id), cached.findCancellation(id)]);
    }
    expect(watch.count('notifications.findCancellation')).toBe(9);
  });

  it('learns of a cancel by another process within a second, and of its own at once', async () => {
    const clock = new FakeClock();
    const { notifications } = inMemoryStores({ clock });
    const one = cachingNotifications(notifications, clock);
    const other = cachingNotifications(notifications, clock);
    const notification = aNotification();
    const { id } = notification;
    await one.acceptNotification(notification);
    await Promise.all([one.findNotification(id), other.findNotification(id)]);
    await one.cancelNotification(id, clock.now());
    expect(await one.findCancellation(id)).toBeDefined();
    clock.advance(KNOWN_WITHIN);
    expect(await other.findCancellation(id)).toBeUndefined();
    clock.advance(1);
    expect(await other.findCancellation(id)).toBeDefined();
  });

  it('does not remember that there was none', async () => {
    const { notifications } = inMemoryStores({ clock: new FakeClock() });
    const cached = cachingNotifications(notifications, new FakeClock());
    const notification = aNotification();
    expect(await cached.findNotification(notification.id)).toBeUndefined();
    await cached.acceptNotification(notification);
    expect(await cached.findNotification(notification.id)).toEqual(notification);
  });
});
