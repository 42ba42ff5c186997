import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '../../../shared/use-cases/upkeep/report-notification.ts';
import type { ReportedRecipient } from '../../../shared/use-cases/upkeep/report-recipients.ts';
import { reportSchema } from '../../cli/report/report-schema.ts';
import { getJson } from '../rig/http.ts';

/** A report with all of its recipients. */
export type WholeReport = Omit<Report, 'recipients' | 'continuation'> & {
  readonly recipients: readonly ReportedRecipient[];
};

/** Where the app answers: the first host is asked. */
interface Hosts {
  readonly hosts: readonly { readonly origin: string }[];
}

/** What the app says became of a notification, all pages of it; `undefined` when it knows none of that id. */
export async function readReport(rig: Hosts, id: string): Promise<WholeReport | undefined> {
  const recipients: ReportedRecipient[] = [];
  let page = await readPage(rig, id, undefined);
  while (page !== undefined) {
    recipients.push(...(page.recipients ?? []));
    if (page.continuation === undefined) return { ...page, recipients };
    page = await readPage(rig, id, page.continuation);
  }
  return undefined;
}

const MOST_TRIES = 40;

/** Asks again while the host is down or its tables fail: it is the answer that counts here, not the asking. */
async function readPage(
  rig: Hosts,
  id: string,
  continuation: string | undefined,
): Promise<Report | undefined> {
  const query = new URLSearchParams({ recipients: '1', ...(continuation ? { continuation } : {}) });
  for (let tries = 1; ; tries += 1) {
    try {
      return reportSchema.parse(await getJson(`${rig.hosts[0]?.origin}/api/notifications/${id}?${query}`));
    } catch (error) {
      if (error instanceof Error && error.message.includes(' was answered 404')) return undefined;
      if (tries === MOST_TRIES) throw error;
      await delay(250);
    }
  }
}
