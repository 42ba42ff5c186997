import { RestError } from '@azure/data-tables';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TableService } from '../../../shared/adapters/table/table-service.ts';
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
} from '../../support/builders.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { azuriteConnection, freshTables } from '../../support/tables.ts';
import { Wire } from '../../support/wire.ts';

const clock = new FakeClock();

/** Every method of every store, with something to do. */
const everyMethod: readonly (readonly [string, (stores: Stores) => Promise<unknown>])[] = [
  ['conversations.find', ({ conversations }) => conversations.find(aConversationKey())],
  ['conversations.save', ({ conversations }) => conversations.save(aConversation())],
  ['conversations.findPerson', ({ conversations }) => conversations.findPerson('29:ada')],
  ['conversations.savePerson', ({ conversations }) => conversations.savePerson(aPerson())],
  ['conversations.suppress', ({ conversations }) => conversations.suppress(aConversationKey(), 'blocked')],
  ['conversations.greetOnce', ({ conversations }) => conversations.greetOnce(aConversationKey())],
  ['conversations.list', ({ conversations }) => conversations.list({ limit: 10 })],
  ['conversations.tenants', ({ conversations }) => conversations.tenants()],
  ['subscriptions.subscribe', ({ subscriptions }) => subscriptions.subscribe(aSubscription())],
  [
    'subscriptions.unsubscribe',
    ({ subscriptions }) => subscriptions.unsubscribe(aConversation(), aTopic('a')),
  ],
  ['subscriptions.of', ({ subscriptions }) => subscriptions.of(aConversationKey())],
  ['audience.tenants', ({ audience }) => audience.tenants({ kind: 'everyone' })],
  [
    'audience.members',
    ({ audience }) => audience.members({ kind: 'everyone' }, aConversation().tenant, { limit: 10 }),
  ],
  ['ledger.desk', ({ ledger }) => ledger.desk(aConversationKey())],
  ['ledger.row', ({ ledger }) => ledger.row(aDeliveryRow().id)],
  ['ledger.claim', ({ ledger }) => ledger.claim(aDeliveryRow())],
  ['ledger.change', ({ ledger }) => ledger.change(aDeliveryRow())],
  ['ledger.countSends', ({ ledger }) => ledger.countSends(aConversationKey(), 1, clock.now())],
  ['ledger.address', ({ ledger }) => ledger.address(aNotification().id, [aConversationKey()])],
  ['ledger.recordUnknown', ({ ledger }) => ledger.recordUnknown(aNotification().id, 'nobody', aResult())],
  ['ledger.record', ({ ledger }) => ledger.record(aDeliveryRow().id, aResult())],
  ['ledger.forgetUnknown', ({ ledger }) => ledger.forgetUnknown(aNotification().id, 'nobody')],
  ['ledger.withdraw', ({ ledger }) => ledger.withdraw(aDeliveryRow().id, aResult())],
  ['ledger.recordPending', ({ ledger }) => ledger.recordPending(aDeliveryRow().id, 'deferred')],
  ['ledger.result', ({ ledger }) => ledger.result(aDeliveryRow().id)],
  ['ledger.unfinished', ({ ledger }) => ledger.unfinished(aNotification().id)],
  ['ledger.count', ({ ledger }) => ledger.count(aNotification().id)],
  ['ledger.results', ({ ledger }) => ledger.results(aNotification().id, { limit: 10 })],
  ['notifications.accept', ({ notifications }) => notifications.accept(aNotification())],
  ['notifications.find', ({ notifications }) => notifications.find(aNotification().id)],
  ['notifications.isPlanned', ({ notifications }) => notifications.isPlanned(aNotification().id)],
  ['notifications.markPlanned', ({ notifications }) => notifications.markPlanned(aNotification().id)],
  ['notifications.beginWalk', ({ notifications }) => notifications.beginWalk(aWalk())],
  ['notifications.advanceWalk', ({ notifications }) => notifications.advanceWalk(aWalk())],
  ['notifications.walks', ({ notifications }) => notifications.walks(aNotification().id)],
  ['dueIndex.add', ({ dueIndex }) => dueIndex.add(aDueEntry())],
  ['dueIndex.remove', ({ dueIndex }) => dueIndex.remove(aDueEntry())],
  ['dueIndex.overdue', ({ dueIndex }) => dueIndex.overdue(clock.now(), 10)],
  ['parking.park', ({ parking }) => parking.park(aParkedItem())],
  ['parking.find', ({ parking }) => parking.find(aParkedItem().id)],
  ['parking.list', ({ parking }) => parking.list({ limit: 10 })],
  ['parking.drop', ({ parking }) => parking.drop(aParkedItem().id)],
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
    await expect(stores.ledger.row(aDeliveryRow().id)).rejects.toThrow(StoreUnavailable);
    expect(wire.take()).toEqual(['get conversations', 'get conversations', 'get conversations']);
  });

  it.each([408, 500, 503])('is asked again after HTTP %i, and the work goes on', async (status) => {
    let refused = 0;
    wire.onRequest(async (_operation, send) => {
      const answer = await send();
      return refused++ === 0 ? { ...answer, status, bodyAsText: '{}' } : answer;
    });
    expect(await stores.ledger.row(aDeliveryRow().id)).toBeUndefined();
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
    await expect(impatient.ledger.row(aDeliveryRow().id)).rejects.toThrow(StoreUnavailable);
  });

  it('keeps the cause, and names the table but no key', async () => {
    const cause = new RestError('forbidden', { statusCode: 403, code: 'AuthorizationFailure' });
    wire.onRequest(async () => {
      throw cause;
    });
    const error = await stores.conversations.find(aConversationKey()).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ operation: 'get in table "conversations"', cause });
  });
});

describe('an error of the service', () => {
  it('carries no signature or token to whoever prints it', async () => {
    const error = await tableStores(await unmadeTables(), clock)
      .ledger.row(aDeliveryRow().id)
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
    await stores.ledger.address(id, keys);
    const { key } = aConversation();
    await stores.ledger.claim(aDeliveryRow({ id: { notification: id, conversation: key } }), {
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
    expect(await stores.ledger.unfinished(id)).toEqual(keys);
    expect((await stores.ledger.results(id, { limit: 10 })).items).toHaveLength(2);
    expect((await stores.ledger.desk(key)).windows.recent).toEqual([5]);
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
