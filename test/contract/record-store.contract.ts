import { beforeEach, describe, expect, it } from 'vitest';
import type { KeptRecord, RecordStore } from '../../shared/ports/record-store.ts';
import { aConversation } from '../support/builders.ts';
import { aNote, type Note, noteLayout } from '../support/notes.ts';
import type { FreshStores, MakeStores } from './stores.ts';

export function describeRecordStoreContract(name: string, makeStores: MakeStores): void {
  describe(`RecordStore ${name}`, () => {
    let stores: FreshStores;
    let notes: RecordStore<Note>;

    beforeEach(async () => {
      stores = await makeStores();
      notes = stores.records(noteLayout);
    });

    it('keeps a record as it was put, and says whether it is new', async () => {
      const note = aNote();
      expect(await notes.put(note)).toBe(true);
      expect((await notes.find(note.conversation, note.key))?.record).toEqual(note);
      const other = { ...note, value: { text: 'x'.repeat(40_000) } };
      expect(await notes.put(other)).toBe(false);
      expect((await notes.find(note.conversation, note.key))?.record).toEqual(other);
      expect(await notes.find(note.conversation, 'other')).toBeUndefined();
    });

    it('is found by another process', async () => {
      const note = aNote();
      await notes.put(note);
      const theirs = (await stores.inAnotherProcess()).records(noteLayout);
      expect(await theirs.of(note.conversation)).toEqual([note]);
    });

    it('lists the own records of a conversation by their keys', async () => {
      const second = aNote({ key: 'b' });
      const first = { ...second, key: 'a', value: { text: 'another' } };
      for (const note of [second, first, aNote({ key: 'a' })]) await notes.put(note);
      expect(await notes.of(second.conversation)).toEqual([first, second]);
      expect(await notes.of(aConversation().key)).toEqual([]);
    });

    it('removes a record once', async () => {
      const note = aNote();
      await notes.put(note);
      expect(await notes.remove(note.conversation, note.key)).toBe(true);
      expect(await notes.remove(note.conversation, note.key)).toBe(false);
      expect(await notes.find(note.conversation, note.key)).toBeUndefined();
      expect(await notes.of(note.conversation)).toEqual([]);
      expect((await notes.holders(note, { limit: 10 })).records).toEqual([]);
    });

    it('gives the holders of a key in one tenant in the order of their keys, whatever the size of a page', async () => {
      const ours = Array.from({ length: 7 }, () => aNote());
      for (const note of ours) await notes.put(note);
      await notes.put(aNote({ key: 'other' }));
      const { key: conversation, tenant } = aConversation({ tenantId: 'fabrikam' });
      await notes.put(aNote({ conversation, tenant }));
      const of = { key: 'plan', tenant: ours[0]?.tenant ?? tenant };
      for (const limit of [1, 3, 7, 1000]) {
        const keys: string[] = [];
        let after: KeptRecord<Note>['conversation'] | undefined;
        for (;;) {
          const page = await notes.holders(of, { limit, ...(after === undefined ? {} : { after }) });
          expect(page.records.length).toBeLessThanOrEqual(limit);
          keys.push(...page.records.map(({ record }) => record.conversation));
          after = page.records.at(-1)?.record.conversation ?? after;
          if (page.done) break;
        }
        expect(keys).toEqual(ours.map((note) => note.conversation).sort());
      }
      await expect(notes.holders(of, { limit: 0 })).rejects.toThrow(RangeError);
      await expect(notes.holders(of, { limit: 1001 })).rejects.toThrow(RangeError);
    });

    it('changes a record that is as it was read, and no other', async () => {
      const note = aNote();
      await notes.put(note);
      const { tag = '' } = (await notes.find(note.conversation, note.key)) ?? {};
      const changed = { ...note, value: { text: 'changed' } };
      expect(await notes.change(changed, tag)).toBe('saved');
      expect(await notes.change(note, tag)).toBe('lost');
      expect((await notes.find(note.conversation, note.key))?.record).toEqual(changed);
      const { records } = await notes.holders(note, { limit: 10 });
      await notes.remove(note.conversation, note.key);
      expect(await notes.change(note, records[0]?.tag ?? '')).toBe('lost');
      expect(await notes.find(note.conversation, note.key)).toBeUndefined();
    });

    it('names the tenants that have holders to whoever walks through them', async () => {
      const ours = aNote();
      const { tenant } = aConversation({ tenantId: 'fabrikam' });
      await notes.put(ours);
      await notes.put(aNote({ tenant }));
      const group = (key: string) => ({ kind: 'kept', audience: 'readers', field: 'key', key }) as const;
      expect(await stores.audience.tenants(group('plan'))).toEqual([ours.tenant, tenant].sort());
      expect(await stores.audience.tenants(group('none'))).toEqual([]);
    });

    it('moves a record with a conversation whose tenant became known later', async () => {
      const note = aNote();
      const { tenant } = aConversation({ tenantId: 'fabrikam' });
      await notes.put(note);
      expect(await notes.put({ ...note, tenant })).toBe(false);
      expect((await notes.holders(note, { limit: 10 })).records).toEqual([]);
      expect((await notes.holders({ key: note.key, tenant }, { limit: 10 })).records).toHaveLength(1);
    });
  });
}
