import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BackupFolder } from '../../../dev/cli/backup/backup-folder.ts';
import { backupTables } from '../../../dev/cli/backup/backup-tables.ts';
import { restoreTables } from '../../../dev/cli/backup/restore-tables.ts';
import { linesOf, rowOf } from '../../../dev/cli/backup/row-line.ts';
import { savedTables } from '../../../dev/cli/backup/saved-tables.ts';
import { openTableService } from '../../../dev/cli/connection/table-service.ts';
import { toDueRow } from '../../../shared/adapters/table/due/due-row.ts';
import { double, type Row } from '../../../shared/adapters/table/row/row.ts';
import { ensureTables } from '../../../shared/adapters/table/tables.ts';
import { inParallel } from '../../../shared/domain/in-parallel.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { type Azurite, startAzurite } from '../../support/azurite.ts';
import { aConversation, aNotification } from '../../support/builders.ts';
import { notifier } from './command-line.ts';

/** The whole rehearsal takes minutes: `NIGHTLY=1`. */
const ROWS = process.env.NIGHTLY === '1' ? 100_000 : 4000;
const LONG = process.env.NIGHTLY === '1' ? 1_200_000 : 60_000;

const servers: Azurite[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

/** An account of its own, with tables. */
async function anAccount() {
  const azurite = await startAzurite();
  servers.push(azurite);
  const value = azurite.connectionString;
  const { service, wire } = await openTableService(
    { service: 'tables', address: { kind: 'connectionString', value }, host: value, named: true },
    quiet,
  );
  await ensureTables(service, tableNames);
  const write = (name: string, rows: readonly Row[]) =>
    service.table(name).transact(rows.map((row) => ({ kind: 'put', row })));
  /** Every row as the service shows it, numbers as they are spelt, without what each write makes anew. */
  const everything = async () => {
    const all: { [table: string]: readonly Entity[] } = {};
    for (const name of tableNames) {
      const rows: Entity[] = [];
      let next = '';
      do {
        const abortSignal = AbortSignal.timeout(30_000);
        const answer = await wire.send({ method: 'GET', path: `/${name}()?$top=1000${next}`, abortSignal });
        const { value } = JSON.parse(answer.text, asSpelt) as { value: readonly Entity[] };
        for (const { Timestamp: _at, 'odata.etag': _tag, ...row } of value) rows.push(row);
        const partition = answer.header('x-ms-continuation-nextpartitionkey');
        const row = answer.header('x-ms-continuation-nextrowkey') ?? '';
        next = partition
          ? `&NextPartitionKey=${encodeURIComponent(partition)}&NextRowKey=${encodeURIComponent(row)}`
          : '';
      } while (next !== '');
      all[name] = rows;
    }
    return all;
  };
  return { flags: ['--tables', value], service, wire, write, everything };
}

type Entity = { readonly [property: string]: unknown };

/** `5.0` and `5` are numbers of two types. */
function asSpelt(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === 'number' ? `number ${context?.source}` : value;
}

const quiet = {
  out: { write() {}, isTTY: false },
  err: { write() {}, isTTY: false },
  env: {},
  cwd: '/',
  readInput: async () => '',
  now: () => Date.now(),
  signal: new AbortController().signal,
};

const everyType = {
  text: 'Grüße "quoted" \\ line\nbreak \u{1F600}',
  empty: '',
  whole: 7,
  negative: -2_147_483_648,
  instant: double(1_764_000_000_000),
  five: double(5),
  half: double(0.5),
  yes: true,
  bytes: new Uint8Array([0, 1, 254, 255]),
};

/** About as many rows as are asked for: people with a few rows each, and large partitions. */
async function fill(account: Awaited<ReturnType<typeof anAccount>>, rows: number): Promise<void> {
  const people = Array.from({ length: rows / 10 }, (_each, index) => `c:${String(index).padStart(7, '0')}`);
  await inParallel(people, 16, async (partitionKey) => {
    const own = ['0c', '0w', 'd:1', 's:news', 'h:2'];
    await account.write(
      'conversations',
      own.map((rowKey) => ({
        partitionKey,
        rowKey,
        ...everyType,
        name: `Person ${partitionKey}`,
        more: 'x'.repeat(300),
      })),
    );
  });
  const parts = Array.from({ length: rows / 200 }, (_each, index) => `n:${index}`);
  await inParallel(parts, 16, async (partitionKey) => {
    const reports = Array.from({ length: 100 }, (_each, index) => ({
      partitionKey,
      rowKey: `r:${index}`,
      ...everyType,
    }));
    await account.write('notifications', reports);
  });
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notifier-backup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function asIfItHadBeenStopped(): Promise<void> {
  const file = join(folder, 'backup.json');
  const { finishedAt: _end, ...state } = JSON.parse(await readFile(file, 'utf8')) as { finishedAt: string };
  await writeFile(file, JSON.stringify(state));
}

describe('backup and restore', () => {
  it(
    `bring ${ROWS.toLocaleString('en')} rows into another account as they were, to the types of their values`,
    async () => {
      const [from, to] = await Promise.all([anAccount(), anAccount()]);
      await fill(from, ROWS);
      await from.write('pace', [{ partitionKey: 't', rowKey: 'next', at: double(1) }]);
      const saved = await notifier(['backup', folder, ...from.flags, '--json']);
      expect([saved.status, saved.err]).toEqual([0, expect.any(String)]);
      expect(saved.json()).toMatchObject({ rows: ROWS, finishedAt: expect.any(String) });
      const restored = await notifier(['restore', folder, ...to.flags, '--json']);
      expect(restored.json()).toEqual({ rows: ROWS, leftOut: 0 });
      const { pace: _passing, ...before } = await from.everything();
      const { pace, ...after } = await to.everything();
      expect(after).toEqual(before);
      expect(pace).toEqual([]);
    },
    LONG,
  );

  it('go on where they were stopped, also in the middle of a page', async () => {
    const [from, to] = await Promise.all([anAccount(), anAccount()]);
    await fill(from, 3000);
    const whole = new BackupFolder(folder);
    const stop = new AbortController();
    const saving = (signal: AbortSignal, say: () => void) =>
      backupTables({ folder: whole, wire: from.wire, from: 'here', now: () => 0, signal, say });
    let pages = 0;
    const first = saving(stop.signal, () => {
      pages += 1;
      if (pages === 2) stop.abort();
    });
    await expect(first).rejects.toThrow();
    // As a process that is killed between the rows and the note of them leaves it.
    await appendFile(join(folder, 'conversations.jsonl.gz'), 'half a page');
    const state = await saving(quiet.signal, () => {});
    expect(Object.values(state.tables).reduce((sum, { rows }) => sum + rows, 0)).toBe(3000);

    const halt = new AbortController();
    const restoring = (signal: AbortSignal, say: () => void) =>
      restoreTables({
        folder: whole,
        table: (name) => to.service.table(name),
        to: 'there',
        over: false,
        withWork: false,
        signal,
        say,
      });
    await expect(restoring(halt.signal, () => halt.abort())).rejects.toThrow();
    const rest = await restoring(quiet.signal, () => {});
    expect(rest.rows).toBeLessThan(3000);
    expect(await to.everything()).toEqual(await from.everything());
  }, 60_000);

  it('leave out what was under way, unless it is asked for, and keep what upkeep has to do', async () => {
    const [from, to, other] = await Promise.all([anAccount(), anAccount(), anAccount()]);
    const notification = aNotification().id;
    const id = { notification, conversation: aConversation().key };
    const entries = [
      toDueRow({ kind: 'delivery', at: 60_000, id }),
      toDueRow({ kind: 'old-notification', at: 60_000, notification }),
    ];
    await from.write('due', entries);
    await notifier(['backup', folder, ...from.flags]);
    const restored = await notifier(['restore', folder, ...to.flags]);
    expect(restored.out).toMatch(/^1 row into .* 1 message under way left out$/m);
    expect((await to.everything()).due?.map(({ entry }) => entry)).toEqual([entries[1]?.entry]);
    await rm(join(folder, 'restore.json'));
    expect((await notifier(['restore', folder, '--with-work', ...other.flags])).status).toBe(0);
    expect((await other.everything()).due).toHaveLength(2);
  });
});

describe('a backup', () => {
  it('reads what is due before what it is about', () => {
    expect(savedTables[0]).toBe('due');
    expect([...savedTables].sort()).toEqual(tableNames.filter((name) => name !== 'pace').sort());
  });

  it('is refused into a folder with other files, with another account, or with a whole backup', async () => {
    const [from, other] = await Promise.all([anAccount(), anAccount()]);
    await writeFile(join(folder, 'letter.txt'), '');
    expect((await notifier(['backup', folder, ...from.flags])).err).toMatch(/has other files in it/);
    await rm(join(folder, 'letter.txt'));
    expect((await notifier(['backup', folder, ...from.flags])).status).toBe(0);
    expect((await notifier(['backup', folder, ...from.flags])).err).toMatch(
      /a whole backup of .* is in this folder/,
    );
    await asIfItHadBeenStopped();
    expect((await notifier(['backup', folder, ...other.flags])).err).toMatch(
      /the backup in this folder is of/,
    );
  });
});

describe('a restore', () => {
  it('is refused before its first row: not whole, damaged, or into tables that are used', async () => {
    const from = await anAccount();
    await from.write('conversations', [{ partitionKey: 'c', rowKey: '0c', text: 'x' }]);
    expect((await notifier(['restore', folder, ...from.flags])).err).toMatch(/no backup is in this folder/);
    await notifier(['backup', folder, ...from.flags]);
    expect((await notifier(['restore', folder, ...from.flags])).err).toMatch(
      /table "conversations" is not empty/,
    );
    const to = await anAccount();
    await truncate(join(folder, 'conversations.jsonl.gz'), 10);
    expect((await notifier(['restore', folder, ...to.flags])).err).toMatch(
      /conversations\.jsonl\.gz is not what the backup wrote/,
    );
    await asIfItHadBeenStopped();
    expect((await notifier(['restore', folder, ...to.flags])).err).toMatch(
      /is not whole; run "notifier backup"/,
    );
    await writeFile(join(folder, 'backup.json'), '{');
    expect((await notifier(['restore', folder, ...to.flags])).err).toMatch(/is not what this command wrote/);
    expect((await to.everything()).conversations).toEqual([]);
  });

  it('over used tables replaces rows of the same keys, and leaves others', async () => {
    const [from, to] = await Promise.all([anAccount(), anAccount()]);
    await from.write('conversations', [{ partitionKey: 'c', rowKey: '0c', text: 'of the backup' }]);
    await notifier(['backup', folder, ...from.flags]);
    await to.write('conversations', [
      { partitionKey: 'c', rowKey: '0c', text: 'newer' },
      { partitionKey: 'c', rowKey: 's:news', text: 'newer' },
    ]);
    expect((await notifier(['restore', folder, '--over', ...to.flags])).status).toBe(0);
    expect((await to.everything()).conversations?.map(({ text }) => text)).toEqual([
      'of the backup',
      'newer',
    ]);
  });
});

describe('a line of a backup', () => {
  it('is refused for a type that the notifier never writes', () => {
    const page = '{"value":[{"PartitionKey":"a","RowKey":"b","n@odata.type":"Edm.Int64","n":"7"}]}';
    expect(() => linesOf(page)).toThrow(
      /row "a" \/ "b" has a value of a type that the notifier never writes/,
    );
  });

  it.each(['', '{"p":"a"', '{"p":"a","r":"b","v":{"n":{"guid":"x"}}}', '{"p":"a","r":"b","v":{"n":null}}'])(
    'that is no row is refused: %s',
    (text) => {
      expect(() => rowOf(text)).toThrow(/a line is no/);
    },
  );
});
