import { describeRecurrence } from '../../../shared/calendar/describe.ts';
import { fromWall, isZone, parseWall, toWall, wallIso } from '../../../shared/calendar/local-time.ts';
import { understand } from '../../../shared/calendar/understand.ts';
import { formatLocal, relative } from '../../../shared/calendar/words.ts';
import { defined } from '../../../shared/domain/defined.ts';
import { parseInstant } from '../../../shared/domain/time.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { defineCommand, ExitStatus } from '../command.ts';
import { printJson } from '../output/print.ts';
import { oneLine } from '../output/printable.ts';
import { styleOf } from '../output/style.ts';
import { fields } from '../output/table.ts';

export const command = defineCommand({
  summary: 'Shows how a reminder phrase is read.',
  words: [{ name: 'text' }],
  flags: {
    now: {
      type: 'string',
      value: 'TIME',
      about: 'when it is said: RFC 3339, or local time without an offset (default now)',
    },
    zone: {
      type: 'string',
      value: 'ZONE',
      about: 'time zone of the person, such as Europe/Berlin (default UTC)',
    },
    locale: {
      type: 'string',
      value: 'TAG',
      about: 'how the person writes dates, such as de-DE (default not known)',
    },
  },
  notes: 'Nothing is stored. Exit status 1 when it is not understood.',
  examples: [
    'understand "remind me to call Ann tomorrow at 9am"',
    'understand "every other friday at noon water the plants" --zone Europe/Berlin --json',
    'understand "erinnere mich am 5.6. um 9 an den Zahnarzt" --zone Europe/Berlin --locale de-DE',
    'understand "remind me at 3am to look" --now 2026-11-22T04:30:00+01:00 --zone Europe/Berlin',
  ],

  async run({ flags, words }, io) {
    const [text = ''] = words;
    const zone = flags.zone ?? 'UTC';
    if (!isZone(zone))
      throw new UsageError(`--zone is "${zone}" and must be an IANA time zone such as Europe/Berlin`);
    const now = readNow(flags.now, zone) ?? io.now();
    const read = understand(text, {
      now,
      zone,
      ...defined({ locale: flags.locale }),
    });
    if (!read.understood) {
      const { reason, what, either, zones } = read;
      if (flags.json) printJson(io, { understood: false, reason, what, either, zones });
      else io.out.write(`Not understood: ${read.message} Try: ${read.example}\n`);
      return ExitStatus.failed;
    }
    const { what, at, rrule, dtstart } = read;
    if (flags.json) {
      const local = wallIso(toWall(at, read.zone));
      printJson(io, {
        understood: true,
        what,
        at: local,
        zone: read.zone,
        ...defined({ rrule }),
      });
      return ExitStatus.ok;
    }
    const repeats = rrule === undefined ? undefined : describeRecurrence({ rrule, dtstart, zone: read.zone });
    const rows: readonly (readonly [string, string])[] = [
      ['what', oneLine(what)],
      ['when', `${formatLocal(at, read.zone)} (${relative(at, now)})`],
      ['zone', read.zone],
      ...(repeats === undefined ? [] : [['repeats', repeats] as const]),
      ...(rrule === undefined ? [] : [['rrule', rrule] as const]),
      ...(read.assumed.length === 0 ? [] : [['assumed', read.assumed.join(', ')] as const]),
    ];
    io.out.write(fields(rows, styleOf(io.out, io.env)));
    return ExitStatus.ok;
  },
});

/** A time with an offset, or what a clock in the zone shows. */
function readNow(text: string | undefined, zone: string): number | undefined {
  if (text === undefined) return undefined;
  const full = /T\d\d:\d\d$/.test(text) ? `${text}:00` : text;
  const now = parseInstant(full) ?? localNow(full, zone);
  if (now === undefined)
    throw new UsageError(`--now is "${text}" and must be a time such as 2026-11-22T20:30:00Z`);
  return now;
}

function localNow(text: string, zone: string): number | undefined {
  const wall = parseWall(text);
  return wall === undefined ? undefined : fromWall(wall, zone);
}
