import { beforeEach, describe, expect, it } from 'vitest';
import { forgetRequest } from '../../shared/domain/conversation/forgetting.ts';
import { personKey } from '../../shared/domain/ids.ts';
import { type Instant, minutes, seconds } from '../../shared/domain/time.ts';
import type { DueEntry } from '../../shared/ports/delivery/due-index.ts';
import { aConversation, aConversationKey, aDeliveryRow, aNotification, aTopic } from '../support/builders.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeDueIndexContract(name: string, makeStores: MakeStores): void {
  describe(`DueIndex ${name}`, () => {
    let index: FreshStores['dueIndex'];
    let now: Instant;

    beforeEach(async () => {
      const stores = await makeStores();
      index = stores.dueIndex;
      now = stores.clock.now();
    });

    const aDelivery = (at: Instant): DueEntry => ({ at, kind: 'delivery', id: aDeliveryRow().id });

    it('gives what is due at or before the instant, oldest first, and nothing later', async () => {
      const old = aDelivery(now - minutes(60 * 24 * 400));
      const minuteAgo = aDelivery(now - minutes(1));
      const secondAgo = aDelivery(now - seconds(1));
      const due = aDelivery(now);
      const inAMoment = aDelivery(now + 1);
      const inAMinute = aDelivery(now + minutes(1));
      for (const entry of [inAMinute, due, old, secondAgo, inAMoment, minuteAgo]) await index.addDue(entry);
      expect(await index.findOverdue(now, 1000)).toEqual([old, minuteAgo, secondAgo, due]);
      expect(await index.findOverdue(now - minutes(2), 1000)).toEqual([old]);
    });

    it('gives what lies beyond an instant’s minute, oldest first, as many as are asked for', async () => {
      const year = minutes(60 * 24 * 365);
      const near = [aDelivery(now), aDelivery(now + minutes(1) - 1)];
      const far = [aDelivery(now + minutes(1)), aDelivery(now + year), aDelivery(now + 100 * year)];
      for (const entry of [...far, ...near]) await index.addDue(entry);
      expect(await index.findDueBeyond(now, 1000)).toEqual(far);
      expect(await index.findDueBeyond(now, 2)).toEqual(far.slice(0, 2));
      expect(await index.findDueBeyond(now + year, 10)).toEqual(far.slice(2));
      expect(await index.findDueBeyond(now + 101 * year, 10)).toEqual([]);
    });

    it('gives the oldest ones when there are more than asked for', async () => {
      const entries = Array.from({ length: 12 }, (_, age) => aDelivery(now - seconds(7) * age)).reverse();
      for (const entry of entries) await index.addDue(entry);
      expect(await index.findOverdue(now, 5)).toEqual(entries.slice(0, 5));
    });

    it('goes on behind an entry, also one that is gone, within its minute and over the next ones', async () => {
      const entries = Array.from({ length: 9 }, (_, age) => aDelivery(now - seconds(25) * age)).reverse();
      // Two at one instant: neither is passed over.
      entries.push(aDelivery(now), aDelivery(now));
      for (const entry of entries) await index.addDue(entry);
      await index.addDue(aDelivery(now + 1));
      const pages: (readonly DueEntry[])[] = [];
      for (let after: DueEntry | undefined; ; after = pages.at(-1)?.at(-1)) {
        const page = await index.findOverdue(now, 2, after);
        if (page.length === 0) break;
        pages.push(page);
        const [first] = page;
        if (first !== undefined) await index.removeDue(first);
        const last = page.at(-1);
        if (last !== undefined) await index.removeDue(last);
      }
      const given = pages.flat();
      expect(given).toHaveLength(entries.length);
      expect(new Set(given.map((entry) => JSON.stringify(entry)))).toEqual(
        new Set(entries.map((entry) => JSON.stringify(entry))),
      );
    });

    it('keeps entries of every kind', async () => {
      const notification = aNotification().id;
      const { tenant } = aConversation();
      const [after, upTo] = [aConversationKey(), aConversationKey()];
      const entries: DueEntry[] = [
        {
          at: now - 8,
          kind: 'forgetting',
          request: forgetRequest({
            conversation: after,
            tenant,
            channelId: 'msteams',
            scope: 'person',
            persons: [personKey('29:ada')],
            at: now,
          }),
        },
        {
          at: now - 7,
          kind: 'work',
          work: 'summary',
          field: 'summary',
          about: { id: notification, conversation: after, subject: 'grand' },
        },
        {
          at: now - 6,
          kind: 'walk',
          walk: {
            notification,
            tenant,
            group: { kind: 'kept', audience: 'readers', field: 'note', key: 'grand' },
          },
        },
        { at: now - 5, kind: 'delivery', id: { notification, conversation: after } },
        { at: now - 4, kind: 'page', notification, upTo },
        { at: now - 3, kind: 'page', notification, after, upTo },
        { at: now - 2, kind: 'walk', walk: { notification, tenant, group: { kind: 'everyone' } } },
        {
          at: now - 1,
          kind: 'walk',
          walk: { notification, tenant, group: { kind: 'topic', topic: aTopic('builds/web') } },
        },
        { at: now, kind: 'plan', notification },
      ];
      for (const entry of entries) await index.addDue(entry);
      expect(await index.findOverdue(now, 1000)).toEqual(entries);
      for (const entry of entries) await index.removeDue(entry);
      expect(await index.findOverdue(now, 1000)).toEqual([]);
    });

    it('may be told the same again without making it two, and forgets without having known', async () => {
      const entry = aDelivery(now);
      await index.addDue(entry);
      await index.addDue(entry);
      expect(await index.findOverdue(now, 1000)).toEqual([entry]);
      await index.removeDue(entry);
      await index.removeDue(entry);
      expect(await index.findOverdue(now, 1000)).toEqual([]);
    });

    it('keeps the new entry of a delivery that moved within its minute when the old one goes', async () => {
      const before = aDelivery(now);
      const after = { ...before, at: now + seconds(10) };
      await index.addDue(before);
      await index.addDue(after);
      await index.removeDue(before);
      expect(await index.findOverdue(now + minutes(1), 1000)).toEqual([after]);
    });

    it('takes an entry away by what it says, in whatever order its fields stand', async () => {
      const id = aDeliveryRow().id;
      await index.addDue({ at: now, kind: 'delivery', id });
      await index.removeDue({
        id: { conversation: id.conversation, notification: id.notification },
        kind: 'delivery',
        at: now,
      });
      expect(await index.findOverdue(now, 1000)).toEqual([]);
    });

    it('refuses a limit that is none', async () => {
      await expect(index.findOverdue(now, 0)).rejects.toThrow(RangeError);
      await expect(index.findOverdue(now, 1001)).rejects.toThrow(RangeError);
    });
  });
}
