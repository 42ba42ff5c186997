import { defined } from '../../domain/defined.ts';
import type { CloudEvent } from '../../domain/event/cloud-event.ts';
import { hashOf } from '../../domain/hash.ts';
import { type Instant, minutes } from '../../domain/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConversationStore } from '../../ports/conversation/conversation-store.ts';
import type { Log } from '../../ports/log.ts';
import {
  type Answer,
  accepted,
  empty,
  handshake,
  noSuchAnswer,
  refused,
  tooLarge,
  tooMany,
  unknown,
  unreadable,
  unsigned,
} from './answers.ts';
import { MOST_QUEUED_ONE_BY_ONE, type QueuedWith } from './backlog.ts';
import { inflated } from './body/inflate.ts';
import { readBody } from './body/read-body.ts';
import { eventOfPost } from './event-of-post.ts';
import { validationCode } from './formats/events.ts';
import { recognise } from './formats/recognise.ts';
import type { HeldPosts } from './held.ts';
import { type Hook, type HookRecord, type HookStore, type LastPost, opens, parseAddressKey } from './hook.ts';
import type { Posted } from './message.ts';
import { textAt } from './payload.ts';
import type { HookRates, Room } from './rate.ts';
import { isSigned } from './signature.ts';

/** A request to the address of a hook. */
export interface Post {
  readonly method: string;
  /** What stands behind `/api/hooks/`, up to the next slash. */
  readonly address: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** How the address asks to be answered: `202`, where it does. */
  readonly answer?: string;
  /** Reads the body; not called before the hook has room for it. */
  body(): Promise<Uint8Array>;
}

export type TakePost = (post: Post) => Promise<Answer>;

/** A body that is equal to the one before it and no older than this is the same. */
const SAME_WITHIN = minutes(5);
/** Things of which the last body is remembered. */
const MOST_LAST = 24;

export interface TakePostDeps {
  readonly hooks: HookStore;
  readonly conversations: Pick<ConversationStore, 'findConversation'>;
  readonly publish: (events: readonly CloudEvent[]) => Promise<void>;
  readonly held: Pick<HeldPosts, 'hold'>;
  readonly rates: HookRates;
  readonly queuedWith: QueuedWith;
  /** Whether somebody of this id is known; only then may a card of a sender mention them. */
  readonly knows: (id: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Takes what a tool posts. The answer says that it is taken only when what it stands for lies safely on a queue or in a
 * table. Throws `StoreUnavailable` or `QueueUnavailable`; the sender comes again then.
 */
export function takePost(deps: TakePostDeps): TakePost {
  const { clock, rates } = deps;
  const lines = new Map<string, Promise<unknown>>();

  return async (post) => {
    const now = clock.now();
    const address = parseAddressKey(post.address);
    const found = address === undefined ? undefined : await deps.hooks.byId(address.id);
    const isOpen = opens(found?.record.value, address?.secret ?? '', now);
    if (address === undefined || found === undefined || !isOpen || !(await isHeard(found.record)))
      return unknown;
    if (post.method === 'OPTIONS') return handshake(post.headers);
    if (post.answer !== undefined && post.answer !== '202') return noSuchAnswer;
    const { id } = address;
    const room = rates.take(id, now);
    if (room.kind === 'refuse') {
      deps.log.info('hook.refused', { hook: id });
      return tooMany((room.until - now) / 1000);
    }
    const raw = await post.body();
    const { secret } = found.record.value.rules;
    if (secret !== undefined && !isSigned(raw, post.headers, secret, now)) return unsigned;
    const body = inflated(raw, post.headers['content-encoding']);
    if (body.kind === 'too-large') return tooLarge;
    if (body.kind === 'unreadable') return unreadable;
    const read = readBody(body.bytes, post.headers['content-type']);
    if (read.kind === 'empty') return empty;
    if (read.kind === 'unreadable') return unreadable;
    const validationResponse = validationCode(read.payload);
    if (validationResponse !== undefined) return { status: 200, json: { validationResponse } };
    return inLine(id, () => take(post, { ...read, headers: post.headers, hash: hashOf(raw) }, room));
  };

  async function isHeard({ conversation }: HookRecord): Promise<boolean> {
    const addressee = await deps.conversations.findConversation(conversation);
    return addressee !== undefined && addressee.suppressed === undefined;
  }

  async function take(
    { address, headers, answer }: Post,
    posted: Posted & { readonly hash: string },
    room: Exclude<Room, { readonly kind: 'refuse' }>,
  ): Promise<Answer> {
    const now = clock.now();
    // As it is now: another one may have been taken since.
    const found = await deps.hooks.byId(parseAddressKey(address)?.id ?? '');
    if (found === undefined) return unknown;
    const { record, tag } = found;
    const { rules } = record.value;
    const { format, mapped } = recognise(posted);
    if (mapped === undefined) return refused(format);
    const key =
      (rules.key === undefined ? undefined : textAt(posted.payload, rules.key)?.slice(0, 200)) ?? mapped.key;
    const slot = hashOf(key ?? '').slice(0, 12);
    const before = lastOf(record.value, slot, now);
    const isSame = mapped.deliveryId === undefined && before?.body === posted.hash;
    const wish = {
      only202: answer === '202' || rules.answer === 202,
      userAgent: headers['user-agent'] ?? '',
    };
    if (isSame && before !== undefined && now - before.at <= SAME_WITHIN)
      return accepted(format, { ...wish, id: before.event });
    const eventId =
      mapped.deliveryId === undefined
        ? hashOf(
            JSON.stringify([record.key, slot, posted.hash, before?.event ?? '', isSame ? before?.at : 0]),
          )
        : hashOf(JSON.stringify([record.key, 'delivery', mapped.deliveryId]));
    const event = await eventOfPost(
      { ...mapped, ...defined({ key }) },
      { record, eventId, now, knows: deps.knows },
    );
    const queued =
      room.kind === 'tell'
        ? await deps.queuedWith(record.value.queued, [event], MOST_QUEUED_ONE_BY_ONE)
        : undefined;
    if (queued !== undefined) await deps.publish([event]);
    else
      await deps.held.hold({
        hook: { id: record.key, conversation: record.conversation, tenant: record.tenant },
        event,
        key,
        over: room.over,
        until: room.until,
      });
    const counted = { ...record, value: { ...record.value, ...defined({ queued }) } };
    await remember(counted, tag, slot, { event: eventId, body: posted.hash, at: now });
    deps.log.info('hook.taken', {
      hook: record.key,
      format: format.name,
      bytes: Number(headers['content-length'] ?? 0) || 0,
      held: queued === undefined,
    });
    return accepted(format, { ...wish, id: eventId });
  }

  /** The next state of another instance may win: then one body more may be told, which is no harm. */
  async function remember(record: HookRecord, tag: string, slot: string, post: LastPost): Promise<void> {
    const { [slot]: _former, ...others } = record.value.last ?? {};
    const last = Object.fromEntries([...Object.entries(others), [slot, post] as const].slice(-MOST_LAST));
    await deps.hooks.change({ ...record, value: { ...record.value, last, lastAt: post.at } }, tag);
  }

  /** One after the other for a hook, in this process: two at once would take the same body for two. */
  async function inLine<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = lines.get(id) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled = mine.then(
      () => undefined,
      () => undefined,
    );
    lines.set(id, settled);
    try {
      return await mine;
    } finally {
      if (lines.get(id) === settled) lines.delete(id);
    }
  }
}

/** What came last of a thing; of a time that has not come, the clock was wrong. */
function lastOf({ last = {} }: Hook, slot: string, now: Instant): LastPost | undefined {
  const own = last[slot];
  return own === undefined || own.at > now + SAME_WITHIN ? undefined : own;
}
