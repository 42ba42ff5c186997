import type { Values } from '../arguments/flags.ts';
import { readCount } from '../arguments/read-count.ts';
import { readJson } from '../arguments/read-json.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Io } from '../io.ts';
import { type eventFlags, eventFromFlags, givenEventFlags } from './event-flags.ts';

/** So many events one command line sends at most. */
const MOST_EVENTS = 10_000;

export const manyFlags = {
  file: {
    type: 'string',
    value: 'FILE',
    about: 'a CloudEvent as JSON, or a list of them; - for stdin. Takes the place of the flags above',
  },
  count: {
    type: 'string',
    value: 'N',
    about: `send the event N times, with the ids ID-1 to ID-N; at most ${MOST_EVENTS}`,
  },
} as const;

/** The events that the command line asks for, not yet checked. Throws `UsageError`. */
export async function readEvents(
  flags: Values<typeof eventFlags & typeof manyFlags>,
  io: Io,
): Promise<readonly unknown[]> {
  if (flags.file === undefined) {
    const count = readCount('--count', flags.count, { least: 1, most: MOST_EVENTS, otherwise: 1 });
    const event = await eventFromFlags(flags, io);
    if (flags.count === undefined) return [event];
    return Array.from({ length: count }, (_event, index) => ({ ...event, id: `${event.id}-${index + 1}` }));
  }
  const others = [...givenEventFlags(flags), ...(flags.count === undefined ? [] : ['count'])];
  if (others.length > 0) {
    throw new UsageError(
      `--file holds whole events, so ${others.map((name) => `--${name}`).join(', ')} cannot go with it; write them into the file`,
    );
  }
  const content = await readJson('--file', flags.file, io);
  if (!Array.isArray(content)) return [content];
  if (content.length === 0) throw new UsageError('--file holds an empty list; give at least one event');
  if (content.length > MOST_EVENTS) {
    throw new UsageError(`--file holds ${content.length} events; send at most ${MOST_EVENTS} at once`);
  }
  return content;
}
