import { resolve } from 'node:path';
import { ensureTables } from '../../../shared/adapters/table/tables.ts';
import { tableNames } from '../../../shared/kinds/catalog.ts';
import { BackupFolder } from '../backup/backup-folder.ts';
import { restoreTables } from '../backup/restore-tables.ts';
import { UnreadableRow } from '../backup/row-line.ts';
import { CommandFailed, defineCommand, ExitStatus } from '../command.ts';
import { stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openTableService } from '../connection/table-service.ts';
import { count, counted, span } from '../output/numbers.ts';
import { printJson } from '../output/print.ts';
import { Progress } from '../output/progress.ts';

export const command = defineCommand({
  summary: 'Writes a backup into empty tables.',
  words: [{ name: 'folder' }],
  flags: {
    over: {
      type: 'boolean',
      about: 'into tables that have rows: those of the backup replace theirs, others stay',
    },
    'with-work': {
      type: 'boolean',
      about: 'also wake messages that were under way at the backup: they may be told a second time',
    },
    ...tableFlags,
    ...stackFlag,
  },
  notes:
    'Stop the app first (az functionapp stop): nothing may write meanwhile. What was stopped goes on where it was, with the same folder and tables. People who were forgotten since the backup are known again: see docs/operations/backup.md.',
  examples: ['restore backup-2026-11-30 --tables-endpoint https://ACCOUNT.table.core.windows.net'],

  async run({ flags, words: [path = ''] }, io) {
    const target = tablesTarget(flags, io);
    const startedAt = io.now();
    const progress = new Progress(io);
    const { service } = await openTableService(target, io);
    const restored = await using(target, async () => {
      // In Azure the templates make them.
      if (target.address.kind === 'connectionString') await ensureTables(service, tableNames);
      return restoreTables({
        folder: new BackupFolder(resolve(io.cwd, path)),
        table: (name) => service.table(name),
        to: target.host,
        over: flags.over,
        withWork: flags['with-work'],
        signal: io.signal,
        say: (table, lines, of) => progress.say(`${table}: ${count(lines)} of ${count(of)} rows`),
      });
    })
      .catch((error: unknown) => {
        throw error instanceof UnreadableRow ? new CommandFailed(error.message, { cause: error }) : error;
      })
      .finally(() => progress.end());
    if (flags.json) printJson(io, restored);
    else {
      const left =
        restored.leftOut === 0 ? '' : `; ${counted(restored.leftOut, 'message')} under way left out`;
      io.out.write(
        `${counted(restored.rows, 'row')} into ${target.host}, ${span(io.now() - startedAt)}${left}\n`,
      );
    }
    return ExitStatus.ok;
  },
});
