import { RestError } from '@azure/data-tables';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TableService } from '../../../shared/adapters/table/table-service.ts';
import { personKey } from '../../../shared/domain/ids.ts';
import { milliseconds, minutes } from '../../../shared/domain/time.ts';
import { StoreUnavailable } from '../../../shared/ports/store-errors.ts';
import { type Stores, tableStores } from '../../contract/stores.ts';
import {
  aConversation,
  aConversationKey,
  aDeliveryRow,
  aNotification,
  aPerson,
  aResult,
  aTopic,
  provenPerson,
} from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { azuriteConnection, freshTables } from '../../support/tables.ts';
import { Wire } from '../../support/wire.ts';

const clock = new FakeClock();

/** Every method of every store, with something to do. */
const everyMethod: readonly (readonly [string, (stores: Stores) => Promise<unknown>])[] = [
  [
    'conversations.findConversation',
    ({ conversations }) => conversations.findConversation(aConversationKey()),
  ],
  ['conversations.saveConversation', ({ conversations }) => conversations.saveConversation(aConversation())],
  ['conversations.findPerson', ({ conversations }) => conversations.findPerson(personKey('29:ada'))],
  ['conversations.savePerson', ({ conversations }) => conversations.savePerson(...provenPerson(aPerson()))],
  ['conversations.peopleKnownBy', ({ conversations }) => conversations.peopleKnownBy('entra', 'f00d')],
  [
    'conversations.suppressConversation',
    ({ conversations }) => conversations.suppressConversation(aConversationKey(), 'blocked'),
  ],
  ['conversations.greetOnce', ({ conversations }) => conversations.greetOnce(aConversationKey())],
  ['conversations.listConversations', ({ conversations }) => conversations.listConversations({ limit: 10 })],
  ['conversations.listTenants', ({ conversations }) => conversations.listTenants()],
  ['subscriptions.subscribe', ({ subscriptions }) => subscriptions.subscribe(aSubscription())],
  [
    'subscriptions.unsubscribe',
    ({ subscriptions }) => subscriptions.unsubscribe(aConversation(), aTopic('a')),
  ],
  ['subscriptions.subscriptionsOf', ({ subscriptions }) => subscriptions.subscriptionsOf(aConversationKey())],
  ['audience.tenants', ({ audience }) => audience.tenants({ kind: 'everyone' })],
  [
    'audience.members',
    ({ audience }) => audience.members({ kind: 'everyone' }, aConversation().tenant, { limit: 10 }),
  ],
  ['ledger.findDesk', ({ ledger }) => ledger.findDesk(aConversationKey())],
  ['ledger.findDelivery', ({ ledger }) => ledger.findDelivery(aDeliveryRow().id)],
  ['ledger.claimDelivery', ({ ledger }) => ledger.claimDelivery(aDeliveryRow())],
  ['ledger.changeDelivery', ({ ledger }) => ledger.changeDelivery(aDeliveryRow())],
  ['ledger.countSends', ({ ledger }) => ledger.countSends(aConversationKey(), 1, clock.now())],
  [
    'ledger.addressRecipients',
    ({ ledger }) => ledger.addressRecipients(aNotification().id, [aConversationKey()]),
  ],
  ['ledger.recordUnknown', ({ ledger }) => ledger.recordUnknown(aNotification().id, 'nobody', aResult())],
  ['ledger.recordOutcome', ({ ledger }) => ledger.recordOutcome(aDeliveryRow().id, aResult())],
  ['ledger.forgetUnknown', ({ ledger }) => ledger.forgetUnknown(aNotification().id, 'nobody')],
  ['ledger.withdrawOutcome', ({ ledger }) => ledger.withdrawOutcome(aDeliveryRow().id, aResult())],
  ['ledger.recordPending', ({ ledger }) => ledger.recordPending(aDeliveryRow().id, 'deferred')],
  ['ledger.findOutcome', ({ ledger }) => ledger.findOutcome(aDeliveryRow().id)],
  ['ledger.unfinishedDeliveries', ({ ledger }) => ledger.unfinishedDeliveries(aNotification().id)],
  ['ledger.countOutcomes', ({ ledger }) => ledger.countOutcomes(aNotification().id)],
  ['ledger.listResults', ({ ledger }) => ledger.listResults(aNotification().id, { limit: 10 })],
  [
    'notifications.acceptNotification',
    ({ notifications }) => notifications.acceptNotification(aNotification()),
  ],
  [
    'notifications.findNotification',
    ({ notifications }) => notifications.findNotification(aNotification().id),
  ],
  ['notifications.isPlanned', ({ notifications }) => notifications.isPlanned(aNotification().id)],
  ['notifications.markPlanned', ({ notifications }) => notifications.markPlanned(aNotification().id)],
  ['notifications.beginWalk', ({ notifications }) => notifications.beginWalk(aWalk())],
  ['notifications.advanceWalk', ({ notifications }) => notifications.advanceWalk(aWalk())],
  ['notifications.walksOf', ({ notifications }) => notifications.walksOf(aNotification().id)],
  ['dueIndex.addDue', ({ dueIndex }) => dueIndex.addDue(aDueEntry())],
  ['dueIndex.removeDue', ({ dueIndex }) => dueIndex.removeDue(aDueEntry())],
  ['dueIndex.findOverdue', ({ dueIndex }) => dueIndex.findOverdue(clock.now(), 10)],
  ['parking.parkItem', ({ parking }) => parking.parkItem(aParkedItem())],
  ['parking.findParked', ({ parking }) => parking.findParked(aParkedItem().id)],
  ['parking.listParked', ({ parking }) => parking.listParked({ limit: 10 })],
  ['parking.dropParked', ({ parking }) => parking.dropParked(aParkedItem().id)],
  ['pacer.reserve', ({ pacer }) => pacer.reserve(aConversation().tenant, 1, clock.now(), minutes(1))],
  ['pacer.holdBack', ({ pacer }) => pacer.holdBack(aConversation().tenant, clock.now(), clock.now())],
];

describe('a store that cannot be asked', () => {
  const wire = new Wire();
  let stores: Stores;
  let nowhere: Stores;

  beforeAll(async () => {
    stores = tableStores(await freshTables({ httpClient: wire.httpClient }), clock);
    nowhere = tableStores(await unmadeTables(), clock);
  });

  afterEach(() => wire.onRequest(undefined));

  it.each(everyMethod)('says so: %s when requests fail for good', async (_name, call) => {
    wire.onRequest(async () => {
      throw new RestError('this is not a failure that the client repeats', { code: 'EPROTO' });
    });
    await expect(call(stores)).rejects.toThrow(StoreUnavailable);
  });

  it.each(everyMethod)(
    'says so: %s when the table is missing, which is no missing row',
    async (_name, call) => {
      await expect(call(nowhere)).rejects.toMatchObject({ code: 'store-unavailable' });
    },
  );

  it('is asked again twice when the connection breaks, and then no more', async () => {
    wire.take();
    wire.onRequest(async () => {
      throw new RestError('reset', { code: 'ECONNRESET' });
    });
    await expect(stores.ledger.findDelivery(aDeliveryRow().id)).rejects.toThrow(StoreUnavailable);
    expect(wire.take()).toEqual(['get conversations', 'get conversations', 'get conversations']);
  });

  it.each([408, 500, 503])('is asked again after HTTP %i, and the work goes on', async (status) => {
    let refused = 0;
    wire.onRequest(async (_operation, send) => {
      const answer = await send();
      return refused++ === 0 ? { ...answer, status, bodyAsText: '{}' } : answer;
    });
    expect(await stores.ledger.findDelivery(aDeliveryRow().id)).toBeUndefined();
  });

  it('is given up when it hangs', async () => {
    const hanging = new Wire();
    const impatient = tableStores(
      new TableService({
        connection: { connectionString: await azuriteConnection() },
        log: new RecordingLog(),
        httpClient: hanging.httpClient,
        timeout: milliseconds(50),
      }),
      clock,
    );
    hanging.onRequest(
      (_operation, _send, request) =>
        new Promise((_resolve, reject) => {
          request.abortSignal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    await expect(impatient.ledger.findDelivery(aDeliveryRow().id)).rejects.toThrow(StoreUnavailable);
  });

  it('keeps the cause, and names the table but no key', async () => {
    const cause = new RestError('forbidden', { statusCode: 403, code: 'AuthorizationFailure' });
    wire.onRequest(async () => {
      throw cause;
    });
    const error = await stores.conversations
      .findConversation(aConversationKey())
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ operation: 'get in table "conversations"', cause });
  });
});

describe('an error of the service', () => {
  it('carries no signature or token to whoever prints it', async () => {
    const error = await tableStores(await unmadeTables(), clock)
      .ledger.findDelivery(aDeliveryRow().id)
      .catch((caught: unknown) => caught);
    const cause = error instanceof Error ? error.cause : undefined;
    if (!(cause instanceof RestError)) return expect.fail('the cause is the error of the SDK');
    expect(cause.request?.url).toContain('nobodymadethem');
    const sent = JSON.stringify([cause.request?.headers, cause.response?.request.headers]);
    expect(sent).toContain('x-ms-date');
    expect(sent.toLowerCase()).not.toMatch(/authorization|sharedkey/);
  });
});

describe('a query', () => {
  let wire: Wire;
  let stores: Stores;

  beforeEach(async () => {
    wire = new Wire();
    stores = tableStores(await freshTables({ httpClient: wire.httpClient }), clock);
  });

  afterEach(() => wire.onRequest(undefined));

  it('goes on behind an empty page, as the service gives them at the borders of partitions', async () => {
    const { id } = aNotification();
    const keys = [aConversationKey(), aConversationKey()].sort();
    await stores.ledger.addressRecipients(id, keys);
    const { key } = aConversation();
    await stores.ledger.claimDelivery(aDeliveryRow({ id: { notification: id, conversation: key } }), {
      next: { recent: [5], older: [], bursts: [] },
    });
    wire.onRequest(async (operation, send, request) => {
      if (!operation.startsWith('query')) return send();
      const url = new URL(request.url);
      const isFirst = !url.searchParams.has('NextPartitionKey');
      url.searchParams.delete('NextPartitionKey');
      url.searchParams.delete('NextRowKey');
      request.url = url.toString();
      const answer = await send();
      if (!isFirst) return answer;
      answer.headers.set('x-ms-continuation-NextPartitionKey', 'somewhere');
      answer.headers.set('x-ms-continuation-NextRowKey', 'else');
      return { ...answer, bodyAsText: JSON.stringify({ value: [] }) };
    });
    expect(await stores.ledger.unfinishedDeliveries(id)).toEqual(keys);
    expect((await stores.ledger.listResults(id, { limit: 10 })).items).toHaveLength(2);
    expect((await stores.ledger.findDesk(key)).windows.recent).toEqual([5]);
  });
});

async function unmadeTables(): Promise<TableService> {
  return new TableService({
    connection: { connectionString: await azuriteConnection() },
    log: new RecordingLog(),
    tablePrefix: 'nobodymadethem',
  });
}

function aSubscription() {
  const { key, tenant } = aConversation();
  return { conversation: key, tenant, topic: aTopic('builds'), since: clock.now() };
}

function aWalk() {
  return {
    notification: aNotification().id,
    group: { kind: 'everyone' },
    tenant: aConversation().tenant,
    done: false,
  } as const;
}

function aDueEntry() {
  return { at: clock.now(), kind: 'delivery', id: aDeliveryRow().id } as const;
}

function aParkedItem() {
  return {
    id: aNotification().id,
    reason: 'too-large',
    faults: [],
    original: '{}',
    kind: 'event',
    parkedAt: clock.now(),
  } as const;
}
