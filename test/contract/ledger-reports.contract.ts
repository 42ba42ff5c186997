import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type DeliveryId, NobodyReason } from '../../shared/domain/delivery/delivery.ts';
import type { ConversationKey, NotificationId } from '../../shared/domain/ids.ts';
import { aConversationKey, aNotification, aResult } from '../support/builders.ts';
import { allPages, type FreshStores, type MakeStores } from './stores.ts';

const label = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The part of the contract about who was addressed and what is final. */
export function describeReportsContract(name: string, makeStores: MakeStores): void {
  describe(`Ledger of reports ${name}`, () => {
    let ledger: FreshStores['ledger'];

    let notification: NotificationId;

    beforeEach(async () => {
      ({ ledger } = await makeStores());
      notification = aNotification().id;
    });

    const someConversations = (count: number): readonly ConversationKey[] =>
      Array.from({ length: count }, aConversationKey).sort();
    const id = (conversation: ConversationKey | undefined): DeliveryId => ({
      notification,
      conversation: conversation ?? expect.fail('there are enough conversations'),
    });

    it('is empty for a notification without recipients', async () => {
      expect(await ledger.countOutcomes(notification)).toEqual({
        outcomes: {},
        pending: {},
        addressed: 0,
        read: 0,
      });
      expect(await ledger.listResults(notification, { limit: 10 })).toEqual({ items: [] });
      expect(await ledger.unfinishedDeliveries(notification)).toEqual([]);
      await ledger.addressRecipients(notification, []);
      expect(await ledger.countOutcomes(notification)).toMatchObject({ addressed: 0 });
    });

    it('has an outcome for good: a second record changes nothing', async () => {
      const [ada] = someConversations(1);
      const first = aResult({ activityId: 'a/1', reason: 'muted', repeats: 1 });
      expect(await ledger.findOutcome(id(ada))).toBeUndefined();
      await ledger.recordOutcome(id(ada), first);
      await ledger.recordOutcome(id(ada), aResult({ outcome: 'exhausted', at: 1 }));
      expect(await ledger.findOutcome(id(ada))).toEqual(first);
      expect(await ledger.countOutcomes(notification)).toMatchObject({
        outcomes: { delivered: 1 },
        addressed: 1,
      });
    });

    it('keeps beside an outcome when it was read, the first time, and counts it', async () => {
      const [ada, ben, eva] = someConversations(3);
      await ledger.noteRead(id(ada), 3);
      expect(await ledger.findOutcome(id(ada))).toBeUndefined();
      for (const one of [ada, ben]) await ledger.recordOutcome(id(one), aResult({ activityId: 'a/1' }));
      await ledger.addressRecipients(notification, [id(eva).conversation]);
      await ledger.noteRead(id(ada), 7);
      await ledger.noteRead(id(ada), 9);
      await ledger.recordOutcome(id(ada), aResult({ outcome: 'exhausted' }));
      expect(await ledger.findOutcome(id(ada))).toEqual(aResult({ activityId: 'a/1', readAt: 7 }));
      expect(await ledger.findOutcome(id(ben))).toEqual(aResult({ activityId: 'a/1' }));
      expect(await ledger.countOutcomes(notification)).toMatchObject({ outcomes: { delivered: 2 }, read: 1 });
      await ledger.noteRecall(id(ada), 'recalled');
      expect(await ledger.findOutcome(id(ada))).toMatchObject({ outcome: 'recalled', readAt: 7 });
    });

    it('keeps and counts an outcome that a former release has no word for', async () => {
      const [ada] = someConversations(1);
      const cancelled = aResult({ outcome: 'cancelled', attempts: 0 });
      await ledger.recordOutcome(id(ada), cancelled);
      expect(await ledger.findOutcome(id(ada))).toEqual(cancelled);
      expect(await ledger.countOutcomes(notification)).toMatchObject({
        outcomes: { cancelled: 1 },
        addressed: 1,
      });
      expect((await ledger.listResults(notification, { limit: 10 })).items).toEqual([
        { conversation: id(ada).conversation, result: cancelled },
      ]);
    });

    it('keeps exactly one of the outcomes that are recorded at the same time', async () => {
      const [ada] = someConversations(1);
      const results = Array.from({ length: 10 }, (_, worker) => aResult({ at: worker }));
      await Promise.all(results.map((result) => ledger.recordOutcome(id(ada), result)));
      expect(results).toContainEqual(await ledger.findOutcome(id(ada)));
      expect((await ledger.countOutcomes(notification)).addressed).toBe(1);
    });

    it('leaves outcomes and waits alone when the same are addressed again', async () => {
      const [ada, bob, cy] = someConversations(3);
      const all = [ada, bob, cy].map((key) => id(key).conversation);
      await ledger.addressRecipients(notification, all);
      await ledger.recordOutcome(id(ada), aResult());
      await ledger.recordPending(id(bob), 'deferred', 'quiet-hours');
      await ledger.addressRecipients(notification, [...all, ...all]);
      for (const one of all) await ledger.addressRecipients(notification, [one]);
      expect(await ledger.findOutcome(id(ada))).toEqual(aResult());
      expect(await ledger.listResults(notification, { limit: 10 })).toEqual({
        items: [
          { conversation: ada, result: aResult() },
          { conversation: bob, result: { outcome: undefined, state: 'deferred', waiting: 'quiet-hours' } },
          { conversation: cy, result: { outcome: undefined, state: 'queued' } },
        ],
      });
    });

    it('never lets a wait touch an outcome', async () => {
      const [ada] = someConversations(1);
      await ledger.addressRecipients(notification, [id(ada).conversation]);
      await ledger.recordOutcome(id(ada), aResult());
      await ledger.recordPending(id(ada), 'retrying');
      expect(await ledger.findOutcome(id(ada))).toEqual(aResult());
      expect(await ledger.countOutcomes(notification)).toMatchObject({
        outcomes: { delivered: 1 },
        pending: {},
      });
      expect(await ledger.unfinishedDeliveries(notification)).toEqual([]);
    });

    it('says the last thing that a delivery waits for', async () => {
      const [ada] = someConversations(1);
      await ledger.recordPending(id(ada), 'deferred', 'burst');
      await ledger.recordPending(id(ada), 'retrying');
      expect((await ledger.listResults(notification, { limit: 1 })).items).toEqual([
        { conversation: ada, result: { outcome: undefined, state: 'retrying' } },
      ]);
    });

    it('names who has no outcome within (after, upTo], in key order', async () => {
      const keys = someConversations(10);
      await ledger.addressRecipients(notification, keys);
      await ledger.addressRecipients(aNotification().id, someConversations(3));
      for (const done of [0, 3, 6, 9]) await ledger.recordOutcome(id(keys[done]), aResult());
      await ledger.recordPending(id(keys[4]), 'retrying');
      await ledger.recordUnknown(notification, label('nobody'), aResult({ outcome: 'no-such-recipient' }));
      const open = (...places: number[]) => places.map((place) => keys[place]);

      expect(await ledger.unfinishedDeliveries(notification)).toEqual(open(1, 2, 4, 5, 7, 8));
      const upTo = (place: number) => ({ upTo: id(keys[place]).conversation });
      const behind = (place: number) => ({ after: id(keys[place]).conversation });
      expect(await ledger.unfinishedDeliveries(notification, upTo(4))).toEqual(open(1, 2, 4));
      expect(await ledger.unfinishedDeliveries(notification, { ...behind(3), ...upTo(6) })).toEqual(
        open(4, 5),
      );
      expect(await ledger.unfinishedDeliveries(notification, { ...behind(4), ...upTo(9) })).toEqual(
        open(5, 7, 8),
      );
      expect(await ledger.unfinishedDeliveries(notification, { ...behind(8), ...upTo(9) })).toEqual([]);
      expect(await ledger.unfinishedDeliveries(notification, upTo(0))).toEqual([]);
    });

    it('tells apart those who were addressed as named, whether or not a group has them, too', async () => {
      const keys = someConversations(6);
      const [first, second, third, ...others] = keys;
      await ledger.addressRecipients(notification, [id(first).conversation, ...others]);
      await ledger.addressRecipients(
        notification,
        [first, second].map((key) => id(key).conversation),
        'named',
      );
      await ledger.addressRecipients(notification, [id(third).conversation], 'named');
      await ledger.addressRecipients(notification, keys);
      await ledger.recordPending(id(first), 'retrying');
      expect(await ledger.unfinishedDeliveries(notification, 'named')).toEqual([first, second, third]);
      await ledger.recordOutcome(id(second), aResult());
      expect(await ledger.unfinishedDeliveries(notification, 'named')).toEqual([first, third]);
      expect(await ledger.unfinishedDeliveries(notification)).toEqual([first, third, ...others]);
    });

    it('counts by outcome and by wait, with the first and the last instant', async () => {
      const keys = someConversations(7);
      await ledger.addressRecipients(notification, keys);
      await ledger.recordOutcome(id(keys[0]), aResult({ at: 300 }));
      await ledger.recordOutcome(id(keys[1]), aResult({ at: 100 }));
      await ledger.recordOutcome(id(keys[2]), aResult({ outcome: 'suppressed', reason: 'muted', at: 200 }));
      await ledger.recordPending(id(keys[2]), 'deferred');
      await ledger.recordPending(id(keys[3]), 'deferred', 'waiting');
      await ledger.recordPending(id(keys[4]), 'retrying');
      await ledger.recordUnknown(
        notification,
        label('nobody'),
        aResult({ outcome: 'no-such-recipient', at: 400 }),
      );
      expect(await ledger.countOutcomes(notification)).toEqual({
        outcomes: { delivered: 2, suppressed: 1, 'no-such-recipient': 1 },
        pending: { deferred: 1, retrying: 1, queued: 2 },
        read: 0,
        addressed: 8,
        firstAt: 100,
        lastAt: 400,
      });
    });

    it('counts 2,500 recipients exactly and walks through all of them', async () => {
      const keys = someConversations(2500);
      for (let start = 0; start < keys.length; start += 100) {
        await ledger.addressRecipients(notification, keys.slice(start, start + 100));
      }
      const done = keys.filter((_key, index) => index % 10 === 0);
      for (let start = 0; start < done.length; start += 20) {
        await Promise.all(
          done.slice(start, start + 20).map((key) => ledger.recordOutcome(id(key), aResult())),
        );
      }
      expect(await ledger.countOutcomes(notification)).toMatchObject({
        outcomes: { delivered: 250 },
        pending: { queued: 2250 },
        addressed: 2500,
      });
      expect(await ledger.unfinishedDeliveries(notification)).toEqual(
        keys.filter((_key, index) => index % 10 !== 0),
      );
      const pages = await allPages((page) => ledger.listResults(notification, page), 400);
      expect(pages.map((page) => page.length)).toEqual([400, 400, 400, 400, 400, 400, 100]);
      expect(pages.flat().map(({ conversation }) => conversation)).toEqual(keys);
    });

    it('keeps unknown recipients behind the known ones, the first result of each for good', async () => {
      const [ada, bob] = someConversations(2);
      await ledger.addressRecipients(notification, [id(ada).conversation, id(bob).conversation]);
      const nobody = aResult({ outcome: 'no-such-recipient', attempts: 0 });
      const labels = ['zed', 'yen', 'x'].map(label).sort();
      for (const one of labels) await ledger.recordUnknown(notification, one, nobody);
      await ledger.recordUnknown(notification, labels[0] ?? '', aResult());
      for (const limit of [1, 2, 5]) {
        const pages = await allPages((page) => ledger.listResults(notification, page), limit);
        expect(pages.flat().map(({ conversation }) => conversation)).toEqual([ada, bob, ...labels]);
        expect(pages.flat().at(-1)?.result).toEqual(nobody);
      }
    });

    it.each(Object.values(NobodyReason))('keeps why nobody is meant: %s', async (reason) => {
      const nobody = aResult({ outcome: 'no-such-recipient', reason, attempts: 0 });
      await ledger.recordUnknown(notification, label('nobody'), nobody);
      expect(await ledger.listResults(notification, { limit: 10 })).toEqual({
        items: [{ conversation: label('nobody'), result: nobody }],
      });
    });

    it('takes an unknown recipient off the report, and no other', async () => {
      const nobody = aResult({ outcome: 'no-such-recipient', attempts: 0 });
      const [first = '', second = ''] = ['zed', 'yen'].map(label);
      for (const one of [first, second]) await ledger.recordUnknown(notification, one, nobody);
      await ledger.forgetUnknown(notification, first);
      await ledger.forgetUnknown(notification, first);
      expect(await ledger.listResults(notification, { limit: 10 })).toEqual({
        items: [{ conversation: second, result: nobody }],
      });
      await ledger.recordUnknown(notification, first, nobody);
      expect(await ledger.countOutcomes(notification)).toMatchObject({ addressed: 2 });
    });

    it('withdraws the outcome that was seen, and takes another one then', async () => {
      const [ada] = someConversations(1);
      const exhausted = aResult({ outcome: 'exhausted', lastError: { class: 'http-412', code: 'X' } });
      await ledger.addressRecipients(notification, [id(ada).conversation]);
      await ledger.recordOutcome(id(ada), exhausted);
      const seen = (await ledger.findOutcome(id(ada))) ?? expect.fail('it is recorded');
      expect(await ledger.withdrawOutcome(id(ada), seen)).toBe(true);
      expect(await ledger.withdrawOutcome(id(ada), seen)).toBe(false);
      expect(await ledger.findOutcome(id(ada))).toBeUndefined();
      expect(await ledger.unfinishedDeliveries(notification)).toEqual([ada]);
      await ledger.recordOutcome(id(ada), aResult());
      expect(await ledger.countOutcomes(notification)).toMatchObject({
        outcomes: { delivered: 1 },
        addressed: 1,
      });
    });

    it('leaves an outcome alone that is another one than the one that was seen', async () => {
      const [ada] = someConversations(1);
      const exhausted = aResult({ outcome: 'exhausted' });
      await ledger.recordOutcome(id(ada), aResult({ ...exhausted, at: exhausted.at + 1 }));
      expect(await ledger.withdrawOutcome(id(ada), exhausted)).toBe(false);
      expect(await ledger.findOutcome(id(ada))).toMatchObject({ outcome: 'exhausted', at: exhausted.at + 1 });
    });

    it('refuses more than 100 at once, a label that is no hash, and a place that no page gave', async () => {
      await expect(ledger.addressRecipients(notification, someConversations(101))).rejects.toThrow(
        RangeError,
      );
      await expect(ledger.recordUnknown(notification, 'ada@contoso/#', aResult())).rejects.toThrow(
        RangeError,
      );
      await expect(ledger.listResults(notification, { limit: 10, after: "' or true" })).rejects.toThrow(
        RangeError,
      );
      await expect(ledger.listResults(notification, { limit: 0 })).rejects.toThrow(RangeError);
      await expect(ledger.listResults(notification, { limit: 1001 })).rejects.toThrow(RangeError);
    });
  });
}
