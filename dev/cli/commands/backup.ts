import { resolve } from 'node:path';
import { BackupFolder } from '../backup/backup-folder.ts';
import { backupTables } from '../backup/backup-tables.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openTableService } from '../connection/table-service.ts';
import { count, counted, span } from '../output/numbers.ts';
import { printJson } from '../output/print.ts';
import { Progress } from '../output/progress.ts';

export const command = defineCommand({
  summary: 'Copies the tables into a folder.',
  words: [{ name: 'folder' }],
  flags: { ...tableFlags, ...stackFlag },
  notes:
    'The app may run meanwhile. What was stopped goes on where it was, with the same folder. The folder holds all that is known of people: keep it as you keep the tables, and no longer than you must.',
  examples: [
    'backup backup-2026-11-30 --tables-endpoint https://ACCOUNT.table.core.windows.net',
    'backup /tmp/local',
  ],

  async run({ flags, words: [path = ''] }, io) {
    const target = tablesTarget(flags, io);
    const startedAt = io.now();
    const progress = new Progress(io);
    const { wire } = await openTableService(target, io);
    const state = await using(target, () =>
      backupTables({
        folder: new BackupFolder(resolve(io.cwd, path)),
        wire,
        from: target.host,
        now: io.now,
        signal: io.signal,
        say: (table, rows) => progress.say(`${table}: ${count(rows)} rows`),
      }),
    ).finally(() => progress.end());
    const rows = Object.values(state.tables).reduce((sum, table) => sum + table.rows, 0);
    const bytes = Object.values(state.tables).reduce((sum, table) => sum + table.bytes, 0);
    if (flags.json) printJson(io, { ...state, rows, bytes });
    else {
      const took = span(io.now() - startedAt);
      io.out.write(
        `${counted(rows, 'row')} of ${target.host} in ${path}: ${count(Math.ceil(bytes / 1024))} kB, ${took}\n`,
      );
    }
    return ExitStatus.ok;
  },
});
