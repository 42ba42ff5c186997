import { revokeHook } from '../../../shared/kinds/hooks/revoke-hook.ts';
import { CommandFailed, defineCommand, ExitStatus } from '../command.ts';
import { stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openTables } from '../connection/tables.ts';
import { printJson } from '../output/print.ts';

export const revoke = defineCommand({
  summary: 'Ends a web hook at once: its address answers 404 from then on.',
  words: [{ name: 'id' }],
  flags: { ...tableFlags, ...stackFlag },
  notes:
    'The id is the part of an address before its dot; "hooks list" shows all. A whole address is taken, too.',
  examples: ['hooks revoke ZHH4JHNgoRdT_H-5'],

  async run({ flags, words }, io) {
    const [given = ''] = words;
    const id = idIn(given);
    const target = tablesTarget(flags, io);
    const tables = await openTables(target, io);
    const revoked = await using(target, async () => (id === undefined ? undefined : revokeHook(tables, id)));
    if (revoked === undefined)
      throw new CommandFailed(`There is no web hook "${id ?? withoutSecret(given)}"; "hooks list" shows all`);
    const { key, value } = revoked;
    if (flags.json) printJson(io, { revoked: key, name: value.name });
    else io.out.write(`Revoked ${key} (${value.name}): its address answers nobody any more.\n`);
    return ExitStatus.ok;
  },
});

/** Whoever found a leaked address has all of it. */
function idIn(given: string): string | undefined {
  return /(?:^|\/)([\w-]{16})(?:\.[\w-]{43})?(?:[/?].*)?$/.exec(given)?.[1];
}

/** What was given, for a message: what may be the secret of an address belongs on no screen. */
function withoutSecret(given: string): string {
  return given.replace(/(?<=(?:^|\/)[\w-]{16})\..*$/, '…');
}
