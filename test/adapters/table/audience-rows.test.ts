import { expect, it } from 'vitest';
import { TableAudienceStore } from '../../../shared/adapters/table/authored/table-audience-store.ts';
import { hashOf } from '../../../shared/domain/hash.ts';
import { aTopic } from '../../support/builders.ts';
import { freshTables } from '../../support/tables.ts';

it('nothing is left of entries that are in no audience any more, also where a write died half-way', async () => {
  const service = await freshTables();
  const table = service.table('authored');
  const audiences = new TableAudienceStore(service);
  const name = aTopic('release');
  const partitions = async () => {
    const found = new Set<string>();
    for await (const row of table.rows({ firstPartition: 'e:', lastPartition: 'e;' }))
      found.add(row.partitionKey);
    return [...found];
  };
  const put = async (entries: readonly string[], over?: string) => {
    const stored = await audiences.putAudience({ name, changedAt: 1, changedBy: 'Ada' }, entries, over);
    if (typeof stored === 'string') throw new Error(stored);
    return stored.version;
  };
  const own = (version: string) => `e:${hashOf(name)}:${version}`;

  const first = await put(Array.from({ length: 1100 }, (_, index) => `29:p${index}`));
  expect(await partitions()).toEqual([own(first)]);
  await table.put({ partitionKey: own('died'), rowKey: 'x'.repeat(43) });
  await table.put({ partitionKey: `e:${hashOf('another')}:kept`, rowKey: 'x'.repeat(43) });
  const second = await put(['29:ada'], first);
  const another = `e:${hashOf('another')}:kept`;
  expect((await partitions()).sort()).toEqual([own(second), another].sort());
  expect(await audiences.putAudience({ name, changedAt: 1, changedBy: 'Bob' }, ['29:eve'], first)).toBe(
    'changed',
  );
  expect((await partitions()).sort()).toEqual([own(second), another].sort());
  await audiences.removeAudience(name, second);
  expect(await partitions()).toEqual([another]);
});

it('entries of any length that one may have fit', async () => {
  const audiences = new TableAudienceStore(await freshTables());
  const name = aTopic('long');
  const entries = Array.from({ length: 600 }, (_, index) => `${'ü'.repeat(900)}${index}`);
  await audiences.putAudience({ name, changedAt: 1, changedBy: 'Ada' }, entries);
  const read: string[] = [];
  let after: string | undefined;
  do {
    const page = await audiences.entriesOf(
      name,
      after === undefined ? { limit: 100 } : { limit: 100, after },
    );
    read.push(...(page?.items ?? []));
    after = page?.after;
  } while (after !== undefined);
  expect(read.sort()).toEqual([...entries].sort());
});
