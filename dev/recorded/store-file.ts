import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';

/**
 * A property of a row as the file holds it: text, whole numbers of 32 bits and booleans as they are, the rest with its
 * type. Bytes that are UTF-8 stand as text, so that a diff of two recordings can be read.
 */
const property = z.union([
  z.string(),
  z.int(),
  z.boolean(),
  z.strictObject({ double: z.number() }),
  z.strictObject({ utf8: z.string() }),
  z.strictObject({ base64: z.string() }),
]);
export type RecordedProperty = z.output<typeof property>;

const line = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('about'),
    /** The commit whose package wrote all of it. */
    release: z.string(),
    /** When the app was stopped, in milliseconds since 1970. */
    stoppedAt: z.number(),
    /** Origin of the channel, as it stands in the rows. */
    channel: z.string(),
    /** Settings under which the app ran. */
    settings: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    t: z.literal('row'),
    table: z.string(),
    keys: z.tuple([z.string(), z.string()]),
    properties: z.record(z.string(), property),
  }),
  z.strictObject({
    t: z.literal('message'),
    queue: z.string(),
    enqueuedAt: z.number(),
    /** Present on one that becomes visible later. */
    visibleAt: z.number().optional(),
    messageId: z.string().optional(),
    contentType: z.string().optional(),
    properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    /** The bytes as they lie in the queue. */
    body: z.union([z.strictObject({ utf8: z.string() }), z.strictObject({ base64: z.string() })]),
  }),
  /** A line of the local channel's journal: who is there, and what they were shown so far. */
  z.strictObject({ t: z.literal('channel'), record: z.looseObject({ t: z.string() }) }),
  z.strictObject({ t: z.literal('notification'), name: z.string(), id: z.string(), text: z.string() }),
]);

type Line = z.output<typeof line>;
type Of<T extends Line['t']> = Omit<Extract<Line, { readonly t: T }>, 't'>;
export type RecordedRow = Of<'row'>;
export type RecordedMessage = Of<'message'>;
export type RecordedNotification = Of<'notification'>;

/** All that one release left behind when it was stopped in the middle of its work. */
export interface RecordedStore extends Of<'about'> {
  readonly rows: readonly RecordedRow[];
  /** What lay in the queues, those included that a worker held. */
  readonly messages: readonly RecordedMessage[];
  /** The world outside: the channel's journal. */
  readonly channelJournal: readonly Of<'channel'>['record'][];
  /** What was published by name: `waits-for-ada` and its id. */
  readonly notifications: readonly RecordedNotification[];
}

/** Reads a recorded store. Throws for a file that is none. */
export function readRecordedStore(path: string): RecordedStore {
  const lines = gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => line.parse(JSON.parse(text)));
  const [about] = only(lines, 'about');
  if (about === undefined) throw new Error(`${path} does not begin with what it is about`);
  return {
    ...about,
    rows: only(lines, 'row'),
    messages: only(lines, 'message'),
    channelJournal: only(lines, 'channel').map(({ record }) => record),
    notifications: only(lines, 'notification'),
  };
}

/** Writes it compressed; gives how many bytes it has. */
export function writeRecordedStore(path: string, store: RecordedStore): number {
  const { rows, messages, channelJournal, notifications, ...about } = store;
  const lines: readonly Line[] = [
    { t: 'about', ...about },
    ...notifications.map((notification): Line => ({ t: 'notification', ...notification })),
    ...channelJournal.map((record): Line => ({ t: 'channel', record })),
    ...rows.map((row): Line => ({ t: 'row', ...row })),
    ...messages.map((message): Line => ({ t: 'message', ...message })),
  ];
  const bytes = gzipSync(lines.map((each) => `${JSON.stringify(line.parse(each))}\n`).join(''), { level: 9 });
  writeFileSync(path, bytes);
  return bytes.length;
}

/** Bytes as text where that is what they are. */
export function fromBytes(bytes: Uint8Array): { readonly utf8: string } | { readonly base64: string } {
  const utf8 = Buffer.from(bytes).toString('utf8');
  return Buffer.from(utf8, 'utf8').equals(Buffer.from(bytes))
    ? { utf8 }
    : { base64: Buffer.from(bytes).toString('base64') };
}

export function toBytes(bytes: { readonly utf8: string } | { readonly base64: string }): Buffer {
  return 'utf8' in bytes ? Buffer.from(bytes.utf8, 'utf8') : Buffer.from(bytes.base64, 'base64');
}

function only<T extends Line['t']>(lines: readonly Line[], t: T): Of<T>[] {
  return lines.flatMap((each) => {
    if (each.t !== t) return [];
    const { t: _kind, ...rest } = each;
    // Of this kind by the check above.
    return [rest as unknown as Of<T>];
  });
}
