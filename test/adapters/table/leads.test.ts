import { beforeEach, describe, expect, it } from 'vitest';
import { tableStores } from '../../../shared/adapters/table/table-stores.ts';
import { namesOf } from '../../../shared/domain/identity/proofs.ts';
import { parseVouching } from '../../../shared/domain/identity/vouching.ts';
import { personKey } from '../../../shared/domain/ids.ts';
import { aConversation, aPerson, provenPerson } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { freshTables } from '../../support/tables.ts';
import { Wire } from '../../support/wire.ts';

const parsed = parseVouching(undefined, { isLocal: false });
if (!parsed.ok) throw new Error('the default can be read');
const vouching = parsed.value;

describe('what leads from an id to a conversation', () => {
  const clock = new FakeClock();
  const wire = new Wire();
  let stores: ReturnType<typeof tableStores>;

  let service: Awaited<ReturnType<typeof freshTables>>;

  beforeEach(async () => {
    service = await freshTables({ httpClient: wire.httpClient });
    stores = tableStores(service, { clock, requestsPerSecond: 50, vouching });
  });

  const leadsOf = (id: string) => stores.personalData.conversationsOf(personKey(id));

  it('is not written for an id that somebody only claims: theirs fill up nobody’s partition', async () => {
    const claimed = { id: '29:ada', aadObjectId: 'f00d' };
    const { key } = aConversation();
    await stores.conversations.saveConversation(aConversation({ channelId: 'webchat', user: claimed }));
    expect([await leadsOf('29:ada'), await leadsOf('f00d')]).toEqual([[], []]);
    await stores.conversations.saveConversation({ ...aConversation({ user: claimed }), key });
    expect([await leadsOf('29:ada'), await leadsOf('f00d')]).toEqual([[key], [key]]);
  });

  it('is written for an object id as it is compared, too', async () => {
    const hers = aConversation({ user: { id: '29:ada', aadObjectId: 'F00D' } });
    await stores.conversations.saveConversation(hers);
    expect([await leadsOf('F00D'), await leadsOf('f00d')]).toEqual([[hers.key], [hers.key]]);
  });

  it('to a person goes with the person', async () => {
    const [person, proofs] = provenPerson(aPerson({ user: { id: '29:ada', aadObjectId: 'f00d' } }));
    await stores.conversations.savePerson(person, proofs);
    const rows = async () => {
      const keys: string[] = [];
      const partitions = { firstPartition: 'a', lastPartition: 'z' };
      for await (const row of service.table('directory').rows(partitions)) keys.push(row.partitionKey);
      return keys;
    };
    // Six by their ids, three by the words of name and id.
    expect(await rows()).toHaveLength(9);
    const names = [...namesOf(person.user, aConversation(), vouching), ...proofs.map((one) => one.person)];
    for (const name of names) await stores.personalData.forgetPerson(name, 'msteams');
    expect(await rows()).toEqual([]);
  });

  it('to a person comes before the person: whoever is remembered is found', async () => {
    const [person, proofs] = provenPerson(aPerson({ user: { id: '29:ada', aadObjectId: 'f00d' } }));
    wire.take();
    await stores.conversations.savePerson(person, proofs);
    const writes = wire.take();
    expect(writes.lastIndexOf('put directory')).toBeLessThan(writes.indexOf('merge directory'));
  });
});
