import { defined } from '../../../shared/domain/defined.ts';
import type { NotificationId } from '../../../shared/domain/ids.ts';
import type { Report } from '../../../shared/use-cases/upkeep/report-notification.ts';
import { readCount } from '../arguments/read-count.ts';
import { CommandFailed, defineCommand, ExitStatus } from '../command.ts';
import { stackFlag, tableFlags, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import { openTables, vouchingFor } from '../connection/tables.ts';
import type { Io } from '../io.ts';
import { printJson } from '../output/print.ts';
import { namesOfKeys } from '../people/names.ts';
import { eventFlags, idFrom } from '../report/name-notification.ts';
import { openReports, type ReportReader, urlFlags } from '../report/open-reports.ts';
import { showReport } from '../report/show-reports.ts';
import { waitForReports } from '../report/wait-for-reports.ts';

export const command = defineCommand({
  summary: 'Says what became of a notification.',
  words: [{ name: 'notification id', optional: true }],
  flags: {
    ...eventFlags,
    recipients: { type: 'boolean', about: 'list each recipient with its outcome' },
    limit: { type: 'string', value: 'N', about: 'list at most N recipients (default 1000)' },
    wait: { type: 'boolean', about: 'wait until everybody has an outcome' },
    timeout: { type: 'string', value: 'SECONDS', about: 'the longest that --wait waits (default 300)' },
    ...tableFlags,
    ...urlFlags,
    ...stackFlag,
  },
  examples: [
    'status 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
    'status --source urn:builds --event-id 1482 --recipients',
    'status 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU --url https://NAME.azurewebsites.net',
  ],

  async run({ flags, words }, io) {
    const id = idFrom(words[0], flags.source, flags['event-id']);
    const limit = readCount('--limit', flags.limit, { least: 1, most: 1_000_000, otherwise: 1000 });
    const timeoutMs =
      readCount('--timeout', flags.timeout, { least: 1, most: 86_400, otherwise: 300 }) * 1000;
    const read = await openReports(flags, io).connect();
    if (flags.wait) await waitForReports(read, [id], { io, timeoutMs });
    const report = flags.recipients ? await withRecipients(read, id, limit) : await read(id);
    if (report === undefined) {
      throw new CommandFailed(
        `no notification ${id} was accepted; it may still be on the queue, or parked: npx notifier parked list`,
      );
    }
    const names = await namesIn(report, flags, io);
    if (flags.json) printJson(io, names === undefined ? report : withNames(report, names));
    else io.out.write(showReport(report, io, names));
    return flags.wait && !report.complete ? ExitStatus.failed : ExitStatus.ok;
  },
});

/** So many recipients are named at most: each is looked up. */
const MOST_NAMED = 1000;

/** What recipients are called; `undefined` where none are listed, or where nothing but the report is reached. */
async function namesIn(
  { recipients }: Report,
  flags: Parameters<typeof tablesTarget>[0] & { readonly url?: string | undefined },
  io: Io,
): Promise<ReadonlyMap<string, string> | undefined> {
  if (recipients === undefined || flags.url !== undefined) return undefined;
  const target = tablesTarget(flags, io);
  const vouching = vouchingFor(target, io);
  const { addressees } = await openTables(target, io);
  const keys = recipients.slice(0, MOST_NAMED).flatMap(({ addressee }) => addressee ?? []);
  return using(target, () => namesOfKeys(keys, { addressees, vouching }));
}

function withNames({ recipients = [], ...report }: Report, names: ReadonlyMap<string, string>): object {
  return {
    ...report,
    recipients: recipients.map((each) => ({ ...each, name: names.get(each.addressee ?? '') })),
  };
}

/** The report with its recipients, page by page up to `limit`. */
async function withRecipients(
  read: ReportReader,
  id: NotificationId,
  limit: number,
): Promise<Report | undefined> {
  let report = await read(id, {});
  while (report?.continuation !== undefined && (report.recipients?.length ?? 0) < limit) {
    const { continuation, recipients = [], ...rest } = report;
    const page = await read(id, { continuation });
    if (page === undefined) break;
    report = {
      ...rest,
      recipients: [...recipients, ...(page.recipients ?? [])],
      ...defined({ continuation: page.continuation }),
    };
  }
  if (report?.recipients === undefined || report.recipients.length <= limit) return report;
  // The page ends behind the last one that is shown, so its continuation would leave out those in between.
  const { continuation: _end, ...cut } = report;
  return { ...cut, recipients: report.recipients.slice(0, limit) };
}
