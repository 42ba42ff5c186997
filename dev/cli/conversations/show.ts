import { isConversationKey } from '../../../shared/domain/ids.ts';
import { homeOf } from '../../../shared/use-cases/conversation/find-addressee.ts';
import { appliedZone } from '../../../shared/use-cases/holding-back/quiet-hours.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { CommandFailed, defineCommand, ExitStatus } from '../command.ts';
import { stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { zoneOfApp } from '../connection/people.ts';
import { openTables } from '../connection/tables.ts';
import { printJson } from '../output/print.ts';
import { styleOf } from '../output/style.ts';
import { fields, table } from '../output/table.ts';
import { zoneOrigins } from '../people/show.ts';
import { toJson } from './list.ts';

export const show = defineCommand({
  summary: 'Shows one conversation: its record, its subscriptions, and when it was last written to.',
  words: [{ name: 'key' }],
  flags: { ...tableFlags, ...stackFlag },
  examples: ['conversations show 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'],

  async run({ flags, words }, io) {
    const [named = ''] = words;
    if (!isConversationKey(named)) {
      throw new UsageError(
        `"${named}" is no key of a conversation, which has 43 characters; npx notifier conversations list shows them`,
      );
    }
    const target = tablesTarget(flags, io);
    const { addressees, ledger, subscriptions } = await openTables(target, io);
    // One that turned out to be somebody's who is known under another key.
    const { key } = await using(target, () => homeOf(addressees, named));
    const [desk, topics] = await using(target, () =>
      Promise.all([ledger.findDesk(key), subscriptions.subscriptionsOf(key)]),
    );
    const { conversation } = desk;
    if (conversation === undefined) {
      throw new CommandFailed(
        `no conversation ${named} is known; npx notifier conversations list shows who is`,
      );
    }
    const requests = desk.windows.recent.map((at) => new Date(at).toISOString());
    const zone = appliedZone(desk.preferences, conversation, zoneOfApp(io));
    const own = topics.map(({ topic, since }) => ({ topic, since: new Date(since).toISOString() }));
    if (flags.json) {
      const ledFrom = key === named ? {} : { ledFrom: named };
      printJson(io, {
        ...toJson(conversation),
        ...ledFrom,
        zone,
        subscriptions: own,
        lastRequests: requests,
      });
      return ExitStatus.ok;
    }
    const style = styleOf(io.out, io.env);
    const { timeZone: told, ...record } = conversation;
    const zones = [
      ['zone', `${zone.zone} (${zoneOrigins[zone.from]})`],
      ...(told === undefined || zone.from === 'channel' ? [] : [['zone told by the channel', told] as const]),
    ] as const;
    const led = key === named ? [] : [['belongs to', `${key}, shown here`] as const];
    io.out.write(fields([...led, ...flat(toJson(record)), ...zones], style));
    io.out.write(`\n${style.bold('Subscriptions')}\n`);
    io.out.write(
      own.length === 0
        ? '  none\n'
        : table(
            [{ title: 'TOPIC' }, { title: 'SINCE' }],
            own.map(({ topic, since }) => [topic, since]),
            { screen: io.out, style },
          ),
    );
    io.out.write(
      `\n${style.bold('Last requests')}\n  ${requests.length === 0 ? 'none' : requests.join('\n  ')}\n`,
    );
    return ExitStatus.ok;
  },
});

/** `user.name` and its like, one line each. */
function flat(value: object, prefix = ''): readonly (readonly [string, string])[] {
  return Object.entries(value).flatMap(([name, field]: [string, unknown]) =>
    field !== null && typeof field === 'object'
      ? flat(field, `${prefix}${name}.`)
      : [[`${prefix}${name}`, String(field)] as const],
  );
}
