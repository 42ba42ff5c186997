import { beforeEach, describe, expect, it } from 'vitest';
import type { Walk } from '../../shared/domain/event/job.ts';
import type { NotificationId } from '../../shared/domain/ids.ts';
import type { Group } from '../../shared/ports/delivery/audience.ts';
import { aConversation, aConversationKey, aNotification, aTopic } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeNotificationStoreContract(name: string, makeStores: MakeStores): void {
  describe(`NotificationStore ${name}`, () => {
    let stores: FreshStores;
    let store: FreshStores['notifications'];

    beforeEach(async () => {
      stores = await makeStores();
      store = stores.notifications;
    });

    it('accepts an id once; the first one stands', async () => {
      const first = aNotification({ data: { text: 'first' } });
      expect(await store.acceptNotification(first)).toBe('new');
      expect(await store.acceptNotification({ ...first, data: { text: 'second' } })).toBe('known');
      expect(await store.findNotification(first.id)).toEqual(first);
    });

    it('notes what was asked for under an id, known or not; the first request stands', async () => {
      const notification = aNotification();
      const request = (digest: string) => ({ digest, source: `console/${digest}` });
      expect(await store.findRequest(notification.id)).toBeUndefined();
      const [first, ...others] = await Promise.all(
        ['a', 'b', 'c'].map((digest) => store.noteRequest(notification.id, request(digest))),
      );
      expect(first?.source).toBe(`console/${first?.digest}`);
      expect(others).toEqual([first, first]);
      await store.acceptNotification(notification);
      expect(await store.noteRequest(notification.id, request('d'))).toEqual(first);
      expect(await store.noteRequest(aNotification().id, request('d'))).toEqual(request('d'));
      const other = await stores.inAnotherProcess();
      expect(await other.notifications.findNotification(notification.id)).toEqual(notification);
      expect(await other.notifications.noteRequest(notification.id, request('e'))).toEqual(first);
      expect(await other.notifications.findRequest(notification.id)).toEqual(first);
    });

    it('marks a notification as cancelled, known or not; the first mark stands', async () => {
      const notification = aNotification();
      const { id } = notification;
      expect(await store.findCancellation(id)).toBeUndefined();
      expect(await store.cancelNotification(id, 1000)).toEqual({ at: 1000 });
      expect(await store.findNotification(id)).toBeUndefined();
      await store.acceptNotification(notification);
      expect(await store.findMarkedNotification(id)).toEqual({ notification, cancellation: { at: 1000 } });
      expect(await store.cancelNotification(id, 2000)).toEqual({ at: 1000 });
      await store.noteNotAddressed(id, 7);
      await store.noteNotAddressed(id, 0);
      const marked = { at: 1000, notAddressed: 7 };
      expect(await store.findCancellation(id)).toEqual(marked);
      expect(await store.cancelNotification(id, 3000)).toEqual(marked);
      const recalled = { ...marked, recall: true };
      expect(await store.cancelNotification(id, 4000, true)).toEqual(recalled);
      expect(await store.cancelNotification(id, 5000)).toEqual(recalled);
      const other = await stores.inAnotherProcess();
      expect(await other.notifications.findMarkedNotification(id)).toEqual({
        notification,
        cancellation: recalled,
      });
    });

    it('marks once when many cancel at the same time, and the mark is of one of them', async () => {
      const { id } = aNotification();
      const marks = await Promise.all(
        Array.from({ length: 5 }, (_, place) => store.cancelNotification(id, 1000 + place)),
      );
      expect(new Set(marks.map(({ at }) => at)).size).toBe(1);
    });

    it('keeps the walks of several instants apart, and from the one through all', async () => {
      const { id } = aNotification();
      const { tenant } = aConversation();
      const all: Walk = { notification: id, group: { kind: 'everyone' }, tenant, done: false };
      const walks = [all, { ...all, dueAt: 1000 }, { ...all, dueAt: 2000 }];
      for (const walk of walks) await store.beginWalk(walk);
      await store.advanceWalk({ ...all, dueAt: 1000, done: true });
      const found = [...(await store.walksOf(id))].sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0));
      expect(found).toEqual([all, { ...all, dueAt: 1000, done: true }, { ...all, dueAt: 2000 }]);
    });

    it('finds no mark where there is none, and makes none of a count', async () => {
      const notification = aNotification();
      await store.acceptNotification(notification);
      await store.noteNotAddressed(notification.id, 7);
      expect(await store.findMarkedNotification(notification.id)).toEqual({
        notification,
        cancellation: undefined,
      });
      expect(await store.findMarkedNotification(aNotification().id)).toEqual({
        notification: undefined,
        cancellation: undefined,
      });
    });

    it('accepts once when many accept at the same time', async () => {
      const notification = aNotification();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => store.acceptNotification(notification)),
      );
      expect(answers.filter((answer) => answer === 'new')).toHaveLength(1);
    });

    it('gives back every field, also to another process', async () => {
      const notification = aNotification({
        subject: 'a subject',
        traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        to: [
          { user: '29:ada/#?' },
          { conversation: 'a key, perhaps' },
          { topic: aTopic('builds/web') },
          { everyone: true },
        ],
        data: { text: 'Grüße 👩‍👩‍👧', card: { type: 'AdaptiveCard', body: [{ n: 1.5 }, null, true] } },
        delivery: {
          mode: 'interrupt',
          at: { local: '2026-12-01T09:00:00' },
          expiresAt: Date.UTC(2026, 11, 1),
          urgent: true,
          onUnconfirmed: 'park',
        },
      });
      await store.acceptNotification(notification);
      expect(await store.findNotification(notification.id)).toEqual(notification);
      const other = await stores.inAnotherProcess();
      expect(await other.notifications.findNotification(notification.id)).toEqual(notification);
    });

    it.each([
      ['200 KB of ASCII', 'x'.repeat(200_000)],
      ['more than 64 KiB of characters of four bytes', '👩‍👩‍👧'.repeat(30_000)],
      ['signs that JSON has to escape', '"\\\u0001\ud800'.repeat(10_000)],
    ])('keeps content of %s', async (_what, text) => {
      const notification = aNotification({ data: { text } });
      await store.acceptNotification(notification);
      expect(await store.findNotification(notification.id)).toEqual(notification);
    });

    it('knows nothing of an id never accepted', async () => {
      const { id } = aNotification();
      expect(await store.findNotification(id)).toBeUndefined();
      expect(await store.isPlanned(id)).toBe(false);
      expect(await store.walksOf(id)).toEqual([]);
    });

    it('remembers that a notification was planned', async () => {
      const notification = aNotification();
      await store.acceptNotification(notification);
      expect(await store.isPlanned(notification.id)).toBe(false);
      expect(await store.markPlanned(notification.id)).toBe(true);
      expect(await store.markPlanned(notification.id)).toBe(false);
      expect(await store.isPlanned(notification.id)).toBe(true);
    });

    describe('of walks', () => {
      const [low, middle, high] = [aConversationKey(), aConversationKey(), aConversationKey()].sort();
      const { tenant } = aConversation();

      function aWalk(notification: NotificationId, fields: Partial<Walk> = {}): Walk {
        return { notification, group: { kind: 'everyone' }, tenant, done: false, ...fields };
      }
      const at = (after: Walk['after']): Partial<Walk> => (after === undefined ? {} : { after });

      it('keeps one for each tenant and group', async () => {
        const { id } = aNotification();
        const groups: Group[] = [
          { kind: 'everyone' },
          { kind: 'topic', topic: aTopic('builds') },
          { kind: 'topic', topic: aTopic('everyone') },
        ];
        const { tenant: elsewhere } = aConversation({ tenantId: 'fabrikam' });
        const walks = groups.flatMap((group) => [
          aWalk(id, { group }),
          aWalk(id, { group, tenant: elsewhere }),
        ]);
        for (const walk of walks) await store.beginWalk(walk);
        await store.beginWalk(aWalk(aNotification().id));
        const stored = await store.walksOf(id);
        expect(stored).toHaveLength(walks.length);
        expect(stored).toEqual(expect.arrayContaining(walks));
      });

      it('leaves one that exists as it is when it is begun again', async () => {
        const { id } = aNotification();
        await store.beginWalk(aWalk(id));
        await store.advanceWalk(aWalk(id, at(middle)));
        await store.beginWalk(aWalk(id));
        expect(await store.walksOf(id)).toEqual([aWalk(id, at(middle))]);
      });

      it('moves one forward and never back', async () => {
        const { id } = aNotification();
        await store.beginWalk(aWalk(id));
        await store.advanceWalk(aWalk(id, at(middle)));
        await store.advanceWalk(aWalk(id, at(low)));
        await store.advanceWalk(aWalk(id));
        expect(await store.walksOf(id)).toEqual([aWalk(id, at(middle))]);
        await store.advanceWalk(aWalk(id, { ...at(high), done: true }));
        await store.advanceWalk(aWalk(id, { ...at(high), done: false }));
        expect(await store.walksOf(id)).toEqual([aWalk(id, { ...at(high), done: true })]);
      });

      it('ends at the furthest place when pages run side by side', async () => {
        const { id } = aNotification();
        await store.beginWalk(aWalk(id));
        const other = await stores.inAnotherProcess();
        await Promise.all([
          store.advanceWalk(aWalk(id, at(low))),
          other.notifications.advanceWalk(aWalk(id, at(high))),
          store.advanceWalk(aWalk(id, at(middle))),
        ]);
        expect(await store.walksOf(id)).toEqual([aWalk(id, at(high))]);
      });

      it('makes one that is advanced without having begun', async () => {
        const { id } = aNotification();
        await store.advanceWalk(aWalk(id, at(low)));
        expect(await store.walksOf(id)).toEqual([aWalk(id, at(low))]);
      });
    });
  });
}
