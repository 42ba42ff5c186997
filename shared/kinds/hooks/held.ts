import { z } from 'zod';
import type { CloudEvent } from '../../domain/event/cloud-event.ts';
import type { JsonObject } from '../../domain/event/notification.ts';
import { hashOf } from '../../domain/hash.ts';
import { type ConversationKey, isConversationKey, isTenantKey, type TenantKey } from '../../domain/ids.ts';
import { isJsonObject } from '../../domain/json-object.ts';
import { minutes } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { KindJob } from '../../ports/kind.ts';
import type { RecordStore } from '../../ports/record-store.ts';
import type { StartWork } from '../../use-cases/intake/start-work.ts';
import type { World } from '../kind.ts';
import { recordsOf } from '../records-of.ts';

/** Rows in which the newest states of one hook lie, by what they are about. */
const SLOTS = 16;
/** Things of one row, and how much all of them may hold as JSON. */
const MOST_IN_SLOT = 12;
const LARGEST_SLOT = 300_000;
/** Where the queue holds too much of a hook. */
const AGAIN_AFTER = minutes(1);

export const DIGEST_WORK = 'hook-overflow';

const heldSchema = z.object({
  /** Newest last: an event of each thing. */
  events: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** How many came beyond the rate, as far as this row was told. */
  over: z.number(),
});
type Held = z.output<typeof heldSchema>;

export interface HeldPosts {
  /** Keeps the newest state of a thing, or only counts; has it told when the window ends. */
  hold(post: {
    readonly hook: {
      readonly id: string;
      readonly conversation: ConversationKey;
      readonly tenant: TenantKey;
    };
    readonly event: CloudEvent;
    readonly key: string | undefined;
    readonly over: number;
    readonly until: number;
  }): Promise<void>;
  readonly job: KindJob;
  forget(conversation: ConversationKey): Promise<void>;
}

/** What comes beyond the rate of a hook: the newest state of each thing waits in rows, and goes out once for a window. */
export function heldPosts(
  world: Pick<World, 'records'> & {
    readonly startWork: StartWork;
    readonly clock: Clock;
    readonly release: (hook: string, events: readonly CloudEvent[]) => Promise<boolean>;
  },
  /** The event that says how many there were. */
  countEvent: (
    id: string,
    held: { readonly over: number; readonly window: string },
  ) => Promise<CloudEvent | undefined>,
): HeldPosts {
  const records: RecordStore<Held> = recordsOf(world, 'hookheld', heldSchema);
  return {
    async hold({ hook, event, key, over, until }) {
      // So often is enough to say about how many there were.
      if (key === undefined && !isTold(over)) return;
      const slot = `${hook.id}.${key === undefined ? 'n' : hashOf(key).charCodeAt(0) % SLOTS}`;
      const before = (await records.find(hook.conversation, slot))?.record.value ?? { events: {}, over: 0 };
      const { [key ?? '']: _former, ...others } = before.events;
      const events =
        key === undefined ? before.events : bounded({ ...others, [hashOf(key)]: eventJson(event) });
      await records.put({ ...hook, key: slot, value: { events, over: Math.max(before.over, over) } });
      const id = `${hook.id}-${until}`;
      const about = { id, hook: hook.id, conversation: hook.conversation, tenant: hook.tenant };
      if (isTold(over))
        await world.startWork(
          { work: DIGEST_WORK, field: 'hook', about },
          Math.max(0, until - world.clock.now()),
        );
    },
    job: {
      field: 'hook',
      isReadable: (about) => readAbout(about) !== undefined,
      isDone: async () => true,
      async run(about) {
        const read = readAbout(about);
        if (read === undefined) return;
        const held = (await records.of(read.conversation)).filter(({ key }) =>
          key.startsWith(`${read.hook}.`),
        );
        const events = held.flatMap(({ value }) => Object.values(value.events)).map(eventOf);
        const over = Math.max(0, ...held.map((each) => each.value.over));
        const count = over === 0 ? undefined : await countEvent(read.hook, { over, window: read.id });
        const all = [...events, ...(count === undefined ? [] : [count])];
        if (all.length > 0 && !(await world.release(read.hook, all))) {
          // What is on the queue goes first; the newest of each thing goes on being kept.
          const again = { ...about, id: `${read.hook}-${world.clock.now() + AGAIN_AFTER}` };
          await world.startWork({ work: DIGEST_WORK, field: 'hook', about: again }, AGAIN_AFTER);
          return;
        }
        for (const { key } of held) await records.remove(read.conversation, key);
      },
    },
    async forget(conversation) {
      for (const { key } of await records.of(conversation)) await records.remove(conversation, key);
    },
  };
}

/** The first, and then each tenth part more: written often enough to be about right. */
function isTold(over: number): boolean {
  return over < 3 || over % 20 === 0;
}

function bounded(events: Held['events']): Held['events'] {
  let kept = Object.entries(events).slice(-MOST_IN_SLOT);
  while (kept.length > 1 && JSON.stringify(kept).length > LARGEST_SLOT) kept = kept.slice(1);
  return Object.fromEntries(kept);
}

function eventJson(event: CloudEvent): JsonObject {
  return { ...event };
}

/** What was written here is read here. */
function eventOf(json: JsonObject): CloudEvent {
  const { id, source, type, time, data, sequence } = json;
  return {
    specversion: '1.0',
    id: String(id),
    source: String(source),
    type: String(type),
    data: isJsonObject(data) ? data : {},
    ...(typeof time === 'number' ? { time } : {}),
    ...(typeof sequence === 'string' ? { sequence } : {}),
  };
}

function readAbout({ id, hook, conversation, tenant }: JsonObject) {
  if (
    typeof id !== 'string' ||
    typeof hook !== 'string' ||
    typeof conversation !== 'string' ||
    typeof tenant !== 'string'
  )
    return undefined;
  return isConversationKey(conversation) && isTenantKey(tenant)
    ? { id, hook, conversation, tenant }
    : undefined;
}
