import { beforeEach, describe, expect, it } from 'vitest';
import { double, type Row } from '../../../shared/adapters/table/row/row.ts';
import type { TableService } from '../../../shared/adapters/table/table-service.ts';
import { minutes, toIso } from '../../../shared/domain/time.ts';
import { type Stores, tableStores } from '../../contract/stores.ts';
import {
  aConversation,
  aDeliveryRow,
  aNotification,
  aPerson,
  aResult,
  aTopic,
  provenPerson,
} from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { aNote, noteLayout } from '../../support/notes.ts';
import { freshTables } from '../../support/tables.ts';

describe('a row that cannot be read', () => {
  const clock = new FakeClock();
  let log: RecordingLog;
  let service: TableService;
  let stores: Stores;

  beforeEach(async () => {
    log = new RecordingLog();
    service = await freshTables({ log });
    stores = tableStores(service, clock);
  });

  async function corrupt(table: string, row: Row): Promise<void> {
    await service.table(table).put(row);
  }

  const corruptRow = (table: string, partitionKey: string, rowKey: string) => ({
    code: 'corrupt-row',
    table,
    partitionKey,
    rowKey,
  });

  it('is an error that names table and keys, and nothing of what the row holds', async () => {
    const conversation = aConversation();
    await stores.conversations.saveConversation(conversation);
    await service.table('conversations').merge({
      partitionKey: conversation.key,
      rowKey: '0c',
      changedAt: 'yesterday, said Ada',
    });
    const error = await stores.conversations
      .findConversation(conversation.key)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject(corruptRow('conversations', conversation.key, '0c'));
    expect(String(error)).toContain('changedAt');
    expect(String(error)).not.toContain('Ada');
  });

  it.each([
    ['has lost a chunk', { dataSize: 10 }],
    ['has a chunk that is no JSON', { dataSize: 3, data0: Buffer.from('{"a') }],
    ['has a chunk of another length', { dataSize: 1, data0: Buffer.from('{}') }],
    ['holds JSON of another kind', { dataSize: 2, data0: Buffer.from('[]') }],
    ['holds a chunk that is text', { dataSize: 2, data0: '{}' }],
  ])('is an error when it %s', async (_what, fields) => {
    const { id } = aNotification();
    await corrupt('notifications', { partitionKey: id, rowKey: 'n', ...fields });
    await expect(stores.notifications.findNotification(id)).rejects.toMatchObject(
      corruptRow('notifications', id, 'n'),
    );
  });

  it('is left out of the holders of a record and of the own ones of a conversation, and reported', async () => {
    const notes = stores.records(noteLayout);
    const [adas, bobs] = [aNote(), aNote()];
    for (const note of [adas, bobs]) await notes.put(note);
    const partitionKey = noteLayout.partition(adas.key, adas.tenant);
    await corrupt('records', { partitionKey, rowKey: adas.conversation, value0: 'lent' });
    const page = await notes.holders(adas, { limit: 10 });
    expect(page.records.map(({ record }) => record)).toEqual([bobs]);
    expect(await notes.of(adas.conversation)).toEqual([]);
    await expect(notes.find(adas.conversation, adas.key)).rejects.toMatchObject(
      corruptRow('records', partitionKey, adas.conversation),
    );
    expect(log.of('corrupt-row')).toHaveLength(2);
  });

  it('is an error wherever one row is asked for by itself', async () => {
    const row = aDeliveryRow();
    const { notification, conversation } = row.id;
    await corrupt('conversations', {
      partitionKey: conversation,
      rowKey: `d:${notification}`,
      state: 'lent',
    });
    await corrupt('conversations', { partitionKey: conversation, rowKey: '0w', windows: '{}' });
    await corrupt('notifications', {
      partitionKey: notification,
      rowKey: `r:${conversation}:o`,
      result: '{}',
    });
    const person = aPerson({ user: { id: '29:ada' } });
    await stores.conversations.savePerson(...provenPerson(person));
    await expect(stores.ledger.findDelivery(row.id)).rejects.toMatchObject({ code: 'corrupt-row' });
    await expect(stores.ledger.findDesk(conversation)).rejects.toMatchObject({ code: 'corrupt-row' });
    await corrupt('conversations', { partitionKey: conversation, rowKey: '0q', windows: 'next' });
    const asked = { sent: { recent: [], older: [], bursts: [] }, limits: [], now: 0 };
    await expect(stores.ledger.lineUp(conversation, asked)).rejects.toMatchObject({ code: 'corrupt-row' });
    await expect(stores.ledger.findOutcome(row.id)).rejects.toMatchObject({ code: 'corrupt-row' });
    const { tenant } = aConversation();
    await corrupt('pace', { partitionKey: tenant, rowKey: 'cursor', next: 'soon' });
    await expect(stores.pacer.reserve(tenant, 1, 0, minutes(1))).rejects.toMatchObject({
      code: 'corrupt-row',
    });
  });

  it('stops no listing of conversations: it is left out and an operator hears of it', async () => {
    const [good, bad] = [aConversation(), aConversation()];
    await stores.conversations.saveConversation(good);
    await stores.conversations.saveConversation(bad);
    await corrupt('conversations', { partitionKey: bad.key, rowKey: '0c' });
    expect(await stores.conversations.listConversations({ limit: 10 })).toEqual({ items: [good] });
    expect(log.of('corrupt-row')).toMatchObject([
      { level: 'error', fields: { table: 'conversations', partitionKey: bad.key, rowKey: '0c' } },
    ]);
  });

  it('stops no list of subscriptions and no suppression', async () => {
    const conversation = aConversation();
    const { key, tenant } = conversation;
    await stores.conversations.saveConversation(conversation);
    const subscription = { conversation: key, tenant, topic: aTopic('builds'), since: clock.now() };
    await stores.subscriptions.subscribe(subscription);
    await corrupt('conversations', { partitionKey: key, rowKey: 's:!', topic: '///' });
    expect(await stores.subscriptions.subscriptionsOf(key)).toEqual([subscription]);
    await stores.conversations.suppressConversation(key, 'blocked');
    const group = { kind: 'topic', topic: subscription.topic } as const;
    expect(await stores.audience.members(group, tenant, { limit: 10 })).toEqual({ keys: [], done: true });
    expect(log.of('corrupt-row')).toHaveLength(2);
  });

  it('stops no broadcast: a member whose key is none is left out', async () => {
    const conversation = aConversation();
    await stores.conversations.saveConversation(conversation);
    await corrupt('directory', { partitionKey: `all:${conversation.tenant}`, rowKey: '!' });
    await corrupt('directory', { partitionKey: 'tenants', rowKey: '!' });
    const everyone = { kind: 'everyone' } as const;
    expect(await stores.audience.tenants(everyone)).toEqual([conversation.tenant]);
    expect(await stores.audience.members(everyone, conversation.tenant, { limit: 10 })).toEqual({
      keys: [conversation.key],
      done: true,
    });
  });

  it('stops no sweep: what is due behind it is found', async () => {
    const entry = { at: clock.now(), kind: 'delivery', id: aDeliveryRow().id } as const;
    await stores.dueIndex.addDue(entry);
    const minute = toIso(clock.now() - minutes(5)).slice(0, 16);
    await corrupt('due', { partitionKey: `d:${minute}`, rowKey: '0', entry: '{"kind":"party"}' });
    expect(await stores.dueIndex.findOverdue(clock.now(), 1)).toEqual([entry]);
    expect(log.of('corrupt-row')).toHaveLength(1);
  });

  it('stops no list of what is parked', async () => {
    const item = {
      id: aNotification().id,
      reason: 'too-large',
      faults: [],
      original: '',
      kind: 'event',
      parkedAt: 1,
    } as const;
    await stores.parking.parkItem(item);
    await corrupt('parked', { partitionKey: 'parked', rowKey: '!', reason: 'boredom' });
    expect((await stores.parking.listParked({ limit: 1 })).items).toMatchObject([item]);
    expect(log.of('corrupt-row')).toHaveLength(1);
  });

  it('stops no report: it is left out of the results and counted under a name of its own', async () => {
    const notification = aNotification().id;
    const [ada, bob, cy] = [aConversation().key, aConversation().key, aConversation().key];
    await stores.ledger.addressRecipients(notification, [ada, bob, cy]);
    await stores.ledger.recordOutcome({ notification, conversation: ada }, aResult());
    await corrupt('notifications', {
      partitionKey: notification,
      rowKey: `r:${bob}:o`,
      outcome: 'vanished',
      at: double(1),
      result: '{"outcome":"vanished"}',
    });
    await corrupt('notifications', { partitionKey: notification, rowKey: `r:${cy}`, state: 'asleep' });
    expect((await stores.ledger.listResults(notification, { limit: 10 })).items).toEqual([
      { conversation: ada, result: aResult() },
    ]);
    expect(log.of('corrupt-row')).toHaveLength(2);
    expect(await stores.ledger.countOutcomes(notification)).toMatchObject({
      outcomes: { delivered: 1, 'corrupt-row': 1 },
      pending: { 'corrupt-row': 1 },
      addressed: 3,
    });
  });

  it('of a walk is an error: without it nobody could say whether all were reached', async () => {
    const { id } = aNotification();
    await corrupt('notifications', { partitionKey: id, rowKey: 'w:x', done: true });
    await expect(stores.notifications.walksOf(id)).rejects.toMatchObject(
      corruptRow('notifications', id, 'w:x'),
    );
  });
});
