import { beforeEach, describe, expect, it } from 'vitest';
import { type Instant, minutes, seconds } from '../../../../shared/domain/time.ts';
import type { DueReminder } from '../../../../shared/kinds/reminders/model/reminder.ts';
import type { ReminderIndex } from '../../../../shared/kinds/reminders/stores/reminder-index.ts';
import type { MakeStores } from '../../../contract/stores.ts';
import { aDueReminder } from '../../../support/builders.ts';

export function describeReminderIndexContract(name: string, makeStores: MakeStores): void {
  describe(`ReminderIndex ${name}`, () => {
    let index: ReminderIndex;
    let now: Instant;

    beforeEach(async () => {
      const stores = await makeStores();
      index = stores.reminderIndex;
      now = stores.clock.now();
    });

    const dueAt = (at: Instant) => aDueReminder({ at, occurrence: at });
    const allDue = async (until: Instant, limit = 1000) => {
      const pages: (readonly DueReminder[])[] = [];
      for await (const page of index.due(until, limit)) pages.push(page);
      return pages;
    };

    it('gives what is due at or before the instant, oldest first, and nothing later', async () => {
      const [old, minuteAgo, secondAgo, due, later] = [
        dueAt(now - minutes(60 * 24 * 400)),
        dueAt(now - minutes(1)),
        dueAt(now - seconds(1)),
        dueAt(now),
        dueAt(now + seconds(1)),
      ];
      for (const entry of [later, due, old, secondAgo, minuteAgo]) await index.add(entry);
      expect(await allDue(now)).toEqual([[old, minuteAgo, secondAgo, due]]);
      expect(await allDue(now - minutes(2))).toEqual([[old]]);
      expect(await allDue(now - minutes(60 * 24 * 401))).toEqual([]);
    });

    it('writes an entry anew where it is still there, and makes none', async () => {
      const [there, gone] = [dueAt(now), dueAt(now)];
      await index.add(there);
      const changed = { ...there, asked: { name: 'Ada' } };
      await index.rewrite(changed);
      await index.rewrite(gone);
      expect(await allDue(now)).toEqual([[changed]]);
    });

    it('gives back every field of an entry', async () => {
      const entry = aDueReminder({
        text: 'Grüße "an" alle\n🌱',
        at: now,
        occurrence: now - minutes(20),
        schedule: {
          at: now - minutes(20),
          zone: 'Europe/Berlin',
          recurrence: { rule: 'FREQ=DAILY', start: '2026-11-23T09:40:00' },
        },
      });
      await index.add(entry);
      expect(await allDue(now)).toEqual([[entry]]);
    });

    it('gives pages of the size that was asked for, while what was read is removed', async () => {
      const entries = Array.from({ length: 7 }, (_, second) => dueAt(now + seconds(second)));
      for (const entry of entries) await index.add(entry);
      const seen: (readonly DueReminder[])[] = [];
      for await (const page of index.due(now + minutes(1), 3)) {
        seen.push(page);
        await index.remove(page);
      }
      expect(seen.map((page) => page.length)).toEqual([3, 3, 1]);
      expect(seen.flat()).toEqual(entries);
      expect(await allDue(now + minutes(1))).toEqual([]);
    });

    it('removes hundreds at once, over several minutes, and those that are gone already', async () => {
      const entries = Array.from({ length: 230 }, (_, n) => dueAt(now + seconds(n % 90)));
      for (const entry of entries) await index.add(entry);
      await index.remove(entries.slice(50, 60));
      await index.remove(entries);
      expect(await allDue(now + minutes(5))).toEqual([]);
      await index.remove([]);
    });

    it('keeps the next version of an entry when the one before goes, at the same instant too', async () => {
      const before = dueAt(now);
      const after = { ...before, version: before.version + 1 };
      await index.add(before);
      await index.add(after);
      await index.remove([before]);
      expect(await allDue(now)).toEqual([[after]]);
    });

    it('may be told the same again without making it two', async () => {
      const entry = dueAt(now);
      await index.add(entry);
      await index.add(entry);
      expect(await allDue(now)).toEqual([[entry]]);
    });
  });
}
