import { CommandFailed, defineCommand, ExitStatus } from '../command.ts';
import { brokerFlags, stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openTables } from '../connection/tables.ts';
import { printJson } from '../output/print.ts';
import { printable } from '../output/printable.ts';
import { styleOf } from '../output/style.ts';
import { fields } from '../output/table.ts';
import { showDeadLetter } from './dead-letters/show.ts';
import { indentedJson } from './indented-json.ts';
import { readsDeadLetters, sourceFlags } from './sources.ts';

export const show = defineCommand({
  summary: 'Shows one parked item: what is wrong with it, and the original.',
  words: [{ name: 'id' }],
  flags: { ...sourceFlags, ...tableFlags, ...brokerFlags, ...stackFlag },
  examples: ['parked show uPq2…', 'parked show events/17 --source dlq'],

  async run({ flags, words }, io) {
    const [id = ''] = words;
    if (readsDeadLetters(flags)) return showDeadLetter(id, flags, io);

    const target = tablesTarget(flags, io);
    const { parking } = await openTables(target, io);
    const item = await using(target, () => parking.findParked(id));
    if (item === undefined) throw notParked(id);
    const { tag: _tag, bytes, ...rest } = item;
    const shown = { ...rest, ...(bytes === undefined ? {} : { originalBase64: base64(bytes) }) };
    const parkedAt = new Date(item.parkedAt).toISOString();
    if (flags.json) {
      printJson(io, { ...shown, parkedAt });
      return ExitStatus.ok;
    }
    const style = styleOf(io.out, io.env);
    io.out.write(
      fields(
        [
          ['id', item.id],
          ['kind', item.kind],
          ['reason', item.reason],
          ['parked at', parkedAt],
          ['trace', item.traceparent],
          ...Object.entries(item.properties ?? {}).map(([name, value]) => [name, value] as const),
        ],
        style,
      ),
    );
    const faults = item.faults.map(
      ({ path, message }) => `  ${path === '' ? '' : `${path}: `}${printable(message)}\n`,
    );
    io.out.write(`\n${style.bold('Faults')}\n${faults.join('')}`);
    io.out.write(`\n${style.bold('Original')}\n${printable(indentedJson(item.original))}\n`);
    if (bytes !== undefined) {
      io.out.write(`\n${style.bold('Its bytes, which are not UTF-8, as base64')}\n${base64(bytes)}\n`);
    }
    return ExitStatus.ok;
  },
});

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

export function notParked(id: string): CommandFailed {
  return new CommandFailed(`nothing is parked under "${id}"; npx notifier parked list shows what is`);
}
