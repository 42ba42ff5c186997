import { defined } from '../../../shared/domain/defined.ts';
import { parseDeliveryId } from '../../../shared/domain/delivery/delivery.ts';
import type { ParkedItem } from '../../../shared/ports/event/parking.ts';
import { readCount } from '../arguments/read-count.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { brokerFlags, stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openTables, vouchingFor } from '../connection/tables.ts';
import { printJson } from '../output/print.ts';
import { styleOf } from '../output/style.ts';
import { table } from '../output/table.ts';
import { namesOfKeys } from '../people/names.ts';
import { listDeadLetters } from './dead-letters/list.ts';
import { readReason, reasonFlag } from './reasons.ts';
import { readsDeadLetters, sourceFlags } from './sources.ts';

export const list = defineCommand({
  summary: 'Lists what is parked.',
  words: [],
  flags: {
    ...reasonFlag,
    limit: { type: 'string', value: 'N', about: 'at most N items (default 50)' },
    after: { type: 'string', value: 'ID', about: 'go on behind this item' },
    ...sourceFlags,
    ...tableFlags,
    ...brokerFlags,
    ...stackFlag,
  },
  examples: [
    'parked list',
    'parked list --reason no-such-recipient',
    'parked list --source dlq --queue events',
  ],

  async run({ flags }, io) {
    const limit = readCount('--limit', flags.limit, { least: 1, most: 1000, otherwise: 50 });
    const reason = readReason(flags.reason);
    if (readsDeadLetters(flags)) return listDeadLetters(flags, limit, io);

    const target = tablesTarget(flags, io);
    const vouching = vouchingFor(target, io);
    const { parking, addressees } = await openTables(target, io);
    const page = await using(target, () =>
      parking.listParked({
        limit,
        ...defined({ after: flags.after, reason }),
      }),
    );
    const names = await using(target, () =>
      namesOfKeys(
        page.items.flatMap((item) => addressedBy(item) ?? []),
        { addressees, vouching },
      ),
    );
    const whoOf = (item: ParkedItem) => names.get(addressedBy(item) ?? '');
    if (flags.json) {
      printJson(io, {
        items: page.items.map(({ tag: _tag, ...item }) => ({
          ...item,
          name: whoOf(item),
          parkedAt: new Date(item.parkedAt).toISOString(),
        })),
        ...defined({ after: page.after }),
      });
      return ExitStatus.ok;
    }
    const style = styleOf(io.out, io.env);
    if (page.items.length === 0) io.out.write('Nothing is parked.\n');
    else {
      const columns = ['ID', 'KIND', 'REASON', 'PARKED AT', ...(names.size > 0 ? ['WHO'] : []), 'WHY'].map(
        (title) => ({ title }),
      );
      const rows = page.items.map((item) => [
        item.id,
        item.kind,
        item.reason,
        new Date(item.parkedAt).toISOString(),
        ...(names.size > 0 ? [whoOf(item) ?? ''] : []),
        firstOf(item.faults),
      ]);
      io.out.write(table(columns, rows, { screen: io.out, style }));
      io.out.write(
        `${style.dim('Next:')} npx notifier parked show <id>, replay <id> or drop <id>${page.after === undefined ? '' : `; more: parked list --after ${page.after}`}\n`,
      );
    }
    return ExitStatus.ok;
  },
});

/** Whose delivery it is; an event may name many. */
function addressedBy({ kind, original }: ParkedItem): string | undefined {
  return kind === 'delivery' ? parseDeliveryId(original)?.conversation : undefined;
}

function firstOf(faults: readonly { readonly path: string; readonly message: string }[]): string {
  const [first] = faults;
  if (first === undefined) return '';
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return `${first.path === '' ? '' : `${first.path}: `}${first.message}${more}`;
}
