import { defined } from '../../../shared/domain/defined.ts';
import { Outcome } from '../../../shared/domain/delivery/delivery.ts';
import { isNotificationId } from '../../../shared/domain/ids.ts';
import { didYouMean } from '../../../shared/domain/nearest-name.ts';
import type { Listed } from '../../../shared/ports/event/notification-listing.ts';
import {
  type ListNotifications,
  listNotifications,
  type NotificationInBrief,
  type NotificationsListed,
} from '../../../shared/use-cases/upkeep/list-notifications.ts';
import { readCount } from '../arguments/read-count.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openTables, vouchingFor } from '../connection/tables.ts';
import { count, counted } from '../output/numbers.ts';
import { printJson } from '../output/print.ts';
import { styleOf } from '../output/style.ts';
import { table } from '../output/table.ts';
import { namesOfKeys } from '../people/names.ts';

const UNITS: { readonly [unit: string]: number } = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** What is for a time to come was accepted at most so long ago. */
const FURTHEST_BACK = '366d';
const LONGEST_SINCE = 3650 * 86_400_000;
const outcomes: readonly Outcome[] = Object.values(Outcome);

export const list = defineCommand({
  summary: 'Lists what was accepted lately, newest first, with what became of it.',
  words: [],
  flags: {
    since: { type: 'string', value: 'SPAN', about: 'so far back, such as 30m, 1h or 7d (default 1h)' },
    outcome: { type: 'string', value: 'OUTCOME', about: 'only what ended so for somebody, such as rejected' },
    scheduled: { type: 'boolean', about: 'only what is for a time to come; looks back 366 days unless told' },
    limit: { type: 'string', value: 'N', about: 'at most N notifications (default 50)' },
    after: { type: 'string', value: 'PLACE', about: 'go on where a listing ended' },
    ...tableFlags,
    ...stackFlag,
  },
  notes: 'What a release before this list accepted is not in it; npx notifier status knows it by its id.',
  examples: [
    'notifications list',
    'notifications list --since 7d --outcome rejected --json',
    'notifications list --scheduled',
  ],

  async run({ flags }, io) {
    const limit = readCount('--limit', flags.limit, { least: 1, most: 1000, otherwise: 50 });
    const since = io.now() - readSpan(flags.since ?? (flags.scheduled ? FURTHEST_BACK : '1h'));
    const until = flags.after === undefined ? io.now() : { behind: readPlace(flags.after) };
    const outcome = readOutcome(flags.outcome);
    const target = tablesTarget(flags, io);
    const vouching = vouchingFor(target, io);
    const [stores, { entryOf }] = await Promise.all([
      openTables(target, io),
      import('../../../shared/kinds/catalog.ts'),
    ]);
    const { page, names } = await using(target, async () => {
      const listed = await wholePage(listNotifications({ ...stores, entryOf }), {
        since,
        until,
        limit,
        ...defined({ outcome, scheduledAfter: flags.scheduled ? io.now() : undefined }),
      });
      const keys = listed.items.flatMap(({ recipient }) => recipient ?? []);
      return { page: listed, names: await namesOfKeys(keys, { ...stores, vouching }) };
    });
    const next = page.next === undefined ? undefined : `${page.next.acceptedAt}.${page.next.notification}`;
    if (flags.json) {
      const items = page.items.map((item) => ({ ...item, name: names.get(item.recipient ?? '') }));
      printJson(io, { items, ...defined({ after: next }) });
      return ExitStatus.ok;
    }
    if (page.items.length === 0) {
      const what = outcome === undefined ? 'was accepted' : `ended as ${outcome}`;
      io.out.write(flags.scheduled ? 'Nothing is for a time to come.\n' : `Nothing ${what} in this time.\n`);
    } else {
      const style = styleOf(io.out, io.env);
      const columns = [
        flags.scheduled ? 'FOR' : 'ACCEPTED AT',
        ...['NOTIFICATION', 'KIND', 'TO', 'OUTCOMES', 'SOURCE'],
      ];
      const rows = page.items.map((item) => [
        flags.scheduled ? timeOf(item) : item.acceptedAt,
        ...rowOf(item, names),
      ]);
      io.out.write(
        table(
          columns.map((title) => ({ title })),
          rows,
          { screen: io.out, style },
        ),
      );
    }
    if (next !== undefined) {
      const again = `${flags.scheduled ? ' --scheduled' : ''}${flags.since === undefined ? '' : ` --since ${flags.since}`}`;
      io.out.write(`More: npx notifier notifications list${again} --after ${next}\n`);
    }
    return ExitStatus.ok;
  },
});

/** A call may look at much and find little: so it goes on, until there are enough or there is no more. */
async function wholePage(
  listing: ListNotifications,
  wanted: Parameters<ListNotifications>[0],
): Promise<NotificationsListed> {
  const items: NotificationInBrief[] = [];
  let { until } = wanted;
  for (;;) {
    const page = await listing({ ...wanted, until, limit: wanted.limit - items.length });
    items.push(...page.items);
    if (page.next === undefined || items.length === wanted.limit) return { ...page, items };
    until = { behind: page.next };
  }
}

function rowOf(item: NotificationInBrief, names: ReadonlyMap<string, string>): readonly string[] {
  const counts = Object.entries({ ...item.outcomes, ...item.pending });
  const { recipient } = item;
  return [
    item.id,
    item.kind,
    (recipient === undefined ? undefined : (names.get(recipient) ?? recipient)) ??
      counted(item.addressed, 'recipient'),
    counts.map(([name, each]) => `${name} ${count(each)}`).join(', '),
    item.source,
  ];
}

function timeOf({ at = '' }: NotificationInBrief): string {
  return typeof at === 'string' ? at : `${at.local} by each clock`;
}

function readSpan(text: string): number {
  const [, number, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const span = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (span > 0 && span <= LONGEST_SINCE) return span;
  throw new UsageError(`--since is "${text}" and must be a time up to 3650d such as 30m, 1h or 7d`);
}

function readPlace(text: string): Listed {
  const [, at, id = ''] = /^(\d{1,13})\.(.+)$/.exec(text) ?? [];
  if (at !== undefined && isNotificationId(id)) return { acceptedAt: Number(at), notification: id };
  throw new UsageError('--after must be what a listing ended with');
}

function readOutcome(text: string | undefined): Outcome | undefined {
  if (text === undefined) return undefined;
  const outcome = outcomes.find((one) => one === text);
  if (outcome !== undefined) return outcome;
  throw new UsageError(
    `--outcome is "${text}" and must be one of ${outcomes.join(', ')}${didYouMean(text, outcomes)}`,
  );
}
