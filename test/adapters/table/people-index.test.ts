import { beforeEach, describe, expect, it } from 'vitest';
import { TablePeopleIndex, wordsRow } from '../../../shared/adapters/table/people/table-people-index.ts';
import type { TableService } from '../../../shared/adapters/table/table-service.ts';
import { aConversationKey } from '../../support/builders.ts';
import { freshTables } from '../../support/tables.ts';
import { Wire } from '../../support/wire.ts';

describe('the index of people in tables', () => {
  let service: TableService;
  let index: TablePeopleIndex;
  let wire: Wire;

  beforeEach(async () => {
    wire = new Wire();
    service = await freshTables({ httpClient: wire.httpClient });
    index = new TablePeopleIndex(service);
    wire.take();
  });

  const found = async (term: string) =>
    (await index.findPeople([term], { limit: 10 })).items.map(({ key }) => key);

  it('costs one read where nothing changed, and a row a word with three operations where somebody is new', async () => {
    const key = aConversationKey();
    await index.notePerson(key, ['anna', 'muller']);
    expect(wire.take()).toEqual([
      'get conversations',
      'insert conversations',
      'put directory',
      'put directory',
      'replace conversations',
    ]);
    await index.notePerson(key, ['anna', 'muller']);
    expect(wire.take()).toEqual(['get conversations']);
    await found('anna');
    expect(wire.take()).toEqual(['query directory']);
  });

  it('writes everything again where a process died in between', async () => {
    const key = aConversationKey();
    await service.table('conversations').insert({ ...wordsRow(key), words: 'anna', pending: true });
    await index.notePerson(key, ['anna']);
    expect(await found('anna')).toEqual([key]);
    expect(await service.table('conversations').get(wordsRow(key))).not.toHaveProperty('pending');
  });

  it('leads to whoever it led to before where a process dies before the row of a word that comes first', async () => {
    const key = aConversationKey();
    await index.notePerson(key, ['annb']);
    let puts = 0;
    wire.onRequest(async (operation, send) => {
      if (operation === 'put directory') puts += 1;
      if (operation === 'put directory' && puts === 1) throw new Error('killed');
      return send();
    });
    await expect(index.notePerson(key, ['anna', 'annb'])).rejects.toThrow();
    wire.onRequest((_operation, send) => send());
    expect(await found('ann')).toEqual([key]);
    await index.notePerson(key, ['anna', 'annb']);
    expect(await found('ann')).toEqual([key]);
  });

  it('leaves no word of somebody who is forgotten while they are noted', async () => {
    const key = aConversationKey();
    let isForgotten = false;
    wire.onRequest(async (operation, send) => {
      if (operation === 'put directory' && !isForgotten) {
        isForgotten = true;
        await index.forgetPerson(key);
      }
      return send();
    });
    await index.notePerson(key, ['anna', 'bella']);
    expect(isForgotten).toBe(true);
    expect([await found('anna'), await found('bella')]).toEqual([[], []]);
  });

  it('removes what a release without the index left when it forgot somebody, and nothing else', async () => {
    const [gone, stays] = [aConversationKey(), aConversationKey()];
    await index.notePerson(gone, ['anna']);
    await index.notePerson(stays, ['anton', 'иван']);
    await service.table('conversations').remove(wordsRow(gone));
    expect(await index.removeStrays()).toBe(1);
    expect(await found('an')).toEqual([stays]);
    expect(await found('иван')).toEqual([stays]);
    expect(await index.removeStrays()).toBe(0);
  });
});
