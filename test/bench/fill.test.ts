import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CROWD, conversationOf } from '../../bench/parts/publish.ts';
import { fillPeople, fillReminders } from '../../bench/table-service/fill.ts';
import { type MemoryTables, startMemoryTables } from '../../bench/table-service/server.ts';
import { tablesConnectionString } from '../../dev/tables/azurite.ts';
import { connectTables } from '../../shared/adapters/table/connect.ts';
import { minutes } from '../../shared/domain/time.ts';
import { tableNames } from '../../shared/kinds/catalog.ts';
import { reminderStores } from '../../shared/kinds/reminders/rows/reminder-stores.ts';
import { RecordingLog } from '../support/fakes/recording-log.ts';

const NOW = Date.UTC(2026, 10, 23, 9);
const serviceUrl = 'http://127.0.0.1:1/';

let tables: MemoryTables;
let stores: Awaited<ReturnType<typeof connectTables>>;

beforeAll(async () => {
  tables = await startMemoryTables();
  stores = await connectTables(
    { kind: 'connectionString', value: tablesConnectionString(tables.origin) },
    { clock: { now: () => NOW }, log: new RecordingLog(), requestsPerSecond: 50, tableNames },
  );
});

afterAll(async () => {
  await tables.stop();
});

describe('people and reminders that are put into the tables by themselves', () => {
  it('are what the app finds: conversations, everyone, and the subscribers of a topic', async () => {
    const topics = [{ topic: 'some', from: 2, below: 5 }];
    fillPeople(tables, { count: 8, prefix: CROWD, serviceUrl, topics });
    const person = await stores.conversations.findConversation(conversationOf(7));
    expect(person).toMatchObject({ key: conversationOf(7), serviceUrl, conversationType: 'personal' });
    if (person === undefined) throw new Error('the person is not there');
    const members = async (group: Parameters<typeof stores.audience.members>[0]) =>
      (await stores.audience.members(group, person.tenant, { limit: 100 })).keys;
    expect(await members({ kind: 'everyone' })).toHaveLength(8);
    expect(await stores.audience.tenants({ kind: 'everyone' })).toEqual([person.tenant]);
    const { findDesk: desk } = stores.ledger;
    expect((await desk.call(stores.ledger, conversationOf(3))).conversation).toMatchObject({ serviceUrl });
  });

  it('are due within the minute, and the others later', async () => {
    fillReminders(tables, { pending: 50, due: 3, now: NOW });
    const due: string[] = [];
    for await (const page of reminderStores(stores.tables).reminderIndex.due(NOW + minutes(2), 100)) {
      due.push(...page.map(({ id }) => id));
    }
    expect(due).toHaveLength(3);
    expect(due.every((id) => id.startsWith('due-'))).toBe(true);
  });
});
