import { findPeople } from '../../../shared/use-cases/people/find-people.ts';
import { reindexPeople } from '../../../shared/use-cases/people/reindex-people.ts';
import type { Values } from '../arguments/flags.ts';
import { readCount } from '../arguments/read-count.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openPeople, type People } from '../connection/people.ts';
import type { Io } from '../io.ts';
import { count, counted } from '../output/numbers.ts';
import { printJson } from '../output/print.ts';
import { Progress } from '../output/progress.ts';
import { styleOf } from '../output/style.ts';
import { table } from '../output/table.ts';
import { nameOfPerson } from './names.ts';

const flags = {
  limit: { type: 'string', value: 'N', about: 'at most N people (default 20)' },
  reindex: {
    type: 'boolean',
    about: 'first have everybody found who was stored before there was an index; may take minutes',
  },
  ...tableFlags,
  ...stackFlag,
} as const;

export const find = defineCommand({
  summary: 'Finds people by the beginning of any word of their name, mail or id, by key or conversation id.',
  words: [{ name: 'text', optional: true }],
  flags,
  notes:
    "Case and accents of words do not count. A key, and the channel's id of a conversation with somebody, are given whole. With several words each must begin a word of the same person. Whoever only says who they are, on a channel that vouches for nobody, is shown as 'says to be ...'.",
  examples: [
    'people find müll',
    'people find "anna sch" --json',
    "people find 'a:1x2y3z'",
    'people find --reindex',
  ],

  async run({ flags: given, words }, io) {
    const limit = readCount('--limit', given.limit, { least: 1, most: 200, otherwise: 20 });
    const [text] = words;
    if (text === undefined && !given.reindex) {
      throw new UsageError('<text> is missing; name the beginning of a name, a mail or an id');
    }
    const target = tablesTarget(given, io);
    const people = await openPeople(target, io);
    return using(target, async () => {
      if (given.reindex) await reindex(people, given, io);
      return text === undefined ? ExitStatus.ok : search(people, text, { limit, io, json: given.json });
    });
  },
});

async function reindex(
  people: People,
  given: Pick<Values<typeof flags>, 'reindex'> & { readonly json: boolean },
  io: Io,
) {
  const progress = new Progress(io);
  const done = await reindexPeople(people)((so) => progress.say(`${counted(so, 'person', 'people')} so far`));
  progress.end();
  const said = `Looked at ${counted(done.people, 'person', 'people')}; removed ${count(done.strays)} entries that led to nobody.\n`;
  (given.json ? io.err : io.out).write(said);
}

async function search(
  people: People,
  text: string,
  { limit, io, json }: { readonly limit: number; readonly io: Io; readonly json: boolean },
): Promise<ExitStatus> {
  const found = await findPeople(people)(text, { limit });
  if (found === 'too-short') {
    throw new UsageError(`"${text}" is too short; name two letters of a word at least`);
  }
  if (json) {
    printJson(io, {
      items: found.people.map(({ here: _record, changedAt, ...person }) => ({
        ...person,
        changedAt: new Date(changedAt).toISOString(),
      })),
      more: found.after !== undefined,
    });
    return ExitStatus.ok;
  }
  if (found.people.length === 0) {
    io.out.write(
      'Nobody is found. Who was stored by a release before this one and has not changed since is found after npx notifier people find --reindex.\n',
    );
    return ExitStatus.ok;
  }
  const style = styleOf(io.out, io.env);
  const columns = ['NAME', 'KEY', 'CHANNEL', 'SUPPRESSED', 'ID'].map((title) => ({ title }));
  const rows = found.people.map(({ user, isVouched, key, channelId, suppressed }) => [
    nameOfPerson(user, isVouched),
    key,
    channelId,
    suppressed ?? '',
    user.aadObjectId ?? user.id,
  ]);
  io.out.write(table(columns, rows, { screen: io.out, style }));
  const more = found.after !== undefined ? '; there are more: name more letters, or --limit' : '';
  io.out.write(`${style.dim('Next:')} npx notifier people show <key>${more}\n`);
  return ExitStatus.ok;
}
