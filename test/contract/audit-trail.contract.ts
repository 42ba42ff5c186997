import { describe, expect, it } from 'vitest';
import { days, hours } from '../../shared/domain/time.ts';
import type { AuditEntry } from '../../shared/ports/audit-trail.ts';
import { allPages, type MakeStores } from './stores.ts';

export function describeAuditTrailContract(name: string, makeStores: MakeStores): void {
  describe(`AuditTrail ${name}`, () => {
    const now = Date.UTC(2026, 10, 23, 9);
    const entry = (id: string, at: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
      id,
      at,
      who: '5b6f1a10-0000-4000-8000-000000000001',
      action: 'cancel',
      what: 'notifications/x',
      from: '203.0.113.7',
      ...more,
    });
    const range = { from: now, since: now - days(90) };

    it('lists what was begun and what became of it, newest first, over days, a page at a time', async () => {
      const { audit } = await makeStores();
      const [late, early, before] = [
        entry('late', now),
        entry('early', now - 1),
        entry('before', now - days(2)),
      ];
      for (const each of [before, late, early]) await audit.beginEntry(each);
      await audit.endEntry({ ...early, what: 'notifications/y', outcome: 'done' });
      const pages = await allPages((page) => audit.listEntries({ ...range, ...page }), 1);
      expect(pages.flat()).toEqual([late, { ...early, what: 'notifications/y', outcome: 'done' }, before]);
      expect((await audit.listEntries({ ...range, from: now - hours(1), limit: 10 })).items).toEqual([
        before,
      ]);
      expect((await audit.listEntries({ ...range, since: now - days(1), limit: 10 })).items).toHaveLength(2);
    });

    it('gives those of one instant each once, where a page ends among them', async () => {
      const { audit } = await makeStores();
      for (const id of ['a', 'b', 'c']) await audit.beginEntry(entry(id, now));
      const pages = await allPages((page) => audit.listEntries({ ...range, ...page }), 2);
      expect(pages.map((page) => page.map(({ id }) => id))).toEqual([['a', 'b'], ['c']]);
    });

    it.each(['garbage', '', '0000000000000:x', '../x'])('refuses %j, which no page gave', async (after) => {
      const { audit } = await makeStores();
      await expect(audit.listEntries({ ...range, limit: 10, after })).rejects.toThrow(RangeError);
    });

    it('removes whole days that are over, a bite at a time, and nothing that is younger', async () => {
      const { audit } = await makeStores();
      const day = Date.UTC(2026, 7, 25);
      const old = [entry('a', day - 1), entry('b', day - days(30)), entry('c', day - days(300))];
      for (const each of [...old, entry('d', day)]) await audit.beginEntry(each);
      expect(await audit.removeOlderEntries(day + hours(5), 2)).toBe(2);
      expect(await audit.removeOlderEntries(day + hours(5), 2)).toBe(1);
      expect(await audit.removeOlderEntries(day + hours(5), 2)).toBe(0);
      const left = await audit.listEntries({ from: now, since: day - days(365), limit: 10 });
      expect(left.items.map(({ id }) => id)).toEqual(['d']);
    });
  });
}
