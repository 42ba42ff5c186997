import { toStructured } from '../../../shared/domain/event/cloud-event.ts';
import { seconds } from '../../../shared/domain/time.ts';
import type { Hook } from '../../../shared/kinds/hooks/hook.ts';
import { hashOfSecret } from '../../../shared/kinds/hooks/hook.ts';
import { hookParts, openHooks } from '../../../shared/kinds/hooks/hooks.ts';
import { HookRates } from '../../../shared/kinds/hooks/rate.ts';
import { takePost } from '../../../shared/kinds/hooks/take-post.ts';
import { aConversation } from '../../support/builders.ts';
import { aWorld } from '../../support/world.ts';

const ID = 'hookhookhookhook';
const SECRET = 's'.repeat(43);

/** The product without its wires, and one hook of one person whose address tools post to. */
export async function aHook({
  value = {},
  rate = { count: 60, window: seconds(60) },
  owner = aConversation(),
  knows = [],
}: {
  readonly value?: Partial<Hook>;
  readonly rate?: { readonly count: number; readonly window: number };
  readonly owner?: ReturnType<typeof aConversation>;
  readonly knows?: readonly string[];
} = {}) {
  const world = aWorld({
    kinds: [openHooks],
  });
  await world.knows(owner);
  const parts = hookParts({ ...world, publish: (events) => world.events.publishEvents(events) });
  const record = {
    conversation: owner.key,
    tenant: owner.tenant,
    key: ID,
    value: { name: 'grafana', hash: hashOfSecret(SECRET), createdAt: world.clock.now(), rules: {}, ...value },
  };
  await parts.hooks.put(record);
  const take = takePost({
    ...world,
    ...parts,
    publish: (events) => world.events.publishEvents(events),
    rates: new HookRates(rate),
    knows: async (id) => knows.includes(id),
  });
  const post = (
    body: string | Uint8Array,
    headers: Readonly<Record<string, string>> = {},
    more: { readonly address?: string; readonly answer?: string; readonly method?: string } = {},
  ) =>
    take({
      method: 'POST',
      address: `${ID}.${SECRET}`,
      headers: { 'content-type': 'application/json', ...headers },
      body: async () => (typeof body === 'string' ? Buffer.from(body) : body),
      ...more,
    });
  /** The next event on the queue is accepted and told. */
  async function tellsNext() {
    const next = world.events.take();
    if (next === undefined || !('event' in next)) return undefined;
    const envelope = toStructured(next.event);
    await world.accept({ envelope, original: JSON.stringify(envelope), at: world.clock.now() });
    await world.run(world.clock.now() + seconds(30));
    return next.event;
  }
  return {
    world,
    owner,
    hooks: parts.hooks,
    record,
    post,
    take,
    postJson: (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      post(JSON.stringify(body), headers),
    /** The events that lie on the queue, taken off it. */
    queued() {
      const events = [];
      for (let next = world.events.take(); next !== undefined; next = world.events.take())
        if ('event' in next) events.push(next.event);
      return events;
    },
    /** Everything that is on the queue is accepted and told. */
    async told() {
      const before = world.channel.shown.length;
      while ((await tellsNext()) !== undefined);
      return world.channel.shown.slice(before);
    },
    tellsNext,
  };
}

export const ADDRESS = `${ID}.${SECRET}`;
