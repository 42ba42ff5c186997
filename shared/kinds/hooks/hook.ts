import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { jsonLayout } from '../../adapters/table/records/json-layout.ts';
import { hashOf } from '../../domain/hash.ts';
import { tenantKey } from '../../domain/ids.ts';
import type { Instant } from '../../domain/time.ts';
import type { KeptRecord, RecordStore } from '../../ports/record-store.ts';
import type { World } from '../kind.ts';
import { formerOf, MOST_FORMER } from './former-addresses.ts';

/** Of one addressee. */
export const MOST_HOOKS = 20;

const rules = z.object({
  /** Where in a body the thing is named that changes: names parted by dots. */
  key: z.string().optional(),
  onRepeat: z.enum(['update', 'reply', 'new']).optional(),
  mentions: z.boolean().optional(),
  answer: z.literal(202).optional(),
  /** By which senders sign. */
  secret: z.string().optional(),
});

/** An address that was replaced. */
const former = z.object({ hash: z.string(), until: z.number() });

const last = z.object({ event: z.string(), body: z.string(), at: z.number() });

/** Events put onto the queue that nobody is known to have taken, and some of them with how many there were up to each. */
const queued = z.object({
  count: z.number(),
  marks: z.array(z.object({ event: z.string(), upTo: z.number() })),
});

const hookSchema = z.object({
  name: z.string(),
  /** Of the secret in its address; absent until it was shown to whoever asked for it. */
  hash: z.string().optional(),
  /** The address before this one. */
  former: former.optional(),
  /** Those before that one, the newest first. A release that does not know the field loses it with its next write. */
  earlier: z.array(former).optional(),
  topic: z.string().optional(),
  createdAt: z.number(),
  /** Who asked for it in a place: the addressee to whom alone its address is shown. */
  shownTo: z.string().optional(),
  rules,
  lastAt: z.number().optional(),
  /** What came last, by what it was about: hashes and ids only. */
  last: z.record(z.string(), last).optional(),
  queued: queued.optional(),
});

/** An address that tools post to. A type and not an interface, so that it is JSON by its type. */
export type Hook = z.output<typeof hookSchema>;
export type HookRecord = KeptRecord<Hook>;
export type LastPost = z.output<typeof last>;
export type Queued = z.output<typeof queued>;

export interface HookStore extends Pick<RecordStore<Hook>, 'put' | 'change' | 'remove' | 'find' | 'of'> {
  /** By its public id; `undefined` where there is none. */
  byId(id: string): Promise<{ readonly record: HookRecord; readonly tag: string } | undefined>;
}

export const hookLayout = {
  ...jsonLayout('hooks', hookSchema),
  // Found by their id alone, whatever tenant they are of: one query for a post.
  partition: (key: string) => `hooks:${key}`,
};

export function hookStore(world: Pick<World, 'records'>): HookStore {
  const records = world.records(hookLayout);
  return {
    put: (record) => records.put(record),
    change: (record, tag) => records.change(record, tag),
    remove: (conversation, key) => records.remove(conversation, key),
    find: (conversation, key) => records.find(conversation, key),
    of: (conversation) => records.of(conversation),
    async byId(id) {
      const { records: found } = await records.holders({ key: id, tenant: ANY_TENANT }, { limit: 1 });
      return found[0];
    },
  };
}

/** The layout above asks for none. */
const ANY_TENANT = tenantKey({ channelId: 'hooks' });

/** What the address of a hook holds behind the path: its public id, and a secret of 256 bits. */
export function addressKey(id: string, secret: string): string {
  return `${id}.${secret}`;
}

export function parseAddressKey(text: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] = /^([\w-]{16})\.([\w-]{43})$/.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

export function hashOfSecret(secret: string): string {
  return hashOf(`hook\n${secret}`);
}

/** Compared in the same time whatever is there: also where there is no hook at all. */
export function opens(hook: Hook | undefined, secret: string, now: Instant): boolean {
  const hash = hashOfSecret(secret);
  const former = hook === undefined ? [] : formerOf(hook, now);
  const slots = Array.from({ length: MOST_FORMER }, (_none, slot) => former[slot]?.hash ?? NONE);
  const fits = [hook?.hash ?? NONE, ...slots].map((each) => equals(each, hash));
  return hook?.hash !== undefined && fits.includes(true);
}

/** No secret has it. */
const NONE = '-'.repeat(43);

export function equals(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
