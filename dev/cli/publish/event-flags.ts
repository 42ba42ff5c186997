import { randomUUID } from 'node:crypto';
import { withExceptMark } from '../../../shared/catalog/schema.ts';
import { defined } from '../../../shared/domain/defined.ts';
import { isJsonObject } from '../../../shared/domain/json-object.ts';
import type { Flags, Values } from '../arguments/flags.ts';
import { readJson } from '../arguments/read-json.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Io } from '../io.ts';
import { fieldsOfKind, kindFlags } from './kind-flags.ts';

const DEFAULT_TYPE = 'notification.requested';

/** One flag for each field of an event. */
export const eventFlags = {
  type: { type: 'string', value: 'TYPE', about: `kind of notification (default ${DEFAULT_TYPE})` },
  id: { type: 'string', value: 'ID', about: 'id of the event (default: a new one)' },
  source: { type: 'string', value: 'URI', about: 'source of the event (default urn:notifier:cli)' },
  subject: { type: 'string', value: 'TEXT', about: 'what the event is about' },
  time: { type: 'string', value: 'TIME', about: 'when it happened, RFC 3339 (default: when it is enqueued)' },
  'to-everyone': { type: 'boolean', about: 'reach everyone that the bot knows' },
  'to-user': { type: 'string', value: 'ID', multiple: true, about: 'aadObjectId or channel user id' },
  'user-channel': {
    type: 'string',
    value: 'CHANNEL',
    about: 'looks --to-user up on this channel alone, such as telegram',
  },
  'to-conversation': { type: 'string', value: 'KEY', multiple: true, about: 'key of a conversation' },
  'to-topic': { type: 'string', value: 'TOPIC', multiple: true, about: 'subscribers of a topic' },
  'to-audience': { type: 'string', value: 'NAME', multiple: true, about: 'a stored audience' },
  'except-user': { type: 'string', value: 'ID', multiple: true, about: 'not told, whatever names them' },
  'except-conversation': { type: 'string', value: 'KEY', multiple: true, about: 'the same by a key' },
  'except-topic': { type: 'string', value: 'TOPIC', multiple: true, about: 'the same, its subscribers' },
  'except-audience': { type: 'string', value: 'NAME', multiple: true, about: 'the same, all on the list' },
  text: { type: 'string', value: 'MARKDOWN', about: 'what people read' },
  card: { type: 'string', value: 'FILE', about: 'Adaptive Card as JSON' },
  mode: { type: 'string', value: 'MODE', about: 'wait, adHoc, replace or interrupt' },
  'max-wait': {
    type: 'string',
    value: 'DURATION',
    about: 'the longest that "wait" holds back, such as PT10M',
  },
  'on-deadline': { type: 'string', value: 'WHAT', about: 'then deliver or drop' },
  at: { type: 'string', value: 'TIME', about: 'nobody is told before it, RFC 3339' },
  'at-local': {
    type: 'string',
    value: 'TIME',
    about: "the same by each person's own clock, such as 2026-12-01T09:00",
  },
  'expires-at': { type: 'string', value: 'TIME', about: 'past it nobody gets it, RFC 3339' },
  urgent: { type: 'boolean', about: 'passes mute, quiet hours and digest' },
  'on-unconfirmed': {
    type: 'string',
    value: 'WHAT',
    about: 'resend or park a send whose result is unknown',
  },
  key: {
    type: 'string',
    value: 'KEY',
    about: 'names a thing that changes: the next state changes the message',
  },
  'on-repeat': { type: 'string', value: 'WHAT', about: 'then update it, reply to it, or send a new one' },
  last: { type: 'boolean', about: 'it is the last state of the key' },
  sequence: { type: 'string', value: 'TEXT', about: 'which state is the newer one; digits as numbers' },
  ...kindFlags,
  data: {
    type: 'string',
    value: 'JSON',
    about: 'data of the event: JSON, a file, or - for stdin; flags above add to it',
  },
} as const satisfies Flags;

type EventValues = Values<typeof eventFlags>;

/** The flags of one event that were given; none of them goes with `--file`. */
export function givenEventFlags(flags: EventValues): readonly string[] {
  return Object.keys(eventFlags).filter((name) => {
    const value: unknown = flags[name as keyof EventValues]; // The names are the flags' own.
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
  });
}

/** An event in structured form, not yet checked, from the flags. */
export async function eventFromFlags(
  flags: EventValues,
  io: Io,
): Promise<{ readonly [name: string]: unknown }> {
  return {
    specversion: '1.0',
    id: flags.id ?? randomUUID(),
    source: flags.source ?? 'urn:notifier:cli',
    type: flags.type ?? DEFAULT_TYPE,
    ...defined({ subject: flags.subject, time: flags.time, sequence: flags.sequence }),
    datacontenttype: 'application/json',
    data: await dataFromFlags(flags, io),
  };
}

async function dataFromFlags(flags: EventValues, io: Io): Promise<{ readonly [name: string]: unknown }> {
  const base = flags.data === undefined ? {} : await readJson('--data', flags.data, io);
  if (!isJsonObject(base)) throw new UsageError('--data must be a JSON object');
  const to = recipientsFromFlags(flags);
  if (flags.at !== undefined && flags['at-local'] !== undefined)
    throw new UsageError('--at and --at-local are two times for the same; give one of them');
  const delivery = defined({
    mode: flags.mode,
    maxWait: flags['max-wait'],
    onDeadline: flags['on-deadline'],
    at: flags['at-local'] === undefined ? flags.at : { local: flags['at-local'] },
    expiresAt: flags['expires-at'],
    urgent: flags.urgent ? true : undefined,
    onUnconfirmed: flags['on-unconfirmed'],
    key: flags.key,
    onRepeat: flags['on-repeat'],
    last: flags.last ? true : undefined,
  });
  const except = exceptionsFromFlags(flags);
  return withExceptMark({
    ...base,
    ...defined({
      to: to.length === 0 ? undefined : to.length === 1 ? to[0] : to,
      except: except.length === 0 ? undefined : except,
      text: flags.text,
      ...fieldsOfKind(flags),
      card: flags.card === undefined ? undefined : await readJson('--card', flags.card, io),
    }),
    ...(Object.keys(delivery).length === 0
      ? {}
      : { delivery: { ...(isJsonObject(base.delivery) ? base.delivery : {}), ...delivery } }),
  });
}

function exceptionsFromFlags(flags: EventValues): readonly object[] {
  return [
    ...flags['except-user'].map((user) => ({ user })),
    ...flags['except-conversation'].map((conversation) => ({ conversation })),
    ...flags['except-topic'].map((topic) => ({ topic })),
    ...flags['except-audience'].map((audience) => ({ audience })),
  ];
}

function recipientsFromFlags(flags: EventValues): readonly object[] {
  if (flags['user-channel'] !== undefined && flags['to-user'].length === 0) {
    throw new UsageError('--user-channel narrows --to-user; name the user with it');
  }
  return [
    ...(flags['to-everyone'] ? [{ everyone: true }] : []),
    ...flags['to-user'].map((user) => ({ user, ...defined({ channel: flags['user-channel'] }) })),
    ...flags['to-conversation'].map((conversation) => ({ conversation })),
    ...flags['to-topic'].map((topic) => ({ topic })),
    ...flags['to-audience'].map((audience) => ({ audience })),
  ];
}
