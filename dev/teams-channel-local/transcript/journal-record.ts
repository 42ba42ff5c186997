import { z } from 'zod';
import type { Entry } from './entry.ts';

const sender = z.object({ id: z.string(), name: z.string(), role: z.enum(['user', 'bot']) });
const entry = z.object({
  id: z.string(),
  order: z.number(),
  version: z.number(),
  at: z.number(),
  from: sender,
  activity: z.looseObject({ type: z.string() }),
  updatedAt: z.number().optional(),
  isDeleted: z.boolean().optional(),
  isUndelivered: z.boolean().optional(),
  isHidden: z.boolean().optional(),
  onlyFor: z.string().optional(),
}) satisfies z.ZodType<Entry>;

const record = z.discriminatedUnion('t', [
  z.object({ t: z.literal('guest'), id: z.string(), name: z.string() }),
  z.object({
    t: z.literal('conversation'),
    id: z.string(),
    key: z.string(),
    type: z.enum(['personal', 'groupChat', 'channel']),
    memberIds: z.array(z.string()),
    name: z.string().optional(),
    isSession: z.boolean().optional(),
  }),
  z.object({
    t: z.literal('state'),
    id: z.string(),
    roster: z.enum(['never', 'installed', 'removed']),
    isAnnounced: z.boolean(),
    isBlocked: z.boolean(),
    lost: z.enum(['replaced', 'unreadable']).optional(),
  }),
  z.object({ t: z.literal('crowd'), prefix: z.string(), count: z.number(), tenantId: z.string() }),
  z.object({ t: z.literal('entry'), c: z.string(), e: entry }),
  z.object({ t: z.literal('shown'), c: z.string(), k: z.string(), n: z.number(), h: z.string() }),
  z.object({ t: z.literal('shown-cleared') }),
]);

/**
 * One line of the journal.
 *
 * `guest`: somebody came by Direct Line. `conversation`: one was added. `state`: who hears whom in it. `crowd`:
 * people of a load test. `entry`: a message in conversation `c`, new or changed. `shown`: conversation `c` of a crowd
 * was shown the text `k` `n` times more; `h` is the hash of the last activity.
 * `shown-cleared`: such counts begin again at nothing.
 */
export type JournalRecord = z.output<typeof record>;

/** `undefined` for a line that is no record: torn, or of another version. */
export function parseRecord(line: string): JournalRecord | undefined {
  try {
    return record.safeParse(JSON.parse(line)).data;
  } catch {
    // Not JSON: the process died while it wrote this line. Whoever wrote it never answered for it.
    return undefined;
  }
}
