import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_DRAFTS } from '../../shared/ports/authored/draft-store.ts';
import type { FreshStores, MakeStores } from './stores.ts';

const content = { type: 'notification.requested', data: { text: 'Grüße', card: { body: [{ a: 1 }] } } };

export function describeDraftStoreContract(name: string, makeStores: MakeStores): void {
  describe(`DraftStore ${name}`, () => {
    let stores: FreshStores;

    beforeEach(async () => {
      stores = await makeStores();
    });

    const draft = (id: string, changedAt = 1000) => ({
      id,
      name: `Draft ${id}`,
      content,
      changedAt,
      changedBy: 'Ada',
    });

    async function added(id: string, changedAt?: number) {
      const kept = await stores.drafts.addDraft(draft(id, changedAt), `add ${id}`);
      if (typeof kept === 'string') throw new Error(kept);
      return kept;
    }

    it('gives back what was kept, of any size that a draft may have', async () => {
      const large = { ...draft('a'), content: { text: 'ü'.repeat(120_000) } };
      const kept = await stores.drafts.addDraft(large, 'large');
      expect(kept).toMatchObject(large);
      expect(await (await stores.inAnotherProcess()).drafts.findDraft('a')).toEqual(kept);
      expect(await stores.drafts.findDraft('b')).toBeUndefined();
      expect(await stores.drafts.findDraft('no/id?')).toBeUndefined();
    });

    it('adds one for each request, however often and from wherever it comes, and gives it as it is now', async () => {
      const other = await stores.inAnotherProcess();
      const adds = [stores, other, stores].map(({ drafts }) => drafts.addDraft(draft('a'), 'add a'));
      const [first, ...others] = await Promise.all(adds);
      if (first === undefined || typeof first === 'string') throw new Error(first);
      expect(others).toEqual([first, first]);
      expect(await stores.drafts.addDraft(draft('a'), 'another')).toBe('taken');
      const second = await stores.drafts.putDraft({ ...draft('a', 2000), name: 'Mine' }, first.version);
      expect(await stores.drafts.addDraft(draft('a'), 'add a')).toEqual(second);
      expect(await stores.drafts.addDraft(draft('a'), 'another')).toBe('taken');
    });

    it('changes and removes only the version that was read', async () => {
      const first = await added('a');
      const second = await stores.drafts.putDraft({ ...draft('a', 2000), name: 'Mine' }, first.version);
      if (second === 'changed') throw new Error(second);
      expect(second.version).not.toBe(first.version);
      expect(await stores.drafts.putDraft(draft('a'), first.version)).toBe('changed');
      expect(await stores.drafts.putDraft(draft('b'), first.version)).toBe('changed');
      expect(await stores.drafts.removeDraft('a', first.version)).toBe(false);
      expect(await stores.drafts.findDraft('a')).toEqual(second);
      expect(await stores.drafts.removeDraft('a', second.version)).toBe(true);
      expect(await stores.drafts.findDraft('a')).toBeUndefined();
    });

    it('lists without content, the one that was changed last first, and keeps no more than are kept', async () => {
      for (let index = 0; index < MOST_DRAFTS; index += 1) await added(`d${index}`, index);
      expect(await stores.drafts.addDraft(draft('more'), 'more')).toBe('full');
      expect(await stores.drafts.addDraft(draft('d0'), 'add d0')).toMatchObject({ id: 'd0' });
      const all = await stores.drafts.listDrafts();
      expect(all.map(({ changedAt }) => changedAt)).toEqual(all.map((_, index) => MOST_DRAFTS - 1 - index));
      expect(Object.keys(all[0] ?? {}).sort()).toEqual(['changedAt', 'changedBy', 'id', 'name', 'version']);
    });
  });
}
