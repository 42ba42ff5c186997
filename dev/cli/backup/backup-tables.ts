import type { TableWire } from '../../../shared/adapters/table/wire/table-wire.ts';
import { CommandFailed } from '../command.ts';
import { type BackupFolder, type BackupState, emptyTable, type SavedTable } from './backup-folder.ts';
import { linesOf } from './row-line.ts';
import { savedTables } from './saved-tables.ts';

/** The longest that one page may take, with the client's own repeats. */
const LONGEST_PAGE_MS = 120_000;

export interface BackupRun {
  readonly folder: BackupFolder;
  readonly wire: Pick<TableWire, 'send'>;
  /** Host of the tables: a backup goes on only where it began. */
  readonly from: string;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly say: (table: string, rows: number) => void;
}

/**
 * Reads every table into the folder, page by page, and goes on where an earlier run ended. The app may run meanwhile: each
 * row is whole, and rows of different times stand beside each other (docs/operations/backup.md says what that means).
 */
export async function backupTables(run: BackupRun): Promise<BackupState> {
  await run.folder.make();
  let state = (await run.folder.backup()) ?? begun(run);
  if (state.finishedAt !== undefined) {
    throw new CommandFailed(`a whole backup of ${state.finishedAt} is in this folder; name another one`);
  }
  if (state.from !== run.from) {
    throw new CommandFailed(
      `the backup in this folder is of ${state.from}, not of ${run.from}; name another folder`,
    );
  }
  for (const table of savedTables) {
    let saved = state.tables[table] ?? emptyTable;
    while (saved.sha256 === undefined) {
      run.signal.throwIfAborted();
      saved = await savePage(run, table, saved);
      state = { ...state, tables: { ...state.tables, [table]: saved } };
      await run.folder.saveBackup(state);
      run.say(table, saved.rows);
    }
  }
  const whole = { ...state, finishedAt: new Date(run.now()).toISOString() };
  await run.folder.saveBackup(whole);
  return whole;
}

function begun(run: BackupRun): BackupState {
  return { v: 1, from: run.from, startedAt: new Date(run.now()).toISOString(), tables: {} };
}

async function savePage(run: BackupRun, table: string, saved: SavedTable): Promise<SavedTable> {
  const answer = await run.wire.send({
    method: 'GET',
    path: `/${table}()?$top=1000${saved.next}`,
    abortSignal: AbortSignal.any([run.signal, AbortSignal.timeout(LONGEST_PAGE_MS)]),
  });
  if (answer.status >= 300) throw answer.toError();
  const lines = linesOf(answer.text);
  const bytes = await run.folder.append(table, saved.bytes, lines);
  const next = continuation(answer);
  const read = { rows: saved.rows + lines.length, bytes, next };
  return next === '' ? { ...read, sha256: await run.folder.hash(table) } : read;
}

function continuation(answer: { header(name: string): string | undefined }): string {
  const partition = answer.header('x-ms-continuation-nextpartitionkey');
  if (!partition) return '';
  const row = answer.header('x-ms-continuation-nextrowkey');
  return `&NextPartitionKey=${encodeURIComponent(partition)}${row ? `&NextRowKey=${encodeURIComponent(row)}` : ''}`;
}
