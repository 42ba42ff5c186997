import { allHooks } from '../../../shared/kinds/hooks/all-hooks.ts';
import type { HookRecord } from '../../../shared/kinds/hooks/hook.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openTables, vouchingFor } from '../connection/tables.ts';
import { printJson } from '../output/print.ts';
import { styleOf } from '../output/style.ts';
import { table } from '../output/table.ts';
import { namesOfKeys } from '../people/names.ts';

export const list = defineCommand({
  summary: 'Lists the web hooks of everybody; never their addresses, which nobody knows.',
  words: [],
  flags: { ...tableFlags, ...stackFlag },
  examples: ['hooks list', 'hooks list --json'],

  async run({ flags }, io) {
    const target = tablesTarget(flags, io);
    const vouching = vouchingFor(target, io);
    const { tables, addressees } = await openTables(target, io);
    const all: HookRecord[] = [];
    const names = await using(target, async () => {
      for await (const one of allHooks(tables)) all.push(one);
      return namesOfKeys(
        all.map(({ conversation }) => conversation),
        { addressees, vouching },
      );
    });
    const shown = all.map(({ key: id, conversation, value }) => ({
      id,
      name: value.name,
      conversation,
      who: names.get(conversation) ?? '',
      topic: value.topic ?? '',
      createdAt: new Date(value.createdAt).toISOString(),
      lastAt: value.lastAt === undefined ? '' : new Date(value.lastAt).toISOString(),
    }));
    if (flags.json) {
      printJson(io, shown);
      return ExitStatus.ok;
    }
    if (shown.length === 0) {
      io.out.write('There are no web hooks: people make them by saying "create webhook <name>".\n');
      return ExitStatus.ok;
    }
    const columns = ['ID', 'NAME', 'CONVERSATION', 'WHO', 'TOPIC', 'CREATED AT', 'LAST USED'].map(
      (title) => ({
        title,
      }),
    );
    const rows = shown.map((each) => Object.values(each));
    io.out.write(table(columns, rows, { screen: io.out, style: styleOf(io.out, io.env) }));
    return ExitStatus.ok;
  },
});
