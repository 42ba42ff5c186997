import { expect, it, vi } from 'vitest';
import { entryKey } from '../../shared/domain/authored/audience-entry.ts';
import { aTopic } from '../support/builders.ts';
import { FakeClock } from '../support/fakes/fake-clock.ts';
import { freshTables } from '../support/tables.ts';
import { describeAudienceStoreContract } from './audience-store.contract.ts';
import { backends, tableStores } from './stores.ts';

for (const { name, makeStores } of backends) describeAudienceStoreContract(name, makeStores);

it('the number of entries is right though whoever forgot one of them died in between, in Azurite', async () => {
  const service = await freshTables();
  const { audiences } = tableStores(service, new FakeClock());
  const names = Array.from({ length: 600 }, (_, index) => `29:${index}`);
  const name = aTopic('release/2026');
  await audiences.putAudience({ name, changedAt: 1_000, changedBy: 'Ada' }, names);
  const table = service.table('authored');
  const replace = table.replace.bind(table);
  let isDead = false;
  const dies = vi.spyOn(table, 'replace').mockImplementation(async (row, etag) => {
    if (isDead) throw new Error('died');
    isDead = row.partitionKey !== 'audiences';
    return replace(row, etag);
  });
  const gone = [entryKey('29:3'), entryKey('29:500')];
  await expect(audiences.forgetEntries(gone)).rejects.toThrow('died');
  expect((await audiences.findAudience(name))?.entries).toBe(598);
  dies.mockRestore();
  for (let again = 0; again < 2; again += 1) await audiences.forgetEntries(gone);
  expect((await audiences.findAudience(name))?.entries).toBe(598);
  expect(await audiences.audiencesNaming(gone)).toEqual([]);
});
