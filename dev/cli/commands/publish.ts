import type { ServiceBusMessage } from '@azure/service-bus';
import type { Fault } from '../../../shared/domain/fault.ts';
import { isJsonObject } from '../../../shared/domain/json-object.ts';
import { shellWord } from '../../shell-word.ts';
import type { Values } from '../arguments/flags.ts';
import { readCount } from '../arguments/read-count.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { CommandFailed, defineCommand, ExitStatus } from '../command.ts';
import {
  brokerFlags,
  brokerTarget,
  type ConnectionValues,
  stackFlag,
  tableFlags,
} from '../connection/addresses.ts';
import { type LocalStack, localStack } from '../connection/local-stack.ts';
import type { Io } from '../io.ts';
import { count, counted } from '../output/numbers.ts';
import { printJson } from '../output/print.ts';
import { oneLine } from '../output/printable.ts';
import { Progress } from '../output/progress.ts';
import { styleOf } from '../output/style.ts';
import { fields } from '../output/table.ts';
import { type CheckedEvents, checkEvents, uncheckedEvent } from '../publish/check-events.ts';
import { eventFlags } from '../publish/event-flags.ts';
import { binaryMessage, type OutgoingEvent, structuredMessage } from '../publish/event-message.ts';
import { flagOfField } from '../publish/flag-of-field.ts';
import { manyFlags, readEvents } from '../publish/read-events.ts';
import { sendInBatches } from '../publish/send-batches.ts';
import { openReports, urlFlags } from '../report/open-reports.ts';
import { showReports } from '../report/show-reports.ts';
import { notTold, sumOf } from '../report/sum.ts';
import { waitForReports } from '../report/wait-for-reports.ts';

const QUEUE = 'events';
/** Longer lists are told by their first ones. */
const MOST_SHOWN = 5;
const MOST_FAULTS = 20;

const ownFlags = {
  ...eventFlags,
  ...manyFlags,
  binary: { type: 'boolean', about: 'AMQP binary mode: attributes as properties, data as the body' },
  'no-check': { type: 'boolean', about: 'send it even if it cannot be used, to see it parked' },
  wait: { type: 'boolean', about: 'wait until everybody has an outcome, and show the report' },
  timeout: { type: 'string', value: 'SECONDS', about: 'the longest that --wait waits (default 300)' },
  ...brokerFlags,
  ...tableFlags,
  ...urlFlags,
  ...stackFlag,
} as const;

export const command = defineCommand({
  summary: 'Puts notifications on the queue "events", as an upstream service does.',
  words: [],
  flags: ownFlags,
  notes:
    'The event is checked first, as the app will check it; a bad one is not sent. The same --source and --id again reach nobody twice. With --wait the exit status is 1 unless everybody was told.',
  examples: [
    'publish --to-everyone --text "The canteen closes at **14:00** today."',
    'publish --to-topic builds/web --text "Build 1482 failed" --urgent --wait',
    'publish --type build.finished --data \'{"pipeline":"web","number":1,"status":"failed"}\'',
    'publish --file events.json --connection "Endpoint=sb://..."',
  ],

  async run({ flags }, io) {
    const timeoutMs =
      readCount('--timeout', flags.timeout, { least: 1, most: 86_400, otherwise: 300 }) * 1000;
    const envelopes = await readEvents(flags, io);
    const checked = flags['no-check']
      ? { events: envelopes.map(uncheckedEvent), faults: [], warnings: [] }
      : checkEvents(envelopes, io.now());
    if (checked.reason !== undefined) {
      if (flags.json) printJson(io, { sent: 0, reason: checked.reason, faults: checked.faults });
      throw new UsageError(faultsText(checked.faults, flags.file !== undefined));
    }
    const { events, warnings } = checked;
    if (warnings.length > 0)
      io.err.write(`${styleOf(io.err, io.env).yellow('Warning:')}${listed(warnings)}\n`);
    // Whether the report can be had is settled before anything is sent.
    const reports = flags.wait ? openReports(flags, io) : undefined;

    const broker = await send(events, flags, io);
    const ids = [...new Set(events.flatMap(({ notification }) => notification ?? []))];
    if (!flags.json) io.out.write(receipt(events, broker, io));
    if (reports === undefined) {
      if (flags.json) printJson(io, sentJson(checked, broker));
      else io.out.write(next(ids, flags, io));
      return ExitStatus.ok;
    }
    const waited = await waitForReports(await reports.connect(), ids, { io, timeoutMs });
    if (flags.json) printJson(io, { ...sentJson(checked, broker), reports: waited.reports });
    else io.out.write(showReports(waited, io));
    const toldAll = waited.complete && notTold(sumOf(waited.reports)) === 0;
    return toldAll ? ExitStatus.ok : ExitStatus.failed;
  },
});

async function send(
  events: readonly OutgoingEvent[],
  flags: Values<typeof ownFlags>,
  io: Io,
): Promise<string> {
  const target = brokerTarget(flags, io);
  if (!target.named && !flags['no-check']) refuseNewTypes(events, localStack(io.cwd, flags.stack));
  const { withBroker } = await import('../connection/service-bus.ts');
  const progress = new Progress(io);
  await withBroker(target, async (client) => {
    const sender = client.createSender(QUEUE);
    await sendInBatches(sender, messagesOf(events, flags.binary), (sent) =>
      progress.say(`sent ${count(sent)} of ${counted(events.length, 'event')}`),
    );
  });
  progress.end();
  return target.host;
}

/** A kind that came after the stack was started is known here, and would be parked there. */
function refuseNewTypes(events: readonly OutgoingEvent[], { types }: LocalStack): void {
  const unknown = types && events.map(typeOf).find((type) => type !== undefined && !types.includes(type));
  if (unknown === undefined) return;
  throw new CommandFailed(
    `the running stack does not know "${unknown}" yet: it was started before that kind was there. Stop it by Ctrl-C and start it again (npm start -- --watch does so by itself); nothing was sent`,
  );
}

function typeOf({ envelope }: OutgoingEvent): string | undefined {
  return isJsonObject(envelope) && typeof envelope.type === 'string' ? envelope.type : undefined;
}

function* messagesOf(events: readonly OutgoingEvent[], binary: boolean): Generator<ServiceBusMessage> {
  for (const event of events) yield binary ? binaryMessage(event) : structuredMessage(event);
}

function faultsText(faults: readonly Fault[], fromFile: boolean): string {
  const where = (path: string) => (fromFile || path === '' ? path : `${path} (${flagOfField(path)})`);
  return `the event cannot be used, and was not sent:${listed(faults, where)}`;
}

/** The first of them, a line each. */
function listed(faults: readonly Fault[], whereOf = (path: string): string => path): string {
  const lines = faults.slice(0, MOST_FAULTS).map(({ path, message }) => {
    const where = whereOf(path);
    return `\n  ${where === '' ? '' : `${oneLine(where)}: `}${oneLine(message)}`;
  });
  const more = faults.length > MOST_FAULTS ? [`\n  and ${faults.length - MOST_FAULTS} more`] : [];
  return [...lines, ...more].join('');
}

function sentJson({ events, warnings }: CheckedEvents, broker: string): object {
  return {
    sent: events.length,
    queue: QUEUE,
    broker,
    ids: events.map(({ notification }) => notification ?? null),
    ...(warnings.length === 0 ? {} : { warnings }),
  };
}

function receipt(events: readonly OutgoingEvent[], broker: string, io: Io): string {
  const style = styleOf(io.out, io.env);
  const ids = events
    .slice(0, MOST_SHOWN)
    .map(({ notification }) => notification ?? '(none: it has no source and id)');
  return [
    `${style.green('Sent')} ${counted(events.length, 'event')} to queue "${QUEUE}" at ${broker}.\n`,
    fields(
      ids.map((id, index) => [index === 0 ? 'notification' : '', id]),
      style,
    ),
    events.length > MOST_SHOWN ? `and ${count(events.length - MOST_SHOWN)} more\n` : '',
  ].join('');
}

function next(
  ids: readonly string[],
  flags: ConnectionValues & { readonly 'no-check': boolean },
  io: Io,
): string {
  const [id] = ids;
  const style = styleOf(io.out, io.env);
  const where = flags.stack === undefined ? '' : ` --stack ${shellWord(flags.stack)}`;
  const line =
    id === undefined || flags['no-check'] ? `notifier parked list${where}` : `notifier status ${id}${where}`;
  return `${style.dim('Next:')} npx ${line}\n`;
}
