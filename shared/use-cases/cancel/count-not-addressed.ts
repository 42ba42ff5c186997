import { defined } from '../../domain/defined.ts';
import type { Walk } from '../../domain/event/job.ts';
import { type ConversationKey, isConversationKey, type NotificationId } from '../../domain/ids.ts';
import type { Ledger } from '../../ports/delivery/ledger.ts';
import { type MembersDeps, membersOfWalk } from '../audience/members-of-walk.ts';

const PAGE = 1000;

/**
 * How many members the walks would still have addressed: each person once, however many of the groups have them, and
 * without those who were addressed. `undefined` where a group's members are known to its kind alone. Members and the
 * report come in the order of their keys, so memory does not grow with either.
 */
export async function countNotAddressed(
  deps: Omit<MembersDeps, 'kinds'> & { readonly ledger: Pick<Ledger, 'listResults'> },
  id: NotificationId,
  walks: readonly Walk[],
): Promise<number | undefined> {
  if (!walks.every(isOfMembers)) return undefined;
  const left = walks.map((walk) => new Ordered(members({ ...deps, kinds: noKinds }, walk)));
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

/** Only its kind knows who is in a group that it keeps. */
const noKinds: MembersDeps['kinds'] = { audience: () => undefined };

function isOfMembers({ group }: Walk): boolean {
  return (group.kind === 'listed' ? group.of : group)?.kind !== 'kept';
}

async function* members(deps: MembersDeps, walk: Walk): AsyncGenerator<ConversationKey> {
  let after = walk.after;
  for (;;) {
    const page = await membersOfWalk(deps, { ...walk, ...defined({ after }) }, PAGE);
    yield* page.keys;
    after = page.upTo;
    if (page.done || after === undefined) return;
  }
}

async function* addressed(
  ledger: Pick<Ledger, 'listResults'>,
  id: NotificationId,
): AsyncGenerator<ConversationKey> {
  let after: string | undefined;
  do {
    const page = await ledger.listResults(id, { limit: PAGE, ...defined({ after }) });
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
