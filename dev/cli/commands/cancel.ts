import type { NotificationId } from '../../../shared/domain/ids.ts';
import type { Cancelled } from '../../../shared/use-cases/cancel/cancel-notification.ts';
import { CommandFailed, defineCommand, ExitStatus } from '../command.ts';
import { stackFlag } from '../connection/addresses.ts';
import { localStack } from '../connection/local-stack.ts';
import { printJson } from '../output/print.ts';
import { ask, notificationUrl, refuseUnlessOk } from '../report/http-reports.ts';
import { eventFlags, idFrom } from '../report/name-notification.ts';
import { checkedUrl, keyOf } from '../report/open-reports.ts';
import { cancelledSchema } from '../report/report-schema.ts';
import { showReport } from '../report/show-reports.ts';

export const command = defineCommand({
  summary: 'Has a notification reach nobody any more.',
  words: [{ name: 'notification id', optional: true }],
  flags: {
    ...eventFlags,
    url: {
      type: 'string',
      value: 'URL',
      about: 'the functions, such as https://NAME.azurewebsites.net (default: the local stack)',
    },
    'function-key': {
      type: 'string',
      value: 'KEY',
      about:
        'key of function "cancel" in Azure (default: NOTIFIER_FUNCTION_KEY, which no process list shows)',
    },
    recall: { type: 'boolean', about: 'take back what was shown, too, at the pace of the channel' },
    ...stackFlag,
  },
  examples: [
    'cancel 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU',
    'cancel 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU --recall',
    'cancel --source urn:builds --event-id 1482 --url https://NAME.azurewebsites.net',
  ],

  async run({ flags, words }, io) {
    const id = idFrom(words[0], flags.source, flags['event-id']);
    const base = flags.url === undefined ? localStack(io.cwd, flags.stack).functions : checkedUrl(flags.url);
    const cancelled = await cancel(base, keyOf(flags, io), { id, recall: flags.recall });
    if (flags.json) printJson(io, cancelled);
    else if (cancelled.known) io.out.write(showReport(cancelled, io));
    else {
      io.out.write(
        `No notification ${id} was accepted so far; should it be within a day, it reaches nobody (cancelled ${cancelled.cancelled}).\n`,
      );
    }
    return ExitStatus.ok;
  },
});

async function cancel(
  base: string,
  key: string | undefined,
  { id, recall }: { readonly id: NotificationId; readonly recall: boolean },
): Promise<Cancelled> {
  const url = notificationUrl(base, id);
  if (recall) url.searchParams.set('recall', '1');
  const response = await ask(url, key, 'DELETE');
  refuseUnlessOk(response, url);
  const parsed = cancelledSchema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new CommandFailed(`what ${url.origin} answered is no report; is it the notifier, in this version?`);
}
