import { z } from 'zod';
import { LONGEST_ID } from '../domain/conversation/channel-text.ts';
import { defined } from '../domain/defined.ts';
import {
  DeliveryMode,
  type DeliveryOptions,
  type JsonObject,
  OnRepeat,
  type Recipient,
} from '../domain/event/notification.ts';
import { parseTopic } from '../domain/event/topic.ts';
import { type Fault, pathBelow } from '../domain/fault.ts';
import { isSameChannel, KNOWN_CHANNELS } from '../domain/identity/vouching.ts';
import { isJsonObject } from '../domain/json-object.ts';
import { days, parseInstant, parseIsoDuration } from '../domain/time.ts';
import { isMissingIn, ruleInWords, ruleNamed } from './rule-in-words.ts';

/** One event names at most so many recipients one by one; a topic reaches any number. */
const MOST_RECIPIENTS = 1000;

/** A key of something that changes may have so many characters. */
const LONGEST_KEY = 200;

/** What is no Unicode cannot be hashed or stored as it is, so two different ids would be one. */
export const WELL_FORMED = 'must be well-formed Unicode';

const id = z
  .string()
  .min(1, 'must not be empty')
  .max(LONGEST_ID, `must have at most ${LONGEST_ID} characters`)
  .refine((text) => text.isWellFormed(), { error: WELL_FORMED, params: { rule: 'well-formed' } });

/** An id of a channel, in letters of any case. */
const channel = id
  .refine((text) => KNOWN_CHANNELS.some((known) => isSameChannel(known, text)), {
    error: `must be a channel that is known: ${KNOWN_CHANNELS.join(', ')}`,
    params: { rule: 'channel' },
  })
  .meta({ examples: ['msteams'] });

const livingKey = z
  .string({ error: `must be text of 1 to ${LONGEST_KEY} characters, such as "alert/4711"` })
  .min(1, 'must not be empty; leave it out where nothing changes')
  .max(LONGEST_KEY, `must have at most ${LONGEST_KEY} characters; send a hash of a longer one`)
  .refine((text) => text.isWellFormed(), { error: WELL_FORMED, params: { rule: 'well-formed' } });

const topic = named('builds/web');

/** Names are written as those of topics are. */
const audience = named('release-2026');

function named(example: string) {
  return z
    .string()
    .meta({ examples: [example] })
    .transform((text, context) => {
      const read = parseTopic(text);
      if (read.ok) return read.value;
      for (const fault of read.faults)
        context.addIssue({ code: 'custom', message: fault.message, params: { rule: 'topic' } });
      return z.NEVER;
    });
}

const RECIPIENT_RULE =
  'must be one of {"conversation": key}, {"user": id} (beside it "channel" may narrow), {"topic": name}, {"audience": name} or {"everyone": true}';

const EXCEPTION_RULE =
  'must be one of {"conversation": key}, {"user": id} (beside it "channel" may narrow), {"topic": name} or {"audience": name}';

const fewer = [
  z.strictObject({ conversation: id }),
  z.strictObject({ user: id, channel: channel.exactOptional() }),
  z.strictObject({ topic }),
  z.strictObject({ audience }),
] as const;

/**
 * In a list, beside recipients: `except` of the same event takes some of them away. It says nothing more; a release that does
 * not know `except` knows no such entry either, and parks the event in the place of telling them.
 */
const EXCEPT_MARK = { except: true } as const;

/** The data with that entry, where it excepts somebody and the list has room for one. */
export function withExceptMark(data: JsonObject): JsonObject {
  const { to, except } = data;
  const entries = Array.isArray(to) ? to : [to];
  const hasRoom = entries.length < MOST_RECIPIENTS && to !== undefined;
  if (except === undefined || !hasRoom || entries.some((one) => isJsonObject(one) && 'except' in one))
    return data;
  return { ...data, to: [...entries, EXCEPT_MARK] };
}

const recipient = z.union([...fewer, z.strictObject({ everyone: z.literal(true) })], {
  error: RECIPIENT_RULE,
});

/** One recipient or a list of them; becomes a list. */
export const recipients = z
  .union(
    [
      recipient,
      z
        .array(z.union([recipient, z.strictObject({ except: z.literal(true) })], { error: RECIPIENT_RULE }))
        .min(1)
        .max(MOST_RECIPIENTS)
        // Of a list that is empty the rule above says so.
        .refine((entries) => entries.length === 0 || entries.some((entry) => !('except' in entry)), {
          error: 'must name somebody: "except" alone takes away from nobody',
          params: { rule: 'nobody' },
        }),
    ],
    { error: `${RECIPIENT_RULE}, or a list of 1 to ${MOST_RECIPIENTS} of them` },
  )
  .transform((to): readonly Recipient[] =>
    Array.isArray(to) ? to.flatMap((entry) => ('except' in entry ? [] : [entry])) : [to],
  );

const exception = z.union(fewer, { error: EXCEPTION_RULE });

/** Who is not told, of those whom `to` names. */
export const exceptions = z
  .union([exception, z.array(exception).min(1).max(MOST_RECIPIENTS)], {
    error: `${EXCEPTION_RULE}, or a list of 1 to ${MOST_RECIPIENTS} of them`,
  })
  .transform((except): readonly Recipient[] => (Array.isArray(except) ? except : [except]))
  .describe('Who is not told, whatever of `to` names them');

/** Nobody waits longer than a hundred years, and no date beyond that can be written. */
const LONGEST_DURATION = days(36_525);

const duration = z
  .string()
  .meta({ format: 'duration', examples: ['PT10M'] })
  .transform((text, context) => {
    const value = parseIsoDuration(text);
    if (value !== undefined && value <= LONGEST_DURATION) return value;
    context.addIssue({
      code: 'custom',
      message:
        'must be an ISO 8601 duration of weeks, days, hours, minutes or seconds, of 36525 days at most, such as "PT10M"; years and months have no length of their own',
      params: { rule: 'duration' },
    });
    return z.NEVER;
  });

const instant = z
  .string()
  .meta({ format: 'date-time' })
  .transform((text, context) => {
    const value = parseInstant(text);
    if (value !== undefined) return value;
    context.addIssue({
      code: 'custom',
      message: 'must be an RFC 3339 date-time such as "2026-12-01T00:00:00Z"',
      params: { rule: 'instant' },
    });
    return z.NEVER;
  });

/** `2026-12-01T09:00`, with or without seconds: what a clock on the wall shows. */
const localTime = z
  .string()
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?$', examples: ['2026-12-01T09:00'] })
  .transform((text, context) => {
    const full = text.length === 16 ? `${text}:00` : text;
    if (parseInstant(`${full}Z`) !== undefined && full.length === 19) return full;
    context.addIssue({
      code: 'custom',
      message: 'must be a local time such as "2026-12-01T09:00", without an offset',
      params: { rule: 'local-time' },
    });
    return z.NEVER;
  });

/** The `delivery` object of an event: every field optional, none misspelt. */
export const delivery = z
  .strictObject({
    mode: z
      .enum(Object.values(DeliveryMode), { error: 'must be one of wait, adHoc, replace, interrupt' })
      .optional()
      .describe(
        'wait (default): when the active dialog ends; adHoc: now; replace: in its place; interrupt: on top of it',
      ),
    maxWait: duration.optional().describe('The longest that `wait` holds back. Default PT10M'),
    onDeadline: z
      .enum(['deliver', 'drop'], { error: 'must be deliver or drop' })
      .optional()
      .describe('What happens when `maxWait` is over. Default deliver'),
    at: z
      .union([instant, z.strictObject({ local: localTime })], {
        error: 'must be an RFC 3339 date-time, or {"local": "2026-12-01T09:00"} for each person\'s own clock',
      })
      .optional()
      .describe("Nobody is told before it; {local}: by each addressee's own clock"),
    expiresAt: instant.optional().describe('Past it nobody gets it'),
    urgent: z.boolean().optional().describe('Passes mute, quiet hours and digest. Default false'),
    onUnconfirmed: z
      .enum(['resend', 'park'], { error: 'must be resend or park' })
      .optional()
      .describe(
        'A send whose result is unknown is sent once more, or never again and listed. Default resend',
      ),
    key: livingKey
      .optional()
      .describe(
        'Names a thing that changes, unique within `source`: its next state changes the same message',
      ),
    onRepeat: z
      .enum(Object.values(OnRepeat), { error: 'must be one of update, reply, new' })
      .optional()
      .describe(
        'With a key, where an earlier state was told. update (default): in place; reply: an answer to it; new: a new message, the old one is closed',
      ),
    last: z
      .boolean()
      .optional()
      .describe('With a key: the last state of it; the next one begins a new message. Default false'),
  })
  .transform(
    // zod's optional fields may hold undefined; here a field that is not given is absent.
    (given): Partial<DeliveryOptions> => defined(given),
  );

/** Runs a schema over `data`; faults carry the path `data.…`. */
export function check<T>(
  schema: z.ZodType<T>,
  data: JsonObject,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly Fault[] } {
  const result = schema.safeParse(data, { error: ruleInWords });
  if (result.success) return { ok: true, value: result.data };
  const faults = result.error.issues.map((issue) => ({
    path: pathBelow('data', issue.path),
    message: issue.message,
    ...ruleNamed(issue, isMissingIn(data, issue.path)),
  }));
  return { ok: false, faults };
}
