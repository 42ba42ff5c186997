import { RestError } from '@azure/data-tables';
import { beforeEach, describe, expect, it } from 'vitest';
import { noSends } from '../../../shared/domain/delivery/pace.ts';
import { minutes } from '../../../shared/domain/time.ts';
import { type Stores, tableStores } from '../../contract/stores.ts';
import { aConversation, aConversationKey, aDeliveryRow, aResult } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { freshTables } from '../../support/tables.ts';
import { Wire } from '../../support/wire.ts';

const reset = () => new RestError('the answer never came', { code: 'ECONNRESET' });

/** The request was done, its answer was lost, and the client asked again. */
describe('a write whose answer was lost', () => {
  let wire: Wire;
  let stores: Stores;

  beforeEach(async () => {
    wire = new Wire();
    stores = tableStores(await freshTables({ httpClient: wire.httpClient }), new FakeClock());
    wire.take();
  });

  it('is a claim all the same, not one that somebody else took', async () => {
    wire.loseNext('insert conversations', 'after', reset());
    const row = aDeliveryRow();
    const claimed = await stores.ledger.claimDelivery(row);
    expect(wire.take()).toEqual(['insert conversations', 'insert conversations', 'get conversations']);
    expect(claimed).toEqual(await stores.ledger.findDelivery(row.id));
  });

  it('is a claim with its windows all the same', async () => {
    wire.loseNext('transaction conversations', 'after', reset());
    const row = aDeliveryRow();
    const claimed = await stores.ledger.claimDelivery(row, { next: { ...noSends, recent: [1] } });
    expect(claimed).toEqual(await stores.ledger.findDelivery(row.id));
    expect((await stores.ledger.findDesk(row.id.conversation)).windows.recent).toEqual([1]);
  });

  it('is a change all the same', async () => {
    const claimed = await stores.ledger.claimDelivery(aDeliveryRow());
    if (claimed === 'lost') return expect.fail('nobody else claimed it');
    wire.loseNext('replace conversations', 'after', reset());
    const changed = await stores.ledger.changeDelivery({ ...claimed, version: 1, state: 'retrying' });
    expect(changed).toEqual(await stores.ledger.findDelivery(claimed.id));
    expect(changed).toMatchObject({ version: 1 });
  });

  it('is a greeting all the same', async () => {
    wire.loseNext('insert conversations', 'after', reset());
    const key = aConversationKey();
    expect(await stores.conversations.greetOnce(key)).toBe(true);
    expect(await stores.conversations.greetOnce(key)).toBe(false);
  });

  it('is an outcome all the same', async () => {
    wire.loseNext('insert notifications', 'after', reset());
    const { id } = aDeliveryRow();
    await stores.ledger.recordOutcome(id, aResult());
    expect(await stores.ledger.findOutcome(id)).toEqual(aResult());
  });

  it('wastes slots of a tenant, and gives none twice', async () => {
    const { tenant } = aConversation();
    const reserve = () => stores.pacer.reserve(tenant, 1, 0, minutes(1));
    await reserve();
    wire.loseNext('replace pace', 'after', reset());
    expect(await reserve()).toMatchObject({ slots: { first: 64 } });
    expect(await reserve()).toMatchObject({ slots: { first: 96 } });
  });
});
