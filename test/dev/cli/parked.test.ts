import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { connectTables } from '../../../shared/adapters/table/connect.ts';
import { formatDeliveryId } from '../../../shared/domain/delivery/delivery.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import type { ParkedItem } from '../../../shared/ports/event/parking.ts';
import { startAzurite } from '../../support/azurite.ts';
import { aConversation, aDeliveryRow, aNotification, aResult } from '../../support/builders.ts';
import { RecordingLog } from '../../support/fakes/recording-log.ts';
import { aBroker, jsonOf } from './broker.ts';
import { notifier } from './command-line.ts';

const azurite = await startAzurite();
afterAll(() => azurite.stop());
const { connection, takeAll } = await aBroker();
const tables = ['--tables', azurite.connectionString];
const both = [...tables, '--connection', connection];
const stores = await connectTables(
  { kind: 'connectionString', value: azurite.connectionString },
  { clock: { now: () => Date.now() }, log: new RecordingLog(), requestsPerSecond: 50, tableNames },
);

const at = Date.UTC(2026, 10, 23, 9);

async function park(fields: Partial<ParkedItem> = {}): Promise<ParkedItem> {
  const original = fields.original ?? '{"no":"event"}';
  const item: ParkedItem = {
    id: createHash('sha256').update(original).digest('base64url'),
    kind: 'event',
    reason: 'invalid-envelope',
    faults: [{ path: 'id', message: 'is required' }],
    original,
    parkedAt: at,
    ...fields,
  };
  await stores.parking.parkItem(item);
  return item;
}

async function empty(): Promise<void> {
  for (const { id } of (await stores.parking.listParked({ limit: 1000 })).items)
    await stores.parking.dropParked(id);
}

/** A delivery that was exhausted, with everything that is stored of it. */
async function exhausted() {
  const ana = aConversation();
  const notification = aNotification({ to: [{ conversation: ana.key }] });
  const id = { notification: notification.id, conversation: ana.key };
  await stores.conversations.saveConversation(ana);
  await stores.notifications.acceptNotification(notification);
  await stores.notifications.markPlanned(notification.id);
  await stores.ledger.addressRecipients(notification.id, [ana.key]);
  await stores.ledger.claimDelivery(aDeliveryRow({ id, version: 11, attempts: 12 }));
  await stores.ledger.recordOutcome(id, aResult({ outcome: 'exhausted', attempts: 12 }));
  const original = formatDeliveryId(id);
  return { id, item: await park({ kind: 'delivery', reason: 'exhausted', original }) };
}

describe('what is parked', () => {
  it('is nothing at first', async () => {
    expect(await notifier(['parked', 'list', ...tables])).toMatchObject({
      status: 0,
      out: 'Nothing is parked.\n',
      err: '',
    });
    expect((await notifier(['parked', 'list', '--json', ...tables])).json()).toEqual({ items: [] });
    expect(await notifier(['parked', 'replay', '--all', ...both])).toMatchObject({ status: 0 });
  });

  it('is listed as a table and as JSON, by reason and page by page', async () => {
    const one = await park();
    const two = await park({ original: 'x', reason: 'too-large', faults: [] });
    const { out } = await notifier(['parked', 'list', ...tables]);
    expect(out).toMatch(/ID\s+KIND\s+REASON/);
    expect(out).toContain(`${one.id}  event  invalid-envelope  2026-11-23T09:00:00.000Z  id: is required`);
    const large = await notifier(['parked', 'list', '--reason', 'too-large', '--json', ...tables]);
    expect(large.json()).toEqual({ items: [{ ...two, parkedAt: '2026-11-23T09:00:00.000Z' }] });
    const first = await notifier(['parked', 'list', '--limit', '1', '--json', ...tables]);
    const { after } = first.json() as { readonly after: string }; // There are two.
    const second = await notifier(['parked', 'list', '--after', after, '--json', ...tables]);
    expect(second.json()).toMatchObject({ items: { length: 1 } });
    await empty();
  });

  it('is shown whole, without what could disturb a terminal', async () => {
    const original = '{"text":"a\\u001b[2J","to":"b\u202e"}';
    const { id } = await park({ original, properties: { cloudEvents_id: '7' } });
    const { out } = await notifier(['parked', 'show', id, ...tables]);
    expect(out).toContain('  id: is required\n');
    expect(out).toMatch(/cloudEvents_id\s+7/);
    expect(out).toContain('"to": "b·"');
    expect(out).not.toContain('\u001b');
    const { json } = await notifier(['parked', 'show', id, '--json', ...tables]);
    expect(json()).toMatchObject({ id, original, properties: { cloudEvents_id: '7' } });
    await empty();
  });

  it('shows the bytes of an original that is no UTF-8, and replays them', async () => {
    const bytes = Buffer.from('{"text":"gr\xfc\xdfe"', 'latin1');
    const item = await park({ original: bytes.toString('utf8'), bytes });
    const { out } = await notifier(['parked', 'show', item.id, ...tables]);
    expect(out).toContain(bytes.toString('base64'));
    const { json } = await notifier(['parked', 'show', item.id, '--json', ...tables]);
    expect(json()).toMatchObject({ original: item.original, originalBase64: bytes.toString('base64') });
    await notifier(['parked', 'replay', item.id, ...both]);
    const [message] = await takeAll('events');
    expect(Buffer.from(message?.body).equals(bytes)).toBe(true);
    await empty();
  });

  it('is dropped once', async () => {
    const { id } = await park();
    expect(await notifier(['parked', 'drop', id, ...tables])).toMatchObject({
      status: 0,
      out: `Dropped ${id}.\n`,
    });
    const again = await notifier(['parked', 'drop', id, ...tables]);
    expect(again.status).toBe(1);
    expect(again.err).toContain(`nothing is parked under "${id}"`);
  });

  it('goes back on queue "events" as it came', async () => {
    const { id, original } = await park({ original: '{ "a": 1 }', properties: { cloudEvents_type: 'x' } });
    const dry = await notifier(['parked', 'replay', id, '--dry-run', ...both]);
    expect(dry).toMatchObject({ status: 0, out: `${id}  would go back on queue "events"\n` });
    expect(await takeAll('events')).toEqual([]);
    const { status, out } = await notifier(['parked', 'replay', id, ...both]);
    expect({ status, out }).toEqual({ status: 0, out: `${id}  went back on queue "events"\n` });
    const [message, ...more] = await takeAll('events');
    expect(Buffer.from(message?.body).toString()).toBe(original);
    expect(message?.applicationProperties).toEqual({ cloudEvents_type: 'x' });
    expect(more).toEqual([]);
    expect((await notifier(['parked', 'replay', id, ...both])).status).toBe(1);
  });

  it("goes back on the app's own queue as it came", async () => {
    const { id } = await park({ kind: 'message', original: '{"job":{}}', properties: { queue: 'jobs' } });
    await notifier(['parked', 'replay', id, ...both]);
    expect((await takeAll('jobs')).map(jsonOf)).toEqual([{ job: {} }]);
    expect(await stores.parking.findParked(id)).toBeUndefined();
  });

  it('is opened again when it is a delivery, and woken', async () => {
    const { id, item } = await exhausted();
    const { json, status } = await notifier(['parked', 'replay', item.id, '--json', ...both]);
    expect(json()).toEqual({ dryRun: false, items: [{ id: item.id, kind: 'reopened', version: 12 }] });
    expect(status).toBe(0);
    expect((await takeAll('deliveries')).map(jsonOf)).toEqual([{ call: { ...id, version: 12, hop: 0 } }]);
    expect(await stores.ledger.findDelivery(id)).toMatchObject({
      state: 'retrying',
      version: 12,
      attempts: 0,
    });
    expect(await stores.ledger.countOutcomes(id.notification)).toMatchObject({
      outcomes: {},
      pending: { retrying: 1 },
    });
    expect(await stores.parking.findParked(item.id)).toBeUndefined();
  });

  it('is replayed all together, of one reason or all; what cannot be is said and stays', async () => {
    const { id, item } = await exhausted();
    const lost = await park({ kind: 'delivery', reason: 'exhausted', original: 'nonsense' });
    const event = await park();
    const some = await notifier(['parked', 'replay', '--all', '--reason', 'exhausted', ...both]);
    expect(some.status).toBe(1);
    expect(some.out).toContain(`${item.id}  opened again as version 12`);
    expect(some.out).toContain(`${lost.id}  cannot be replayed: original: must be a delivery id; drop it`);
    expect(some.out).toContain('1 item stays parked.');
    expect((await takeAll('deliveries')).map(jsonOf)).toMatchObject([{ call: id }]);
    expect(await takeAll('events')).toEqual([]);
    await stores.parking.dropParked(lost.id);
    const rest = await notifier(['parked', 'replay', '--all', '--json', ...both]);
    expect(rest.json()).toMatchObject({ items: [{ id: event.id, kind: 'queued' }] });
    expect(rest.status).toBe(0);
    expect(await takeAll('events')).toHaveLength(1);
  });

  it('stays parked, and one line says why, when the broker is away', async () => {
    const { id } = await park();
    const nowhere =
      'Endpoint=sb://localhost:1;SharedAccessKeyName=a;SharedAccessKey=b;UseDevelopmentEmulator=true;';
    const { status, err } = await notifier(['parked', 'replay', id, ...tables, '--connection', nowhere]);
    expect(status).toBe(1);
    expect(err).toMatch(/^notifier parked replay: no broker answers at localhost:1 \(ECONNREFUSED\).*\n$/);
    expect(await stores.parking.findParked(id)).toBeDefined();
    await empty();
  });

  it('cannot be looked at when the tables are away, and one line says so', async () => {
    const nowhere =
      'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=Yg==;TableEndpoint=http://127.0.0.1:1/a;';
    const { status, out, err } = await notifier(['parked', 'list', '--tables', nowhere]);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toMatch(
      /^notifier parked list: no table storage answers at 127\.0\.0\.1:1 \(ECONNREFUSED\).*\n$/,
    );
  });
});
