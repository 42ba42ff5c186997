import type { Row } from '../../../shared/adapters/table/row/row.ts';
import type { Table } from '../../../shared/adapters/table/storage/table.ts';
import { inParallel } from '../../../shared/domain/in-parallel.ts';
import { CommandFailed } from '../command.ts';
import type { BackupFolder, BackupState, RestoreState } from './backup-folder.ts';
import { rowOf, UnreadableRow } from './row-line.ts';
import { isRestored, savedTables } from './saved-tables.ts';

/** Lines between two notes of how far it is. */
const BLOCK = 2000;
/** Transactions at a time. */
const LANES = 16;
/** What one transaction may hold: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions */
const MOST_ROWS = 100;
const MOST_BYTES = 3_000_000;

export interface RestoreRun {
  readonly folder: BackupFolder;
  readonly table: (name: string) => Pick<Table, 'transact' | 'rows'>;
  /** Host of the tables: a restore goes on only where it began. */
  readonly to: string;
  /** Rows that are there already stay, and those with the keys of the backup's are replaced. */
  readonly over: boolean;
  /** Also wakes what was under way at the time of the backup. */
  readonly withWork: boolean;
  readonly signal: AbortSignal;
  readonly say: (table: string, lines: number, of: number) => void;
}

export interface Restored {
  readonly rows: number;
  /** Entries of work that was under way, left out. */
  readonly leftOut: number;
}

/**
 * Writes a whole backup into tables, and goes on where an earlier run ended. Rows are put, so that a block that is written
 * twice does no harm. Throws `CommandFailed` before the first row where the backup is not whole, or the tables not empty.
 */
export async function restoreTables(run: RestoreRun): Promise<Restored> {
  const backup = await wholeBackup(run.folder);
  let state = await run.folder.restore();
  if (state !== undefined && state.to !== run.to) {
    throw new CommandFailed(
      `a restore of this folder into ${state.to} was begun; for ${run.to} remove restore.json from it first`,
    );
  }
  if (state === undefined && !run.over) await refuseRows(run);
  state ??= { v: 1, to: run.to, tables: {} };
  await run.folder.saveRestore(state);
  const total = { rows: 0, leftOut: 0 };
  for (const table of savedTables.toReversed()) {
    const of = backup.tables[table]?.rows ?? 0;
    const done = await restoreTable(run, { table, of, state });
    state = { ...state, tables: { ...state.tables, [table]: of } };
    await run.folder.saveRestore(state);
    total.rows += done.rows;
    total.leftOut += done.leftOut;
  }
  return total;
}

async function wholeBackup(folder: BackupFolder): Promise<BackupState> {
  const backup = await folder.backup();
  if (backup === undefined) throw new CommandFailed('no backup is in this folder');
  if (backup.finishedAt === undefined) {
    throw new CommandFailed(
      `the backup of ${backup.startedAt} is not whole; run "notifier backup" again to its end`,
    );
  }
  for (const [table, { sha256 }] of Object.entries(backup.tables)) {
    if ((await folder.hash(table)) !== sha256) {
      throw new CommandFailed(`${table}.jsonl.gz is not what the backup wrote: it was changed or is damaged`);
    }
  }
  return backup;
}

async function refuseRows(run: RestoreRun): Promise<void> {
  for (const name of savedTables) {
    for await (const row of run
      .table(name)
      .rows({ firstPartition: '', lastPartition: '\uffff' }, { pageSize: 1 })) {
      throw new CommandFailed(
        `table "${name}" is not empty (partition "${row.partitionKey}"); restore into an installation that nobody has used, or add --over`,
      );
    }
  }
}

async function restoreTable(
  run: RestoreRun,
  { table, of, state }: { readonly table: string; readonly of: number; readonly state: RestoreState },
): Promise<Restored> {
  const before = state.tables[table] ?? 0;
  const total = { rows: 0, leftOut: 0 };
  // A file of nothing is no compressed one.
  if (of === 0) return total;
  let lines = 0;
  let block: string[] = [];
  const write = async (): Promise<void> => {
    run.signal.throwIfAborted();
    const rows = block.map(rowOf);
    const wanted = run.withWork ? rows : rows.filter((row) => isRestored(table, row));
    await writeRows(run.table(table), wanted);
    total.rows += wanted.length;
    total.leftOut += block.length - wanted.length;
    block = [];
    await run.folder.saveRestore({ ...state, tables: { ...state.tables, [table]: lines } });
    run.say(table, lines, of);
  };
  for await (const line of run.folder.lines(table)) {
    lines += 1;
    if (lines <= before) continue;
    block.push(line);
    if (block.length === BLOCK) await write();
  }
  if (block.length > 0) await write();
  if (lines !== of) throw new UnreadableRow(`${table}.jsonl.gz has ${lines} rows, and the backup says ${of}`);
  return total;
}

async function writeRows(table: Pick<Table, 'transact'>, rows: readonly Row[]): Promise<void> {
  await inParallel(transactions(rows), LANES, async (some) => {
    await table.transact(some.map((row) => ({ kind: 'put', row })));
  });
}

/** Rows of one partition that go together. They stand beside each other: a table is read in the order of its keys. */
function transactions(rows: readonly Row[]): readonly (readonly Row[])[] {
  const all: Row[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const size = sizeOf(row);
    const last = all.at(-1);
    const fits =
      last?.[0]?.partitionKey === row.partitionKey && last.length < MOST_ROWS && bytes + size < MOST_BYTES;
    if (last !== undefined && fits) {
      last.push(row);
      bytes += size;
    } else {
      all.push([row]);
      bytes = size;
    }
  }
  return all;
}

/** No less than its bytes on the wire. */
function sizeOf(row: Row): number {
  return Object.entries(row).reduce(
    (sum, [name, value]) => sum + 2 * name.length + 80 + sizeOfValue(value),
    500,
  );
}

function sizeOfValue(value: Row[string]): number {
  if (typeof value === 'string') return 3 * value.length;
  return value instanceof Uint8Array ? Math.ceil((value.length * 4) / 3) : 30;
}
