import { z } from 'zod';
import type { Activity } from '../../../domain/conversation/activity.ts';
import { LONGEST_ID, LONGEST_URL } from '../../../domain/conversation/channel-text.ts';
import { isTooDeep } from '../../../domain/event/json-depth.ts';
import { type Fault, type Parsed, parsed, refused } from '../../../domain/fault.ts';
import { isJsonObject } from '../../../domain/json-object.ts';
import { cut } from '../../../domain/text.ts';

/** Names are shown and stored; of a longer one the beginning is, up to a whole character. */
export const LONGEST_NAME = 256;
/** BCP 47 tags, zones and the like. */
const LONGEST_TAG = 100;
/** Things that an activity names: a message mentions so many people at most. */
const MOST_ENTITIES = 250;
/** Characters and entries of a press's value, all together: Teams takes no card that could send more. */
const LARGEST_VALUE = 100_000;

const filled = z
  .string({ error: 'is required and must be a non-empty string' })
  .min(1, { error: 'is required and must be a non-empty string' })
  // A lone surrogate cannot be written as UTF-8: two different ids would be stored as one.
  .refine((text) => text.isWellFormed(), { error: 'must be well-formed Unicode' });
const required = filled.max(LONGEST_ID, { error: `must have at most ${LONGEST_ID} characters` });

// What is not needed is dropped where it has the wrong type, so that code behind this line can trust the types.
const text = z.string().optional().catch(undefined);
const id = z.string().max(LONGEST_ID).optional().catch(undefined);
const tag = z.string().max(LONGEST_TAG).optional().catch(undefined);
const name = z
  .string()
  .transform((given) => cut(given, LONGEST_NAME))
  .optional()
  .catch(undefined);
// Emptied and not dropped: whoever pressed something is to be answered.
const value = z
  .unknown()
  .transform((given) => (isTooLarge(given) ? {} : given))
  .optional();
const flag = z.boolean().optional().catch(undefined);
const fields = z.record(z.string(), z.unknown()).optional().catch(undefined);
const date = z
  .string()
  .transform((value) => new Date(value))
  .refine((value) => !Number.isNaN(value.getTime()))
  .optional()
  .catch(undefined);

// Accounts and conversations are sent back with every reply: they keep the fields of the protocol and no other.
const account = z.object({ id: required, name, aadObjectId: id, role: tag });
const conversation = z.object({
  id: required,
  name,
  isGroup: flag,
  conversationType: tag,
  tenantId: id,
  aadObjectId: id,
  role: tag,
});

/** Keeps the good ones of a list's first entries, and drops what is no list. */
function entries<T extends z.ZodType>(entry: T, most = Number.POSITIVE_INFINITY) {
  return z
    .array(z.unknown())
    .transform((list) => list.slice(0, most).flatMap((item) => entry.safeParse(item).data ?? []))
    .optional()
    .catch(undefined);
}

const typed = z.looseObject({ type: z.string() });
const attachment = z.looseObject({ contentType: z.string() });

const activity = z.looseObject(
  {
    type: required,
    channelId: required,
    serviceUrl: filled.max(LONGEST_URL, { error: `must have at most ${LONGEST_URL} characters` }),
    conversation: z.preprocess(orEmpty, conversation),
    from: z.preprocess(orEmpty, account),
    recipient: account.optional().catch(undefined),
    id,
    replyToId: id,
    text,
    textFormat: tag,
    summary: text,
    locale: tag,
    localTimezone: tag,
    name: id,
    action: tag,
    deliveryMode: tag,
    // Whoever called says so by the token.
    callerId: z.undefined().catch(undefined).optional(),
    label: text,
    code: tag,
    value,
    timestamp: date,
    localTimestamp: date,
    expiration: date,
    channelData: fields,
    entities: entries(typed, MOST_ENTITIES),
    attachments: entries(attachment),
    membersAdded: entries(account),
    membersRemoved: entries(account),
  },
  { error: 'must be an activity: a JSON object' },
);

/** Whether a value read from JSON is deeper or larger than any press of ours. Looks at no more than that. */
function isTooLarge(given: unknown): boolean {
  if (isTooDeep(given)) return true;
  let left = LARGEST_VALUE;
  const measure = (inner: unknown): void => {
    left -= typeof inner === 'string' ? inner.length + 1 : 1;
    if (left < 0 || inner === null || typeof inner !== 'object') return;
    for (const [key, below] of Object.entries(inner)) {
      left -= key.length;
      if (left < 0) return;
      measure(below);
    }
  };
  measure(given);
  return left < 0;
}

/** Lets a missing object be reported by the fields that it lacks, `conversation.id`. */
function orEmpty(value: unknown): unknown {
  return isJsonObject(value) ? value : {};
}

/**
 * Reads a request's body as an activity, giving every fault, not only the first. An activity without a recipient is
 * taken for one to the bot, `botId`.
 */
export function parseActivity(body: unknown, botId: string): Parsed<Activity> {
  const result = activity.safeParse(body);
  if (!result.success) return refused(...result.error.issues.map(toFault));
  const { recipient = { id: botId, name: '', role: 'bot' }, ...rest } = result.data;
  // The fields that are not named keep what was sent.
  return parsed({ ...rest, recipient } as Activity);
}

function toFault({
  path,
  message,
}: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): Fault {
  return { path: path.map(String).join('.'), message };
}
