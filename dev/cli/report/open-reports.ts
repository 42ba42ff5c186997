import type { NotificationId } from '../../../shared/domain/ids.ts';
import type { Report } from '../../../shared/use-cases/upkeep/report-notification.ts';
import type { Flags } from '../arguments/flags.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { bothTargets, type ConnectionValues, tablesTarget } from '../connection/addresses.ts';
import { using } from '../connection/failures.ts';
import type { Io } from '../io.ts';

export const urlFlags = {
  url: {
    type: 'string',
    value: 'URL',
    about: 'read the report over HTTP from the functions there, such as http://127.0.0.1:7071',
  },
  'function-key': {
    type: 'string',
    value: 'KEY',
    about: 'key for --url in Azure (default: NOTIFIER_FUNCTION_KEY, which no process list shows)',
  },
} as const satisfies Flags;

export type ReportReader = (
  id: NotificationId,
  /** With recipients, from `continuation` on. */
  page?: { readonly continuation?: string },
) => Promise<Report | undefined>;

/** Where reports come from, settled before anything is done; `connect` opens it. */
export interface Reports {
  connect(): Promise<ReportReader>;
}

interface ReportValues extends ConnectionValues {
  readonly url?: string | undefined;
  readonly 'function-key'?: string | undefined;
}

/** Throws `UsageError` for what is no address. */
export function checkedUrl(url: string): string {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url;
  throw new UsageError(`--url is "${url}" and must be an address such as http://127.0.0.1:7071`);
}

export function keyOf(flags: Pick<ReportValues, 'function-key'>, io: Io): string | undefined {
  return flags['function-key'] ?? io.env.NOTIFIER_FUNCTION_KEY;
}

/**
 * Reports from the functions where `--url` is given, else from the tables. Throws `UsageError` for a bad address, and
 * when the command line names a broker but not the tables beside it.
 */
export function openReports(flags: ReportValues, io: Io): Reports {
  const { url } = flags;
  if (url !== undefined) {
    checkedUrl(url);
    if (flags.tables !== undefined || flags['tables-endpoint'] !== undefined) {
      throw new UsageError('--url and --tables are two places for the same report; give one of them');
    }
    const key = keyOf(flags, io);
    return { connect: async () => (await import('./http-reports.ts')).httpReports(url, key) };
  }
  const namesBroker = flags.connection !== undefined || flags.namespace !== undefined;
  const target = namesBroker ? bothTargets(flags, io).tables : tablesTarget(flags, io);
  return {
    async connect() {
      const { openTables } = await import('../connection/tables.ts');
      const [stores, { reportNotification }] = await Promise.all([
        openTables(target, io),
        import('../../../shared/use-cases/upkeep/report-notification.ts'),
      ]);
      const report = reportNotification(stores);
      return (id, page) => using(target, () => report(id, page));
    },
  };
}
