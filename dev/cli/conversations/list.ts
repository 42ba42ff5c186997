import type { Conversation } from '../../../shared/domain/conversation/conversation.ts';
import { defined } from '../../../shared/domain/defined.ts';
import { readCount } from '../arguments/read-count.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openTables, vouchingFor } from '../connection/tables.ts';
import { printJson } from '../output/print.ts';
import { styleOf } from '../output/style.ts';
import { table } from '../output/table.ts';
import { nameOfConversation } from '../people/names.ts';

export const list = defineCommand({
  summary: 'Lists the conversations that the bot knows.',
  words: [],
  flags: {
    limit: { type: 'string', value: 'N', about: 'at most N conversations (default 50)' },
    after: { type: 'string', value: 'PLACE', about: 'go on where a listing ended' },
    ...tableFlags,
    ...stackFlag,
  },
  examples: ['conversations list', 'conversations list --limit 1000 --json'],

  async run({ flags }, io) {
    const limit = readCount('--limit', flags.limit, { least: 1, most: 1000, otherwise: 50 });
    const target = tablesTarget(flags, io);
    const vouching = vouchingFor(target, io);
    const { conversations } = await openTables(target, io);
    const { after } = flags;
    const page = await using(target, () =>
      conversations.listConversations({ limit, ...defined({ after }) }),
    ).catch((cause: unknown) => {
      if (cause instanceof RangeError) throw new UsageError('--after must be what a listing ended with');
      throw cause;
    });
    if (flags.json) {
      printJson(io, {
        items: page.items.map(toJson),
        ...defined({ after: page.after }),
      });
      return ExitStatus.ok;
    }
    if (page.items.length === 0) {
      io.out.write('The bot knows nobody yet: people become known by writing to it or installing it.\n');
      return ExitStatus.ok;
    }
    const style = styleOf(io.out, io.env);
    const columns = ['KEY', 'CHANNEL', 'TYPE', 'SUPPRESSED', 'CHANGED AT', 'WITH'].map((title) => ({
      title,
    }));
    const rows = page.items.map((each) => [
      each.key,
      each.channelId,
      each.conversationType,
      each.suppressed ?? '',
      new Date(each.changedAt).toISOString(),
      nameOfConversation(each, vouching),
    ]);
    io.out.write(table(columns, rows, { screen: io.out, style }));
    if (page.after !== undefined) {
      io.out.write(`${style.dim('More:')} npx notifier conversations list --after ${page.after}\n`);
    }
    return ExitStatus.ok;
  },
});

/** A record with its times as RFC 3339. */
export function toJson(conversation: Conversation): object {
  return {
    ...conversation,
    capturedAt: new Date(conversation.capturedAt).toISOString(),
    changedAt: new Date(conversation.changedAt).toISOString(),
  };
}
