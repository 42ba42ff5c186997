import { beforeEach, describe, expect, it } from 'vitest';
import type { TableService } from '../../../shared/adapters/table/table-service.ts';
import { noTurns } from '../../../shared/domain/conversation/turn-state.ts';
import { type Stores, tableStores } from '../../contract/stores.ts';
import { aConversationKey } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { freshTables } from '../../support/tables.ts';

describe('a stored turn state', () => {
  const place = { conversation: aConversationKey() };
  let log: RecordingLog;
  let service: TableService;
  let stores: Stores;

  beforeEach(async () => {
    log = new RecordingLog();
    service = await freshTables({ log });
    stores = tableStores(service, new FakeClock());
  });

  it.each([
    ['of another version', { state0: Buffer.from('{"format":99,"state":{}}'), stateSize: 24 }],
    ['that is no JSON', { state0: Buffer.from('{'), stateSize: 1 }],
    ['of which a part is missing', { stateSize: 70_000 }],
  ])('%s is reported, read as none, and replaced by what is saved', async (_what, properties) => {
    await service.table('conversations').put({
      partitionKey: place.conversation,
      rowKey: 't',
      ...properties,
    });
    const loaded = await stores.turns.loadTurns(place);
    expect(loaded).toEqual({ state: noTurns, tag: expect.any(String), unreadable: true });
    expect(log.of('corrupt-row').length).toBe(1);
    await stores.turns.saveTurns(place, { ...noTurns, spokeAt: 5 }, loaded.tag);
    expect(await stores.turns.loadTurns(place)).toMatchObject({ state: { spokeAt: 5 } });
  });
});
