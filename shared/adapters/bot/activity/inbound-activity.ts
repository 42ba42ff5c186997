import type { Activity } from 'botbuilder-core';
import { z } from 'zod';
import { LONGEST_ID, LONGEST_URL } from '../../../domain/conversation/channel-text.ts';
import { type Fault, type Parsed, parsed, refused } from '../../../domain/fault.ts';

const required = z
  .string({ error: 'is required and must be a non-empty string' })
  .min(1, { error: 'is required and must be a non-empty string' })
  // A lone surrogate cannot be written as UTF-8: two different ids would be stored as one.
  .refine((text) => text.isWellFormed(), { error: 'must be well-formed Unicode' });
const id = required.max(LONGEST_ID, { error: `must have at most ${LONGEST_ID} characters` });

// What is not needed is dropped where it has the wrong type, so that code behind this line can trust the types.
const text = z.string().optional().catch(undefined);
/** What is stored of it has a bound: a name that is longer is none. */
const short = z.string().max(LONGEST_ID).optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const fields = z.record(z.string(), z.unknown()).optional().catch(undefined);
const date = z
  .string()
  .transform((value) => new Date(value))
  .refine((value) => !Number.isNaN(value.getTime()))
  .optional()
  .catch(undefined);

// Accounts and conversations are sent back with every reply: they keep the fields of the protocol and no other.
const account = z.object({ id, name: short, aadObjectId: short, role: short });
const conversation = z.object({
  id,
  name: short,
  isGroup: flag,
  conversationType: short,
  tenantId: short,
  aadObjectId: short,
  role: short,
});

/** Keeps the good entries of a list, and drops what is no list. */
function entries<T extends z.ZodType>(entry: T) {
  return z
    .array(z.unknown())
    .transform((list) => list.flatMap((item) => entry.safeParse(item).data ?? []))
    .optional()
    .catch(undefined);
}

const typed = z.looseObject({ type: z.string() });
const attachment = z.looseObject({ contentType: z.string() });

const activity = z.looseObject(
  {
    type: id,
    channelId: id,
    serviceUrl: required.max(LONGEST_URL, { error: `must have at most ${LONGEST_URL} characters` }),
    conversation: z.preprocess(orEmpty, conversation),
    from: z.preprocess(orEmpty, account),
    recipient: account.optional().catch(undefined),
    id: short,
    replyToId: short,
    text,
    textFormat: text,
    summary: text,
    locale: short,
    localTimezone: short,
    name: short,
    action: short,
    deliveryMode: text,
    label: text,
    code: text,
    timestamp: date,
    localTimestamp: date,
    expiration: date,
    channelData: fields,
    entities: entries(typed),
    attachments: entries(attachment),
    membersAdded: entries(account),
    membersRemoved: entries(account),
  },
  { error: 'must be an activity: a JSON object' },
);

/** Lets a missing object be reported by the fields that it lacks, `conversation.id`. */
function orEmpty(value: unknown): unknown {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

/**
 * Reads a request's body as an activity, giving every fault, not only the first. An activity without a recipient is
 * taken for one to the bot, `botId`.
 */
export function parseActivity(body: unknown, botId: string): Parsed<Activity> {
  const result = activity.safeParse(body);
  if (!result.success) return refused(...result.error.issues.map(toFault));
  const { recipient = { id: botId, name: '', role: 'bot' }, ...rest } = result.data;
  // All fields that Bot Framework's type wants and the protocol does not are optional in fact.
  return parsed({ ...rest, recipient } as unknown as Activity);
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
