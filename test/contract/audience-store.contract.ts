import { beforeEach, describe, expect, it } from 'vitest';
import { entryKey } from '../../shared/domain/authored/audience-entry.ts';
import { MOST_AUDIENCES } from '../../shared/ports/authored/audience-store.ts';
import { aTopic } from '../support/builders.ts';
import { allPages, type FreshStores, type MakeStores } from './stores.ts';

const release = aTopic('release/2026');
const by = { changedAt: 1_000, changedBy: 'Ada' };

export function describeAudienceStoreContract(name: string, makeStores: MakeStores): void {
  describe(`AudienceStore ${name}`, () => {
    let stores: FreshStores;

    beforeEach(async () => {
      stores = await makeStores();
    });

    async function put(entries: readonly string[], over?: string, named = release) {
      return stores.audiences.putAudience({ name: named, ...by }, entries, over);
    }

    async function stored(entries: readonly string[], over?: string, named = release) {
      const result = await put(entries, over, named);
      if (typeof result === 'string') throw new Error(result);
      return result;
    }

    async function entriesOf(limit: number, named = release): Promise<readonly string[]> {
      const pages = await allPages(
        async (page) => (await stores.audiences.entriesOf(named, page)) ?? { items: [] },
        limit,
      );
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(limit);
      return pages.flat();
    }

    it('gives all entries, whatever the size of a page, in the order of their keys', async () => {
      const names = Array.from({ length: 230 }, (_, index) => `29:p${index}`);
      const { version: _version, ...brief } = await stored(names);
      expect(brief).toEqual({ name: release, entries: 230, ...by });
      const sorted = [...names].sort((a, b) => (entryKey(a) < entryKey(b) ? -1 : 1));
      for (const limit of [7, 230, 1000]) expect(await entriesOf(limit)).toEqual(sorted);
      expect(await (await stores.inAnotherProcess()).audiences.findAudience(release)).toMatchObject(brief);
    });

    it('keeps what is written in the place of the version that was read, and nothing of the others', async () => {
      const first = await stored(['29:ada', '29:bob']);
      expect(await put(['29:eve'])).toBe('changed');
      expect(await put(['29:eve'], 'another')).toBe('changed');
      const second = await stored(['29:cy'], first.version);
      expect(second.version).not.toBe(first.version);
      expect(await put(['29:eve'], first.version)).toBe('changed');
      expect(await entriesOf(10)).toEqual(['29:cy']);
      expect(await stores.audiences.removeAudience(release, first.version)).toBe(false);
      expect(await stores.audiences.removeAudience(release, second.version)).toBe(true);
      expect(await stores.audiences.findAudience(release)).toBeUndefined();
      expect(await stores.audiences.entriesOf(release, { limit: 10 })).toBeUndefined();
      await stored(['29:dan']);
      expect(await entriesOf(10)).toEqual(['29:dan']);
    });

    it('lets one of two who write at the same moment win', async () => {
      const { version } = await stored(['29:ada']);
      const [one, two] = await Promise.all([put(['29:one'], version), put(['29:two'], version)]);
      expect([one, two].filter((result) => result === 'changed')).toHaveLength(1);
      expect(await entriesOf(10)).toEqual(one === 'changed' ? ['29:two'] : ['29:one']);
    });

    it('goes on behind an entry in what took the place of the one that was read', async () => {
      const first = await stored(['29:a', '29:b', '29:c', '29:d']);
      const page = await stores.audiences.entriesOf(release, { limit: 2 });
      await stored(['29:a', '29:b', '29:c', '29:d', '29:e'], first.version);
      const rest = await stores.audiences.entriesOf(release, { limit: 10, after: page?.after ?? '' });
      expect([...(page?.items ?? []), ...(rest?.items ?? [])].length).toBeGreaterThanOrEqual(4);
      expect(rest?.items).not.toContain(page?.items[0]);
    });

    it('names those that have an entry, and takes it out of all', async () => {
      const news = aTopic('news');
      await stored(['Ada@Example.com', '29:bob']);
      await stored(['29:ada', '29:bob'], undefined, news);
      await stored(['29:cy'], undefined, aTopic('others'));
      const ada = [entryKey('ada@example.com'), entryKey('29:ada')];
      expect(await stores.audiences.audiencesNaming(ada)).toEqual([news, release]);
      await stores.audiences.forgetEntries(ada);
      expect(await stores.audiences.audiencesNaming(ada)).toEqual([]);
      expect(await entriesOf(10)).toEqual(['29:bob']);
      expect(await entriesOf(10, news)).toEqual(['29:bob']);
      const counts = (await stores.audiences.listAudiences()).map(({ name, entries }) => [name, entries]);
      expect(counts).toEqual([
        [news, 1],
        [aTopic('others'), 1],
        [release, 1],
      ]);
      expect((await stores.audiences.findAudience(release))?.entries).toBe(1);
    });

    it('counts what is left where several are forgotten at once, and can be written as it was read', async () => {
      const everybody = Array.from({ length: 1200 }, (_, index) => `29:${index}`);
      await stored(everybody);
      const before = await stores.audiences.findAudience(release);
      await Promise.all([3, 700, 1199].map((one) => stores.audiences.forgetEntries([entryKey(`29:${one}`)])));
      await stores.audiences.forgetEntries([entryKey('29:3')]);
      const after = await stores.audiences.findAudience(release);
      expect(after).toEqual({ ...before, entries: 1197 });
      expect(await put(['29:ada'], after?.version)).toMatchObject({ entries: 1 });
    });

    it('lists by name, and keeps no more than are kept', async () => {
      for (let index = 0; index < MOST_AUDIENCES; index += 1)
        await stored(['29:ada'], undefined, aTopic(`list ${String(index).padStart(3, '0')}`));
      expect(await put(['29:ada'], undefined, aTopic('one more'))).toBe('full');
      const names = (await stores.audiences.listAudiences()).map((one) => one.name);
      expect(names).toHaveLength(MOST_AUDIENCES);
      expect(names).toEqual([...names].sort());
    });
  });
}
