import { defineCommand, ExitStatus } from '../command.ts';
import { brokerFlags, stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openTables } from '../connection/tables.ts';
import { printJson } from '../output/print.ts';
import { dropDeadLetter } from './dead-letters/drop.ts';
import { notParked } from './show.ts';
import { readsDeadLetters, sourceFlags } from './sources.ts';

export const drop = defineCommand({
  summary: 'Removes one parked item for good.',
  words: [{ name: 'id' }],
  flags: { ...sourceFlags, ...tableFlags, ...brokerFlags, ...stackFlag },
  notes: 'What was parked is lost then. An outcome that was reported stays as it is.',
  examples: ['parked drop uPq2…', 'parked drop events/17 --source dlq'],

  async run({ flags, words }, io) {
    const [id = ''] = words;
    if (readsDeadLetters(flags)) return dropDeadLetter(id, flags, io);

    const target = tablesTarget(flags, io);
    const { parking } = await openTables(target, io);
    if (!(await using(target, () => parking.dropParked(id)))) throw notParked(id);
    if (flags.json) printJson(io, { id, dropped: true });
    else io.out.write(`Dropped ${id}.\n`);
    return ExitStatus.ok;
  },
});
