import { defined } from '../../domain/defined.ts';
import type { CloudEvent } from '../../domain/event/cloud-event.ts';
import { type Instant, toIso } from '../../domain/time.ts';
import type { KindHooks } from '../../ports/kind.ts';
import type { OpenKind, World } from '../kind.ts';
import { mergedRecords, personalRecords } from '../records-of.ts';
import { MOST_QUEUED, queuedWith } from './backlog.ts';
import { eventOfCount } from './event-of-post.ts';
import { formerOf } from './former-addresses.ts';
import { DIGEST_WORK, type HeldPosts, heldPosts } from './held.ts';
import { type Hook, hookLayout, hookStore } from './hook.ts';
import { SUBSCRIBERS } from './hook-posted.ts';
import { membersHooks } from './members-hooks.ts';

/** What the kind is made of in one world: the function that takes posts needs it as well. */
export function hookParts(
  world: Pick<World, 'records' | 'publish' | 'startWork' | 'clock' | 'notifications'>,
) {
  const hooks = hookStore(world);
  const counting = queuedWith(world);
  /** Puts what was held onto the queue; gives false where that would be too much of one hook. */
  const release = async (id: string, events: readonly CloudEvent[]): Promise<boolean> => {
    const found = await hooks.byId(id);
    const queued = await counting(found?.record.value.queued, events, MOST_QUEUED);
    if (queued === undefined) return false;
    await world.publish(events);
    if (found !== undefined)
      await hooks.change({ ...found.record, value: { ...found.record.value, queued } }, found.tag);
    return true;
  };
  const held: HeldPosts = heldPosts(
    { ...world, release },
    async (id, count): Promise<CloudEvent | undefined> => {
      const found = await hooks.byId(id);
      return found === undefined
        ? undefined
        : eventOfCount(found.record, { ...count, now: world.clock.now() });
    },
  );
  return { hooks, held, queuedWith: counting };
}

export function openHooks(world: Omit<World, 'tables'>): OpenKind {
  const { hooks, held } = hookParts(world);
  const records = world.records(hookLayout);
  const { forget } = personalRecords(records, 'hooks');
  const audiences: KindHooks['audiences'] = {
    [SUBSCRIBERS]: {
      field: 'key',
      // Its own tenant's alone: the hook is found in no other.
      async select({ group, tenant, after }, { limit }) {
        const found = await hooks.byId(group.key);
        const topic = found?.record.value.topic;
        if (found === undefined || topic === undefined || found.record.tenant !== tenant)
          return { keys: [], done: true };
        return selectSubscribers(world, topic, { tenant, limit, ...defined({ after }) });
      },
    },
  };
  return {
    audiences,
    jobs: { [DIGEST_WORK]: held.job },
    merge: mergedRecords(records),
    personalData: {
      export: async (conversation) => ({
        hooks: (await hooks.of(conversation)).map(({ key, value }) => ({
          id: key,
          ...exported(value, world.clock.now()),
        })),
      }),
      async forget(conversation) {
        await held.forget(conversation.key);
        await forget(conversation);
      },
      ofMember: membersHooks(world, hooks),
    },
    commands: async () => (await import('./commands/commands.ts')).hookCommands({ ...world, hooks }),
  };
}

/** What belongs to the person: no secret and no hash of one. */
function exported(hook: Hook, now: Instant) {
  const { name, topic, createdAt, lastAt, rules } = hook;
  const { secret, ...others } = rules;
  const until = formerOf(hook, now).map((former) => toIso(former.until));
  return {
    name,
    createdAt: toIso(createdAt),
    ...defined({ topic, lastAt: lastAt === undefined ? undefined : toIso(lastAt) }),
    ...(until.length === 0 ? {} : { formerAddressesUntil: until }),
    rules: { ...others, isSigned: secret !== undefined },
  };
}

/** Members of a topic are walked through as those of every topic are, and of each wider one after the other. */
async function selectSubscribers(
  world: Pick<World, 'audience'>,
  text: string,
  {
    tenant,
    after,
    limit,
  }: {
    readonly tenant: Parameters<World['audience']['members']>[1];
    readonly after?: NonNullable<Parameters<World['audience']['members']>[2]['after']>;
    readonly limit: number;
  },
) {
  const { coveringTopics, parseTopic } = await import('../../domain/event/topic.ts');
  const topic = parseTopic(text);
  if (!topic.ok) return { keys: [], done: true };
  // In key order over all of them, so that the walk goes on behind the last key.
  const pages = await Promise.all(
    coveringTopics(topic.value).map((each) =>
      world.audience.members({ kind: 'topic', topic: each }, tenant, {
        limit,
        ...defined({ after }),
      }),
    ),
  );
  const ends = pages.flatMap(({ keys, done }) => (done ? [] : (keys.at(-1) ?? [])));
  const upTo = ends.sort()[0];
  const keys = [...new Set(pages.flatMap((page) => page.keys))]
    .sort()
    .filter((key) => upTo === undefined || key <= upTo);
  const last = keys.at(-1) ?? upTo;
  return { keys, ...defined({ upTo: last }), done: upTo === undefined };
}
