import { Outcome } from '../../../shared/domain/delivery/delivery.ts';
import type { Report } from '../../../shared/use-cases/upkeep/report-notification.ts';
import type { ReportedRecipient } from '../../../shared/use-cases/upkeep/report-recipients.ts';
import type { Io } from '../io.ts';
import { count, counted, span } from '../output/numbers.ts';
import { type Style, styleOf } from '../output/style.ts';
import { fields, table } from '../output/table.ts';
import { type Counts, notTold, type Sum, sumOf } from './sum.ts';
import type { Waited } from './wait-for-reports.ts';

const BAR_WIDTH = 30;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** One report: what it is, how far it is, and who got what in bars; with what recipients are called, where that is known. */
export function showReport(report: Report, io: Io, names?: ReadonlyMap<string, string>): string {
  const style = styleOf(io.out, io.env);
  return [
    fields(
      [
        ['notification', report.id],
        ['event', `${report.type}  ${report.source}  ${report.eventId}`],
        [
          'accepted',
          `${report.acceptedAt} (${span(Math.max(0, io.now() - Date.parse(report.acceptedAt)))} ago)`,
        ],
        ['state', report.complete ? style.green('complete') : style.yellow('under way')],
        ['cancelled', report.cancelled],
        [
          'not addressed',
          report.notAddressed === undefined ? undefined : counted(report.notAddressed, 'member'),
        ],
        ['trace', report.traceparent],
      ],
      style,
    ),
    showSum(sumOf([report]), style),
    recipientsTable(report, io, { style, names }),
  ].join('');
}

/** What `--wait` waited for. */
export function showReports(waited: Waited, io: Io): string {
  const style = styleOf(io.out, io.env);
  const [only] = waited.reports;
  const body =
    waited.reports.length === 1 && only !== undefined
      ? showReport(only, io)
      : showSum(sumOf(waited.reports), style);
  const notes = [
    ...(waited.missing.length === 0
      ? []
      : [
          `${style.yellow(counted(waited.missing.length, 'event'))} not accepted so far: still queued, or parked (npx notifier parked list)`,
        ]),
    ...whyNotTold(sumOf(waited.reports), style),
    ...(waited.complete || waited.reports.length === 0
      ? []
      : [style.yellow('Not everybody has an outcome yet.')]),
  ];
  return `\n${body}${notes.map((note) => `${note}\n`).join('')}`;
}

/** What to do about those who were not told. */
function whyNotTold(sum: Sum, style: Style): readonly string[] {
  const count = notTold(sum);
  const unknown = sum.outcomes[Outcome.noSuchRecipient] ?? 0;
  return [
    ...(count === 0 ? [] : [style.red(`${counted(count, 'recipient')} not told.`)]),
    ...(unknown === 0
      ? []
      : [
          `${counted(unknown, 'recipient')} nobody knows: people become known by writing to the bot or installing it. npx notifier conversations list shows who is.`,
        ]),
  ];
}

function showSum(sum: Sum, style: Style): string {
  const done = total(sum.outcomes);
  const rows = [...ordered(sum.outcomes), ...Object.entries(sum.pending)];
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  const numbers = Math.max(0, ...rows.map(([, each]) => count(each).length));
  const lines = rows.map(([name, each]) => {
    const paint = name in sum.pending ? style.yellow : name === Outcome.delivered ? style.green : style.red;
    const percent = `${((each / sum.addressed) * 100).toFixed(1)} %`;
    return `  ${name.padEnd(width)}  ${paint(bar(each / sum.addressed))}  ${count(each).padStart(numbers)}  ${percent.padStart(7)}\n`;
  });
  const head = `${counted(sum.addressed, 'recipient')}${sum.addressed === done ? '' : `, ${count(done)} with an outcome`}`;
  return `\n${style.bold(head)}\n${lines.join('')}${pace(sum, done)}`;
}

/** How long it took and how fast it was, where there is more than one moment. */
function pace({ firstAt, lastAt }: Sum, done: number): string {
  if (firstAt === undefined || lastAt === undefined) return '';
  const took = Date.parse(lastAt) - Date.parse(firstAt);
  const rate = took > 0 && done > 1 ? `, ${((done - 1) / (took / 1000)).toFixed(1)} a second` : '';
  return `\n${firstAt} to ${lastAt} (${span(took)}${rate})\n`;
}

function bar(share: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH * 8);
  // What is there is seen, however little.
  const shown = share > 0 ? Math.max(1, eighths) : 0;
  return ('█'.repeat(Math.floor(shown / 8)) + (EIGHTHS[shown % 8] ?? '')).padEnd(BAR_WIDTH, ' ');
}

/** Delivered first, then by number. */
function ordered(outcomes: Counts): readonly (readonly [string, number])[] {
  return Object.entries(outcomes).sort(([a, x], [b, y]) =>
    a === Outcome.delivered ? -1 : b === Outcome.delivered ? 1 : y - x,
  );
}

function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, each) => sum + each, 0);
}

/** Who it is for; where nobody is meant, the entry of `to` as far as the notification holds it. */
function addresseeOf({ addressee, entry }: ReportedRecipient): string {
  return (
    addressee ?? (entry === undefined ? '(not named any more, or by an audience)' : JSON.stringify(entry))
  );
}

function recipientsTable(
  { recipients, addressed }: Report,
  io: Io,
  { style, names }: { readonly style: Style; readonly names: ReadonlyMap<string, string> | undefined },
): string {
  if (recipients === undefined || recipients.length === 0) return '';
  const isNamed = names !== undefined && names.size > 0;
  const columns = [
    'ADDRESSEE',
    ...(isNamed ? ['NAME'] : []),
    'STATE',
    'AT',
    'TRIES',
    'REPEATS',
    'REASON',
    'LAST ERROR',
    'CONVERSATION',
  ];
  const rows = recipients.map((each) => [
    addresseeOf(each),
    ...(isNamed ? [names.get(each.addressee ?? '') ?? ''] : []),
    each.state,
    each.at ?? '',
    each.attempts === undefined ? '' : String(each.attempts),
    each.repeats === undefined || each.repeats === 0 ? '' : String(each.repeats),
    each.reason ?? '',
    each.lastError === undefined ? '' : `${each.lastError.class} ${each.lastError.code}`,
    each.conversation ?? '',
  ]);
  const left = addressed - recipients.length;
  return [
    `\n${table(
      columns.map((title) => ({ title })),
      rows,
      { screen: io.out, style },
    )}`,
    left > 0 ? style.dim(`and ${count(left)} more; see --limit\n`) : '',
  ].join('');
}
