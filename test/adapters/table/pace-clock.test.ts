import { beforeEach, describe, expect, it } from 'vitest';
import { type Stores, tableStores } from '../../contract/stores.ts';
import { aConversation } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { freshTables } from '../../support/tables.ts';
import { Wire } from '../../support/wire.ts';

/** The tables of the tests run on this machine, so that its own clock is the common one. */
describe("how far a clock is behind the tables'", () => {
  const { tenant } = aConversation();
  let wire: Wire;
  let pacer: Stores['pacer'];

  beforeEach(async () => {
    wire = new Wire();
    ({ pacer } = tableStores(await freshTables({ httpClient: wire.httpClient }), new FakeClock()));
    wire.take();
  });

  it.each([0, 700, -700])('is learned from the row that tells the others: %i ms', async (behind) => {
    const said = await pacer.compareLate(tenant, 'one', [], Date.now() - behind);
    expect(wire.take()).toEqual(['put pace', 'query pace']);
    // Both clocks show whole milliseconds.
    expect(said.behind?.least).toBeLessThanOrEqual(behind + 2);
    expect(said.behind?.most).toBeGreaterThanOrEqual(behind - 2);
  });

  it('is not learned where nothing was told, from a row that was written before', async () => {
    await pacer.compareLate(tenant, 'one', [], Date.now());
    wire.take();
    const said = await pacer.compareLate(tenant, 'one', undefined, Date.now());
    expect(wire.take()).toEqual(['query pace']);
    expect(said).not.toHaveProperty('behind');
  });
});
