import { defined } from '../../domain/defined.ts';
import type { MemberGroup, Walk } from '../../domain/event/job.ts';
import { type ConversationKey, isConversationKey, type NotificationId } from '../../domain/ids.ts';
import type { Audience } from '../../ports/delivery/audience.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';

const PAGE = 1000;

type MemberWalk = Walk & { readonly group: MemberGroup };

/**
 * How many members the walks would still have addressed: each person once, however many of the groups have them, and
 * without those who were addressed. `undefined` where a group's members are known to its kind alone. Members and the
 * report come in the order of their keys, so memory does not grow with either.
 */
export async function countNotAddressed(
  deps: { readonly ledger: Pick<Ledger, 'results'>; readonly audience: Pick<Audience, 'members'> },
  id: NotificationId,
  walks: readonly Walk[],
): Promise<number | undefined> {
  if (!walks.every(isOfMembers)) return undefined;
  const left = walks.map((walk) => new Ordered(members(deps.audience, walk)));
  const told = new Ordered(addressed(deps.ledger, id));
  let count = 0;
  for (;;) {
    const heads = await Promise.all(left.map((each) => each.head()));
    const least = heads.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a), undefined);
    if (least === undefined) return count;
    for (const each of left) await each.skipOver(least);
    await told.skipBelow(least);
    if ((await told.head()) !== least) count += 1;
  }
}

function isOfMembers(walk: Walk): walk is MemberWalk {
  return walk.group.kind !== 'kept';
}

async function* members(
  audience: Pick<Audience, 'members'>,
  { group, tenant, after: begin }: MemberWalk,
): AsyncGenerator<ConversationKey> {
  let after = begin;
  for (;;) {
    const page = await audience.members(group, tenant, {
      limit: PAGE,
      ...defined({ after }),
    });
    yield* page.keys;
    after = page.keys.at(-1);
    if (page.done || after === undefined) return;
  }
}

async function* addressed(
  ledger: Pick<Ledger, 'results'>,
  id: NotificationId,
): AsyncGenerator<ConversationKey> {
  let after: string | undefined;
  do {
    const page = await ledger.results(id, { limit: PAGE, ...defined({ after }) });
    for (const { conversation } of page.items) if (isConversationKey(conversation)) yield conversation;
    after = page.after;
  } while (after !== undefined);
}

/** Keys that come in order, looked at one ahead. */
class Ordered {
  readonly #keys: AsyncGenerator<ConversationKey>;
  #next: IteratorResult<ConversationKey> | undefined;

  constructor(keys: AsyncGenerator<ConversationKey>) {
    this.#keys = keys;
  }

  /** The next key, `undefined` at the end. */
  async head(): Promise<ConversationKey | undefined> {
    this.#next ??= await this.#keys.next();
    return this.#next.done === true ? undefined : this.#next.value;
  }

  async skipBelow(key: ConversationKey): Promise<void> {
    for (let head = await this.head(); head !== undefined && head < key; head = await this.head())
      this.#next = undefined;
  }

  /** Past the key, where it is the next. */
  async skipOver(key: ConversationKey): Promise<void> {
    if ((await this.head()) === key) this.#next = undefined;
  }
}
