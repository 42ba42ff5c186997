import { beforeAll, describe, expect, it } from 'vitest';
import { folk } from '../../dev/recorded/folk.ts';
import { tablesOf } from '../../dev/recorded/load.ts';
import { toBytes } from '../../dev/recorded/store-file.ts';
import { readTables, writeTables } from '../../dev/recorded/tables.ts';
import { fromQueue } from '../../functions/cloud-event-binding.ts';
import { parseCalls } from '../../shared/domain/delivery/wake-up-call.ts';
import { parseCloudEvent } from '../../shared/domain/event/cloud-event.ts';
import { parseJob } from '../../shared/domain/event/job.ts';
import { personKey } from '../../shared/domain/ids.ts';
import { inParallel } from '../../shared/domain/in-parallel.ts';
import { queueNames } from '../../shared/manifest.ts';
import { type Stores, tableStores } from '../contract/stores.ts';
import { RecordingLog } from '../support/fakes/recording-log.ts';
import { azuriteConnection, freshTables } from '../support/tables.ts';
import { ofKindsThatAreHere, readers, readersOf, sourceOf } from './readers.ts';
import { recorded } from './recorded.ts';

const READS_AT_ONCE = 8;
const { rows, left } = ofKindsThatAreHere(recorded.rows);

let stores: Stores;
let at: { readonly connectionString: string; readonly prefix: string };
const log = new RecordingLog();

beforeAll(async () => {
  const prefix = `t${crypto.randomUUID().replaceAll('-', '').slice(0, 12)}`;
  at = { connectionString: await azuriteConnection(), prefix };
  stores = tableStores(await freshTables({ tablePrefix: prefix, log }), { now: () => recorded.stoppedAt });
  await writeTables(at, rows);
});

describe(`the store that ${recorded.release.slice(0, 7)} left behind`, () => {
  it('is loaded as it was recorded, to the last property', async () => {
    const loaded = await readTables(at, tablesOf({ ...recorded, rows }));
    expect(sorted(loaded)).toEqual(sorted(rows));
  });

  it(`has rows of every kind, and none that nobody reads; of examples that are off: ${left}`, () => {
    const kinds = rows.map((row) => ({ keys: row.keys, known: readersOf(row).length }));
    expect(kinds.filter(({ known }) => known !== 1)).toEqual([]);
    const seen = new Set(rows.flatMap((row) => readersOf(row)));
    expect(readers.filter((reader) => !seen.has(reader)).map(({ table, keys }) => [table, keys])).toEqual([]);
  });

  it('was stopped in the middle of everything', () => {
    const states = recorded.rows.flatMap(({ table, keys: [, row], properties: p }) => {
      if (table === 'conversations' && row.startsWith('d:')) {
        return [[p.state, p.deferral, p.unconfirmed === 0 ? undefined : 'unknown']];
      }
      if (table === 'due') return [['due', JSON.parse(String(p.entry)).kind]];
      if (table === 'parked') return [['parked', p.kind, p.reason]];
      if (row.startsWith('w:')) return [['walk', p.done === true ? 'done' : 'half way']];
      return row.endsWith(':o') ? [['outcome', p.outcome]] : [];
    });
    const named = new Set(states.map((state) => state.filter((part) => part !== undefined).join(' ')));
    expect([...named].sort()).toEqual([
      'claimed',
      'deferred burst',
      'deferred quiet-hours',
      'deferred waiting',
      'due delivery',
      'due forgetting',
      'due old-notification',
      'due old-parked',
      'due page',
      'due plan',
      'due price-report',
      'due walk',
      'joined burst',
      'moved',
      'outcome delivered',
      'outcome exhausted',
      'outcome no-such-recipient',
      'outcome suppressed',
      'outcome unconfirmed',
      'parked delivery exhausted',
      'parked delivery unconfirmed',
      'parked event invalid-data',
      'parked event no-such-recipient',
      'parked event unknown-type',
      'parked message invalid-envelope',
      'retrying',
      'retrying unknown',
      'walk done',
      'walk half way',
    ]);
  });

  it('has person rows that somebody in a web chat wrote under the object ids of others', () => {
    const written = [folk.wes, folk.xia].map(({ user }) => {
      const key = `u:${personKey(user.aadObjectId ?? '')}`;
      const row = recorded.rows.find(({ keys: [partition, name] }) => partition === key && name === 'person');
      return JSON.stringify(row?.properties.data0);
    });
    for (const data of written) expect(data).toContain('webchat');
  });

  it('is read, each row of each table, and none is corrupt', async () => {
    const from = await sourceOf(stores, recorded.stoppedAt);
    const unread: string[] = [];
    await inParallel(rows, READS_AT_ONCE, async (row) => {
      const name = `${row.table}: ${row.keys.join(' / ')}`;
      for (const { read } of readersOf(row)) {
        const wasRead = await read(row, from).catch((error: unknown) => String(error));
        if (wasRead !== true) unread.push(`${name}: ${wasRead || 'was not found by its store'}`);
      }
    });
    expect(unread).toEqual([]);
    expect(log.of('corrupt-row')).toEqual([]);
  }, 60_000);

  it('has messages on every queue, and each is understood', () => {
    expect(new Set(recorded.messages.map(({ queue }) => queue))).toEqual(new Set(Object.values(queueNames)));
    const faults = recorded.messages.flatMap(({ queue, body, properties }) => {
      const json: unknown = JSON.parse(toBytes(body).toString('utf8'));
      return faultsOf(queue, json, properties).map((fault) => ({ queue, fault }));
    });
    expect(faults).toEqual([]);
  });
});

function faultsOf(queue: string, body: unknown, properties: unknown): readonly unknown[] {
  switch (queue) {
    case queueNames.deliveries:
      return parseCalls(body).flatMap((call) => (call.ok ? [] : call.faults));
    case queueNames.jobs: {
      const job = parseJob(body);
      return job.ok ? [] : job.faults;
    }
    default: {
      const { envelope } = fromQueue(body, { applicationProperties: properties });
      const event = parseCloudEvent(envelope);
      return event.ok ? [] : event.faults;
    }
  }
}

function sorted(rows: typeof recorded.rows): readonly string[] {
  return rows
    .map(({ table, keys, properties }) =>
      JSON.stringify([table, ...keys, Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1))]),
    )
    .sort();
}
