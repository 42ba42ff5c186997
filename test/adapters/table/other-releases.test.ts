import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { double } from '../../../shared/adapters/table/row/row.ts';
import type { TableService } from '../../../shared/adapters/table/table-service.ts';
import { defined } from '../../../shared/domain/defined.ts';
import { orderOf } from '../../../shared/domain/living/order.ts';
import { type Stores, tableStores } from '../../contract/stores.ts';
import { aConversation, aDeliveryRow, aNotification } from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { freshTables } from '../../support/tables.ts';

describe('rows of another release', () => {
  let service: TableService;
  let stores: Stores;

  beforeEach(async () => {
    service = await freshTables({});
    stores = tableStores(service, new FakeClock());
  });

  it('an error without a meaning, or with one that only a later release knows, is read without', async () => {
    for (const more of [{}, { meaning: 'of-a-later-release' }, { meaning: 7 }]) {
      const row = aDeliveryRow();
      await service.table('conversations').put({
        partitionKey: row.id.conversation,
        rowKey: `d:${row.id.notification}`,
        version: 1,
        state: 'retrying',
        attempts: 1,
        unconfirmed: 0,
        firstClaimedAt: double(1),
        lastError: JSON.stringify({ class: 'http-403', code: 'X', ...more }),
      });
      expect((await stores.ledger.findDelivery(row.id))?.lastError).toEqual({ class: 'http-403', code: 'X' });
    }
  });

  it('of messages that wait to be closed the first is written as where there was never more than one, the others beside it', async () => {
    const conversation = aConversation().key;
    const id = { conversation, name: 'a'.repeat(43) };
    const notification = aNotification();
    const newest = { notification: notification.id, order: orderOf(notification) };
    const one = {
      notification: notification.id,
      channelId: 'msteams',
      conversationId: 'a:1',
      activityId: '1',
    };
    const ofTheFormer = z.object({ activityId: z.string() });
    for (const closing of [[one], [one, { ...one, activityId: '2' }]]) {
      const stored = await stores.living.findLiving(id);
      await stores.living.changeLiving({ id, newest, closing, ...defined({ etag: stored?.etag }) });
      expect((await stores.living.findLiving(id))?.closing).toEqual(closing);
      const row = await service
        .table('conversations')
        .get({ partitionKey: conversation, rowKey: `y:${id.name}` });
      expect(ofTheFormer.parse(JSON.parse(String(row?.closing)))).toEqual({ activityId: '1' });
    }
  });

  it('what is parked as rejected has a reason that the release before this one can read', async () => {
    const id = 'x'.repeat(43);
    await stores.parking.parkItem({
      id,
      reason: 'rejected',
      kind: 'delivery',
      faults: [],
      original: 'a.b',
      parkedAt: 1,
    });
    const row = await service.table('parked').get({ partitionKey: 'parked', rowKey: id });
    const ofTheFormer = z.enum([
      'invalid-envelope',
      'unknown-type',
      'invalid-data',
      'too-large',
      'no-such-recipient',
      'exhausted',
      'unconfirmed',
    ]);
    expect(ofTheFormer.parse(row?.reason)).toBe('exhausted');
    expect((await stores.parking.findParked(id))?.reason).toBe('rejected');
  });
});
