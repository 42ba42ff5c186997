import type { CatalogEntry } from '../../../shared/catalog/entry.ts';
import { messageLimit, weightOf } from '../../../shared/domain/delivery/channel-limits.ts';
import type { JsonObject } from '../../../shared/domain/event/notification.ts';
import type { Fault } from '../../../shared/domain/fault.ts';
import { isJsonObject } from '../../../shared/domain/json-object.ts';
import { didYouMean } from '../../../shared/domain/nearest-name.ts';
import { catalog, entryOf, knownTypes } from '../../../shared/kinds/catalog.ts';
import { checkEvent } from '../../../shared/use-cases/intake/check-event.ts';
import { readJson } from '../arguments/read-json.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import type { Io } from '../io.ts';
import { count, share } from '../output/numbers.ts';
import { printJson } from '../output/print.ts';
import { oneLine, printable } from '../output/printable.ts';
import { styleOf } from '../output/style.ts';
import { outline } from '../preview/outline.ts';

export const command = defineCommand({
  summary: 'Shows what people will read of a kind of notification, and whether it fits.',
  words: [{ name: 'type', optional: true }],
  flags: {
    data: {
      type: 'string',
      value: 'FILE',
      about: "data as JSON, - for stdin (default: the kind's own example)",
    },
    locale: { type: 'string', value: 'TAG', about: 'language of the reader, such as de-DE (default en)' },
    zone: {
      type: 'string',
      value: 'ZONE',
      about: 'time zone of the reader, such as Europe/Berlin (default UTC)',
    },
    channel: { type: 'string', value: 'ID', about: 'the channel whose limit counts (default msteams)' },
  },
  notes: 'Nothing is sent and nothing is asked for. Exit status 1 when it is too large for the channel.',
  examples: [
    'preview build.finished',
    'preview notification.requested --data event.json --locale de-DE --json',
  ],

  async run({ flags, words }, io) {
    const [type] = words;
    const entry = type === undefined ? undefined : entryOf(type);
    if (type === undefined) throw new UsageError(`<type> is missing; it is one of ${knownTypes.join(', ')}`);
    if (entry === undefined) {
      throw new UsageError(
        `"${type}" is no kind of notification (there are ${knownTypes.join(', ')})${didYouMean(type, knownTypes)}`,
      );
    }
    const reader = { locale: readLocale(flags.locale), timeZone: readZone(flags.zone) };
    const data = flags.data === undefined ? entry.example : await dataFrom(flags.data, io);
    const envelope = { specversion: '1.0', id: 'preview', source: 'urn:notifier:cli', type, data };
    const checked =
      entry.internal === true ? checkOwn(entry, data) : checkEvent(envelope, { at: io.now() }, catalog);
    if (!checked.ok) {
      if (flags.json) printJson(io, { type, reason: checked.reason, faults: checked.faults });
      const lines = checked.faults.map(({ path, message }) => `  ${path}: ${oneLine(message)}`);
      throw new UsageError(['the data cannot be used:', ...lines].join('\n'));
    }

    // What is kept for one person goes with the example, not with other data.
    const particulars = flags.data === undefined ? entry.particularsExample : undefined;
    const content = entry.render(
      checked.notification.data,
      particulars === undefined ? reader : { ...reader, particulars },
    );
    const channel = flags.channel ?? 'msteams';
    const channelLimit = messageLimit(channel);
    const { most: limit, unit } = channelLimit;
    const bytes = weightOf(content, channelLimit);
    const fits = bytes <= limit;
    if (flags.json) {
      printJson(io, { type, channel, bytes, limit, unit, fits, ...content });
      return fits ? ExitStatus.ok : ExitStatus.failed;
    }
    const style = styleOf(io.out, io.env);
    if (content.text !== undefined)
      io.out.write(`${style.bold('Text')}\n${indented(printable(content.text))}\n\n`);
    if (content.summary !== undefined)
      io.out.write(`${style.bold('Summary')}\n${indented(printable(content.summary))}\n\n`);
    if (content.card !== undefined) {
      io.out.write(`${style.bold('Card')}\n${indented(outline(content.card, style).join('\n'))}\n\n`);
    }
    const size = `${share(bytes, limit)} on ${channel}`;
    io.out.write(
      fits
        ? `${style.green('Fits:')} ${size}\n`
        : `${style.red('Too large:')} ${size}, ${count(bytes - limit)} too many; shorten the text or the card\n`,
    );
    return fits ? ExitStatus.ok : ExitStatus.failed;
  },
});

/** What the app announces itself is no event, and only its data is checked. */
function checkOwn(
  entry: CatalogEntry,
  data: unknown,
):
  | { readonly ok: true; readonly notification: { readonly data: JsonObject } }
  | { readonly ok: false; readonly reason: string; readonly faults: readonly Fault[] } {
  const reason = 'invalid-data';
  if (!isJsonObject(data)) {
    return { ok: false, reason, faults: [{ path: 'data', message: 'must be a JSON object' }] };
  }
  // An object that is no list has names and values.
  const given = data as JsonObject;
  const planned = entry.plan(given);
  return planned.ok
    ? { ok: true, notification: { data: given } }
    : { ok: false, reason, faults: planned.faults };
}

/** The data, also out of a whole event. */
async function dataFrom(given: string, io: Io): Promise<unknown> {
  const content = await readJson('--data', given, io);
  return isJsonObject(content) && 'specversion' in content && 'data' in content ? content.data : content;
}

function readLocale(tag: string | undefined): string {
  if (tag === undefined) return 'en';
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    // The person mends it.
    throw new UsageError(`--locale is "${tag}" and must be a language tag such as de-DE`);
  }
}

function readZone(zone: string | undefined): string {
  if (zone === undefined) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // The person mends it.
    throw new UsageError(`--zone is "${zone}" and must be an IANA time zone such as Europe/Berlin`);
  }
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
